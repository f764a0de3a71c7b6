"""What a counter has at hand: the forms, the registers, who the secretaries are, what day it is there."""

import datetime
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sangkien.domain import form, form_body
from sangkien.domain.council import CHAIR, SECRETARY, holders
from sangkien.domain.finding import Finding
from sangkien.domain.form import Template
from sangkien.domain.form_body import Submission
from sangkien.domain.rules import privacy
from sangkien.domain.submission import Choices, Desk
from sangkien.render import forms
from sangkien.workflow import parcels, reading
from sangkien.workflow.ports import Files, Kept

_FORMS = {
    "idea": forms.IDEA,
    "application": forms.APPLICATION,
    "follow": forms.FOLLOW,
    "request": forms.REQUEST,
    "decision": forms.DECISION,
    "commendation": forms.COMMENDATION,
    "visit": forms.VISIT,
    "problem": forms.PROBLEM,
    "club": forms.CLUB,
    "model": forms.MODEL,
    "outreach": forms.OUTREACH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form that was filled in; `labels` name its questions."""

    form: str
    submission: Submission
    labels: Mapping[str, str]


class Counter:
    """Reads what stands in the repository once, for any number of forms."""

    def __init__(self, files: Files, kept: Kept | None = None) -> None:
        self.schemas = reading.load_schemas(files)
        if kept:
            self.books = parcels.read_registers(files, self.schemas, *kept).books
        else:
            self.books = reading.read_registers(files, self.schemas).books
        movement = self.books.movement
        self._zone = zoneinfo.ZoneInfo(movement["time_zone"] if movement else "UTC")
        paths = {name: f"{forms.FOLDER}/{file}" for name, file in _FORMS.items()}
        self._templates: dict[str, Template] = {
            name: form.read_template(files.text(path)) for name, path in paths.items() if files.exists(path)
        }
        lists = self.books.lists
        self._allowed = privacy.Allowed.of(contact["value"] for contact in (lists["office_contacts"] if lists else ()))
        maker = forms.Maker(self.schemas, self.books)
        self.desk = Desk(self.books, Choices(**maker.choices()))

    def recognise(self, body: str) -> Filled | None:
        """Find the form a body was written with, by its headings; None for anything else."""
        best: Filled | None = None
        least = 0.5  # of its headings at least
        for name, template in self._templates.items():
            found = form_body.headings(template, body) / len(template.fields)
            if found > least:
                least = found
                labels = {field.key: field.label for field in template.fields}
                best = Filled(form=name, submission=form_body.parse(template, body), labels=labels)
        return best

    def wish(self, filled: Filled) -> str | None:
        """Tell what a request asks for."""
        answer = filled.submission.answers.get("wish")
        wishes = {text: key for key, text in forms.words()["request"]["wishes"].items()}
        return wishes.get(answer) if isinstance(answer, str) else None

    def day_of(self, moment: str) -> str:
        """Give the calendar day of a moment (ISO 8601, UTC) where the movement is."""
        return datetime.datetime.fromisoformat(moment).astimezone(self._zone).date().isoformat()

    def personal(self, text: str) -> Iterator[Finding]:
        """Find phone numbers, addresses and numbers of papers in a text that would be repeated in public."""
        for code, _, shown in privacy.in_text(text, self._allowed, None):
            yield Finding(code=code, params={"shown": shown})

    def seated(self, day: str) -> set[int]:
        """Give the accounts that hold any seat of any council on a day."""
        return self._holding(self.books.councils.values(), day, None)

    def officers(self, day: str) -> set[int]:
        """Give the accounts that may enter what an office signed: every council's secretaries and chairs on a day."""
        return self._holding(self.books.councils.values(), day, {SECRETARY, CHAIR})

    def secretaries(self, day: str, council: str | None = None) -> set[int]:
        """Give the accounts of the secretaries in office on a day, of one council or of all."""
        every = self.books.councils
        councils = [every[council]] if council and council in every else every.values()
        return self._holding(councils, day, {SECRETARY})

    def _holding(self, councils: Iterable[Mapping[str, Any]], day: str, roles: set[str] | None) -> set[int]:
        return {
            holder.github_id
            for record in councils
            for holder in holders(record, day)
            if (roles is None or holder.role in roles) and holder.github_id is not None
        }
