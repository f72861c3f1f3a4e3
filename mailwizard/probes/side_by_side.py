"""Several questions asked at once: a dead server costs its own time only."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from mailwizard.probes.setting import Setting, Stopped

T = TypeVar("T")


def side_by_side(
    setting: Setting,
    jobs: Iterable[Callable[[], T]],
    *,
    at_most: int = 16,
    seconds: float | None = None,
) -> Iterator[T]:
    """Runs jobs on daemon threads and gives their results as they come, not in their order.

    At most ``at_most`` run at once. After ``seconds`` the rest is left behind and the results
    end. A job that raises Stopped gives no result; another exception of a job is raised here.
    Raises Stopped when the probe should end.
    """
    waiting = deque(jobs)
    expected = len(waiting)
    ended: queue.SimpleQueue[tuple[list[T], Exception | None]] = queue.SimpleQueue()
    ends = time.monotonic() + seconds if seconds is not None else None

    def work() -> None:
        while True:
            try:
                job = waiting.popleft()
            except IndexError:
                return
            try:
                ended.put(([job()], None))
            except Stopped:
                ended.put(([], None))
            except Exception as problem:  # noqa: BLE001 - raised again where the results are read
                ended.put(([], problem))

    for _number in range(min(expected, at_most)):
        threading.Thread(target=work, name="side by side", daemon=True).start()
    try:
        while expected:
            if setting.stopped:
                raise Stopped
            if ends is not None and time.monotonic() >= ends:
                return
            try:
                results, problem = ended.get(timeout=0.05)
            except queue.Empty:
                continue
            expected -= 1
            if problem is not None:
                raise problem
            yield from results
    finally:
        waiting.clear()
