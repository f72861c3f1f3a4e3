"""Work that the user has asked for, on a daemon thread: moving mail back, a test mail."""

import threading
import time
from collections.abc import Callable

from mailwizard.engine.investigation import Investigation
from mailwizard.model.observation import Seen
from mailwizard.probes.setting import Setting


class Job:
    """One piece of work with a Setting of its own, started at once.

    ``name`` is the probe name that its records stand under, in a new run; ``seconds`` is when its
    Setting's time is over. ``progress`` is the newest (done, total) that the work told of.
    """

    def __init__(
        self,
        investigation: Investigation,
        name: str,
        seconds: float,
        work: Callable[[Setting], None],
    ) -> None:
        self.investigation = investigation
        self.crashed = False
        self.progress: tuple[int, int] = (0, 0)
        self._work = work
        self._ended = threading.Event()
        began = time.monotonic()
        evidence, now = investigation.evidence, investigation.world.now
        run = evidence.begin(name)

        def record(seen: Seen) -> None:
            spent = time.monotonic() - began
            evidence.add(name, seen, at=now(), seconds=spent, run=run)

        def tell(done: int, total: int) -> None:
            self.progress = (done, total)

        self._setting = investigation.setting(
            record, lambda: began + seconds - time.monotonic(), tell
        )
        threading.Thread(target=self._life, name=name, daemon=True).start()

    def _life(self) -> None:
        try:
            self._work(self._setting)
        except Exception:  # noqa: BLE001 - told to the user in words; mail is safe at every point
            self.crashed = True
        finally:
            self._ended.set()

    @property
    def ended(self) -> bool:
        """Whether all is done, or was stopped."""
        return self._ended.is_set()

    def wait(self, seconds: float) -> bool:
        """Waits for the end; False on timeout."""
        return self._ended.wait(seconds)

    def stop(self) -> None:
        """Breaks it off: what is done stays done, and the rest is left as it is."""
        self._setting.stop()
