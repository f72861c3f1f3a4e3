"""Reads the organisation's TOML file; a mistake is named with its line and what is expected."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, get_type_hints

import msgspec

from mailwizard.model.case import NotAnAddress, parse_address, parse_domain
from mailwizard.model.organisation import Contact, Organisation
from mailwizard.model.shown import shown
from mailwizard.probes.controls import Controls
from mailwizard.providers.load import all_providers
from mailwizard.storage import paths

Reason = Literal["missing", "denied", "not-text", "syntax", "unknown-key", "value"]

_LIMIT = 200_000
_SCALARS = ("name", "provider", "imap", "language", "controls_file")
_CONTACT = tuple(field.name for field in fields(Contact))
_CONTROLS = get_type_hints(Controls)


class NotReadable(Exception):
    """The organisation's file cannot be used; ``text.problems.not_readable`` makes a sentence.

    ``line`` counts from 1, 0 if not known; ``field`` is dotted (``reseller.phone``), "" if not
    known; ``expected`` are the known keys or values, () where there is no list of them.
    """

    def __init__(
        self,
        path: Path,
        reason: Reason,
        *,
        line: int = 0,
        field: str = "",
        expected: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{reason}: {path}:{line} {field}")
        self.path = path
        self.reason = reason
        self.line = line
        self.field = field
        self.expected = expected


def load(path: Path | None = None) -> Organisation:
    """The organisation's settings: from a named file, or from the usual place if there is one.

    Raises NotReadable; that a file is missing only if it was named.
    """
    chosen = path or paths.organisation_file()
    if path is None and not chosen.exists():
        return Organisation()
    text, data = _read(chosen)
    return _Reading(chosen, text).organisation(data)


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        if path.exists() and not path.is_file():
            raise NotReadable(path, "not-text")  # a pipe or device may never end
        with path.open("rb") as file:
            raw = file.read(_LIMIT + 1)
    except FileNotFoundError:
        raise NotReadable(path, "missing") from None
    except (OSError, ValueError) as problem:
        raise NotReadable(path, "denied") from problem
    try:
        if len(raw) > _LIMIT:
            raise NotReadable(path, "not-text")
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise NotReadable(path, "not-text", line=line) from problem
    try:
        return text, tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        place = re.search(r"at line (\d+)", str(problem))
        line = int(place[1]) if place else text.count("\n") + 1
        raise NotReadable(path, "syntax", line=line) from problem


class _Reading:
    """One file's content being checked; knows the text, to name the line of a mistake."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text

    def organisation(self, data: Mapping[str, Any]) -> Organisation:
        known = (*_SCALARS, "administrator", "reseller", "controls")
        self._only_known(data, "", known)
        host, port = self._imap(data)
        return Organisation(
            name=self._string(data, "", "name"),
            administrator=self._contact(data, "administrator"),
            reseller=self._contact(data, "reseller"),
            provider=self._one_of(data, "provider", tuple(all_providers())),
            imap_host=host,
            imap_port=port,
            language=self._one_of(data, "language", ("en", "zh_CN", "zh_TW")),
            controls=self._controls(data),
        )

    def _contact(self, data: Mapping[str, Any], table: str) -> Contact | None:
        if table not in data:
            return None
        given = data[table]
        if not isinstance(given, dict):
            raise self._mistake("value", table, expected=_CONTACT)
        self._only_known(given, table, _CONTACT)
        mail = self._string(given, table, "mail")
        if mail:
            try:
                mail = parse_address(mail)
            except NotAnAddress:
                raise self._mistake(
                    "value", f"{table}.mail", expected=("name@company.cn",)
                ) from None
        return Contact(
            name=self._string(given, table, "name"),
            phone=self._string(given, table, "phone"),
            mail=mail,
        )

    def _imap(self, data: Mapping[str, Any]) -> tuple[str | None, int | None]:
        given = self._string(data, "", "imap")
        if not given:
            return None, None
        host, colon, port = given.partition(":")
        try:
            number = int(port) if colon else None
            if number is not None and not 0 < number < 65536:
                raise ValueError(port)
            return parse_domain(host), number
        except ValueError:  # NotAnAddress is one too
            expected = ("imap.company.cn", "imap.company.cn:993")
            raise self._mistake("value", "imap", expected=expected) from None

    def _controls(self, data: Mapping[str, Any]) -> dict[str, Any]:
        given, source = data.get("controls"), self
        if given is None:
            file = self._string(data, "", "controls_file")
            if not file:
                return {}
            try:
                path = self._path.parent / Path(file).expanduser()
            except RuntimeError:  # there is no such user
                raise NotReadable(Path(file), "missing") from None
            text, given = _read(path)
            source = _Reading(path, text)
        prefix = "controls" if source is self else ""
        if not isinstance(given, dict):
            raise self._mistake("value", "controls", expected=tuple(_CONTROLS))
        source._only_known(given, prefix, tuple(_CONTROLS))
        checked: dict[str, Any] = {}
        for key, value in given.items():
            try:
                checked[key] = msgspec.convert(value, _CONTROLS[key])
            except msgspec.ValidationError as problem:
                raise source._mistake("value", f"{prefix}.{key}".lstrip(".")) from problem
        return checked

    def _string(self, data: Mapping[str, Any], table: str, key: str) -> str:
        value = data.get(key, "")
        if not isinstance(value, str):
            raise self._mistake("value", f"{table}.{key}".lstrip("."), expected=(f'{key} = "…"',))
        return shown(value, 254)

    def _one_of(self, data: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str | None:
        value = self._string(data, "", key)
        if value and value not in allowed:
            raise self._mistake("value", key, expected=allowed)
        return value or None

    def _only_known(self, data: Mapping[str, Any], table: str, known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                name = f"{table}.{shown(key, 60)}".lstrip(".")
                raise self._mistake("unknown-key", name, expected=known)

    def _mistake(
        self, reason: Reason, field: str, *, expected: tuple[str, ...] = ()
    ) -> NotReadable:
        return NotReadable(
            self._path, reason, line=self._line(field), field=field, expected=expected
        )

    def _line(self, field: str) -> int:
        """The line that a field stands on, as well as it can be told without a parser's help."""
        table, _, key = field.rpartition(".")
        here = ""
        for number, line in enumerate(self._text.splitlines(), 1):
            header = re.match(r"\s*\[+\s*([^\[\]]+?)\s*\]+", line)
            if header:
                here = header[1].strip("\"'")
                if here == field:
                    return number
            name = re.match(r"\s*([^=#\s]+)\s*=", line)
            if not name:
                continue
            written = name[1].strip("\"'")
            if (here == table and written == key) or (not here and written in (field, table)):
                return number
        return 0
