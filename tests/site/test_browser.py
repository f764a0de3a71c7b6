"""The site in a browser: readable by all, by day and night, narrow and wide, alone and on paper."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from site_browser import NEEDS_BROWSER, OUTSIDE, OVERFLOW, looked_at, opened, served
from site_tools import mkdocs
from site_world import DRIP, World, small_world

from sangkien.domain import idea_code

pytest_plugins = ["site_fixtures"]
pytestmark = NEEDS_BROWSER
IDEA = f"ghi-nhan/2019/{idea_code.compact(DRIP)}/"
PROOF = f"xac-minh/2019/{idea_code.compact(DRIP)}/"
# One page of every type of the small world, and pages written by hand of this repository.
SMALL = (
    "", IDEA, "ghi-nhan/", "nam/", "nam/2019/", "noi-dung/", "noi-dung/nd2/", "linh-vuc/", "linh-vuc/nong-nghiep/",
    "loai/", "loai/sang-kien/", "da-ap-dung/", "tac-gia/", "tac-gia/p-0a1b2c3d/", "tap-the/", "tap-the/p-2c2c2c2c/",
    "don-vi/", "don-vi/xa-suoi-mau-2010/", "dot/", "dot/dot-2019-1/", "quyet-dinh/", "quyet-dinh/qd-1/",
    "quyet-dinh/qd-2/", "bieu-duong/", "bieu-duong/bd-1/", "bieu-duong/bd-2/", "bai-toan/",
    "bai-toan/bt-1/", "bai-toan/bt-2/", "cau-lac-bo/", "cau-lac-bo/clb-nghi-cung-nhau/", "mo-hinh/",
    "mo-hinh/mh-ap-tuoi/", "gui/", "thong-ke/", "xac-minh/", PROOF, "xac-minh/bieu-duong/bd-2/",
    "khong/co/", IDEA + "chia-se/", "dot/dot-2019-1/loi-dan/", "dot/dot-2019-1/le/",
    "dot-thi-dua/", "dot-thi-dua/dt-2019/", "le/", "le/le-2019/", "tuyen-truyen/", "nguon-luc/",
    "ke-hoach/", "ke-hoach/kh-2019/", "ke-hoach/kh-2019-pho-bien/", "to-chuc/", "to-chuc/hoi-nong-dan/",
    "to-chuc/hoi-nong-dan/lam-an-gioi/", "moi-ap-dung/", "gop-y/", "phong-trao/", "phong-trao/lich/",
)  # fmt: skip
WRITTEN = ("", "cham-diem", "gui", "huong-dan", "phong-trao", "quyen-rieng-tu", "tin-tuc", "du-lieu", "xac-minh")
PARTS = 3  # so that several workers may share them


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    world = small_world(sample=True)
    root = world.write(tmp_path_factory.mktemp("browser"))
    mkdocs(root, root / "site")
    return served(root / "site")


@pytest.fixture(scope="module")
def real(sites: dict[str, Path]) -> tuple[str, list[str]]:
    """Give this repository's site and all its pages, by the way they are written or stamped."""
    folder = sites["real"]
    pages = [path.parent.relative_to(folder).as_posix() for path in sorted(folder.rglob("index.html"))]
    return served(folder), ["" if page == "." else f"{page}/" for page in pages]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_type_is_accessible_and_fits(browser: Browser, small: str, part: int) -> None:
    page = browser.new_context().new_page()
    found = {address: problems for address in SMALL[part::PARTS] if (problems := looked_at(page, small + address))}
    page.context.close()

    assert found == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_written_pages_are_accessible_and_fit(browser: Browser, real: Any, part: int) -> None:
    address, pages = real
    written = [p for p in pages if p.split("/")[0] in WRITTEN]
    page = browser.new_context().new_page()
    found = {p: problems for p in written[part::PARTS] if (problems := looked_at(page, address + p))}
    page.context.close()

    assert len(written) > 5
    assert found == {}


