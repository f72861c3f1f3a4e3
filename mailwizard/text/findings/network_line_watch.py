"""The words of what a watch of the line tells."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import NEARER, ROUTER

_LATE = N_(
    "In {silent} of {looks} looks there was no answer (drop-outs: {times}, in {minutes} min); the"
    " longest one took about {longest} s. Mail comes late then, and mail programs show errors that"
    " go away by themselves. Your mail is safe."
)
_WATCH_AGAIN = N_("Then watch the line once more: that shows whether it helped.")
_ASK_PROVIDER = N_("How the provider is reached: {support}")
_REPORT = N_("Save the report and give it to them: it shows when it happened.")

_LESS = N_("Stop big downloads or video calls for a moment.")
_LONGER = N_("Watch it for longer, at the time of day when it usually goes wrong.")
_BACK = N_("Go back, and choose “Check again”.")

TEXTS: dict[str, FindingText] = {
    "LINE_UNSTEADY": FindingText(
        headline=N_("Your connection drops out now and then."),
        meaning=_LATE,
        actions=(
            N_("Watch the line once more, at the time of day when it usually goes wrong."),
            N_(
                'Read this to your IT: "The connection dropped out in {silent} of {looks} looks'
                ' within {minutes} min."'
            ),
            _REPORT,
        ),
    ),
    "LINE_UNSTEADY:link": FindingText(
        headline=N_("Your computer loses its network now and then."),
        meaning=_LATE,
        actions=(
            N_("On a cable: press the plugs in at both ends, or try another cable."),
            N_("On Wi-Fi: go nearer to it, and switch power saving for Wi-Fi off."),
            _WATCH_AGAIN,
            N_(
                'Still the same? Read this to your IT: "The network interface of this computer'
                ' was down, or without address or route, in {silent} of {looks} looks."'
            ),
        ),
    ),
    "LINE_UNSTEADY:router": FindingText(
        headline=N_("The way from your computer to the router drops out now and then."),
        meaning=_LATE,
        actions=(
            NEARER,
            ROUTER,
            _WATCH_AGAIN,
            N_(
                'Still the same? Read this to your IT: "The default gateway was silent in {silent}'
                ' of {looks} looks within {minutes} min, and nothing outside answered then."'
            ),
            _REPORT,
        ),
    ),
    "LINE_UNSTEADY:names": FindingText(
        headline=N_("The name service of your network stops answering now and then."),
        meaning=_LATE,
        actions=(
            ROUTER,
            _WATCH_AGAIN,
            N_(
                'Still the same? Read this to your IT: "The configured DNS resolvers did not'
                " answer in {silent} of {looks} looks within {minutes} min, while the internet"
                ' could be reached."'
            ),
            _REPORT,
        ),
    ),
    "LINE_UNSTEADY:internet": FindingText(
        headline=N_("Your office's line to the internet drops out now and then."),
        meaning=_LATE,
        actions=(
            ROUTER,
            _WATCH_AGAIN,
            N_(
                'Still the same? Read this to your IT: "The router answered, but nothing beyond it'
                " did in {silent} of {looks} looks within {minutes} min. Please ask the"
                ' internet provider to measure the line."'
            ),
            _REPORT,
        ),
    ),
    "LINE_UNSTEADY:webmail": FindingText(
        headline=N_("Webmail is unreachable now and then, while your line works."),
        meaning=_LATE,
        actions=(
            N_("Wait a moment and open it again; your mail program may work meanwhile."),
            N_(
                'Comes back again and again? Read this to your IT: "The webmail host was silent in'
                " {silent} of {looks} looks within {minutes} min, while other sites answered."
                ' Please ask the provider."'
            ),
            _ASK_PROVIDER,
        ),
    ),
    "LINE_UNSTEADY:mail": FindingText(
        headline=N_("The mail server is unreachable now and then, while your line works."),
        meaning=_LATE,
        actions=(
            N_("Wait a moment and fetch your mail again; webmail may work meanwhile: {webmail}"),
            N_(
                'Comes back again and again? Read this to your IT: "{host} did not answer in'
                " {silent} of {looks} looks within {minutes} min, while other servers did. Please"
                ' ask the provider."'
            ),
            _ASK_PROVIDER,
            _REPORT,
        ),
    ),
    "LINE_UNSTEADY:slow": FindingText(
        headline=N_("Your line to the internet is very slow now and then."),
        meaning=N_(
            "In {slow} of {looks} looks a connection took long to be made, at worst {worst}"
            " milliseconds. Mail still arrives, but slowly, and mail programs may give up waiting."
        ),
        actions=(
            _LESS,
            NEARER,
            _WATCH_AGAIN,
            N_(
                'Still the same? Read this to your IT: "In {slow} of {looks} looks a TCP connection'
                ' took 700 ms or longer, at worst {worst} ms."'
            ),
            _REPORT,
        ),
    ),
    "LINE_UNSTEADY:slow-router": FindingText(
        headline=N_("The way from your computer to the router is very slow now and then."),
        meaning=N_(
            "In {slow} of {looks} looks the router took long to answer, at worst {worst}"
            " milliseconds; a few are usual. The Wi-Fi is weak or crowded, or the router is busy."
        ),
        actions=(
            NEARER,
            _LESS,
            _WATCH_AGAIN,
            N_(
                'Still the same? Read this to your IT: "In {slow} of {looks} looks the default'
                ' gateway took 200 ms or longer to answer, at worst {worst} ms."'
            ),
            _REPORT,
        ),
    ),
    "LINE_STEADY": FindingText(
        headline=N_("The line was steady: no drop-out in {looks} looks."),
        meaning=N_(
            "For {minutes} min everything that could be asked answered, every time. What happens"
            " less often than that was perhaps not seen."
        ),
        actions=(
            _LONGER,
            N_("Go on with the next step."),
        ),
    ),
    "LINE_WATCHED": FindingText(
        headline=N_("The line was watched, and nothing certain can be said of it."),
        meaning=N_("It is neither in order nor at fault."),
        actions=(N_("Watch it once more."),),
    ),
    "LINE_WATCHED:short": FindingText(
        headline=N_("The line was watched for too short a time to tell anything."),
        meaning=N_("There were only {looks} looks. It takes at least ten of them."),
        actions=(N_("Watch it once more, for two minutes or longer."),),
    ),
    "LINE_WATCHED:once": FindingText(
        headline=N_("Once in {looks} looks something did not answer. That proves nothing yet."),
        meaning=N_(
            "It was this one: {what}. A single answer gets lost on a good line, too; all else"
            " answered every time."
        ),
        actions=(_LONGER,),
    ),
    "LINE_WATCHED:always": FindingText(
        headline=N_(
            "This does not come and go: {what} did not answer in {silent} of {looks} looks."
        ),
        meaning=N_(
            "So it is no flaky line. What keeps it from answering is found by the check of this"
            " step, not by watching."
        ),
        actions=(_BACK,),
    ),
    "LINE_WATCHED:unclear": FindingText(
        headline=N_("Watching the line has not told enough."),
        meaning=N_(
            "In most of the {looks} looks nothing outside gave an answer that can be believed, nor"
            " was it silent. The line is neither in order nor at fault."
        ),
        actions=(_BACK,),
    ),
}
