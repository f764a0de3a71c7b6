"""Which ideas are public (contract §2): concluded, decided, not revoked, not withdrawn, cleared."""

from collections.abc import Iterable
from dataclasses import dataclass

from sangkien.domain.books import Books, Dossier
from sangkien.domain.records import ConclusionRecord, DecisionRecord, IdeaRecord, RoundRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """One council's recognition: its conclusion and, unless the round goes public without, the signed decision."""

    council: str
    conclusion: ConclusionRecord
    decision: DecisionRecord | None
    revoked_by: DecisionRecord | None = None

    @property
    def on(self) -> str:
        """The day from which the idea counts as recognised."""
        return self.decision["date"] if self.decision else self.conclusion["concluded_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the public may know of an idea; nothing at all unless something was recognised."""

    recognitions: tuple[Recognition, ...] = ()
    revoked: tuple[Recognition, ...] = ()
    notices: tuple[DecisionRecord, ...] = ()
    awaits: str | None = None  # the round that announces it while the decision is awaited


class Rulings:
    """The signed decisions, found by the code or the commendation they list."""

    def __init__(self, decisions: Iterable[DecisionRecord]) -> None:
        by_id = {decision["id"]: decision for decision in decisions}
        self._ideas: dict[tuple[str, str], list[DecisionRecord]] = {}
        self._commendations: dict[tuple[str, str], list[DecisionRecord]] = {}
        for decision in sorted(by_id.values(), key=lambda d: (d["date"], d["id"])):
            # Correcting or revoking a decision without naming anything touches all it named.
            names_some = decision.get("codes") or decision.get("commendations")
            naming = decision if names_some else by_id.get(decision.get("amends", ""), decision)
            for code in naming.get("codes", ()):
                self._ideas.setdefault((decision["kind"], code), []).append(decision)
            for key in naming.get("commendations", ()):
                self._commendations.setdefault((decision["kind"], key), []).append(decision)

    def of(self, kind: str, code: str) -> list[DecisionRecord]:
        """Give the decisions of a kind that concern an idea, oldest first."""
        return self._ideas.get((kind, code), [])

    def on_commendation(self, kind: str, key: str) -> list[DecisionRecord]:
        """Give the decisions of a kind that concern a commendation, oldest first."""
        return self._commendations.get((kind, key), [])


def standing(dossier: Dossier, books: Books, rulings: Rulings) -> Standing:
    """Judge one idea; the answer is empty for everything the public must not see."""
    idea = dossier.idea
    if idea is None or dossier.withdrawn is not None or not is_cleared(idea, books):
        return Standing()
    recognitions: list[Recognition] = []
    awaits = None
    for council in dossier.councils:
        conclusion = dossier.newest(council)
        if conclusion is None or conclusion["outcome"] != "cong-nhan":
            continue
        round_ = _round(conclusion, idea, books)
        found = [
            Recognition(council=council, conclusion=conclusion, decision=decision)
            for decision in rulings.of("cong-nhan", idea["code"])
            if decision.get("council") == council
        ]
        if not found and round_ and round_["publish"] == "on-conclusion":
            found = [Recognition(council=council, conclusion=conclusion, decision=None)]
        if not found and round_ and round_.get("announce") and round_["council"] == council:
            awaits = round_["id"]
        recognitions += found
    if not recognitions:
        return Standing(awaits=awaits)
    judged = [_judged(r, rulings.of("thu-hoi", idea["code"])) for r in recognitions]
    judged.sort(key=lambda r: (r.on, r.council))
    return Standing(
        recognitions=tuple(r for r in judged if r.revoked_by is None),
        revoked=tuple(r for r in judged if r.revoked_by is not None),
        notices=tuple(rulings.of("dinh-chinh", idea["code"])),
    )


def is_cleared(idea: IdeaRecord, books: Books) -> bool:
    """Tell whether an idea's content needs no clearance, or has it."""
    needing = books.movement.get("clearance_contents", []) if books.movement else []
    return idea["content"] not in needing or "clearance" in idea


def _round(conclusion: ConclusionRecord, idea: IdeaRecord, books: Books) -> RoundRecord | None:
    return books.rounds.get(conclusion.get("round") or idea["round"])


def _judged(recognition: Recognition, revocations: list[DecisionRecord]) -> Recognition:
    for revocation in revocations:
        decision, council = recognition.decision, revocation.get("council")
        amended = revocation.get("amends")
        if decision is not None and amended not in (None, decision["id"]):
            continue  # it takes back another decision
        if council not in (None, recognition.council) or revocation["date"] < recognition.on:
            continue
        return Recognition(
            council=recognition.council,
            conclusion=recognition.conclusion,
            decision=decision,
            revoked_by=revocation,
        )
    return recognition
