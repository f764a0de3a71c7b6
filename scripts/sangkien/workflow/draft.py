"""Reports that fall due → drafts: files here, or a pull request each at the desk, which no later run writes over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from sangkien.domain import layout, notation, report_versions
from sangkien.domain.desk import Commit
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.domain.period import Period
from sangkien.domain.report_versions import Known
from sangkien.domain.reporting import Calendar, Duty
from sangkien.render import drafting
from sangkien.workflow import conversation, reading
from sangkien.workflow.forge import Forge
from sangkien.workflow.ports import Files

BRANCH = "report/"
_OF_THE_VERSION = ("drafted_on", "sent_on", "accepted_on", "returned_on", "document")

Result = Literal["nothing-to-do", "opened", "told"]
# The figures of a report that are known already, in the order it lists them.
Prefill = Callable[[str, Period], Sequence[Known]]
# The report as far as it can be counted, in Markdown; empty where nothing can be told.
Preview = Callable[[str, Period], str]


class Drafter:
    """Draws up the drafts of reports in one repository; `on` is the day it is done."""

    def __init__(self, files: Files, prefill: Prefill, on: str) -> None:
        self._files, self._prefill, self._on = files, prefill, on
        self._schemas = reading.load_schemas(files)
        self.books = reading.read_registers(files, self._schemas).books
        self.calendar = Calendar(self.books)

    def waiting(self) -> list[Duty]:
        """List the reports whose draft is to be made and of which nothing is written."""
        return self.calendar.to_draft(self._on)

    def write(self, duties: Sequence[Duty]) -> list[str]:
        """Write a first draft of each report of which nothing is written; gives the paths."""
        fresh = [duty for duty in duties if not self.calendar.versions.of(duty.unit, duty.period)]
        for duty in fresh:
            self._files.write(self.path(duty), self.text(duty))
        return [self.path(duty) for duty in fresh]

    def again(self, unit: str, period: Period) -> str:
        """Write the next version as a draft, a copy of the newest; one that is a draft still is given again.

        Raises UsageError where nothing was written yet.
        """
        newest = next(reversed(self.calendar.versions.of(unit, period)), None)
        if newest is None:
            raise UsageError("draft-nothing", unit=unit, period=period)
        if newest["status"] == report_versions.DRAFT:
            return layout.path_of("report", newest["id"])
        number = newest["number"] + 1
        key = report_versions.id_of(unit, period, number)
        kept = {k: v for k, v in newest.items() if k not in _OF_THE_VERSION}
        record = {**kept, "id": key, "number": number, "status": report_versions.DRAFT, "drafted_on": self._on}
        path = layout.path_of("report", key)
        self._files.write(path, notation.write(self._schemas.ordered("report", record)))
        return path

    def duty(self, unit: str, period: Period) -> Duty:
        """Give what a unit owes on a period; what nobody asked of it may be written all the same, by today."""
        if unit not in self.books.units:
            raise UsageError("no-unit", value=unit)
        owed = self.calendar.owed(unit, period)
        return owed or Duty(unit=unit, period=period, due=self._on, draft_on=None, to=None)

    def path(self, duty: Duty) -> str:
        return layout.path_of("report", report_versions.id_of(duty.unit, duty.period, 1))

    def text(self, duty: Duty) -> str:
        """Write the text of a first draft."""
        record = {
            "version": 1,
            **({"sample": True} if "sample" in self.books.units[duty.unit] else {}),
            "id": report_versions.id_of(duty.unit, duty.period, 1),
            "unit": duty.unit,
            "period": str(duty.period),
            "number": 1,
            "status": report_versions.DRAFT,
            "drafted_on": self._on,
        }
        known = self._prefill(duty.unit, duty.period)
        return drafting.draft(record, known, self.told(duty), duty.due, self._schemas)

    def told(self, duty: Duty) -> list[Mapping[str, Any]]:
        """List the figures that only the office can tell."""
        known = {one.figure for one in self._prefill(duty.unit, duty.period)}
        lists = self.books.lists
        return [
            figure
            for figure in (lists.get("report_figures", ()) if lists else ())
            if figure["from"] <= duty.period.end <= figure.get("to", "9999") and figure["id"] not in known
        ]


class Clerk:
    """Puts drafts before their offices: a branch and a pull request each, made once and never written over."""

    def __init__(self, drafter: Drafter, forge: Forge, base: Commit, preview: Preview, home: str) -> None:
        self._drafter, self._forge, self._base = drafter, forge, base
        self._preview, self._links = preview, drafting.Links(home=home)

    def offer(self, duties: Sequence[Duty], on: str) -> Iterator[tuple[Duty, Result | OutsideError]]:
        """Offer each draft; one's trouble keeps no other from being offered."""
        for duty in duties:
            try:
                yield duty, self._offer(duty, on)
            except OutsideError as error:
                yield duty, error

    def _offer(self, duty: Duty, on: str) -> Result:
        branch = branch_of(duty)
        pulls = self._forge.pulls_of(branch)
        pull = next((p for p in pulls if p.is_open), None)
        if pulls and pull is None:
            return "nothing-to-do"  # somebody closed it, or has merged it since this commit
        result: Result = "told"
        if pull is None:
            path = self._drafter.path(duty)
            if self._forge.branch(branch) is None:
                message = drafting.commit_message(report_versions.id_of(duty.unit, duty.period, 1))
                files = {path: self._drafter.text(duty)}
                self._forge.write_branch(branch, self._base, files, message, exists=False)
            told = self._drafter.told(duty)
            body = drafting.body(duty, self._drafter.books, told, self._links, branch=branch, path=path)
            pull = self._forge.open_pull(branch, drafting.title(duty, self._drafter.books), body)
            result = "opened"
        conversation.put_label(self._forge, pull.number, pull.labels, "secretary")
        if counted := self._preview(duty.unit, duty.period):
            conversation.tell(self._forge, pull.number, drafting.COUNTED, drafting.counted(counted, on))
        return result


def branch_of(duty: Duty) -> str:
    """Name the branch of a draft: `report/xa-suoi-mau-2025-2026-h1`."""
    return f"{BRANCH}{duty.unit}-{report_versions.slug(duty.period)}"
