"""What several of the network's findings ask the user to do."""

from mailwizard.model.marked import N_

CHECK_AGAIN = N_("Then choose “Check again” here.")
ROUTER = N_(
    "Restart the router, if you may: pull its plug, wait 30 seconds, put it back. After about 3 "
    "minutes its lights for power and internet should be steady and green (not red, not "
    "blinking)."
)
MEANWHILE = N_("In a hurry? Open {webmail} on your phone, with its own mobile data.")
STATUS = N_("See whether the provider knows: {status_page} (any phone can open it).")
WEBMAIL = N_("Try webmail in the meantime: {webmail}.")
NEARER = N_("On Wi-Fi, go nearer to it or use a cable; on a cable, check both plugs.")
HOTSPOT = N_("In another network, such as your phone's hotspot, mail should work at once.")
PORT_993 = N_("In your mail program, set the port to 993 and the security to SSL/TLS.")
