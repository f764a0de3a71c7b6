"""Ideas and people as the annex of a paper lists them, and how many they are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain.naming import Credit
from sangkien.domain.paper_source import Source
from sangkien.domain.records import ConclusionRecord, IdeaRecord, SessionRecord
from sangkien.domain.session_account import items
from sangkien.render import vietnamese as vi
from sangkien.render.papers import sitting
from sangkien.render.papers.frame import called, named, words
from sangkien.render.spoken import number


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An idea of a list with what a council concluded on it; no idea where it was withdrawn since."""

    code: str
    idea: IdeaRecord | None
    conclusion: ConclusionRecord | None


def listed(source: Source, codes: Iterable[str], council: str, day: str) -> Iterator[Listed]:
    """Give ideas in the order named, each with the council's newest conclusion of a day."""
    for code in codes:
        found = source.find(code)
        own = [c for c in (found.conclusions if found else ()) if c["council"] == council and c["concluded_on"] <= day]
        idea = found.idea if found and not found.withdrawn else None
        yield Listed(code=code, idea=idea, conclusion=max(own, key=lambda c: c["number"], default=None))


def awaiting(source: Source, session: SessionRecord) -> Iterator[Listed]:
    """Give the ideas a session was the last to recognise, and no decision lists yet."""
    council = session["council"]
    for one in of_session(source, session):
        is_decided = any(decision.get("council") == council for decision in source.rulings.of("cong-nhan", one.code))
        if not is_decided and one.conclusion == source.dossier(one.code).newest(council):
            yield one


def of_session(source: Source, session: SessionRecord) -> Iterator[Listed]:
    """Give the ideas a session recognised, whose council has not thought better of it."""
    for item in items(session, source.find):
        found = source.find(item.code)
        newest = found.newest(session["council"]) if found else None
        if item.idea is None or item.conclusion is None or newest is None:
            continue
        if item.conclusion["outcome"] == newest["outcome"] == "cong-nhan":
            yield Listed(code=item.code, idea=item.idea, conclusion=item.conclusion)


def rows(source: Source, of: Sequence[Listed]) -> tuple[list[dict[str, Any]], list[Credit]]:
    """Write a list's rows, and give everybody named in it."""
    made: list[dict[str, Any]] = []
    people: list[Credit] = []
    for place, one in enumerate(of, 1):
        row: dict[str, Any] = {"no": place, "code": one.code, "title": words()["ideas_listed"]["withdrawn"]}
        row |= dict.fromkeys(("authors", "unit", "kind", "rating"), words()["ideas_listed"]["none"])
        if one.idea is not None:
            authors = [source.credit(author["person"]) for author in one.idea["authors"]]
            people += authors
            row |= {
                "title": one.idea["title"],
                "authors": "; ".join(map(named, authors)),
                "unit": vi.capital(called(source, one.idea["unit"])),
                "kind": vi.KINDS[one.idea["kind"]],
                "rating": rating(source, one.conclusion) or row["rating"],
            }
        made.append(row)
    return made, people


def rating(source: Source, conclusion: ConclusionRecord | None) -> str:
    """Name a conclusion's rating as its rubric does; empty without one."""
    return sitting.rating(conclusion, source.books.rubrics.get(conclusion.get("rubric", ""))) if conclusion else ""


def counted(of: Sequence[Listed]) -> str:
    """Say how many ideas there are, by kind where all have one: `05 (năm) ý, gồm …`."""
    held: Counter[str] = Counter(one.idea["kind"] for one in of if one.idea is not None)
    return by_kind(
        len(of), words()["ideas_listed"]["ideas"], {name.lower(): held[kind] for kind, name in vi.KINDS.items()}
    )


def by_kind(count: int, noun: str, kinds: Mapping[str, int]) -> str:
    """Say how many there are, and how many of each kind unless the kind of some is not known."""
    if sum(kinds.values()) != count or not count:
        return figure(count, noun)
    parts = [figure(some, kind) for kind, some in kinds.items() if some]
    if len(parts) == 1:
        return parts[0]
    return str(words()["ideas_listed"]["counted"].format(all=figure(count, noun), parts=vi.listed(parts)))


def kinds_named(of: Sequence[Listed]) -> str:
    """Name the kinds of some ideas: `sáng kiến và cách làm mới`."""
    held = {one.idea["kind"] for one in of if one.idea is not None}
    return (
        vi.listed([name.lower() for kind, name in vi.KINDS.items() if kind in held]) or words()["ideas_listed"]["ideas"]
    )


def figure(count: int, noun: str) -> str:
    """Write a number in figures and words, as papers do: `05 (năm) sáng kiến`."""
    return f"{count:02d} ({number(count)}) {noun}"
