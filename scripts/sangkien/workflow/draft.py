"""Reports that fall due → drafts: files here, or a pull request each at the desk, which no later run writes over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sangkien.domain import layout, report_versions
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text of a version that is yet to be sent; `told` are the figures left to its office."""

    id: str
    number: int
    text: str
    told: Sequence[Mapping[str, Any]] = ()

    @property
    def path(self) -> str:
        return layout.path_of("report", self.id)


class Drafter:
    """Draws up the drafts of reports in one repository; `on` is the day it is done."""

    def __init__(self, files: Files, prefill: Prefill, on: str) -> None:
        self._files, self._prefill, self._on = files, prefill, on
        self._schemas = reading.load_schemas(files)
        self.books = reading.read_registers(files, self._schemas).books
        self.calendar = Calendar(self.books)

    def waiting(self) -> list[Duty]:
        """List the reports a draft of which is to be made: nothing is written yet, or the newest was returned."""
        return self.calendar.to_draft(self._on)

    def write(self, duties: Sequence[Duty]) -> list[str]:
        """Write a draft of each report of which nothing is written, or that was returned; gives the paths."""
        drafts = [self.draft(duty) for duty in duties if self.calendar.lacks_draft(duty)]
        for draft in drafts:
            self._files.write(draft.path, draft.text)
        return [draft.path for draft in drafts]

    def again(self, duty: Duty) -> str:
        """Write the next version of a report as a draft; one that is a draft still is given again.

        Raises UsageError where nothing was written yet.
        """
        newest = self.calendar.versions.newest(duty.unit, duty.period)
        if newest is None:
            raise UsageError("draft-nothing", unit=duty.unit, period=duty.period)
        if newest["status"] == report_versions.DRAFT:
            return layout.path_of("report", newest["id"])
        draft = self.draft(duty)
        self._files.write(draft.path, draft.text)
        return draft.path

    def duty(self, unit: str, period: Period) -> Duty:
        """Give what a unit owes on a period; what nobody asked of it may be written all the same, by today."""
        if unit not in self.books.units:
            raise UsageError("no-unit", value=unit)
        owed = self.calendar.owed(unit, period)
        return owed or Duty(unit=unit, period=period, due=self._on, draft_on=None, to=None)

    def draft(self, duty: Duty) -> Draft:
        """Draw up the first version of a report, or the next as a copy of the newest."""
        newest = self.calendar.versions.newest(duty.unit, duty.period)
        number = newest["number"] + 1 if newest else 1
        record = {
            **({k: v for k, v in newest.items() if k not in _OF_THE_VERSION} if newest else self._begun(duty)),
            "id": report_versions.id_of(duty.unit, duty.period, number),
            "number": number,
            "status": report_versions.DRAFT,
            "drafted_on": self._on,
        }
        if newest:
            return Draft(id=record["id"], number=number, text=drafting.copied(record, duty.due, self._schemas))
        known = self._prefill(duty.unit, duty.period)
        told = self._told(duty.period, {one.figure for one in known})
        text = drafting.draft(record, known, told, duty.due, self._schemas)
        return Draft(id=record["id"], number=number, text=text, told=told)

    def _begun(self, duty: Duty) -> dict[str, Any]:
        sample = {"sample": True} if "sample" in self.books.units[duty.unit] else {}
        return {"version": 1, **sample, "unit": duty.unit, "period": str(duty.period)}

    def _told(self, period: Period, known: set[str]) -> list[Mapping[str, Any]]:
        """List the figures that only the office can tell."""
        lists = self.books.lists
        return [
            figure
            for figure in (lists.get("report_figures", ()) if lists else ())
            if figure["from"] <= period.end <= figure.get("to", "9999") and figure["id"] not in known
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
        draft = self._drafter.draft(duty)
        branch = branch_of(duty, draft.number)
        pulls = self._forge.pulls_of(branch)
        pull = next((p for p in pulls if p.is_open), None)
        if pulls and pull is None:
            return "nothing-to-do"  # somebody closed it, or has merged it since this commit
        result: Result = "told"
        if pull is None:
            # A branch nobody was shown yet may be anybody's: none but our own draft is put before an office.
            exists, message = self._forge.branch(branch) is not None, drafting.commit_message(draft.id)
            self._forge.write_branch(branch, self._base, {draft.path: draft.text}, message, exists=exists)
            books = self._drafter.books
            edit = self._links.edit(branch, draft.path)
            body = drafting.body(duty, draft.number, draft.told, books, self._links, edit)
            pull = self._forge.open_pull(branch, drafting.title(duty, draft.number, books), body)
            result = "opened"
        conversation.put_label(self._forge, pull.number, pull.labels, "secretary")
        if counted := self._preview(duty.unit, duty.period):
            conversation.tell(self._forge, pull.number, drafting.COUNTED, drafting.counted(counted, on))
        return result


def branch_of(duty: Duty, number: int) -> str:
    """Name the branch of a draft: `report/xa-suoi-mau-2025-2026-h1`, of a later version with its number."""
    name = f"{BRANCH}{duty.unit}-{report_versions.slug(duty.period)}"
    return name if number == 1 else f"{name}-{number}"
