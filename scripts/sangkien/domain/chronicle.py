"""The story of a year: what was honoured, when, where and by whom, told from public ideas alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sangkien.domain import records as r
from sangkien.domain import views
from sangkien.domain.register import Ideas, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicle:
    """One year: counts of what the public may see, and the ideas that stand out."""

    year: str
    ideas: Ideas
    months: Mapping[str, Ideas]  # by month of recognition (`01` … `12`), each by day and title
    people: int
    collectives: int
    units: int
    places: int  # that did likewise, up to now
    leading: tuple[tuple[str, ...], int]  # the field or fields with most ideas, and how many each has
    outstanding: Ideas
    commendations: tuple[views.Commendation, ...]


def chronicle(register: Register, year: str, most: int = 3) -> Chronicle:
    """Tell a year; `most` ideas stand out at most."""
    ideas = register.years.get(year, ())
    named = {author.credit.address: author.credit for idea in ideas for author in idea.authors if author.credit.address}
    fields = Counter(idea.brief.field for idea in ideas)
    top = max(fields.values(), default=0)
    return Chronicle(
        year=year,
        ideas=ideas,
        months=_months(ideas),
        people=sum(not credit.collective for credit in named.values()),
        collectives=sum(credit.collective for credit in named.values()),
        units=len({idea.brief.unit for idea in ideas}),
        places=sum(len(idea.brief.adoptions) for idea in ideas),
        leading=(tuple(sorted(field for field, count in fields.items() if count == top)), top),
        outstanding=outstanding(ideas, register.rubrics, most),
        commendations=tuple(c for c in register.commendations.values() if c.record["date"][:4] == year),
    )


def outstanding(ideas: Iterable[views.Idea], rubrics: Mapping[str, r.RubricRecord], most: int) -> Ideas:
    """Choose the ideas to show first: taken up in most places, then best rated, then the newest."""

    def rank(idea: views.Idea) -> int:
        if idea.rating is None or idea.rating[0] not in rubrics:
            return 99
        ladder = [rating["id"] for rating in rubrics[idea.rating[0]].get("ratings", ())]
        return ladder.index(idea.rating[1]) if idea.rating[1] in ladder else 99

    by_day = sorted(ideas, key=lambda idea: (idea.on, idea.code), reverse=True)
    return tuple(sorted(by_day, key=lambda idea: (-len(idea.brief.adoptions), rank(idea)))[:most])


def by_month(units: Iterable[views.Unit], most: int) -> dict[str, dict[str, Ideas]]:
    """Give what was honoured in each unit and under it by month, `2026-09`; the newest `most` months of units alone."""
    found: dict[tuple[str, str], list[views.Idea]] = {}
    for unit in units:
        for idea in (*unit.ideas, *unit.below):
            found.setdefault((idea.on[:7], unit.record["id"]), []).append(idea)
    months: dict[str, dict[str, Ideas]] = {}
    for month, unit_id in sorted(sorted(found), key=lambda key: key[0], reverse=True)[:most]:
        ideas = sorted(found[month, unit_id], key=lambda idea: (idea.on, idea.code), reverse=True)
        months.setdefault(unit_id, {})[month] = tuple(ideas)
    return months


def _months(ideas: Ideas) -> dict[str, Ideas]:
    months: dict[str, list[views.Idea]] = {}
    for idea in sorted(ideas, key=lambda idea: idea.on):  # ideas come by title, which the sort keeps within a day
        months.setdefault(idea.on[5:7], []).append(idea)
    return {month: tuple(found) for month, found in months.items()}
