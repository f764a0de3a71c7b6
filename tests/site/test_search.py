"""Search in a browser: found as people type, read by everybody, kind when nothing is found or the network is gone."""

import random
import re
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect
from site_browser import NEEDS_BROWSER, OUTSIDE, OVERFLOW, opened, served, violations
from site_tools import contents, mkdocs
from site_world import DRIP, READ, SOAP, code, small_world

from places import ROOT
from sangkien.domain.spelling import LETTERS, syllables
from sangkien.domain.text import fold_letters

pytest_plugins = ["site_fixtures"]
pytestmark = NEEDS_BROWSER
HOSTILE = '<img src=x onerror="document.title=1"> “bẫy” & <b>đậm</b>'


@pytest.fixture(scope="module")
def found_world(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """Serve a small world with the search page; gives its address and the titles of its ideas."""
    world = small_world()
    for number, title in enumerate(("Ma sát ít hơn cho bánh xe", "Má nuôi dạy con", "Mả xưa được dọn", HOSTILE)):
        key = code(f"{number:03d}TXMX")
        world.idea(key, title)
        world.recognise(key, "qd-9")
    root = world.write(tmp_path_factory.mktemp("search"))
    (root / "content" / "tim-kiem").mkdir()
    page = (ROOT / "content" / "tim-kiem" / "index.md").read_text(encoding="utf-8")
    (root / "content" / "tim-kiem" / "index.md").write_text(page, encoding="utf-8")
    mkdocs(root, root / "site")
    return served(root / "site"), [idea.title for idea in world.register().ideas]


@pytest.fixture
def page(browser: Browser, found_world: Any) -> Page:
    return opened(browser, found_world[0] + "tim-kiem/", viewport={"width": 360, "height": 740})


def ask(page: Page, text: str) -> list[str]:
    """Type a question, and give the titles found in their order."""
    page.get_by_label("Tìm ý, người, nơi").last.fill(text)
    page.get_by_role("button", name="Tìm", exact=True).last.click()
    expect(page.get_by_role("status")).not_to_have_text(re.compile("Đang tìm"))
    return page.locator("[data-results] .sk-row__title").all_text_contents()


def test_every_title_is_found_however_it_is_typed(page: Page, found_world: Any) -> None:
    for title in found_world[1]:
        ways = (title, fold_letters(title), unicodedata.normalize("NFD", title), title.upper())
        assert [ask(page, way)[:1] for way in ways] == [[unicodedata.normalize("NFC", title)]] * 4, title


def test_marked_and_bare_words_find_the_same(page: Page) -> None:
    assert sorted(ask(page, "tưới nhỏ giọt")) == sorted(ask(page, "tuoi nho giot")) != []
    assert sorted(ask(page, "đặt")) == sorted(ask(page, "dat"))
    assert ask(page, "hoà") == ask(page, "hòa")


def test_exact_marks_come_first(page: Page) -> None:
    assert ask(page, "má")[0] == "Má nuôi dạy con"
    assert ask(page, "mả")[0] == "Mả xưa được dọn"
    assert {"Má nuôi dạy con", "Mả xưa được dọn", "Ma sát ít hơn cho bánh xe"} <= set(ask(page, "ma"))


@pytest.mark.parametrize("typed", [DRIP, DRIP.lower().replace("-", " "), DRIP.replace("0", "O")])
def test_a_code_leads_to_its_idea(page: Page, typed: str) -> None:
    assert len(ask(page, typed)) == 1


def test_people_places_and_pages_are_found(page: Page) -> None:
    assert "Xã Suối Mẫu" in ask(page, "suoi mau")
    assert "Nguyễn Mẫu An" in ask(page, "nguyen mau an")
    assert "Tìm kiếm" in ask(page, "tim kiem")


def test_filters_narrow_and_stand_in_the_address(page: Page) -> None:
    every = ask(page, "mau")
    page.get_by_text("Lọc bớt").click()
    page.get_by_label("Loại", exact=True).select_option(index=1)
    expect(page.get_by_role("status")).to_contain_text(" ý")
    narrowed = page.locator("[data-results] .sk-row__title").all_text_contents()
    address = page.url
    page.go_back()
    expect(page.locator("[data-results] .sk-row")).to_have_count(min(len(every), 10))
    page.goto(address)
    expect(page.locator("[data-results] .sk-row")).to_have_count(len(narrowed))

    assert 0 < len(narrowed) < len(every)
    assert "loai=" in address
    assert "q=mau" in address


def test_nothing_found_is_said_kindly(page: Page) -> None:
    assert ask(page, "zzzz") == []
    assert "Chưa thấy gì" in page.get_by_role("status").inner_text()
    assert page.get_by_role("link", name="Mời bạn gửi một ý").is_visible()
    assert ask(page, "tưới zzzz") != []
    assert "Không nơi nào có đủ các chữ" in page.get_by_role("status").inner_text()


def test_titles_are_text_whatever_they_hold(page: Page) -> None:
    assert ask(page, "bẫy đậm") == [HOSTILE]
    assert page.locator("[data-results] img, [data-results] b").count() == 0
    assert page.title() != "1"
    ask(page, "<script>alert(1)</script>")
    assert page.locator("[data-results] script").count() == 0


def test_a_lost_network_is_told_and_tried_again(browser: Browser, found_world: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/tim-kiem/*/chu/*", lambda route: route.abort())
    page.goto(found_world[0] + "tim-kiem/?q=xe")
    expect(page.get_by_role("status")).to_contain_text("mạng đang yếu")
    page.unroute("**/tim-kiem/*/chu/*")
    page.get_by_role("button", name="Thử lại").click()

    expect(page.get_by_role("status")).to_contain_text("kết quả")
    context.close()


def test_a_stale_copy_of_the_contents_is_asked_for_anew(browser: Browser, found_world: Any) -> None:
    page = browser.new_context().new_page()
    stale = {"once": True}

    def answer(route: Any) -> None:
        response = route.fetch()
        told = response.json()
        if stale.pop("once", None):
            told["folder"] = "000000000000"
        route.fulfill(response=response, json=told)

    page.route("**/muc-luc.json", answer)
    page.goto(found_world[0] + "tim-kiem/?q=xe")

    expect(page.get_by_role("status")).to_contain_text("kết quả")
    page.context.close()


def test_it_is_worked_by_keyboard_alone(page: Page) -> None:
    expect(page.get_by_label("Tìm ý, người, nơi").last).to_be_focused()
    page.keyboard.type("tuoi nho giot")
    page.keyboard.press("Enter")
    expect(page.locator("[data-results] .sk-row").first).to_contain_text("Tưới nhỏ giọt")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "sk-row__title":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/ghi-nhan/**")


def test_two_taps_lead_from_anywhere_to_an_idea(browser: Browser, found_world: Any) -> None:
    page = opened(browser, found_world[0] + "don-vi/", viewport={"width": 360, "height": 740}, has_touch=True)
    page.get_by_role("link", name="Tìm kiếm").first.tap()
    expect(page.get_by_label("Tìm ý, người, nơi").last).to_be_focused()
    page.keyboard.type("tuoi nho giot")
    page.keyboard.press("Enter")
    page.locator("[data-results] a").first.tap()
    page.wait_for_url("**/ghi-nhan/**")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_results_are_accessible_and_fit(browser: Browser, found_world: Any, width: int, scheme: Any) -> None:
    page = opened(
        browser,
        found_world[0] + "tim-kiem/?" + urlencode({"q": "mau", "loai": "sang-kien"}),
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    expect(page.get_by_role("status")).to_contain_text(" ý")

    assert violations(page) == []
    assert page.evaluate(OVERFLOW) <= 0, page.evaluate(OUTSIDE)


def test_without_javascript_the_lists_are_told(browser: Browser, found_world: Any) -> None:
    page = opened(browser, found_world[0] + "tim-kiem/?q=xe", java_script_enabled=False)

    assert page.get_by_text("Ô tìm cần JavaScript").is_visible()
    assert page.get_by_role("link", name="Tất cả những ý được ghi nhận").first.is_visible()
    assert not page.get_by_role("status").is_visible()


def test_the_browser_reads_words_as_python_does(browser: Browser, found_world: Any) -> None:
    page = opened(browser, found_world[0])
    r = random.Random(5)
    letters = [*LETTERS, *map(str.upper, LETTERS), *"abcdefghijklmnopqrstuvwxyz0123456789 .,-–“”(%)çñüẞ…·’"]
    texts = ["".join(r.choices(letters, k=r.randint(0, 60))) for _ in range(300)]
    texts += [unicodedata.normalize("NFD", text) for text in texts] + ["kỹ kĩ quý quí hoà hòa", "ĐOÀN KẾT"]
    read = page.evaluate(
        """async (texts) => {
          const { syllables } = await import(new URL('assets/search/spelling.js', location.href).href);
          return texts.map((text) => syllables(text).map(({ bare, marks }) => [bare, marks]));
        }""",
        texts,
    )

    assert read == [[list(syllable) for syllable in syllables(text)] for text in texts]


def test_the_index_is_the_same_each_time(found_world: Any, sites: dict[str, Path]) -> None:
    paths = [path for path in contents(sites["real"]) if path.startswith("tim-kiem/")]

    assert len([path for path in paths if path.endswith(".txt")]) >= 16
    assert {SOAP, READ} & set(paths) == set()  # nothing is named by a code
