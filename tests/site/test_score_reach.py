"""Where the score page works: with the network gone, on a slow phone, for everybody's eyes, on paper."""

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from score_room import copied, fill, fragment, read, unsealed
from site_browser import NEEDS_BROWSER, problems

pytest_plugins = ["site_fixtures", "score_fixtures"]
pytestmark = NEEDS_BROWSER


@pytest.mark.parametrize("round_", ["dot-mo", "dot-kin"])
def test_it_works_on_with_the_network_gone(
    score_context: BrowserContext, score_page: Page, score_address: str, round_: str
) -> None:
    score_page.goto(score_address + fragment(dot=round_), wait_until="networkidle")
    score_context.set_offline(True)
    asked: list[str] = []
    score_page.on("request", lambda request: asked.append(request.url))
    fill(score_page, remarks="Mất mạng.")
    text = copied(score_page)

    assert read(unsealed(text) if round_ == "dot-kin" else text).comment == "Mất mạng."
    assert asked == []


def test_sealing_is_fetched_again_when_the_network_is_back(browser: Browser, score_address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.route("**/age.js*", lambda route: route.abort())
    page.goto(score_address + fragment(dot="dot-kin"))
    expect(page.locator("[data-trouble]")).to_contain_text("Chưa tải xong phần niêm phong")
    fill(page)
    page.locator("[data-copy]").click()
    expect(page.locator("[data-trouble]")).to_contain_text("Chưa tải xong phần niêm phong")
    page.unroute("**/age.js*")

    assert read(unsealed(copied(page))).verdict == "cong-nhan"
    context.close()


def test_the_policy_lets_nothing_out(browser: Browser, score_address: str) -> None:
    page = browser.new_context().new_page()
    page.goto(score_address + fragment())
    refused = page.evaluate("fetch(location.href).then(() => 'sent', () => 'refused')")

    assert refused == "refused"
    assert page.locator("[style], script:not([src])").count() == 0


def test_a_slow_phone_gets_there(score_context: BrowserContext, score_page: Page, score_address: str) -> None:
    devtools = score_context.new_cdp_session(score_page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    devtools.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    score_page.goto(score_address + fragment(dot="dot-kin"))
    fill(score_page)

    assert read(unsealed(copied(score_page))).verdict == "cong-nhan"


@pytest.mark.parametrize(("round_", "sealing"), [("dot-mo", False), ("dot-kin", True)])
def test_the_first_view_is_light_and_sealing_comes_only_when_needed(
    score_page: Page, score_site: Path, score_address: str, round_: str, sealing: bool
) -> None:
    asked: list[str] = []
    score_page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    score_page.goto(score_address + fragment(dot=round_), wait_until="networkidle")
    files = {score_site / (path + "index.html" if path.endswith("/") else path) for path in asked}
    engine = score_site / "assets/score/age.js"
    weight = {
        f.name: len(f.read_bytes() if f.suffix == ".woff2" else gzip.compress(f.read_bytes())) for f in files - {engine}
    }

    assert (engine in files) == sealing
    assert sum(weight.values()) <= 100 * 1024, weight


@pytest.mark.parametrize("where", ["", fragment(), fragment(dot="dot-kin"), fragment(dot="dot-chua-khoa")])
def test_every_state_is_accessible_and_fits(browser: Browser, score_address: str, where: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, permissions=["clipboard-write"])
    page = context.new_page()
    page.goto(score_address + where, wait_until="networkidle")
    found = problems(page)
    if where:
        page.locator("[data-copy]").click()
        found += problems(page)
        fill(page, remarks="x" * 900, marks=("1",) * 5)
        page.locator("[data-copy]").click()
        if "chua-khoa" not in where:
            expect(page.locator("[data-ready]")).to_be_visible()
        found += problems(page, 1280, 360)
        for target in page.locator("form button, [data-paste]:visible, .sk-mark input, .sk-verdicts label").all():
            box = target.bounding_box()
            assert box
            assert box["height"] >= 44
    context.close()

    assert found == []


def test_it_prints_as_one_blank_sheet(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment())
    fill(score_page, remarks="Không in ra.")
    copied(score_page)
    pdf = score_page.pdf(prefer_css_page_size=True)
    score_page.emulate_media(media="print")

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    assert score_page.locator("input:visible, textarea:visible, [data-sum]:visible, .sk-gate:visible").count() == 0
    assert score_page.get_by_text("chữ ký của thành viên").is_visible()