def test_no_request_leaves_and_no_message_is_logged(browser: Browser, real: Any) -> None:
    address, pages = real
    asked, logged = [], []
    page = browser.new_context().new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    for where in pages[:: max(1, len(pages) // 20)]:
        page.goto(address + where, wait_until="load")

    assert [url for url in asked if not url.startswith(address)] == []
    assert logged == []


def test_longest_words_break_nothing(browser: Browser, tmp_path: Path) -> None:
    word = "x" * 8000
    world = small_world()
    idea = world.records[f"{idea_code.folder(DRIP)}/idea.yml"]
    idea |= {
        "title": word[:250],
        "summary": word[:600],
        "before": word,
        "after": word,
        "how_to": word + "\nLưu ý: " + word[:900],
    }
    idea["cost"]["note"] = idea["figures"]["label"] = word[:250]
    idea["figures"]["unit"] = word[:40]
    world.records["content/register/people/0a/p-0a1b2c3d.yml"]["name"] = word[:120]
    for record in world.records.values():
        if record.get("name") and "kind" not in record:
            record["name"] = word[: 60 if "level" in record else 80]
    conclude_all(world)
    root = world.write(tmp_path / "world")
    mkdocs(root, root / "site")
    address = served(root / "site")
    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    wide = {}
    for where in SMALL:
        page.goto(address + where, wait_until="load")
        if page.evaluate(OVERFLOW) > 0 or page.evaluate(OUTSIDE):
            wide[where] = page.evaluate(OUTSIDE)

    assert wide == {}


def conclude_all(world: World) -> None:
    for path in [p for p in world.records if "/conclusions/" in p]:
        world.conclude(world.records[path]["code"])


def test_whole_without_javascript(browser: Browser, small: str) -> None:
    page = opened(
        browser, small, java_script_enabled=False, viewport={"width": 360, "height": 800}, color_scheme="dark"
    )
    page.get_by_role("checkbox", name="Mục lục").check()
    page.get_by_role("navigation", name="Mục lục chính").get_by_role("link", name="Ghi nhận").click()
    page.get_by_role("link", name="Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ").click()

    assert page.url == small + IDEA
    assert page.get_by_role("heading", name="Làm theo trong").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(27, 22, 19)"
    assert not page.locator(".sk-theme").is_visible()


def test_reader_may_choose_day_or_night(browser: Browser, small: str) -> None:
    page = opened(browser, small, viewport={"width": 1280, "height": 800}, color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    by_day = page.evaluate(ground)
    page.get_by_role("button", name="Đổi nền sáng hay tối").click()
    by_night = page.evaluate(ground)
    page.goto(small + IDEA)

    assert (by_day, by_night) == ("rgb(250, 246, 239)", "rgb(27, 22, 19)")
    assert page.evaluate(ground) == by_night


def test_text_is_large_and_targets_are_easy_to_hit(browser: Browser, small: str) -> None:
    page = opened(browser, small + IDEA, viewport={"width": 360, "height": 800})

    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.sk-turn p')).fontSize)") >= 17
    assert page.evaluate("document.fonts.check('18px \"Be Vietnam Pro\"', 'Tưới nhỏ giọt')")
    for target in (".sk-top label", ".sk-brand", "a.sk-button", "summary"):
        assert page.locator(target).first.bounding_box()["height"] >= 44, target  # type: ignore[index]


def test_an_idea_prints_on_one_sheet(browser: Browser, small: str, real: Any, tmp_path: Path) -> None:
    address, pages = real
    sheets = {}
    ideas = [address + p for p in pages if re.fullmatch(r"ghi-nhan/\d{4}/\w{8}/", p)]
    for where in [small + IDEA, *sorted(ideas)[::4]]:
        page = opened(browser, where)
        pdf = page.pdf(prefer_css_page_size=True)
        sheets[where] = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
        assert b"/MediaBox [0 0 594" in pdf or b"/MediaBox [0 0 595" in pdf
        page.context.close()

    assert {where: count for where, count in sheets.items() if count != 1} == {}
