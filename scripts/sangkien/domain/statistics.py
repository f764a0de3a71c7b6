"""Figures of the public register: plain counts of what anyone may see, made in one pass over the ideas."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sangkien.domain import views
from sangkien.domain.register import Register
from sangkien.domain.small_groups import hide_small

UNRATED = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How many ideas took how many days, from few to many; `unknown` are those whose days make no sense."""

    counts: Mapping[int, int]
    unknown: int = 0

    @property
    def ideas(self) -> int:
        return sum(self.counts.values())

    @property
    def median(self) -> Fraction | None:
        """The middle: half of the ideas took no longer; None where there is no idea."""
        total = self.ideas
        if not total:
            return None
        low, high, seen = None, 0, 0
        for days, count in self.counts.items():
            seen += count
            if low is None and 2 * seen >= total:
                low = days
            if 2 * seen > total:
                high = days
                break
        return Fraction((low or 0) + high, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The ideas that took from `start` days to less than `end`."""

    start: int
    end: int
    ideas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What can be counted of some ideas; what nobody has is missing from a mapping, but no year or month is."""

    ideas: int
    years: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, int]
    contents: Mapping[str, int]
    fields: Mapping[str, int]
    kinds: Mapping[str, int]
    ratings: Mapping[str, int]
    reach: Mapping[tuple[str, int], int]  # by rating and by how many applications are recorded
    days: Spread
    measured: int  # with one measure before and now


def figures(ideas: Iterable[views.Idea]) -> Figures:
    """Count ideas; a rating goes by its id, whichever rubric gave it."""
    total = measured = unknown = 0
    months: Counter[str] = Counter()
    units: Counter[str] = Counter()
    contents: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    reach: Counter[tuple[str, int]] = Counter()
    days: Counter[int] = Counter()
    for idea in ideas:
        brief, on = idea.brief, idea.on
        total += 1
        months[on[:7]] += 1
        units[brief.unit] += 1
        contents[brief.content] += 1
        fields[brief.field] += 1
        kinds[brief.kind] += 1
        reach[idea.rating[1] if idea.rating else UNRATED, len(brief.adoptions)] += 1
        measured += brief.measured
        waited = (date.fromisoformat(on) - date.fromisoformat(brief.submitted_on)).days
        if waited >= 0:
            days[waited] += 1
        else:
            unknown += 1
    years: Counter[str] = Counter()
    of_year: Counter[str] = Counter({f"{month:02}": 0 for month in range(1, 13)})
    for month, count in months.items():
        years[month[:4]] += count
        of_year[month[5:]] += count
    ratings: Counter[str] = Counter()
    for (rating, _), count in reach.items():
        ratings[rating] += count
    return Figures(
        ideas=total,
        years=_without_gaps(years),
        months=of_year,
        units=units,
        contents=contents,
        fields=fields,
        kinds=kinds,
        ratings=ratings,
        reach=reach,
        days=Spread(counts=dict(sorted(days.items())), unknown=unknown),
        measured=measured,
    )


def year_figures(register: Register, year: str) -> Figures:
    """Count the ideas recognised in one year."""
    return figures(register.years.get(year, ()))


def _without_gaps(years: Mapping[str, int]) -> dict[str, int]:
    if not years:
        return {}
    return {f"{year:04}": years.get(f"{year:04}", 0) for year in range(int(min(years)), int(max(years)) + 1)}


def bins(spread: Spread, most: int = 12) -> tuple[Bin, ...]:
    """Put days into at most `most` bins of one width, from 0 on; the width is one people reckon in."""
    if not spread.counts:
        return ()
    longest = max(spread.counts)
    width = next((w for w in _WIDTHS if longest < w * most), 0) or _WIDTHS[-1] * (longest // (_WIDTHS[-1] * most) + 1)
    held: Counter[int] = Counter()
    for days, count in spread.counts.items():
        held[days // width] += count
    return tuple(Bin(start=n * width, end=(n + 1) * width, ideas=held[n]) for n in range(longest // width + 1))


_WIDTHS = (1, 7, 15, 30, 60, 90, 180, 365)


def ladder(register: Register) -> dict[str, str]:
    """Name the ratings of all rubrics by id, in the rubrics' own order; of two rubrics' words the later one's stand."""
    names: dict[str, str] = {}
    for _, rubric in sorted(register.rubrics.items()):
        names |= {rating["id"]: rating["label"] for rating in rubric.get("ratings", ())}
    return names


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What the public may know of how ideas ended; refusals are nobody's business."""

    recognised: int
    revoked: int
    awaiting: int  # announced by a round while the decision is awaited


def outcomes(register: Register) -> Outcomes:
    """Count ideas by what became of them, as far as it is public."""
    return Outcomes(
        recognised=len(register.ideas),
        revoked=len(register.notices),
        awaiting=len({code for round_ in register.rounds.values() for code in round_.awaiting}),
    )


def strata(register: Register) -> dict[str, int | None] | None:
    """Count authors by stratum, small groups hidden; `""` are those of whom none is recorded.

    Only people who agreed to be named are counted: their pages are public, and counting others beside them would tell
    of those by subtraction. None where the register does not say how small is small.
    """
    smallest = register.movement.get("small_group") if register.movement else None
    if smallest is None or register.lists is None:
        return None
    counts = {stratum["id"]: 0 for stratum in register.lists["strata"]} | {"": 0}
    for person in register.people.values():
        if person.ideas and not person.credit.collective:
            stratum = person.record.get("stratum", "")
            counts[stratum if stratum in counts else ""] += 1
    return hide_small(counts, smallest)


def authors(register: Register) -> int:
    """Count the people behind public ideas who agreed to be named."""
    return sum(bool(person.ideas) and not person.credit.collective for person in register.people.values())


def newest_day(register: Register) -> str:
    """Give the newest day anything public tells of: a site knows no other today. Empty when nothing does."""
    days = [idea.on for idea in register.ideas]
    days += [since for idea in register.applied for _, since in idea.brief.adoptions]
    days += [decision.record["date"] for decision in register.decisions.values()]
    days += [unit.record["valid_from"] for unit in register.units.values()]
    return max(days, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """The keys with the highest count, in their order; `alone` when no other key has any."""

    keys: tuple[str, ...]
    count: int
    alone: bool
    even: bool  # every key, of several, has as many


def leading(counts: Mapping[str, int]) -> Leading:
    """Find what there is most of; no keys where there is nothing."""
    top = max(counts.values(), default=0)
    keys = tuple(key for key, count in counts.items() if count == top and top)
    filled = sum(count > 0 for count in counts.values())
    return Leading(keys=keys, count=top, alone=filled == 1, even=len(keys) == len(counts) > 1)


def top(counts: Mapping[str, int], order: Sequence[str], most: int) -> tuple[dict[str, int], int, int]:
    """Give the highest counts, then how many keys were left out and their sum.

    Keys of equal counts stay or go together unless there are too many of them; then they go by `order`.
    """
    place = {key: n for n, key in enumerate(order)}
    ranked = sorted((k for k, n in counts.items() if n), key=lambda k: (-counts[k], place.get(k, len(place)), k))
    kept = ranked[:most]
    if len(ranked) > most and counts[ranked[most]] < counts[ranked[0]]:
        kept = [key for key in kept if counts[key] > counts[ranked[most]]]
    rest = ranked[len(kept) :]
    return {key: counts[key] for key in kept}, len(rest), sum(counts[key] for key in rest)
