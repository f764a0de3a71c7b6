"""Repository → the open data of its public register, without a site."""

from sangkien.domain.register import build
from sangkien.render import outputs
from sangkien.render.wording import Wording
from sangkien.workflow.ports import Files, Workers
from sangkien.workflow.publish import Output, held_back, zone_of
from sangkien.workflow.validate import survey


def export(files: Files, workers: Workers, output: Output, *, site_url: str, without_samples: bool) -> int:
    """Write the files a site would publish at their addresses; gives how many."""
    found = survey(files, workers)
    held = held_back(files, found)
    dossiers = (d for d in found.dossiers if d.folder not in held)
    register = build(found.books, dossiers, without_samples=without_samples)
    name = register.movement["site_title"] if register.movement else ""
    count = 0
    for path, data in outputs.exports(Wording(register, {}), name, site_url, zone_of(register)):
        output.put(path, data)
        count += 1
    return count
