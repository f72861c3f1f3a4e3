"""Reads what was typed in answer to a question; what cannot be read gets a sentence that helps."""

from datetime import date, timedelta
from typing import Literal

from mailwizard.model.case import NotAnAddress, parse_address, parse_sender
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.reading.space_words import read_space
from mailwizard.text.dates import DayToCome, NotADay, read_day

USUAL_DAYS = 14
MOST_DAYS = 3650


class NotUnderstood(ValueError):
    """``sentence`` (a marked text) tells what to type instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_typed(
    kind: Literal["address", "sender", "since", "about", "space"], text: str, today: date
) -> str:
    """The answer in its normal form: an address, an address or domain, an ISO date, a subject or
    the name of a file, or the used space with what there is in all (``reading.space_words``).

    Raises NotUnderstood.
    """
    if len(text) > 1000:
        raise NotUnderstood(N_("That is too long. Type only the answer."))
    if kind == "since":
        return _since(text, today).isoformat()
    if kind == "about":
        return shown(text.strip().strip("\"“”„'"), 300)
    if kind == "space":
        return _space(text)
    try:
        return parse_address(text) if kind == "address" else parse_sender(text)
    except NotAnAddress:
        if not text.strip():
            raise NotUnderstood(N_("Type an address first.")) from None
        if "@" not in text and kind == "address":
            raise NotUnderstood(
                N_("Type the whole address, with the @ and what stands after it.")
            ) from None
        if kind == "address":
            raise NotUnderstood(
                N_("This is not a whole mail address yet. It looks like name@company.com.")
            ) from None
        raise NotUnderstood(
            N_("Type an address such as name@company.com, or what stands after the @.")
        ) from None


def _space(text: str) -> str:
    told = read_space(text)
    if told is None:
        raise NotUnderstood(
            N_("Type what is used and what there is in all, such as 4.8 GB of 5 GB, or 96 %.")
        )
    return told.normal


def usual_since(today: date) -> date:
    """The first day looked at where the user does not know."""
    return today - timedelta(days=USUAL_DAYS)


def _since(text: str, today: date) -> date:
    try:
        day = read_day(text, today)
    except DayToCome:
        raise NotUnderstood(N_("This day is still to come. Type an earlier one.")) from None
    except NotADay:
        raise NotUnderstood(
            N_("Type a date such as 2026-11-09, or a number of days such as 14.")
        ) from None
    if day < today - timedelta(days=MOST_DAYS):
        raise NotUnderstood(N_("That is more than ten years ago. Type a later day."))
    return day
