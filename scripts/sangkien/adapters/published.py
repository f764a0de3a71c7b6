"""Published registers on the disk: the file, then the parts that lie beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sangkien.domain import parts
from sangkien.domain.errors import UsageError


def documents(path: Path) -> Iterator[Any]:
    """Read a register and then its parts, one at a time; raises UsageError for what cannot be used."""
    try:
        register = parts.read(path.read_bytes())
        named = parts.parts(register)
    except ValueError as error:
        raise UsageError("bad-register") from error
    yield register
    for part in named:
        place = path.with_name(part.address)
        try:
            data = place.read_bytes()
        except OSError as error:
            raise UsageError("register-part-missing", path=place.name, register=path) from error
        try:
            yield parts.read_part(part, data)
        except ValueError as error:
            raise UsageError("register-part-altered", path=place.name) from error
