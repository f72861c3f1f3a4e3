"""A password that cannot be shown by accident."""

from typing import NoReturn


class Secret:
    """Wraps a password: repr, str, format and comparison show nothing, pickling and copying fail.

    ``reveal()`` is the only way to the text; it is called where the text is sent to the server
    after TLS has been verified, and where the keyring stores it.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """The password itself."""
        return self.__text

    def __bool__(self) -> bool:
        return bool(self.__text)

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled or copied")
