"""Many questions, some at once: a dead server costs its own time only, a router is not flooded."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from mailwizard.probes.setting import Setting
from mailwizard.probes.side_by_side import SideBySide

T = TypeVar("T")


class FewAtOnce(Generic[T]):
    """Tasks of which some run at once; more may be started while results are taken."""

    def __init__(
        self, setting: Setting, tasks: Iterable[Callable[[], T]] = (), at_most: int = 16
    ) -> None:
        self._running: SideBySide[T] = SideBySide(setting)
        self._waiting: deque[Callable[[], T]] = deque()
        self._free = at_most
        for task in tasks:
            self.start(task)

    def start(self, task: Callable[[], T]) -> None:
        """Starts one more task, or lets it wait for another's end."""
        if self._free:
            self._free -= 1
            self._running.start(task)
        else:
            self._waiting.append(task)

    def results(self) -> Iterator[T]:
        """Every result as it comes, until no task is left. Raises Stopped when time is over."""
        for result in self._running.results():
            if self._waiting:
                self._running.start(self._waiting.popleft())
            else:
                self._free += 1
            yield result


def few_at_once(
    setting: Setting, tasks: Iterable[Callable[[], T]], at_most: int = 16
) -> Iterator[T]:
    """The tasks' results as they come; the next task starts when one is done. Raises Stopped."""
    return FewAtOnce(setting, tasks, at_most).results()
