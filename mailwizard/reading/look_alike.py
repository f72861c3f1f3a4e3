"""Domains made, or mistyped, to be taken for another: one slip away, or the same to the eye."""

import unicodedata

from mailwizard.reading.addresses import distance, organisation

_SHORTEST = 5  # of the name that is compared: shorter ones are near to one another by chance
# Letters of other scripts, and groups of letters, that look like these Latin ones.
_SAME = {
    **dict(zip("аеорсухіјѕԁһӏԛԝвкмнт", "aeopcyxijsdhlqwbkmht", strict=True)),
    **dict(zip("αορνικυτ", "aopvikut", strict=True)),
    **dict(zip("0135", "oles", strict=True)),
    "ı": "i",
}
_GROUPS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"))


def looks_like(one: str, other: str) -> bool:
    """Whether two domains (ASCII form) of two organisations are easily taken for one another.

    The same name under another ending is no likeness: many companies have both.
    """
    first, second = organisation(one), organisation(other)
    if first == second:
        return False
    name, ending = _parts(first)
    other_name, other_ending = _parts(second)
    if min(len(name), len(other_name)) < _SHORTEST:
        return False
    if name == other_name:
        return False
    if _seen_as(name) == _seen_as(other_name):
        return True
    return ending == other_ending and distance(name, other_name) == 1


def _parts(domain: str) -> tuple[str, str]:
    """The registered name as people read it, and the ending."""
    name, _dot, ending = domain.partition(".")
    try:
        return name.encode("ascii").decode("idna"), ending
    except UnicodeError:
        return name, ending


def _seen_as(name: str) -> str:
    """A name as a hurried eye reads it: without accents and hyphens, look-alikes as one."""
    bare = "".join(
        _SAME.get(char, char)
        for char in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(char) and char != "-"
    )
    for group, letter in _GROUPS:
        bare = bare.replace(group, letter)
    return bare
