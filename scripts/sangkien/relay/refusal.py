"""A request that is not taken."""


class RefusedError(Exception):
    """Say no: a status, and the key of the sentence that tells why."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(status, key)
        self.status, self.key = status, key
