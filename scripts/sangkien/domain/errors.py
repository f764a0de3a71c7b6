"""Faults of the program or of an outside system; faults in somebody's data are `Finding`s."""

from functools import partial
from typing import Any


class SangKienError(Exception):
    """Stop the run: something the person at the keyboard cannot mend in a record."""


class UsageError(SangKienError):
    """The command was called with something that cannot be used (exit code 2).

    `key` names a sentence in the catalogue, `params` fill its places.
    """

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params

    def __str__(self) -> str:
        return self.key

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(UsageError, self.key, **self.params), ()


class OutsideError(SangKienError):
    """An outside system (git, mkdocs, the disk, a forge) failed (exit code 3).

    `system` names it; the text is the system's own message, for the log. `lasting` tells that it would answer the
    same again.
    """

    lasting = False

    def __init__(self, system: str, text: str) -> None:
        super().__init__(system, text)  # as they came, or the error could not leave the process it rose in
        self.system = system
        self.text = text

    def __str__(self) -> str:
        return f"{self.system}: {self.text}"


class FullError(OutsideError):
    """There is no room to store anything, or the disk refuses to."""
