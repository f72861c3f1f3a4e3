"""Many questions, some at once: a dead server costs its own time only, a router is not flooded."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from mailwizard.probes.setting import Setting
from mailwizard.probes.side_by_side import SideBySide

T = TypeVar("T")


def few_at_once(
    setting: Setting, tasks: Iterable[Callable[[], T]], at_most: int = 16
) -> Iterator[T]:
    """The tasks' results as they come; the next task starts when one is done. Raises Stopped."""
    waiting = deque(tasks)
    running: SideBySide[T] = SideBySide(setting)
    for _number in range(min(at_most, len(waiting))):
        running.start(waiting.popleft())
    for result in running.results():
        if waiting:
            running.start(waiting.popleft())
        yield result
