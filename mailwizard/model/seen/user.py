"""What the user told us: evidence like any other, with the certainty of a report."""

from mailwizard.model.observation import Seen, seen


@seen("answer")
class Answer(Seen):
    """An answer to one question or webmail look-up of the tree.

    ``value`` is a choice's id (``yes``, ``no``, ``unknown``, …) or the typed text.
    """

    question: str
    value: str
