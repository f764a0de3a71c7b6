"""Faults of the program or of an outside system; faults in somebody's data are `Finding`s."""


class SangKienError(Exception):
    """Stop the run: something the person at the keyboard cannot mend in a record."""


class UsageError(SangKienError):
    """The command was called with something that cannot be used (exit code 2).

    `key` names a sentence in the catalogue, `params` fill its places.
    """

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class OutsideError(SangKienError):
    """An outside system (git, mkdocs, the disk, a forge) failed (exit code 3).

    `system` names it; the text is the system's own message, for the log.
    """

    def __init__(self, system: str, text: str) -> None:
        super().__init__(f"{system}: {text}")
        self.system = system
        self.text = text
