"""Sealed contacts of people: opened by the office alone, each time with a reason; sealed anew when keys change."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import layout, notation
from sangkien.domain.errors import UsageError
from sangkien.domain.rules import privacy
from sangkien.domain.text import canonical
from sangkien.workflow import reading
from sangkien.workflow.ports import Files, Keys

Seal = Callable[[str, Sequence[str]], str]
Count = Callable[[str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One record's contact: how many keys it is sealed to, and whether ours is one of them (None where not tried)."""

    person: str
    keys: int
    opens: bool | None


class Contacts:
    """The sealed contacts of one repository, and the private keys at hand."""

    def __init__(self, files: Files, keys: Keys) -> None:
        self._files, self._keys = files, keys
        self._schemas = reading.load_schemas(files)
        self._books = reading.read_registers(files, self._schemas).books

    @property
    def public_keys(self) -> list[str]:
        """The keys the office wants contacts sealed to."""
        movement = self._books.movement
        return list(movement.get("contact_keys", ())) if movement else []

    def open(self, person: str, reason: str, day: str) -> str | None:
        """Open one contact and write day and reason down; None, and nothing written, where our keys do not open it.

        Raises UsageError where there is none, and for a reason that holds personal data itself.
        """
        path, record = self._record(person)
        if "contact" not in record:
            raise UsageError("contact-none", person=person)
        reason = canonical(reason)
        allowed = reading.allowed_in(self._books)
        if not reason or "\n" in reason or len(reason) > _LONGEST or any(privacy.in_text(reason, allowed, None)):
            raise UsageError("contact-reason")
        opened = self._keys.open(record["contact"])
        if opened is not None:
            entry = {"date": day, "reason": reason}
            before = record.get("contact_opened", [])
            if entry not in before:
                self._write(path, {**record, "contact_opened": [*before, entry][-_MOST:]})
        return None if opened is None else notation.permitted(opened)  # whoever sealed it may have meant our screen

    def seal_anew(self, seal: Seal) -> tuple[list[str], list[str]]:
        """Seal every contact to the keys of today; gives whose was sealed, and whose could not be opened."""
        done, unopened = [], []
        for person, path, record in self._sealed():
            opened = self._keys.open(record["contact"])
            if opened is None:
                unopened.append(person)
                continue
            self._write(path, {**record, "contact": seal(opened, self.public_keys)})
            done.append(person)
        return done, unopened

    def check(self, count: Count) -> list[Checked]:
        """Look at every contact: to how many keys it is sealed, and whether the keys at hand open it."""
        return [
            Checked(
                person=person,
                keys=count(record["contact"]),
                opens=self._keys.open(record["contact"]) is not None if self._keys.can_open else None,
            )
            for person, _, record in self._sealed()
        ]

    def _sealed(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path in self._files.files(layout.PEOPLE):
            place = layout.place_of(path)
            record = self._files.read(path).record if place else None
            if place and isinstance(record, dict) and "contact" in record:
                yield place.key, path, record

    def _record(self, person: str) -> tuple[str, dict[str, Any]]:
        path = layout.path_of("person", person)
        known = layout.place_of(path) is not None and self._files.exists(path)
        record = self._files.read(path).record if known else None
        if not isinstance(record, dict):
            raise UsageError("no-person", value=person[:20])
        return path, record

    def _write(self, path: str, record: dict[str, Any]) -> None:
        self._files.write(path, notation.write(self._schemas.ordered("person", record)))


_MOST = 100  # openings a record keeps, the newest
_LONGEST = 250  # letters of a reason, as the schema has it
