"""People's records → who is shown with what consent."""

from sangkien.domain import layout
from sangkien.domain.consents import Audit, audit
from sangkien.workflow import reading
from sangkien.workflow.ports import Files


def consents(files: Files, today: str) -> Audit:
    """Look through every person's consents; a record without its shape is the gate's affair."""
    schemas = reading.load_schemas(files)
    books = reading.read_registers(files, schemas).books
    records = (files.read(path).record for path in files.files(layout.PEOPLE) if layout.place_of(path))
    sound = (record for record in records if schemas.fits("person", record))
    return audit(sound, books.lists, books.sponsorships.values(), today)
