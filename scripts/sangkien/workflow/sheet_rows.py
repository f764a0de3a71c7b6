"""The sound entries of a sheet → rows that can be handed in to a relay."""

import hashlib
from collections.abc import Iterable

from sangkien.domain import sheet_row
from sangkien.domain.row_reader import Entry
from sangkien.domain.sheet_row import SheetRow
from sangkien.workflow.import_ import Importer, Reading


def rows(importer: Importer, entries: Iterable[Entry], file: bytes) -> tuple[SheetRow, ...]:
    """Give a row for each sound entry of a file."""
    sound, digest = [entry for entry in entries if entry.is_sound], hashlib.sha256(file).hexdigest()
    return tuple(
        SheetRow(
            line=entry.row.number + 1,
            paper=paper,
            slip=sheet_row.on_slip(entry.idea),
            key=sheet_row.key(digest, paper.code, entry.row.cells),
        )
        for entry, paper in zip(sound, importer.papers(sound), strict=True)
    )


def fits(reading: Reading) -> bool:
    """Tell whether the sound rows may go although others are to be mended: not while the table itself is amiss."""
    of_rows = {id(finding) for entry in reading.entries for finding in entry.findings}
    return all(id(finding) in of_rows for finding in reading.errors)
