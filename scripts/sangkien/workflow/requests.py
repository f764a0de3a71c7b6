"""What people ask about their own data: written down, listed by the day it is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import layout, notation, terms
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding
from sangkien.domain.records import DataRequestRecord
from sangkien.workflow import reading
from sangkien.workflow.ports import Files
from sangkien.workflow.reading import Registers

_NEVER = "9999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request not yet done, and the step it waits for; `due` is None where no term speaks of it."""

    request: DataRequestRecord
    due: terms.Due | None
    overdue: bool


class Requests:
    """The log of requests in one repository."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.schemas = reading.load_schemas(files)
        self.books = reading.read_registers(files, self.schemas).books

    def waiting(self, today: str) -> list[Waiting]:
        """List what is not done: overdue first, then by the day it is due."""
        found = [
            Waiting(request=request, due=due, overdue=due is not None and due.on < today)
            for request in self.books.data_requests.values()
            if terms.open_steps(request)
            for due in [terms.due(request, self.books.lists)]
        ]
        return sorted(found, key=lambda w: (w.due.on if w.due else _NEVER, w.request["id"]))

    def new(self, people: Sequence[str], kind: str, door: str, received_on: str) -> DataRequestRecord:
        """Write a request down; the same one still open is given again. Raises UsageError for who is unknown."""
        unknown = [person for person in people if not self._files.exists(layout.path_of("person", person))]
        if unknown or not people:
            raise UsageError("no-person", value=", ".join(unknown) or "…")
        said = {"people": list(dict.fromkeys(people)), "kind": kind, "received_on": received_on, "door": door}
        for request in self.books.data_requests.values():
            if terms.open_steps(request) and all(request.get(key) == value for key, value in said.items()):
                return request
        key = terms.next_id(received_on, self.books.data_requests)
        record: Mapping[str, Any] = {"version": 1, "id": key, **said}
        self._files.write(
            layout.path_of("data_request", key), notation.write(self.schemas.ordered("data_request", record))
        )
        return record  # type: ignore[return-value]  # its fields are those of the schema


def overdue(registers: Registers, today: str) -> list[Finding]:
    """Hint at each request whose day has passed."""
    found = []
    for place, document in registers.documents.items():
        due = terms.due(document.record, registers.books.lists) if place.kind == "data_request" else None
        if due and due.on < today:
            found.append(document.finding(Code.REQUEST_OVERDUE, ("received_on",), day=due.on))
    return found
