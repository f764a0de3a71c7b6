"""A year told from public ideas: counted by hand on a small world."""

import pytest
from site_world import DRIP, READ, SOAP, small_world

from sangkien.domain.chronicle import chronicle, outstanding
from sangkien.render import years
from sangkien.render.wording import Wording


def test_a_year_counts_what_the_public_sees() -> None:
    register = small_world().register()
    told = chronicle(register, "2019")

    assert {idea.code for idea in told.ideas} == {DRIP, SOAP, READ}
    assert sum(len(ideas) for ideas in told.months.values()) == 3
    assert list(told.months) == sorted(told.months)
    assert told.people + told.collectives == len(
        {a.credit.address for idea in told.ideas for a in idea.authors if a.credit.address}
    )
    assert told.units == len({idea.record["unit"] for idea in told.ideas})
    assert told.places == sum(len(idea.applications) for idea in register.ideas)


def test_a_year_without_ideas_says_nothing() -> None:
    told = chronicle(small_world().register(), "1999")

    assert (told.ideas, told.people, told.leading, told.outstanding) == ((), 0, ((), 0), ())


def test_what_was_taken_up_most_stands_first() -> None:
    register = small_world().register()
    (first, *_) = outstanding(register.ideas, register.rubrics, 3)

    assert len(first.applications) == max(len(idea.applications) for idea in register.ideas) > 0


@pytest.mark.parametrize("year", ["2019"])
def test_the_story_is_told_in_whole_sentences(year: str) -> None:
    register = small_world().register()
    page = next(p for p in years.pages(Wording(register, {})) if p.address == f"nam/{year}/")

    assert page.description.startswith(f"Năm {year} có 3 ý được ghi nhận")
    assert all(title in page.body for title in (idea.title for idea in register.years[year]))
