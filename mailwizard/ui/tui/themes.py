"""The wizard's own themes; without colour the terminal's own are used, which emit no grey."""

from textual.theme import Theme

DARK = Theme(
    name="mailwizard-dark",
    primary="#7fb4ca",
    secondary="#9fb3c8",
    accent="#ffc66d",
    warning="#e6b450",
    error="#ff8a80",
    success="#9ccc65",
    foreground="#e6e6e6",
    background="#14181d",
    surface="#14181d",
    panel="#232a32",
    dark=True,
)

LIGHT = Theme(
    name="mailwizard-light",
    primary="#1b5e84",
    secondary="#44566c",
    accent="#8a4b00",
    warning="#7a5200",
    error="#b00020",
    success="#2e6b1f",
    foreground="#1c1c1c",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#e8e5dd",
    dark=False,
)

HIGH_CONTRAST = Theme(
    name="mailwizard-high-contrast",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff9d9d",
    success="#7dff7d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    text_alpha=1.0,
)

OWN = {"dark": DARK, "light": LIGHT, "high-contrast": HIGH_CONTRAST}
WITHOUT_COLOUR = "ansi-dark"
