"""All that papers are made of: the registers, ideas and people as they are asked for, and the day."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from sangkien.domain import idea_code, naming
from sangkien.domain.books import Books, Dossier
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Finding
from sangkien.domain.period import Period
from sangkien.domain.publicness import Rulings, Standing, standing
from sangkien.domain.records import DecisionRecord, IdeaRecord, PersonRecord, SessionRecord
from sangkien.domain.statement import Statement


def _none(unit: str, period: Period) -> Statement:
    raise LookupError(unit, period)


class Source:
    """What papers may tell.

    `on` is the day they are made; `with_names` tells that the office asked for the names of those who are not named
    in public, for papers that go to no public place; `site` is the site's address with its closing slash, or empty.
    `statement` draws up a unit's figures of a period; all ideas are read for the first.
    `faults` tells what is to be mended in the folder of an idea's code.
    """

    def __init__(
        self,
        books: Books,
        dossier: Callable[[str], Dossier | None],
        person: Callable[[str], PersonRecord | None],
        codes: Callable[[], Iterable[str]],
        *,
        statement: Callable[[str, Period], Statement] | None = None,
        on: str,
        faults: Callable[[str], Sequence[Finding]] = lambda _: (),
        site: str = "",
        with_names: bool = False,
    ) -> None:
        self.books, self.person, self.codes = books, person, codes
        self.faults = faults
        self.on, self.site, self.with_names = on, site, with_names
        self._dossier, self.statement = dossier, statement or _none

    @classmethod
    def of_registers(cls, books: Books, *, on: str) -> "Source":
        """Open what papers are made of that tell of no idea and of nobody."""
        return cls(books, lambda _: None, lambda _: None, tuple, on=on)

    @cached_property
    def rulings(self) -> Rulings:
        return Rulings(self.books.decisions.values())

    def dossier(self, said: str) -> Dossier:
        """Give an idea's dossier by its code, written in any way; raises UsageError for one that is not there."""
        code = idea_code.read(said)
        found = self._dossier(code) if code else None
        if found is None or found.idea is None:
            raise UsageError("no-such", value=said)
        return found

    def find(self, code: str) -> Dossier | None:
        """Give an idea's dossier; None where there is none."""
        return self._dossier(code)

    def idea(self, said: str) -> IdeaRecord:
        """Give an idea that stands; raises UsageError for one that is not there or was withdrawn."""
        found = self.dossier(said)
        if found.idea is None or found.withdrawn is not None:
            raise UsageError("no-such", value=said)
        return found.idea

    def standing(self, dossier: Dossier) -> Standing:
        """Tell what is recognised of an idea today."""
        return standing(dossier, self.books, self.rulings)

    def session(self, key: str) -> SessionRecord:
        """Give a session; raises UsageError for one that is not there."""
        if (found := self.books.sessions.get(key)) is None:
            raise UsageError("no-such", value=key)
        return found

    def decision(self, key: str) -> DecisionRecord:
        """Give a decision; raises UsageError for one that is not there."""
        if (found := self.books.decisions.get(key)) is None:
            raise UsageError("no-such", value=key)
        return found

    def credit(self, person: str) -> naming.Credit:
        """Name somebody as far as they wish; in full where the office asked for names and there still is one."""
        record = self.person(person)
        if self.with_names and record is not None and "erased_on" not in record:
            return naming.Credit(shown="full", collective=record["kind"] == "tap-the", name=record["name"])
        return naming.credit(record)
