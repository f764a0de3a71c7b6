"""Conclusions on record → a letter to each idea's authors, drafted for the secretary to read and send."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sangkien.domain import address, idea_code, layout
from sangkien.domain.books import Books, Dossier
from sangkien.domain.errors import UsageError
from sangkien.domain.feedback import feedback
from sangkien.domain.passages import Nearest
from sangkien.domain.rubric import Rubric
from sangkien.render import letters
from sangkien.render.letters import Occasion
from sangkien.workflow import reading
from sangkien.workflow.ports import Files

Near = Callable[[Mapping[str, Any], Sequence[Mapping[str, Any]]], Sequence[Nearest]]


class Letters:
    """Writes letters from what stands in the registers; nothing is invented, nothing is sent."""

    def __init__(self, files: Files, near: Near) -> None:
        self._files, self._near = files, near
        self._schemas = reading.load_schemas(files)
        self._books: Books = reading.read_registers(files, self._schemas).books

    def of_session(self, session: str) -> list[str]:
        """List the ideas that were on a session's table."""
        record = self._books.sessions.get(session)
        if record is None:
            raise UsageError("no-such", value=session)
        return list(record["agenda"])

    def of_decision(self, decision: str) -> list[str]:
        """List the ideas a decision names."""
        record = self._books.decisions.get(decision)
        if record is None:
            raise UsageError("no-such", value=decision)
        return list(record.get("codes", ()))

    def write(self, codes: Sequence[str], *, with_names: bool) -> Iterator[tuple[str, str]]:
        """Write the letters of ideas that were concluded on, by code; who withdrew gets none."""
        for said in codes:
            code = idea_code.read(said)
            dossier = reading.read_dossier(self._files, idea_code.folder(code), self._schemas) if code else None
            if code is None or dossier is None or dossier.idea is None:
                raise UsageError("no-such", value=said)
            newest = max(dossier.conclusions, key=lambda c: (c["concluded_on"], c["number"]), default=None)
            # What was recognised before there was a register was told its authors then.
            if newest is not None and dossier.withdrawn is None and "by_decision" not in newest:
                yield code, letters.letter(self._occasion(dossier, newest, with_names=with_names))

    def _occasion(self, dossier: Dossier, conclusion: Mapping[str, Any], *, with_names: bool) -> Occasion:
        idea: Any = dossier.idea
        books = self._books
        rubric = Rubric.from_record(books.rubrics[conclusion["rubric"]])
        movement: Mapping[str, Any] = books.movement or {}
        decision = self._decision(idea["code"], conclusion["council"])
        site = str(movement.get("site_url", ""))
        round_ = books.rounds.get(conclusion["round"])
        return Occasion(
            idea=idea,
            conclusion=conclusion,
            feedback=feedback(conclusion, rubric),
            round=round_["name"] if round_ else conclusion["round"],
            rating=next((r.label for r in rubric.ratings if r.id == conclusion.get("rating")), "").lower(),
            decision=decision,
            near=self._nearest(idea, site) if conclusion["outcome"] != "cong-nhan" else None,
            names=[self._name(author["person"]) for author in idea["authors"]] if with_names else (),
            page=f"{site}{address.idea(idea['code'])}" if decision and site else "",
            place=str(movement.get("intake", "")).rstrip("."),
            signed=str(council["name"]) if (council := books.councils.get(conclusion["council"])) else "",
        )

    def _decision(self, code: str, council: str) -> Mapping[str, Any] | None:
        found = [
            d
            for d in self._books.decisions.values()
            if d["kind"] == "cong-nhan" and d.get("council") == council and code in d.get("codes", ())
        ]
        return max(found, key=lambda d: d["date"], default=None)

    def _nearest(self, idea: Mapping[str, Any], site: str) -> tuple[str, str, str] | None:
        """Find the nearest idea a decision has made public, to build on."""
        public = {
            code for d in self._books.decisions.values() for code in d.get("codes", ()) if d["kind"] == "cong-nhan"
        }
        for other in self._near(idea, ()):
            if other.code in public and other.code != idea["code"]:
                return other.title, other.code, f"{site}{address.idea(other.code)}" if site else ""
        return None

    def _name(self, person: str) -> str:
        record: Any = self._files.read(layout.path_of("person", person)).record
        return str(record.get("name") or person) if isinstance(record, dict) else person
