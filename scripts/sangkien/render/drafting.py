"""A draft of a unit's report as its office finds it: what is known filled in, what is to be written marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import notation
from sangkien.domain.books import Books
from sangkien.domain.figure_ids import REPORTED
from sangkien.domain.gazetteer import Gazetteer
from sangkien.domain.report_versions import BLANK, PROSE, Known
from sangkien.domain.reporting import Duty
from sangkien.domain.schema import SchemaSet
from sangkien.render import neutral, report
from sangkien.render import vietnamese as vi
from sangkien.render.reporting import period_name, words

COUNTED = "<!-- sangkien:report -->"
_MOST_SHOWN = 60_000  # characters; a forge refuses a comment past 65,536


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where an office finds what it needs at the desk; `home` is the repository's address."""

    home: str

    def edit(self, branch: str, path: str) -> str:
        return f"{self.home}/edit/{branch}/{path}"

    def read(self, path: str) -> str:
        return f"{self.home}/blob/HEAD/{path}"

    def workflow(self, name: str) -> str:
        return f"{self.home}/actions/workflows/{name}.yml"


def draft(
    record: Mapping[str, Any], known: Sequence[Known], told: Sequence[Mapping[str, Any]], due: str, schemas: SchemaSet
) -> str:
    """Write a draft: the record, what is known, a marked line for what the office alone knows, marks for its prose.

    What else may be reported stands ready in remarks: without their marks they are figures like the others.
    """
    said = words()["draft"]
    lines = [*_begun(record, due, schemas), "figures:" if known or told else "figures: []"]
    for one in known:
        lines += [f"  - figure: {one.figure} # {one.name}", f"    value: {one.value}"]
        lines += [] if one.own is None else [f"    own: {one.own} # {said['own']}"]
    lines += [f"  # {said['told']}"] if told else []
    for figure in told:
        lines += [f"  - figure: {figure['id']} # {report.titled(figure['name'], figure['measure'])}", "    #value: "]
    rest = [key for key in REPORTED if key not in {one.figure for one in known}] if known or told else []
    lines += [f"  # {said['rest']}"] if rest else []
    for key in rest:
        figure = report.words()["figure"][key]
        lines += [f"  #- figure: {key} # {report.titled(figure['name'], figure['measure'])}", "  #  value: "]
    for key in PROSE:
        lines += [f"# {said['prose'][key]}", f"{key}: |", f"  {BLANK}"]
    return "\n".join(lines) + "\n"


def copied(record: Mapping[str, Any], due: str, schemas: SchemaSet) -> str:
    """Write a draft that is the copy of an earlier version."""
    return "\n".join(_begun(record, due, schemas)) + "\n"


def _begun(record: Mapping[str, Any], due: str, schemas: SchemaSet) -> Iterator[str]:
    """Write a record's lines, with a mark where the day it is sent will stand."""
    said = words()["draft"]
    yield f"# {said['head']}"
    for line in notation.write(schemas.ordered("report", record)).splitlines():
        if line.startswith("status:"):
            yield f"# {said['status'].format(due=due)}"
        yield line
        if line.startswith("drafted_on:"):
            yield "#sent_on: "  # a space for the day to follow


def title(duty: Duty, number: int, books: Books) -> str:
    """Give the title of a draft's pull request."""
    said = words()["desk"]
    named = said["title"].format(period=period_name(duty.period), unit=Gazetteer(books).title(duty.unit))
    return named if number == 1 else str(said["title_again"]).format(title=named, number=number)


def body(duty: Duty, number: int, told: Sequence[Mapping[str, Any]], books: Books, links: Links, edit: str) -> str:
    """Tell the office what to do with a draft, step by step; `edit` is where it is filled in."""
    said, places = words()["desk"], Gazetteer(books)
    figures = "\n".join(said["figure"].format(name=neutral.line(one["name"])) for one in told)
    return str(said["body"]).format(
        what=said["first"] if number == 1 else said["again"].format(number=number, before=number - 1),
        due=vi.day(duty.due),
        day=duty.due,
        to=said["to"].format(unit=neutral.line(places.title(duty.to))) if duty.to else "",
        edit=edit,
        figures=said["figures"].format(list=figures) if figures else "",
        rest=said["rest"] if number == 1 else "",  # a copy has no remarks
        workflow=links.workflow("report"),
        unit=duty.unit,
        period=duty.period,
        guide=links.read("content/huong-dan/bao-cao-sau-thang.md"),
    )


def counted(report: str, on: str) -> str:
    """Show the office what the program counts so far, as far as a comment bears it."""
    said = words()["desk"]
    head = f"{COUNTED}\n{said['counted'].format(day=vi.day(on)).strip()}\n\n"
    if len(head) + len(report) > _MOST_SHOWN:
        report = report[: _MOST_SHOWN - len(head)].rpartition("\n")[0] + f"\n\n{said['more']}"
    return f"{head}{report.strip()}\n"


def commit_message(key: str) -> str:
    """Give the message of a draft's commit."""
    return f"draft {key}"
