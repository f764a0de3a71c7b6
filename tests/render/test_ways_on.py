"""No list is a dead end: each of the movement's life leads back to it, and those that await more say where to tell."""

import pytest
from site_world import small_world

from places import ROOT
from sangkien.domain import address
from sangkien.render.page import Page
from sangkien.render.pages import pages
from sangkien.render.wording import Wording

OF_THE_MOVEMENT = [address.EMULATION, address.PLANS, address.CEREMONIES, address.MEMBER_ORGS]
AWAIT_MORE = [address.CLUBS, address.MODELS, address.PROBLEMS]


@pytest.fixture(scope="module")
def made() -> dict[str, Page]:
    return {page.address: page for page in pages(Wording(small_world().register(), {}), "", "")}


@pytest.mark.parametrize("to", OF_THE_MOVEMENT)
def test_a_list_of_the_movements_life_leads_back_to_it(to: str, made: dict[str, Page]) -> None:
    assert made[to].section == address.MOVEMENT
    assert f'<a href="~/{address.MOVEMENT}">Phong trào</a>' in made[to].body


@pytest.mark.parametrize("to", AWAIT_MORE)
def test_a_list_that_awaits_more_says_where_to_tell(to: str, made: dict[str, Page]) -> None:
    _, anchor = address.TELL_MORE.split("#")

    assert f'href="~/{address.TELL_MORE}"' in made[to].body
    assert f"{{#{anchor}}}" in (ROOT / "content" / address.TAKE_PART / "index.md").read_text(encoding="utf-8")
