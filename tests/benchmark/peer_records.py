"""The public register as plain values, from which the peers' sites are written: the same pages, lists and rows."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sangkien.adapters.bundles import Bundles
from sangkien.adapters.git import Git
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import views
from sangkien.domain.naming import Credit
from sangkien.domain.register import Register
from sangkien.render import vietnamese as vi
from sangkien.render.feeds import NEWEST
from sangkien.render.wording import Wording
from sangkien.workflow.survey import Survey

__all__ = ["NEWEST", "Group", "Idea", "Praise", "Records"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """An idea in words, with its place in the order of titles and the lists it stands in, by folder."""

    address: str
    title: str
    summary: str
    on: str
    place: int
    kind: str
    about: str
    who: str
    rating: str
    is_shared: bool
    terms: Mapping[str, Sequence[str]]
    facts: Mapping[str, str] = field(default_factory=dict)
    authors: Sequence[tuple[str, str]] = ()  # name and address, empty without a page
    before: str = ""
    after: str = ""
    steps: Sequence[str] = ()
    statements: Sequence[tuple[str, str]] = ()
    reasons: str = ""
    uses: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A list of ideas with a page of its own: where it stands, what it is called, and what stands above it."""

    folder: str  # with no slash at its end
    key: str
    title: str
    note: str
    ideas: tuple[views.Idea, ...]
    praises: tuple[str, ...] = ()
    has_feed: bool = False
    is_gift: bool = False  # each idea is told with its summary and reasons, and all stand on one page

    @property
    def address(self) -> str:
        return f"{self.folder}/{self.key}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """A commendation."""

    key: str
    title: str
    day: str
    reason: str
    place: int
    ideas: Sequence[str]  # codes
    terms: Mapping[str, Sequence[str]]


class Records:
    """Everything public in a repository, read and judged as the site reads it."""

    folders: Mapping[str, str] = {
        "nam": "Theo năm", "linh-vuc": "Lĩnh vực", "noi-dung": "Nội dung phong trào", "loai": "Theo loại",
        "dot": "Các đợt", "quyet-dinh": "Quyết định", "don-vi": "Đơn vị", "tac-gia": "Con người",
        "tap-the": "Tập thể", "bieu-duong": "Biểu dương",
    }  # fmt: skip

    def __init__(self, root: Path) -> None:
        store = Store(root)
        survey = Survey(store, Git(root), Parcels(root), Bundles(root), Pool(os.cpu_count() or 1))
        self.register: Register = survey.register(without_samples=True)
        self.wording = Wording(self.register, {})
        self.groups = list(self._groups())
        rubrics = self.register.rubrics.values()
        self._criteria = {c["id"]: c["label"] for rubric in rubrics for c in rubric["criteria"]}
        self._terms: dict[str, dict[str, list[str]]] = {}
        for group in self.groups:
            for idea in group.ideas:
                self._terms.setdefault(idea.code, {}).setdefault(group.folder, []).append(group.key)

    def ideas(self) -> Iterator[Idea]:
        """Tell every idea whole, neighbouring codes together since their records are kept together."""
        for idea in sorted(self.register.ideas, key=lambda idea: idea.code):
            yield self._whole(idea)

    def row(self, idea: views.Idea) -> Idea:
        """Tell as much of an idea as a list shows."""
        wording = self.wording
        about = (wording.kind(idea), wording.field(idea), vi.capital(wording.unit(idea.brief.unit)), idea.year)
        return Idea(
            address=idea.address, title=idea.title, summary="", on=idea.on, place=idea.place, kind=about[0],
            about=" · ".join(filter(None, about)), who=wording.authors(idea), rating=wording.rating(idea),
            is_shared=idea.code in wording.shared, terms=self._terms.get(idea.code, {}),
        )  # fmt: skip

    def gift(self, idea: views.Idea) -> tuple[Idea, str, str]:
        """Tell an idea as its makers' pages do: the row, its summary, and what the council said."""
        return self.row(idea), idea.record["summary"], _reasons(idea)

    def praises(self) -> Iterator[Praise]:
        """Tell every commendation, the newest first."""
        for place, (key, view) in enumerate(self.register.commendations.items(), 1):
            terms = {"quyet-dinh": [view.decision["id"]]} if view.decision else {}
            if self.wording.has_page(view.credit):
                folder, who, _ = view.credit.address.split("/")
                terms[folder] = [who]
            award = self.wording.awards.get(view.record["award"], "Biểu dương")
            yield Praise(
                key=key, title=f"{award}: {self.wording.name(view.credit)}", day=view.record["date"], place=place,
                reason=view.record["reason"], ideas=[idea.code for idea in view.ideas], terms=terms,
            )  # fmt: skip

    def _whole(self, idea: views.Idea) -> Idea:
        row, record, wording = self.row(idea), idea.record, self.wording
        facts = {"Mã": idea.code, "Ghi nhận": vi.day(idea.on), "Đơn vị": vi.capital(wording.unit(record["unit"]))}
        facts |= {"Lĩnh vực": wording.field(idea), "Nội dung": wording.content(idea), "Xếp loại": row.rating}
        facts["Chi phí"] = vi.money(record["cost"]["amount"])
        if told := record.get("figures"):
            facts[vi.capital(told["label"])] = f"trước {told['before']}, nay {told['after']} {told['unit']}"
        for recognition in idea.recognitions[-1:]:
            council = self.register.councils.get(recognition.conclusion["council"])
            facts["Hội đồng"] = council["name"] if council else ""
            facts["Quyết định"] = wording.decision_name(recognition.decision) if recognition.decision else ""
        whole: dict[str, Any] = {name: getattr(row, name) for name in row.__slots__}
        whole |= {
            "summary": record["summary"],
            "facts": facts,
            "authors": [_name(author.credit, wording) for author in idea.authors],
            "before": record["before"],
            "after": record["after"],
            "steps": record["how_to"].splitlines(),
            "statements": [
                (self._criteria.get(key, key), str(text)) for key, text in record.get("statements", {}).items()
            ],
            "reasons": _reasons(idea),
            "uses": [_use(a["unit"], a["since"], a.get("result", ""), wording) for a in idea.applications],
        }
        return Idea(**whole)

    def _groups(self) -> Iterator[Group]:
        register, wording = self.register, self.wording
        for key, ideas in register.years.items():
            yield Group(folder="nam", key=key, title=f"Năm {key}", note=wording.counted(ideas), ideas=ideas)
        for folder, shelves in (("linh-vuc", register.fields), ("noi-dung", register.contents)):
            for key, shelf in _records(shelves):
                note, feed = wording.counted(shelf.ideas), folder == "noi-dung" and bool(shelf.ideas)
                title = shelf.record["name"]
                yield Group(folder=folder, key=key, title=title, note=note, ideas=shelf.ideas, has_feed=feed)
        for key, name in vi.KINDS.items():
            ideas = register.kinds.get(key, ())
            yield Group(folder="loai", key=key, title=name, note=wording.counted(ideas), ideas=ideas)
        applied = register.applied
        yield Group(folder="loai", key="da-ap-dung", title="Đã áp dụng", note=wording.counted(applied), ideas=applied)
        for key, view in register.rounds.items():
            note = wording.counted(view.ideas)
            yield Group(folder="dot", key=key, title=view.record["name"], note=note, ideas=view.ideas)
        for key, decision in register.decisions.items():
            title, note = wording.decision_name(decision.record), decision.record.get("title", "")
            praises = tuple(c.record["id"] for c in decision.commendations)
            yield Group(folder="quyet-dinh", key=key, title=title, note=note, ideas=decision.ideas, praises=praises)
        for key, unit in register.units.items():
            ideas = tuple({i.code: i for i in (*unit.everything, *unit.adopted)}.values())
            title, note = vi.capital(wording.unit(key)), wording.years_of(unit.record)
            yield Group(folder="don-vi", key=key, title=title, note=note, ideas=ideas, has_feed=bool(unit.everything))
        for key, person in register.people.items():
            folder = person.credit.address.split("/")[0]
            note = vi.capital(wording.unit(person.record["unit"]))
            ideas = tuple(sorted(person.ideas, key=lambda idea: idea.on, reverse=True))
            praises = tuple(c.record["id"] for c in person.commendations)
            yield Group(
                folder=folder, key=key, title=person.credit.name, note=note, ideas=ideas, praises=praises, is_gift=True
            )


def _records(shelves: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return shelves.items()


def _name(credit: Credit, wording: Wording) -> tuple[str, str]:
    return wording.name(credit), credit.address if wording.has_page(credit) else ""


def _reasons(idea: views.Idea) -> str:
    return " ".join(str(idea.recognitions[-1].conclusion.get("reasons", "")).split()) if idea.recognitions else ""


def _use(unit: str, since: str, result: str, wording: Wording) -> str:
    return f"{vi.capital(wording.unit(unit))}, từ ngày {vi.day(since)}: {result}"
