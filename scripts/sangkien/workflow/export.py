"""Repository → the open data of its public register, without a site."""

from itertools import chain

from sangkien.render import open_data, outputs
from sangkien.render.wording import Wording
from sangkien.workflow.publish import Bindery, Files, zone_of
from sangkien.workflow.survey import Survey


def export(survey: Survey, bindery: Bindery, files: Files, *, site_url: str, without_samples: bool) -> int:
    """Write the files a site would publish at their addresses; gives how many."""
    register = survey.register(without_samples=without_samples)
    name = register.movement["site_title"] if register.movement else ""
    wording, count = Wording(register, {}), 0
    register_data = open_data.OpenData(wording, name, site_url)
    carried = (
        outputs.tables_of(wording, site_url, bindery.bind),
        outputs.feeds_of(wording, name, site_url, zone_of(register)),
    )
    made = chain.from_iterable(files.make() for files in chain.from_iterable(carried))
    for path, data in chain(register_data.files(), made):
        files.put(path, data)
        count += 1
    return count
