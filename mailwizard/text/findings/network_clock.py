"""The words of this computer's clock."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN

_DATE_AUTOMATIC = N_(
    "Open the system's settings for date and time and switch “set automatically” on."
)
_DATE = N_("Check the date, the year and the time zone too.")

TEXTS: dict[str, FindingText] = {
    "CLOCK_WRONG:fast": FindingText(
        headline=N_("The clock of this computer is wrong: it is fast."),
        meaning=N_(
            "It shows {shown} (UTC), in truth it is {right}. With a wrong date the computer takes "
            "every safe connection for a forged one, so mail programs refuse to connect."
        ),
        actions=(
            _DATE_AUTOMATIC,
            _DATE,
            CHECK_AGAIN,
            N_(
                'It comes back? Read this to your IT: "The clock is {hours} hours fast compared '
                'with several servers."'
            ),
        ),
    ),
    "CLOCK_WRONG:slow": FindingText(
        headline=N_("The clock of this computer is wrong: it is slow."),
        meaning=N_(
            "It shows {shown} (UTC), in truth it is {right}. With a wrong date the computer takes "
            "every safe connection for a forged one, so mail programs refuse to connect."
        ),
        actions=(
            _DATE_AUTOMATIC,
            _DATE,
            CHECK_AGAIN,
            N_(
                'It comes back? Read this to your IT: "The clock is {hours} hours slow compared '
                'with several servers; perhaps the battery of the clock is empty."'
            ),
        ),
    ),
    "CLOCK_WRONG": FindingText(
        headline=N_("The clock of this computer is wrong."),
        meaning=N_(
            "With a wrong date the computer takes every safe connection for a forged one, so mail "
            "programs refuse to connect."
        ),
        actions=(
            _DATE_AUTOMATIC,
            CHECK_AGAIN,
            N_(
                'It comes back? Read this to your IT: "The clock of this computer differs from '
                'that of several servers."'
            ),
        ),
    ),
}
