"""Repository → the open data of its public register, without a site."""

from itertools import chain

from sangkien.render import open_data, outputs, tables
from sangkien.render.wording import Wording
from sangkien.workflow.publish import Bindery, Files, zone_of
from sangkien.workflow.survey import Survey


def export(survey: Survey, bindery: Bindery, files: Files, *, site_url: str, without_samples: bool) -> int:
    """Write the files a site would publish at their addresses; gives how many."""
    register = survey.register(without_samples=without_samples)
    name = register.movement["site_title"] if register.movement else ""
    wording, count = Wording(register, {}), 0
    register_data = open_data.OpenData(wording, name, site_url)
    made = chain.from_iterable(kept.make() for kept in outputs.others(wording, name, site_url, zone_of(register)))
    bound = chain.from_iterable(tables.of_year(wording, site_url, year, bindery.bind) for year in register.years)
    for path, data in chain(register_data.files(), made, bound):
        files.put(path, data)
        count += 1
    return count
