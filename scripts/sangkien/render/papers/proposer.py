"""What the office answers a proposer: that an idea was received, and what it still lacks."""

from collections.abc import Iterator, Mapping

from sangkien.domain import address, idea_code
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Finding
from sangkien.domain.paper_source import Source
from sangkien.domain.records import IdeaRecord
from sangkien.render import vietnamese as vi
from sangkien.render.messages import message
from sangkien.render.papers import idea_parts as parts
from sangkien.render.papers.frame import DOTS, Paper, Wish, called, day_line, frame, left_out, named, words
from sangkien.render.papers.kinds import Kind


def _receipt(source: Source, wish: Wish) -> Iterator[Paper]:
    """Receive an idea: its code, what was handed in of it, where to ask; no term that nobody set."""
    said, movement = words()["receipt"], source.books.movement
    for key in wish.wanted():
        idea = source.idea(key)
        made = frame(source, wish.kind, parts.office(source, idea), day=source.on)
        credited = [source.credit(author["person"]) for author in idea["authors"]]
        entered = idea["source"].get("entered_by")
        round_ = source.books.rounds.get(idea["round"])
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{idea['code'].lower()}",
            layout=made.layout,
            findings=(*made.findings, *left_out(credited)),
            values={
                **made.values,
                "code": idea["code"],
                "title": idea["title"],
                "kind": vi.KINDS[idea["kind"]],
                "content": parts.content(source, idea),
                "unit": vi.capital(called(source, idea["unit"])),
                "round": round_["name"] if round_ else DOTS,
                "received": vi.day(idea["submitted_on"]),
                "door": said["doors"][idea["source"]["door"]],
                "entered_by": called(source, entered) if entered else "",
                "kept_at": idea["source"].get("paper", ""),
                "authors": "; ".join(map(named, credited)),
                "parts": _parts(source, idea),
                "page": source.site and source.site + address.idea(idea["code"]),
                "intake": movement.get("intake", "") if movement else "",
            },
        )


def _parts(source: Source, idea: IdeaRecord) -> list[dict[str, str]]:
    """List what a dossier is made of, and what of it is there."""
    said = words()["receipt"]
    needing = source.books.movement.get("clearance_contents", []) if source.books.movement else []
    images = len(idea.get("images", ()))
    own = {"before": idea["before"], "how_to": idea["how_to"], "after": idea["after"]}
    criteria = {one["label"]: one["id"] in idea["statements"] for one in parts.criteria(source, idea)}
    told = [
        (said["part"]["told"], _there({label: bool(parts.lines(own[key])) for key, label in said["told"].items()})),
        (said["part"]["statements"], _there(criteria)),
        (said["part"]["figures"], said["state"]["figures" in idea]),
        (said["part"]["cost"], parts.cost(idea) or said["state"][False]),
        (said["part"]["images"], said["images"].format(count=images) if images else said["state"][False]),
        (said["part"]["applied"], said["applied"][idea["applied"]]),
    ]
    if idea["content"] in needing or "clearance" in idea:
        told.append((said["part"]["clearance"], vi.capital(parts.clearance(idea)) or said["state"][False]))
    return [{"number": str(number), "part": part, "state": state} for number, (part, state) in enumerate(told, 1)]


def _there(labels: Mapping[str, bool]) -> str:
    """Tell what of a part is there and what is not."""
    told = []
    for key, there in (("said", True), ("unsaid", False)):
        if names := [label for label, is_there in labels.items() if is_there is there]:
            told.append(words()["receipt"][key].format(labels=", ".join(names)))
    return vi.capital("; ".join(told))


def _notice(source: Source, wish: Wish) -> Iterator[Paper]:
    """Tell a proposer what their own dossier still lacks, as its check finds; the day to answer by stays open."""
    for key in wish.wanted():
        code = idea_code.read(key)
        found = source.find(code) if code else None
        faults = source.faults(code) if code else ()
        if code is None or (found is None and not faults) or (found and found.withdrawn):
            raise UsageError("no-such", value=key)
        idea = found.idea if found else None  # none where the very shape of its record is at fault
        made = frame(source, wish.kind, parts.office(source, idea))
        movement = source.books.movement
        own = [fault for fault in faults if _is_the_proposers(fault, idea_code.folder(code))]
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{code.lower()}",
            layout=made.layout,
            findings=made.findings,
            values={
                **made.values,
                "code": code,
                "title": idea["title"] if idea else DOTS,
                "kind": vi.KINDS[idea["kind"]].lower() if idea else words()["notice"]["unread"],
                "received": day_line(idea["submitted_on"] if idea else "", source.on),
                "faults": [_told(fault) for fault in own if fault.severity == "error"],
                "hints": [_told(fault) for fault in own if fault.severity == "hint"],
                "intake": movement.get("intake", DOTS) if movement else DOTS,
            },
        )


def _is_the_proposers(fault: Finding, folder: str) -> bool:
    """Tell what a proposer wrote from what the council and the office added to it."""
    return fault.where.file in (folder, f"{folder}/idea.yml") or fault.where.file.startswith(f"{folder}/images/")


def _told(fault: Finding) -> dict[str, str]:
    said = message(fault.veiled())
    return {"sentence": said.sentence, "cure": said.cure}


KINDS = (
    Kind(name="giay-bien-nhan", english="receipt", of="CODE…", makes=_receipt),
    Kind(name="thong-bao-bo-sung", english="incomplete-notice", of="CODE…", makes=_notice),
)
