"""Repository → the open data of its public register, without a site."""

from itertools import chain

from sangkien.domain.register import build
from sangkien.render import outputs, tables
from sangkien.render.wording import Wording
from sangkien.workflow.ports import Files, Workers
from sangkien.workflow.publish import Bindery, Output, held_back, zone_of
from sangkien.workflow.validate import survey


def export(
    files: Files, workers: Workers, bindery: Bindery, output: Output, *, site_url: str, without_samples: bool
) -> int:
    """Write the files a site would publish at their addresses; gives how many."""
    found = survey(files, workers)
    held = held_back(files, found)
    dossiers = (d for d in found.dossiers if d.folder not in held)
    register = build(found.books, dossiers, without_samples=without_samples)
    name = register.movement["site_title"] if register.movement else ""
    wording, count = Wording(register, {}), 0
    bound = ((path, bindery.bind(sheet)) for path, sheet in tables.workbooks(wording, site_url))
    for path, data in chain(outputs.exports(wording, name, site_url, zone_of(register)), bound):
        output.put(path, data)
        count += 1
    return count
