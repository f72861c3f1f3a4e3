"""Reads the day since when a mail is missing, as people type it."""

import re
import unicodedata
from datetime import date, timedelta

EARLIEST = date(1990, 1, 1)

_UNITS = {
    1: r"d|days?|天|日",
    7: r"w|weeks?|周|週|星期|个星期|個星期|礼拜|禮拜",
    31: r"months?|个月|個月|月",
}
_AGO = r"\s*(?:ago|前|以前|以来|以來)?"
_NUMBERS = {
    "一": 1,
    "两": 2,
    "兩": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "十": 10,
}
_WORDS = {
    "today": 0,
    "今天": 0,
    "今日": 0,
    "yesterday": 1,
    "昨天": 1,
    "昨日": 1,
    "前天": 2,
}
_LAST_WEEK = {"last week", "上周", "上週", "上星期", "上个星期", "上個星期", "上礼拜"}
_LAST_MONTH = {"last month", "上月", "上个月", "上個月"}
_FULL = (
    re.compile(r"(?P<y>\d{4})(?:[-/.]|年)(?P<m>\d{1,2})(?:[-/.]|月)(?P<d>\d{1,2})[日号號]?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
)
_YEARLESS = (
    re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号號]?"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\."),
)


class NotADay(ValueError):
    """What was typed names no day that we understand."""


class DayToCome(ValueError):
    """The day lies in the future."""


def read_day(typed: str, today: date) -> date:
    """The day that was meant.

    Where a span is loose ("last week"), its first day: a day too early does no harm. A day
    without a year is the newest that is not in the future. Raises NotADay, DayToCome.
    """
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    day = _word(text, today) or _span(text, today) or _date(text, today)
    if day is None or day < EARLIEST:
        raise NotADay(typed)
    if day > today:
        raise DayToCome(typed)
    return day


def days_ago(days: int, today: date) -> date:
    """The day that lies so many days back. Raises NotADay."""
    try:
        day = today - timedelta(days=days)
    except OverflowError:
        raise NotADay(str(days)) from None
    if days < 0 or day < EARLIEST:
        raise NotADay(str(days))
    return day


def _word(text: str, today: date) -> date | None:
    if text in _WORDS:
        return today - timedelta(days=_WORDS[text])
    if text in _LAST_WEEK:
        return today - timedelta(days=today.weekday() + 7)
    if text in _LAST_MONTH:
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return None


def _span(text: str, today: date) -> date | None:
    for days, unit in _UNITS.items():
        found = re.fullmatch(rf"(\d{{1,5}}|[{''.join(_NUMBERS)}])\s*(?:{unit}){_AGO}", text)
        if found:
            return days_ago(days * _number(found[1]), today)
    return days_ago(int(text), today) if re.fullmatch(r"\d{1,5}", text) else None


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def _date(text: str, today: date) -> date | None:
    for pattern in _FULL:
        if found := pattern.fullmatch(text):
            return _day(int(found["y"]), int(found["m"]), int(found["d"]), text)
    for pattern in _YEARLESS:
        if found := pattern.fullmatch(text):
            month, day = int(found["m"]), int(found["d"])
            past = (month, day) <= (today.month, today.day)
            return _day(today.year if past else today.year - 1, month, day, text)
    return None


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay(text) from None
