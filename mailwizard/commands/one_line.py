"""What goes on, as one line on standard error that is written over and over."""

from mailwizard.commands.surroundings import Surroundings


class OneLine:
    """Nothing is written where standard error is no terminal."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._last = ""

    def show(self, line: str) -> None:
        """Takes the place of what stands there."""
        if line != self._last:
            self._last = line
            self._write(f"\r\x1b[K{line}")

    def clear(self) -> None:
        """Takes the line away."""
        if self._last:
            self._write("\r\x1b[K")

    def ring(self) -> None:
        """The terminal's bell."""
        self._write("\a")

    def _write(self, text: str) -> None:
        if self._surroundings.errors_is_terminal:
            self._surroundings.errors.write(text)
            self._surroundings.errors.flush()
