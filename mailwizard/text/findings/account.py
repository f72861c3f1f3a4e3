"""The words of the findings about signing in to the mailbox."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_WITHOUT = N_("Or choose “Go on without”: we then show you where to look in webmail.")
_NEVER_TWICE = N_(
    "Do not try the same password again and again: many providers then lock the mailbox for an"
    " hour."
)
_SITES = N_(
    "Does webmail open at another address than usual? {provider} runs several sites: the mailbox"
    " may be at {others}. Ask your mail administrator."
)
_AGAIN = N_("Then choose “Try again with another password”.")

TEXTS: dict[str, FindingText] = {
    "AUTH_REJECTED": FindingText(
        N_("The mail server does not accept this password."),
        N_(
            "The server {host} was reached and works; the password or the address does not fit."
            " So we could not look into your mailbox. Your mail is safe."
        ),
        (
            N_("Try the same password in webmail ({webmail}), typing it slowly."),
            N_(
                "Does it work there? Then mail programs need a password of their own: look for it"
                " in webmail's security settings."
            ),
            _AGAIN,
            _SITES,
            N_("Does it not work there either? Ask your mail administrator for a new one."),
            _NEVER_TWICE,
            _WITHOUT,
        ),
    ),
    "AUTH_REJECTED:several": FindingText(
        N_("The mail server did not let us in, and does not say why."),
        N_(
            "It names several reasons at once, and the password is only one of them: access for"
            " mail programs may be off, the account may be held back, or the server may be busy."
            " Its words: {said}. Your mail is safe."
        ),
        (
            N_("Sign in to webmail ({webmail}) and look whether it shows a warning."),
            N_(
                "Look there whether access for mail programs (IMAP) is on, and whether mail"
                " programs need a password of their own."
            ),
            N_("The way there: {path_app_password}."),
            N_("All in order there? Wait a quarter of an hour, then try again once."),
            N_("Read this to your mail administrator: “The server said: {said}”"),
            _WITHOUT,
        ),
    ),
    "AUTH_REJECTED:unclear": FindingText(
        N_("The mail server did not let us in, and does not say why."),
        N_(
            "Its words do not tell whether the password is the reason: {said}. So we could not look"
            " into your mailbox. Your mail is safe."
        ),
        (
            N_("Sign in to webmail ({webmail}): is the password right there?"),
            N_("Then wait a quarter of an hour, and try again once."),
            N_("Read this to your mail administrator: “The server said: {said}”"),
            _WITHOUT,
        ),
    ),
    "AUTH_REJECTED:administrator": FindingText(
        N_("The mail server sends you to your mail administrator."),
        N_("It did not let us in, and does not blame the password. Your mail is safe."),
        (
            N_("Read this to your mail administrator: “The server said: {said}”"),
            N_("Or say to them: “{host} does not let me in, and says that you can help.”"),
            _WITHOUT,
        ),
    ),
    "AUTH_REJECTED:other-site": FindingText(
        N_("This mail server does not know your company's domain."),
        N_(
            "{provider} runs several sites, each with mailboxes of its own. Yours seems to be at"
            " another one. Your mail is safe."
        ),
        (
            N_("Ask your mail administrator at which of these your mailbox is: {others}."),
            N_("Read this to your mail administrator: “The server said: {said}”"),
            _WITHOUT,
        ),
    ),
    "SIGN_IN_AT_OTHER_SITE": FindingText(
        N_("We asked at the wrong place: your mailbox seems to be at another site."),
        N_(
            "{provider} runs several sites, and a password is good at one of them only. We asked"
            " at {host}; your company's domain points to {other_host}. Your mail is safe."
        ),
        (
            N_("Choose “Sign in at {other_host} instead” and type the same password there."),
            N_("Open webmail at that site: {other_webmail}."),
            N_(
                "Is it refused there too? Then ask your mail administrator where your mailbox is,"
                " and for a new password."
            ),
            _WITHOUT,
        ),
    ),
    "AUTH_REJECTED:app-password": FindingText(
        N_("The mail server does not accept this password."),
        N_(
            "Either the password is wrong, or your company uses separate passwords for mail"
            " programs: then the webmail password never works here. Your mail is safe."
        ),
        (
            N_("Try the same password in webmail ({webmail})."),
            N_(
                "Does it work there? Then make a password for mail programs in webmail's security"
                " settings and use it here."
            ),
            N_("The way there: {path_app_password}."),
            _AGAIN,
            _SITES,
            N_("Does it not work there either? Ask your mail administrator for a new one."),
            _NEVER_TWICE,
            _WITHOUT,
        ),
    ),
    "APP_PASSWORD_NEEDED": FindingText(
        N_("Mail programs need a password of their own here."),
        N_(
            "{provider} does not accept the webmail password in mail programs. It makes a separate"
            " one for them and shows it once. Your mail is safe."
        ),
        (
            N_("Open webmail ({webmail}), go to the security settings and make that password."),
            N_("The way there: {path_app_password}."),
            N_("Use it here, without spaces: choose “Try again with another password”."),
            _WITHOUT,
        ),
    ),
    "APP_PASSWORD_NEEDED:webmail-works": FindingText(
        N_("Your webmail password works, but mail programs need another one."),
        N_(
            "You can sign in to webmail, but the mail server refuses the password. Your company"
            " seems to use separate passwords for mail programs. Your mail is safe."
        ),
        (
            N_("Open webmail ({webmail}), go to the security settings and make such a password."),
            N_("The way there: {path_app_password}."),
            N_("Use it here: choose “Try again with another password”."),
            _WITHOUT,
        ),
    ),
    "IMAP_DISABLED": FindingText(
        N_("Access for mail programs is switched off for your mailbox."),
        N_(
            "The password is not the problem. Mail programs may not look into this mailbox until"
            " the access is switched on. Mail goes on arriving, and webmail works."
        ),
        (
            N_("Read your mail in webmail for now: {webmail}."),
            N_(
                "Look in webmail's settings for “IMAP” and switch it on, or ask your mail"
                " administrator to do it."
            ),
            N_("The way there: {path_admin_imap}."),
            _WITHOUT,
        ),
    ),
    "IMAP_DISABLED:own": FindingText(
        N_("Access for mail programs is switched off for your mailbox."),
        N_(
            "The password is not the problem. {provider} leaves this access off until you switch"
            " it on yourself. Mail goes on arriving, and webmail works."
        ),
        (
            N_("Open webmail ({webmail}), look in the settings for “IMAP” and switch it on."),
            N_("Is there no such switch? Ask your mail administrator to allow IMAP for you."),
            N_("The way there: {path_admin_imap}."),
            N_("Then try again here, with the same password."),
            _WITHOUT,
        ),
    ),
    "IMAP_DISABLED:place": FindingText(
        N_("Your company lets mail programs in from certain networks only."),
        N_(
            "The mail server says that this computer's connection is not one of them. The password"
            " is not the problem, and your mail is safe."
        ),
        (
            N_("Try again from your office, or with your company's VPN switched on."),
            N_("Read this to your mail administrator: “The server said: {said}”"),
            _WITHOUT,
        ),
    ),
    "IMAP_DISABLED:administrator": FindingText(
        N_("Your company has switched off access for mail programs."),
        N_(
            "The password is not the problem. Only your mail administrator can switch it on."
            " Mail goes on arriving, and webmail works."
        ),
        (
            N_("Read your mail in webmail for now: {webmail}."),
            N_("Ask your mail administrator to switch on IMAP for your mailbox."),
            N_("The way there: {path_admin_imap}."),
            N_("Read this to your mail administrator: “The server said: {said}”"),
            _WITHOUT,
        ),
    ),
    "ACCOUNT_LOCKED": FindingText(
        N_("Your mail account is locked."),
        N_(
            "The mail server says so: {said}. While it is locked you cannot sign in, and new mail"
            " may be refused."
        ),
        (
            N_("Ask your mail administrator to unlock the account, and read them that sentence."),
            N_("Ask them also whether mail was refused in the meantime."),
        ),
    ),
    "ACCOUNT_LOCKED:tries": FindingText(
        N_("Signing in is blocked for a while, after too many wrong passwords."),
        N_(
            "An old password stored in another program or phone may be the reason. The server says:"
            " {said}. Your mail is safe."
        ),
        (
            N_(
                "Wait as long as the server says, else an hour, without trying again. In a hurry?"
                " Ask your mail administrator to unlock the account."
            ),
            N_(
                "Correct the password on your phone and in every other mail program, or close them."
            ),
            N_("Then try again here."),
            _WITHOUT,
        ),
    ),
    "ACCOUNT_LOCKED:browser": FindingText(
        N_("The provider wants to see you in webmail first."),
        N_("It was not sure that the sign-in was yours. It said: {said}. Your mail is safe."),
        (
            N_("Sign in to webmail ({webmail}) and confirm whatever it asks."),
            N_("Then try again here."),
        ),
    ),
    "ACCOUNT_LOCKED:expired": FindingText(
        N_("Your password has expired."),
        N_("The mail server lets nobody in with it until it is changed. Your mail is safe."),
        (
            N_("Sign in to webmail ({webmail}) and set a new password."),
            N_("If webmail does not let you in either, ask your mail administrator for a new one."),
            N_("Then try again here, with the new one."),
        ),
    ),
    "OAUTH_ONLY": FindingText(
        N_("This mail server takes no passwords from mail programs any more."),
        N_(
            "It only lets in programs that your company has registered. We are none of them, so"
            " no password was sent. Your mail is safe."
        ),
        (
            N_("Choose “Go on without”: we then show you where to look in webmail ({webmail})."),
            N_("Ask your IT whether mail programs can be allowed a password for your mailbox."),
        ),
    ),
    "OAUTH_ONLY:refused": FindingText(
        N_("This mail server takes no passwords from mail programs any more."),
        N_(
            "It only lets in programs that your company has registered, and we are none of them."
            " Your password may well be right, and your mail is safe."
        ),
        (
            N_("Choose “Go on without”: we then show you where to look in webmail ({webmail})."),
            N_("Ask your IT whether mail programs can be allowed a password for your mailbox."),
        ),
    ),
    "RE_LOGIN_NEEDED": FindingText(
        N_("Your mail program may have to sign in again."),
        N_(
            "The mail is in your inbox in webmail, but you see nobody's mail. Where programs sign"
            " in without a password, as here, their permission can end from one day to the next."
            " Your mail is safe."
        ),
        (
            N_("Read your mail in webmail ({webmail}) for now."),
            N_("Look whether your mail program asks you to sign in, or shows a warning sign."),
            N_("Sign in there again, in the window that it opens, with your webmail password."),
            N_("No such window? Remove the account from the program and set it up once more."),
        ),
    ),
    "SERVICE_EXPIRED": FindingText(
        N_("Your company's mail service seems to have run out."),
        N_(
            "The mail server says: {said}. Then nobody in the company can sign in, and new mail may"
            " be refused."
        ),
        (
            N_("Ask a colleague whether their mail works."),
            N_(
                "Tell your mail administrator at once, and read them that sentence: the service"
                " must be paid or renewed."
            ),
        ),
    ),
}
