"""Records of older versions → the newest, each written in its canonical form."""

from collections.abc import Sequence

from sangkien.domain import layout, notation
from sangkien.domain.migrations import Migration, migrated
from sangkien.workflow.ports import Files
from sangkien.workflow.reading import load_schemas


def migrate(files: Files, migrations: Sequence[Migration]) -> list[str]:
    """Bring every record up to date; returns the paths that changed. What cannot be read is for `validate` to tell."""
    schemas = load_schemas(files)
    changed: list[str] = []
    for area in (layout.REGISTER, layout.IDEAS):
        for path in files.files(area):
            place = layout.place_of(path)
            if place is None or place.kind == "image":
                continue
            record = files.read(path).record
            if not isinstance(record, dict) or "version" not in record:
                continue
            new = migrated(place.kind, record, migrations)
            if new is not record:
                head = notation.head_comment(files.text(path))
                files.write(path, head + notation.write(schemas.ordered(place.kind, dict(new))))
                changed.append(path)
    return changed
