"""The days of the movement: rounds, sittings, ceremonies, calls to emulate, reports due; told from records alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sangkien.domain import address
from sangkien.domain.due import due_in
from sangkien.domain.period import Period
from sangkien.domain.register import Register

Kind = Literal["dot-mo", "dot-dong", "phien", "le", "phat-dong", "so-ket", "tong-ket", "ket-thuc", "bao-cao", "moc"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One day. Its key is the same for ever, also where the day is moved; hours are those of the movement's zone."""

    day: str
    key: str
    kind: Kind
    name: str
    unit: str = ""
    place: str = ""
    starts: str = ""
    ends: str = ""
    page: str = ""
    period: Period | None = None
    levels: tuple[str, ...] = ()  # who reports


def newest_day(register: Register) -> str:
    """Give the newest day that something public was done on; empty in a register where nothing was."""
    life = register.life
    days = [
        *(view.record["opens_on"] for view in register.rounds.values()),
        *(view.record["date"] for view in register.decisions.values()),
        *(idea.on for idea in register.ideas),
        *(telling.record["date"] for telling in life.outreach),
        *(plan.record["issued_on"] for plan in life.plans.values() if "issued_on" in plan.record),
        *(view.record["opens_on"] for view in life.emulation_rounds.values()),
    ]
    return max(days, default="")


def events(register: Register) -> tuple[Event, ...]:
    """List every day that is known, by day; reports that are due in the newest year and the one after."""
    newest = newest_day(register)
    found = [*_rounds(register), *_life(register)]
    for year in (int(newest[:4]), int(newest[:4]) + 1) if newest else ():
        found += _due(register, year)
    return tuple(sorted(found, key=lambda event: (event.day, event.starts, event.key)))


def _rounds(register: Register) -> Iterator[Event]:
    for key, view in register.rounds.items():
        record = view.record
        told: dict[str, Any] = {"name": record["name"], "unit": record["unit"], "page": f"{address.ROUNDS}{key}/"}
        yield Event(day=record["opens_on"], key=f"dot-{key}-mo", kind="dot-mo", **told)
        yield Event(day=record["closes_on"], key=f"dot-{key}-dong", kind="dot-dong", **told)


def _life(register: Register) -> Iterator[Event]:
    life = register.life
    for sitting in life.sittings:
        yield Event(
            day=sitting.date,
            key=f"phien-{sitting.id}",
            kind="phien",
            name=sitting.council,
            unit=sitting.unit,
            starts=sitting.starts,
            ends=sitting.ends,
        )
    for key, view in life.ceremonies.items():
        yield Event(
            day=view.record["date"],
            key=f"le-{key}",
            kind="le",
            name=view.record["name"],
            unit=view.record["unit"],
            place=view.record.get("place", ""),
            starts=view.record.get("starts", ""),
            page=f"{address.CEREMONIES}{key}/",
        )
    for key, call in life.emulation_rounds.items():
        record = call.record
        told: dict[str, Any] = {"name": record["name"], "unit": record["unit"], "page": f"{address.EMULATION}{key}/"}
        yield Event(day=record["opens_on"], key=f"thi-dua-{key}-mo", kind="phat-dong", **told)
        yield Event(day=record["closes_on"], key=f"thi-dua-{key}-dong", kind="ket-thuc", **told)
        for number, review in enumerate(record.get("reviews", ()), 1):
            yield Event(day=review["date"], key=f"thi-dua-{key}-{number}", kind=review["kind"], **told)


def _due(register: Register, year: int) -> Iterator[Event]:
    """List what is due in a year: by the plans, and by the rules for whom the movement's own plan says nothing."""
    said: set[tuple[str, str]] = set()
    movement = register.movement["unit"] if register.movement else ""
    for plan in register.life.plans.values():
        record = plan.record
        for number, item in enumerate(record.get("calendar", ()), 1):
            period = Period.read(item.get("period", ""))
            if period and record["unit"] == movement:
                said.add((str(period), item["from_level"]))
            if item["due"][:4] == str(year):
                yield Event(
                    day=item["due"],
                    key=f"ke-hoach-{record['id']}-{number}",
                    kind="bao-cao" if period else "moc",
                    name=item["what"],
                    unit=record["unit"],
                    page=f"{address.PLANS}{record['id']}/",
                    period=period,
                    levels=(item["from_level"],),
                )
    rules = register.lists.get("report_calendar", ()) if register.lists else ()
    yield from _by_rule(rules, year, said)


def _by_rule(rules: Iterable[Mapping[str, Any]], year: int, said: set[tuple[str, str]]) -> Iterator[Event]:
    for rule in rules:
        if due := due_in(rule, year):
            period, day = due
            levels = tuple(level for level in rule["from_levels"] if (str(period), level) not in said)
            if levels:
                key = f"bao-cao-{str(period).replace('..', '-').lower()}-{'-'.join(rule['from_levels'])}"
                yield Event(day=day, key=key, kind="bao-cao", name="", period=period, levels=levels)
