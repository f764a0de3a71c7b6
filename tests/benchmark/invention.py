"""Invented ideas and people for the benchmarks; number i depends on the seed and on i alone."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sangkien.domain import idea_code

WORDS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "words_vi.toml").read_text(encoding="utf-8"))
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Invention:
    """An idea in words: what it does, how it was before, how it is now, and how it is done, a step to a line."""

    code: str
    title: str
    summary: str
    before: str
    after: str
    how_to: str
    gain: str


def invent(seed: int, number: int, titles: Sequence[str] = ()) -> Invention:
    """Invent an idea; the first ones take the titles given."""
    r = random.Random(f"{seed}:{number}")
    pick = r.choice
    seven = _seven(r, number)
    year = r.randint(2018, 2026)
    code = f"{year}-{seven[:4]}-{seven[4:]}{idea_code.check_symbol(year, seven)}"
    thing, place, gain = pick(WORDS["things"]), pick(WORDS["places"]), pick(WORDS["gains"])
    commune = f"{pick(WORDS['names'])} {pick(WORDS['names'])}"
    title = titles[number] if number < len(titles) else f"{pick(WORDS['forms'])} {thing} cho {place} tại xã {commune}"
    first, second = r.sample(WORDS["faults"], 2)
    steps = r.sample(WORDS["steps"], r.randint(5, 8))
    hamlet = f"{pick(WORDS['names'])} {pick(WORDS['names'])}"
    before = (
        f"Trước đây {place} xã {commune} gặp cảnh {first}; lại thêm {second}. Qua {r.randint(2, 14)} tháng theo dõi, "
    )
    before += f"có {r.randint(3, 90)} lần phải làm lại, tốn {r.randint(2, 99)} triệu đồng."
    return Invention(
        code=code,
        title=title,
        summary=f"{thing.capitalize()} ở {place} xã {commune}, giúp bớt {gain} chừng {r.randint(5, 60)} phần trăm.",
        before=before,
        after=f"Từ khi có {thing}, {gain} giảm hẳn, {r.randint(4, 80)} hộ ở ấp {hamlet} đã làm theo.",
        how_to="\n".join(f"{step.capitalize()}, mất {r.randint(1, 20)} ngày." for step in steps),
        gain=gain,
    )


def person_id(r: random.Random, number: int) -> str:
    """Give the number-th person a code that looks like chance and never repeats."""
    return f"p-{_seven(r, number)}{r.choice(SYMBOLS)}".lower()


def person_name(r: random.Random) -> str:
    """Name a person as nobody is named."""
    return f"{r.choice(WORDS['families'])} {r.choice(WORDS['middles'])} Mẫu {r.choice(WORDS['names'])}"


def _seven(r: random.Random, number: int) -> str:
    shifts = (10, 5, 0) if number < 1 << 15 else (15, 10, 5, 0)
    told = "".join(SYMBOLS[number >> shift & 31] for shift in shifts)
    return told + "".join(r.choices(SYMBOLS, k=7 - len(told)))
