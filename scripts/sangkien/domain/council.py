"""Who sits in a council on a day, and who has a conflict with an idea."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import idea_code

SECRETARY, CHAIR, VICE_CHAIR = "thu-ky", "chu-tich", "pho-chu-tich"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A seat as held on one day; a seat without an account votes on paper."""

    seat: str
    role: str
    voting: bool
    github_id: int | None
    person: str | None
    conflicts: frozenset[str]
    label: str = ""
    fields: frozenset[str] = frozenset()

    def is_conflicted(self, idea: Mapping[str, Any]) -> bool:
        """Tell whether the holder is an author, or declared an author, the unit or the code as a conflict."""
        authors = {str(author["person"]) for author in idea.get("authors", ())}
        codes = {str(code) for code in (idea.get("code"), *(idea.get("alias") or ()))}
        declared = self.conflicts | {idea_code.read(conflict) for conflict in self.conflicts}
        return not declared.isdisjoint({*authors, *codes, str(idea.get("unit"))}) or self.person in authors


def holders(council: Mapping[str, Any], day: str) -> tuple[Holder, ...]:
    """List the seats in office on a day, in the council's order.

    Raises KeyError, TypeError or ValueError on what is no council.
    """
    held = []
    for seat in council["seats"]:
        for term in seat["terms"]:
            if str(term["from"]) <= day <= str(term.get("to") or "9999"):
                account = term.get("github_id")
                held.append(
                    Holder(
                        seat=str(seat["seat"]),
                        role=str(seat["role"]),
                        voting=seat["voting"] is True,
                        github_id=int(account) if account is not None else None,
                        person=term.get("person"),
                        conflicts=frozenset(map(str, term.get("conflicts") or ())),
                        label=str(seat.get("label") or seat["seat"]),
                        fields=frozenset(map(str, seat.get("fields") or ())),
                    )
                )
                break
    return tuple(held)


def presiding(sitting: Sequence[Holder], idea: Mapping[str, Any], away: Collection[str] = ()) -> tuple[Holder, ...]:
    """Give who may conclude on an idea: the chair, or where none may or can, the vice-chairs.

    `away` are seats recused from the idea, or absent from the sitting.
    """
    here = [holder for holder in sitting if holder.seat not in away and holder.github_id is not None]
    able = [holder for holder in here if not holder.is_conflicted(idea)]
    chairs = tuple(holder for holder in able if holder.role == CHAIR)
    return chairs or tuple(holder for holder in able if holder.role == VICE_CHAIR)
