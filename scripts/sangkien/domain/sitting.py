"""A sitting of the council as its chair writes it down: one block concludes everything that was on the table.

```phien-hop
hoi-dong: hd-2026
ngay: 23/11/2026
noi-hop: Phòng họp tầng 1
chu-tri: ghe-1
thu-ky: ghe-3
co-mat: ghe-1, ghe-2, ghe-3, ghe-4
vang: ghe-5 (đi công tác)
2026-7K3Q-F2TZ: công nhận
2026-WW24-0AQ1: bổ sung: ghi rõ chi phí cho một sào
```
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sangkien.domain import ballot as ballots
from sangkien.domain import idea_code, loose
from sangkien.domain.command import Command, Ruling, ruling
from sangkien.domain.council import Holder
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.rubric import Rubric
from sangkien.domain.text import canonical, discreet, slug

FENCE = "phien-hop"
_NEEDED = ("hoi-dong", "ngay", "noi-hop", "chu-tri", "thu-ky", "co-mat")
_KEYS = (*_NEEDED, "vang")
_SEAT = re.compile(r"\s*([^(,;]+?)\s*(?:\(([^)]*)\))?\s*(?:[,;]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What a block says; `rulings` by idea code, in the order of the agenda."""

    council: str
    day: str
    place: str
    chair: str
    secretary: str
    present: tuple[str, ...]
    absent: Mapping[str, str]
    rulings: Mapping[str, Ruling]

    def record(self, id_: str) -> dict[str, Any]:
        """Write the sitting down as a session's record."""
        absent = [{"seat": seat} | ({"reason": why} if why else {}) for seat, why in self.absent.items()]
        return {
            "version": 1,
            "id": id_,
            "council": self.council,
            "date": self.day,
            "place": self.place,
            "present": list(self.present),
            **({"absent": absent} if absent else {}),
            "agenda": list(self.rulings),
            "chair": self.chair,
            "secretary": self.secretary,
        }


@dataclass(slots=True)
class _Lines:
    values: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, code: Code, key: str, /, **params: str) -> None:
        self.findings.append(Finding(code=code, where=Location(path=(key,) if key else ()), params=params))


def is_one(body: str) -> bool:
    """Tell whether a comment holds a sitting's block."""
    return any(fence.info == FENCE for fence in ballots.fences(body))


def read(body: str) -> tuple[Sitting | None, tuple[Finding, ...]]:
    """Read the one block of a comment; None with what is to be mended."""
    blocks = [fence for fence in ballots.fences(body) if fence.info == FENCE]
    lines = _Lines()
    if len(blocks) != 1:
        lines.fault(Code.SITTING_LINE, "", shown=FENCE)
        return None, tuple(lines.findings)
    _collect(lines, blocks[0].text)
    for key in _NEEDED:
        if not lines.values.get(key):
            lines.fault(Code.SITTING_MISSING, key, key=key)
    day = loose.day(lines.values.get("ngay", ""))
    if lines.values.get("ngay") and day is None:
        lines.fault(Code.SITTING_DAY, "ngay", value=discreet(lines.values["ngay"]))
    if not lines.said:
        lines.fault(Code.SITTING_MISSING, "", key="2026-XXXX-XXXX")
    rulings = {code: _ruling(lines, code, text) for code, text in lines.said.items()}
    present = _seats(lines.values.get("co-mat", ""))
    absent = _seats(lines.values.get("vang", ""))
    for seat in present.keys() & absent.keys():
        lines.fault(Code.SITTING_SEAT, "vang", seat=discreet(seat))
    if lines.findings:
        return None, tuple(lines.findings)
    value = lines.values.__getitem__
    return Sitting(
        council=slug(value("hoi-dong")),
        day=day or "",
        place=value("noi-hop"),
        chair=slug(value("chu-tri")),
        secretary=slug(value("thu-ky")),
        present=tuple(present),
        absent=absent,
        rulings=rulings,
    ), ()


def faults(sitting: Sitting, seated: Sequence[Holder], rubric: Rubric, today: str) -> list[Finding]:
    """Hold a sitting against the council's seats of its day: who was there, and whether they were enough."""
    lines = _Lines()
    seats = {holder.seat: holder for holder in seated}
    named = (sitting.chair, sitting.secretary, *sitting.present, *sitting.absent)
    for seat in dict.fromkeys(named):
        if seat not in seats:
            lines.fault(Code.SITTING_SEAT, "co-mat", seat=discreet(seat))
    for seat in (sitting.chair, sitting.secretary):
        if seat in seats and seat not in sitting.present:
            lines.fault(Code.SITTING_SEAT, "co-mat", seat=seat)
    voting = [holder for holder in seated if holder.voting]
    there = sum(holder.seat in sitting.present for holder in voting)
    needed = math.ceil(rubric.quorum * len(voting))
    if there < needed:
        lines.fault(Code.SITTING_QUORUM, "co-mat", have=str(there), needed=str(needed), members=str(len(voting)))
    if sitting.day > today:
        lines.fault(Code.SITTING_DAY, "ngay", value=sitting.day)
    return lines.findings


def blank(council: str, sitting: Sequence[Holder], codes: Sequence[str]) -> str:
    """Give the block to be filled in, with the ideas that wait and nothing said of them."""
    seats = ", ".join(holder.seat for holder in sitting)
    lines = [f"hoi-dong: {council}", "ngay: ", "noi-hop: ", "chu-tri: ", "thu-ky: ", f"co-mat: {seats}", "vang: "]
    return "\n".join([f"```{FENCE}", *lines, *(f"{code}: " for code in codes), "```"])


def _collect(lines: _Lines, text: str) -> None:
    last: dict[str, str] = {}
    key = ""
    for raw in canonical(text).split("\n"):
        if key and raw[:1] in (" ", "\t"):
            last[key] += f"\n{raw.strip()}"
            continue
        line = raw.strip()
        if not line:
            continue
        name, colon, value = line.partition(":")
        code = idea_code.read(name) if colon else None
        key = code or slug(name)
        last = lines.said if code else lines.values
        if not colon or (not code and key not in _KEYS) or key in last:
            lines.fault(Code.SITTING_LINE, "", shown=discreet(line[:80]))
            key = ""
            continue
        last[key] = value.strip()


def _ruling(lines: _Lines, code: str, text: str) -> Ruling:
    said = ruling(Command(word="conclude", reason=text, on_line=True))
    if not said.known or not text:
        lines.fault(Code.SITTING_OUTCOME, code, idea=code)
    return said


def _seats(text: str) -> dict[str, str]:
    """Read `ghe-1, ghe-2 (ốm)`: seats with the reason in brackets."""
    return {slug(match[1]): " ".join((match[2] or "").split()) for match in _SEAT.finditer(text)}
