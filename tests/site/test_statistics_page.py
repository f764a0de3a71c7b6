"""The page of statistics in a browser: on a narrow phone, by keyboard, at night and on paper."""

import pytest
from playwright.sync_api import Browser
from site_browser import NEEDS_BROWSER, OVERFLOW, opened, problems, served
from site_tools import mkdocs
from site_world import World, code, small_world

from sangkien.domain import layout

pytest_plugins = ["site_fixtures"]
pytestmark = [*NEEDS_BROWSER, pytest.mark.site]


def places() -> World:
    """Make a small world with a map four columns wide, people of two strata and a long row of years."""
    world = small_world()
    world.records[layout.path_of("movement", "movement")]["small_group"] = 2
    for n in range(8):
        spot = {"column": n % 4, "row": n // 4}
        parents = [{"unit": "tinh-mau-1991", "from": "2025-07-01"}]
        key = f"xa-so-{n}-2025"
        world.put(
            "unit", key, level="xa", name=f"Quảng Trường {n}", valid_from="2025-07-01", parents=parents, tile=spot
        )
    world.records[layout.path_of("unit", "xa-dat-do-2025")]["tile"] = {"column": 1, "row": 2}
    world.put("round", "dot-rong", **(world.records[layout.path_of("round", "dot-2019-1")] | {"id": "dot-rong"}))
    world.records[layout.path_of("round", "dot-rong")] |= {"opens_on": "2016-01-01", "closes_on": "2027-12-31"}
    for n, year in enumerate((2016, 2018, 2020, 2021, 2024)):
        key = code(f"YEAR00{n}", year)
        world.idea(key, f"Ý hay của năm {year}", unit="xa-suoi-mau-2010", round="dot-rong")
        world.conclude(key, round="dot-rong", concluded_on=f"{year}-08-01")
        world.decide(f"qd-nam-{year}", codes=[key], date=f"{year}-09-01")
    return world


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = places().write(tmp_path_factory.mktemp("figures"))
    mkdocs(root, root / "site")
    return served(root / "site")


def test_it_is_accessible_and_fits(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    for where in ("thong-ke/", "nam/2019/"):
        page.goto(address + where, wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")

        assert problems(page, 360, 1280) == [], where
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(OVERFLOW) == 0, (where, width)
            assert page.evaluate(CLOSE) == [], (where, width)
    page.context.close()


# Letters of one drawing that are too small to read, or that lie on one another.
CLOSE = """() => [...document.querySelectorAll('svg.sk-chart__drawing')].flatMap(svg => {
  const texts = [...svg.querySelectorAll('text')].filter(t => getComputedStyle(t).display !== 'none');
  const small = texts.filter(t => parseFloat(getComputedStyle(t).fontSize) < 14).map(t => 'small ' + t.textContent);
  const boxes = texts.map(t => [t.textContent, t.getBoundingClientRect()]);
  const meet = boxes.flatMap(([a, p], n) => boxes.slice(n + 1)
    .filter(([, q]) => p.left < q.right && q.left < p.right && p.top < q.bottom - 4 && q.top < p.bottom - 4)
    .map(([b]) => a + ' on ' + b));
  return [...small, ...meet];
})"""


def test_the_map_is_a_map_where_there_is_room_and_a_list_where_not(browser: Browser, address: str) -> None:
    lefts = {}
    for width in (360, 1280):
        page = opened(browser, address + "thong-ke/", viewport={"width": width, "height": 800})
        boxes = [tile.bounding_box() for tile in page.locator(".sk-tiles .sk-tile").all()]
        lefts[width] = [round(box["x"]) for box in boxes if box]
        assert min(box["height"] for box in boxes if box) >= 44
        assert page.evaluate("[...document.querySelectorAll('.sk-tile a')].every(a => a.scrollWidth <= a.clientWidth)")
        page.context.close()

    assert len(set(lefts[1280])) == 4
    assert lefts[1280][-1] == lefts[1280][1]  # the last stands in the second column of its row
    assert len(set(lefts[360])) < 4


def test_every_tile_is_reached_by_the_keyboard_and_leads_to_its_place(browser: Browser, address: str) -> None:
    page = opened(browser, address + "thong-ke/")
    page.locator(".sk-tiles a").first.focus()
    for _ in range(8):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/don-vi/xa-dat-do-2025/")

    assert page.get_by_role("heading", level=1).inner_text() == "Xã Đất Đỏ"


def test_drawings_say_what_they_show_and_tables_hold_every_number(browser: Browser, address: str) -> None:
    page = opened(browser, address + "thong-ke/", viewport={"width": 360, "height": 800})
    drawing = page.get_by_role("img", name="Biểu đồ cột theo năm. Năm 2019 có nhiều ý được ghi nhận nhất: 3 ý.")
    assert drawing.is_visible()
    page.locator("#theo-nam ~ details summary").click()
    table = page.get_by_role("table", name="Số ý được ghi nhận theo năm")

    assert table.get_by_role("row", name="2017 0").is_visible()
    assert table.get_by_role("row", name="Tất cả 8").is_visible()


def test_the_page_prints(browser: Browser, address: str) -> None:
    page = opened(browser, address + "thong-ke/")
    page.emulate_media(media="print")

    assert page.evaluate(OVERFLOW) == 0
    assert page.locator(".sk-tile strong").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
