"""What people ask about their own data: written down, listed by the day it is due."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import layout, notation, terms
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding
from sangkien.domain.records import DataRequestRecord
from sangkien.workflow import reading
from sangkien.workflow.forge import Forge
from sangkien.workflow.new import zone_of
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
        return self._write({"version": 1, "id": terms.next_id(received_on, self.books.data_requests), **said})

    def answer(self, key: str, day: str) -> DataRequestRecord:
        """Write down that who asked was answered; the first day stays."""
        return self._write({"answered_on": day, **self._request(key)})

    def close(self, key: str, day: str, outcome: str, reason: str) -> DataRequestRecord:
        """Write down what became of a request; what was closed before stays as it was."""
        request = self._request(key)
        closed = {"date": day, "outcome": outcome} | ({"reason": reason} if reason else {})
        return self._write({"answered_on": day, "closed": closed, **request})

    def on_forge(self, forge: Forge, label: str, today: str) -> list[Waiting]:
        """List what was asked on the forge and nobody closed there yet, as requests named by their numbers."""
        zone = zone_of(self.books)
        found = []
        for issue in forge.issues_labelled(label):
            received = datetime.datetime.fromisoformat(issue.created_at).astimezone(zone).date().isoformat()
            about: Any = {"id": f"#{issue.number}", "kind": "xoa", "received_on": received}
            due = terms.due(about, self.books.lists)
            found.append(Waiting(request=about, due=due, overdue=due is not None and due.on < today))
        return found

    def _request(self, key: str) -> Mapping[str, Any]:
        if key not in self.books.data_requests:
            raise UsageError("no-request", value=key[:40])
        return self.books.data_requests[key]

    def _write(self, record: Mapping[str, Any]) -> DataRequestRecord:
        text = notation.write(self.schemas.ordered("data_request", record))
        self._files.write(layout.path_of("data_request", record["id"]), text)
        return record  # type: ignore[return-value]  # its fields are those of the schema


def overdue(registers: Registers, today: str) -> list[Finding]:
    """Hint at each request whose day has passed."""
    found = []
    for place, document in registers.documents.items():
        due = terms.due(document.record, registers.books.lists) if place.kind == "data_request" else None
        if due and due.on < today:
            found.append(document.finding(Code.REQUEST_OVERDUE, ("received_on",), day=due.on))
    return found
