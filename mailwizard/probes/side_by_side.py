"""Several things at once inside one probe, on daemon threads that nobody waits for at exit."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from mailwizard.probes.setting import Setting, Stopped

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Ended(Generic[T]):
    """How a task ended: with one result, or with a problem and none."""

    results: tuple[T, ...] = ()
    problem: Exception | None = None


class SideBySide(Generic[T]):
    """Tasks that run beside each other; results come in the order in which they are complete.

    A task whose own time was over (Stopped) gives no result; any other error of a task is raised
    where the results are taken. More may be started while results are taken.
    """

    def __init__(self, setting: Setting, tasks: Iterable[Callable[[], T]] = ()) -> None:
        self._setting = setting
        self._ended: queue.SimpleQueue[_Ended[T]] = queue.SimpleQueue()
        self._pending = 0
        for task in tasks:
            self.start(task)

    def start(self, task: Callable[[], T]) -> None:
        """Starts one more task."""
        self._pending += 1
        threading.Thread(target=self._run, args=(task,), name="side by side", daemon=True).start()

    def results(self) -> Iterator[T]:
        """Every result as it comes, until no task is left. Raises Stopped when time is over."""
        while self._pending:
            try:
                ended = self._ended.get(timeout=0.1)
            except queue.Empty:
                if self._setting.stopped:
                    raise Stopped from None
                continue
            self._pending -= 1
            if ended.problem is not None and not isinstance(ended.problem, Stopped):
                raise ended.problem
            yield from ended.results

    def _run(self, task: Callable[[], T]) -> None:
        try:
            self._ended.put(_Ended((task(),)))
        except Exception as problem:  # noqa: BLE001 - raised again where the results are taken
            self._ended.put(_Ended(problem=problem))
