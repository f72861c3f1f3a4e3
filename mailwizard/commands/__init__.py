"""One module a command: its arguments, and what it does. ``cli.py`` finds them by name."""
