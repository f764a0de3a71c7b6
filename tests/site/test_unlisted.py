"""Who wants no search engine to find them, and who typed an address a little wrong."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from site_browser import NEEDS_BROWSER, opened, served, violations
from site_tools import mkdocs
from site_world import DRIP, READ, SOAP, World, small_world

from sangkien.domain import idea_code
from sangkien.render.pages import pages
from sangkien.render.wording import Wording

pytest_plugins = ["site_fixtures"]
NOINDEX = "p-0a1b2c3d"


def hidden_from_engines(world: World) -> set[str]:
    return {
        page.address for page in pages(Wording(world.register(), {}), "Sáng", "https://vi-du.example/") if page.noindex
    }


def test_pages_with_the_name_of_who_asks_for_it_are_kept_from_engines() -> None:
    before, world = hidden_from_engines(small_world()), small_world()
    world.records[f"content/register/people/0a/{NOINDEX}.yml"]["noindex"] = True
    more = hidden_from_engines(world) - before
    named = {
        idea.address for idea in world.register().ideas if NOINDEX in {a["person"] for a in idea.record["authors"]}
    }

    assert named
    assert more >= {f"tac-gia/{NOINDEX}/"} | named
    assert all(address.startswith(("tac-gia/", "ghi-nhan/", "bieu-duong/")) for address in more)


def test_one_idea_alone_may_ask_for_it() -> None:
    world = small_world()
    before = hidden_from_engines(world)
    world.records[f"{idea_code.folder(READ)}/idea.yml"]["noindex"] = True

    assert hidden_from_engines(world) - before == {f"ghi-nhan/2019/{idea_code.compact(READ)}/"}


@pytest.mark.site
@pytest.mark.browser
@NEEDS_BROWSER[1]
def test_a_code_in_a_wrong_address_leads_to_its_idea(browser: Browser, tmp_path: Any) -> None:
    mkdocs(small_world().write(tmp_path / "world"), tmp_path / "site")
    address = served(tmp_path / "site")
    right = f"{address}ghi-nhan/2019/{idea_code.compact(DRIP)}/"
    for wrong in (f"ghi-nhan/2019/{DRIP[5:]}", DRIP, DRIP.lower().replace("0", "o"), f"ghi-nhan/{DRIP}/"):
        page = opened(browser, address + wrong)
        link = page.locator("[data-code]")
        expect(link).to_be_visible()
        assert link.get_attribute("href") == right, wrong
        assert violations(page) == []
        page.context.close()
    page = opened(browser, f"{address}ghi-nhan/2019/khong-co/{SOAP[:-1]}x/")

    expect(page.get_by_role("heading", name="Không thấy trang này")).to_be_visible()
    expect(page.locator("[data-code]")).to_be_hidden()
    page.context.close()
