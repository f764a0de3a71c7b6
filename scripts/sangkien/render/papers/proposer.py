"""Papers between a proposer and the office: receipt, what is still missing, application, description, consents."""

from collections.abc import Iterator

from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.render import vietnamese as vi
from sangkien.render.papers.frame import Paper, Wish, frame
from sangkien.render.papers.kinds import Kind


def _receipt(source: Source, wish: Wish) -> Iterator[Paper]:
    """Receive an idea: its code, its title, the day; nobody's name."""
    if not wish.keys:
        raise UsageError("paper-of-what", kind=wish.kind)
    for key in wish.keys:
        idea = source.idea(key)
        unit = source.books.movement["unit"] if source.books.movement else idea["unit"]
        made = frame(source, wish.kind, unit, day=source.on)
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{idea['code'].lower()}",
            layout=made.layout,
            findings=made.findings,
            values={
                **made.values,
                "code": idea["code"],
                "title": idea["title"],
                "kind": vi.KINDS[idea["kind"]],
                "received": vi.day(idea["submitted_on"]),
            },
        )


KINDS = (Kind(name="giay-bien-nhan", english="receipt", of="CODE…", makes=_receipt),)
