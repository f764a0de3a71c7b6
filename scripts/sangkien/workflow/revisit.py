"""Places where ideas were taken up → those to be asked anew, and the desk's one issue that lists them."""

from collections.abc import Sequence
from typing import Literal

from sangkien.domain import revisit
from sangkien.domain.desk import Issue
from sangkien.domain.gazetteer import Gazetteer
from sangkien.domain.revisit import Visit
from sangkien.domain.unit_history import UnitHistory
from sangkien.render import revisit as said
from sangkien.workflow import reading
from sangkien.workflow.forge import Forge
from sangkien.workflow.ports import Files

Result = Literal["nothing", "opened", "rewritten", "closed"]


class Revisits:
    """Reads one repository; lists what is due on a day."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._schemas = reading.load_schemas(files)
        self.books = reading.read_registers(files, self._schemas).books
        self._gazetteer, self._history = Gazetteer(self.books), UnitHistory(self.books.units)

    def due(self, day: str) -> list[Visit]:
        """List the places to be asked by a day, oldest question first."""
        folders = (f for f in self._files.idea_folders() if "applications" in self._files.folders(f))
        read = (reading.read_dossier(self._files, folder, self._schemas) for folder in folders)
        return revisit.due((dossier for dossier in read if dossier), self.books, day)

    def names(self, unit: str) -> list[str]:
        """Name a unit, and then what it has become if that is called otherwise."""
        known = [key for key in (unit, *self._history.now(unit)) if key in self.books.units]
        return [*dict.fromkeys(self._gazetteer.title(key) for key in known)] or [unit]


def tell(forge: Forge, step: Revisits, day: str, home: str) -> Result:
    """Bring the desk's issue to what is due: opened with the first, edited in place, closed after the last."""
    visits = step.due(day)
    there = _there(forge)
    body = said.issue(visits, step.names, home)
    if there is None:
        if visits:
            forge.open_issue(said.title(), body, [said.label()])
        return "opened" if visits else "nothing"
    return _bring(forge, there, visits, body)


def _there(forge: Forge) -> Issue | None:
    """Find the issue, also when it is closed; of two the older one stays."""
    found = forge.issues_labelled(said.label(), closed=True)
    return next((issue for issue in found if issue.by_bot and issue.body.startswith(said.REVISIT)), None)


def _bring(forge: Forge, there: Issue, visits: Sequence[Visit], body: str) -> Result:
    changed = there.body.strip() != body.strip()
    if changed:
        forge.rewrite_issue(there.number, body)
    if visits and not there.is_open:
        forge.reopen_issue(there.number)
        return "opened"
    if not visits and there.is_open:
        forge.close_issue(there.number)
        return "closed"
    return "rewritten" if changed else "nothing"
