"""What papers of a council tell alike: its seats and their holders, the ideas it looks at, the count that was made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain.council import Holder, holders
from sangkien.domain.errors import UsageError
from sangkien.domain.naming import Credit
from sangkien.domain.paper_source import Source
from sangkien.domain.records import (
    ConclusionRecord,
    CouncilRecord,
    IdeaRecord,
    RoundRecord,
    RubricRecord,
    SessionRecord,
)
from sangkien.domain.session_account import Item, items
from sangkien.render import nomination
from sangkien.render import vietnamese as vi
from sangkien.render.council import unmet
from sangkien.render.counting import comma, value_name
from sangkien.render.papers.frame import called, day_line, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A council as it sits on one day."""

    record: CouncilRecord
    sitting: Mapping[str, Holder]
    source: Source

    @classmethod
    def of(cls, source: Source, council: str, day: str) -> "Bench":
        """Seat a council; raises UsageError for one that is not there."""
        record = source.books.councils.get(council)
        if record is None:
            raise UsageError("no-such", value=council)
        return cls(record=record, sitting={h.seat: h for h in holders(record, day)}, source=source)

    @property
    def unit(self) -> str:
        movement = self.source.books.movement
        return self.record.get("unit") or (movement["unit"] if movement else "")

    def seat(self, key: str) -> tuple[str, str]:
        """Give a seat's label and role, whoever holds it; both are the key where the council has no such seat."""
        for seat in self.record["seats"]:
            if seat["seat"] == key:
                return seat.get("label", key), vi.ROLES[seat["role"]]
        return key, key

    def credit(self, key: str) -> Credit | None:
        """Name who holds a seat; None where the council's record names nobody."""
        person = self.sitting[key].person if key in self.sitting else None
        return self.source.credit(person) if person else None

    def name(self, key: str) -> str:
        """Give the name of who holds a seat; empty where it is not known or not public."""
        credit = self.credit(key)
        return credit.name if credit else ""

    def line(self, key: str) -> str:
        """Write a seat in a list: its label, its role, and who holds it where that may be told."""
        return " – ".join(dict.fromkeys(filter(None, (*self.seat(key), self.name(key)))))

    def labels(self, keys: Sequence[str]) -> str:
        """List seats in a sentence by their labels."""
        return ", ".join(self.seat(key)[0] for key in keys)

    def credits(self, *keys: str) -> list[Credit]:
        """Give the names of all whom the council's record names in some seats; in any seat where none is given."""
        return [credit for key in keys or self.sitting if (credit := self.credit(key))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An idea on the table, with the round it came in and the rubric it is judged by."""

    place: int
    item: Item
    round: RoundRecord | None
    rubric: RubricRecord | None
    note: str = ""

    def about(self, source: Source) -> dict[str, str]:
        """Tell which idea it is; of one withdrawn since, its code alone."""
        said = words()["council"]
        if (idea := self.item.idea) is None:
            return {"no": str(self.place), "code": self.item.code, "title": said["withdrawn"], "unit": "", "kind": ""}
        return {"no": str(self.place), **told(source, idea)}


def told(source: Source, idea: IdeaRecord) -> dict[str, str]:
    """Tell of an idea what stands above every judgement of it; nobody's name."""
    unit = idea["unit"]
    return {
        "code": idea["code"],
        "title": idea["title"],
        "unit": vi.capital(called(source, unit)) if unit in source.books.units else unit,
        "kind": vi.KINDS[idea["kind"]],
    }


def matters(source: Source, session: SessionRecord) -> Iterator[Matter]:
    """Give the ideas of a session in the order of its agenda."""
    for place, item in enumerate(items(session, source.find), 1):
        key = item.conclusion["round"] if item.conclusion else item.idea["round"] if item.idea else ""
        round_ = source.books.rounds.get(key)
        own = item.conclusion["rubric"] if item.conclusion else ""
        rubric = own or (round_["rubric"] if round_ else "")
        yield Matter(
            place=place,
            item=item,
            round=round_,
            rubric=source.books.rubrics.get(rubric),
            note=_uncounted(source, session["council"], item),
        )


def _uncounted(source: Source, council: str, item: Item) -> str:
    """Say where an idea was recognised without ballots, by a decision older than the register."""
    dossier = source.find(item.code)
    newest = dossier.newest(council) if dossier else None
    return by_decision() if item.conclusion is None and newest is not None and "by_decision" in newest else ""


def by_decision() -> str:
    """Say that an idea was recognised by a decision, so that there are no ballots."""
    return str(nomination.words()["dossier"]["by_decision"])


def votes(conclusion: ConclusionRecord) -> dict[str, int]:
    """Count the sheets of a conclusion by what they propose."""
    proposed = [sheet["verdict"] for sheet in conclusion["counted"]]
    return {
        "valid": len(proposed),
        "agree": proposed.count("cong-nhan"),
        "more": proposed.count("bo-sung"),
        "against": proposed.count("khong-cong-nhan"),
        "abstained": len(conclusion["abstained"]),
        "recused": len(conclusion["recused"]),
        "conflicted": len(conclusion["conflicted"]),
        "members": conclusion["members"],
        "base": conclusion["base"],
        "needed": conclusion["quorum"]["needed"],
        "have": conclusion["quorum"]["have"],
    }


def figure(mean: str | None) -> str:
    """Write a mean; empty where nothing was marked."""
    return comma(mean) if mean is not None else ""


def rating(conclusion: ConclusionRecord, rubric: RubricRecord | None) -> str:
    """Name the rating an idea got; empty without one."""
    key = conclusion.get("rating", "")
    ratings = rubric.get("ratings", []) if rubric else []
    return next((one["label"] for one in ratings if one["id"] == key), "")


def met(*, enough: bool) -> str:
    """Say whether there were enough."""
    return str(words()["council"]["enough" if enough else "not_enough"])


def failed(conclusion: ConclusionRecord, rubric: RubricRecord | None) -> str:
    """Tell which conditions of recognition did not hold; empty where all did."""
    labels = {c["id"]: c["label"] for c in (rubric["criteria"] if rubric else ())}
    return "; ".join(unmet(why, labels) for why in conclusion.get("why", ()))


def fraction(text: Any) -> str:
    """Write a share as rubrics have it; a decimal with a comma."""
    return str(text).replace(".", ",")


def outcome(conclusion: ConclusionRecord, rubric: RubricRecord | None, *, day: str) -> str:
    """Write what the council concluded; with the day where that is not `day`."""
    said, rated = words()["council"], rating(conclusion, rubric)
    text = value_name(conclusion["outcome"])
    text += said["rated"].format(rating=rated) if rated else ""
    on = conclusion["concluded_on"]
    return text + (said["concluded_on"].format(day=day_line(on)) if on != day else "")
