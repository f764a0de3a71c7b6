"""A hub built by its command, in a browser: found in one place, read where it was honoured."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route
from site_browser import NEEDS_BROWSER, opened, problems, served
from site_tools import sangkien
from site_world import small_world

from many_registers import registers, write
from sangkien.domain import idea_code

pytestmark = [pytest.mark.site, *NEEDS_BROWSER]
pytest_plugins = ["site_fixtures"]

HOSTILE = "<img src=x onerror=alert(1)> & “thử”"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("hub")
    told = registers()
    told[0]["ideas"][0]["title"] = HOSTILE
    told[1]["ideas"][0]["title"] = "Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ"
    root = small_world().write(room / "repository")
    run = sangkien(root, "hub", *write(room / "so", told), "--out", str(room / "gom"), SITE_URL="https://gom.example/")
    assert run.returncode == 0, run.stdout + run.stderr
    return room / "gom"


@pytest.fixture(scope="module")
def site(hub: Path) -> str:
    return served(hub)


def asked(page: Page, site: str, text: str) -> str:
    page.goto(f"{site}tim-kiem/?q={quote(text)}")
    page.locator("#tim [role=status]").filter(has_text=re.compile(r"\.$")).wait_for()
    return page.locator("#tim [role=status]").inner_text()


def elsewhere(page: Page) -> None:
    """Answer for the sites the hub leads to."""

    def answer(route: Route) -> None:
        route.fulfill(body="<!doctype html><title>Nơi khác</title>", content_type="text/html")

    page.route(re.compile(r"https://tinh-\d\.example/.*"), answer)


def test_what_is_found_leads_to_its_own_site(browser: Browser, site: str) -> None:
    page = browser.new_page()
    elsewhere(page)
    told = asked(page, site, "tuoi nho giot chai nhua")
    page.locator("#ket-qua .sk-row__title").first.click()
    page.wait_for_url("https://tinh-2.example/ghi-nhan/**")
    page.close()

    assert "Tìm thấy 1 ý" in told


def test_a_code_leads_straight_to_its_site_or_is_told(browser: Browser, site: str) -> None:
    page = browser.new_page()
    elsewhere(page)
    idea = registers()[2]["ideas"][4]
    page.goto(f"{site}tim-kiem/?q={idea['code'].lower().replace('-', ' ')}")
    page.wait_for_url(f"https://tinh-3.example/{idea['address']}")
    unknown = idea_code.make(2024, "7K3QF2T")
    told = asked(page, site, unknown)
    page.close()

    assert unknown in told


def test_a_place_is_found_and_sorted_by(browser: Browser, site: str) -> None:
    page = browser.new_page()
    name = registers()[0]["site"]["name"]
    asked(page, site, name)
    places = page.locator("#ket-qua section[aria-labelledby=noi-khac] a").evaluate_all(
        "all => all.map(a => a.pathname)"
    )
    asked(page, site, "mẫu")
    page.get_by_text("Lọc kết quả").first.click()
    choice = page.get_by_label("Nơi", exact=True)
    choice.locator("option", has_text=name).wait_for(state="attached")
    choice.select_option("tinh-1-example")
    page.locator("#tim [role=status]").filter(has_text="đã chọn").wait_for()
    hosts = set(page.locator("#ket-qua section[aria-labelledby=cac-y] a").evaluate_all("all => all.map(a => a.host)"))
    page.close()

    assert "/noi/tinh-1-example/" in places
    assert hosts == {"tinh-1.example"}


def test_hostile_text_stays_text(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    asked(page, site, HOSTILE)
    first = page.locator("#ket-qua .sk-row__title").first.inner_text()
    images = page.locator("#ket-qua img").count()
    page.goto(f"{site}noi/tinh-1-example/")
    listed = page.locator("main").inner_text()
    images += page.locator("main img").count()
    page.close()

    assert first == HOSTILE
    assert HOSTILE in listed
    assert images == 0


def test_an_old_address_of_an_idea_leads_to_the_search(browser: Browser, site: str) -> None:
    idea = registers()[1]["ideas"][1]
    page = opened(browser, f"{site}{idea['address']}")
    to = page.locator("[data-code]").get_attribute("href")
    page.context.close()

    assert to == f"{site}tim-kiem/?q={idea['code']}"


def test_every_page_is_accessible_and_keeps_its_policy(browser: Browser, site: str) -> None:
    page = browser.new_context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    found = []
    for to in ("", "ghi-nhan/", "noi/", "noi/tinh-1-example/", "nam/", "tim-kiem/", "tim-kiem/?q=mau"):
        page.goto(f"{site}{to}", wait_until="load")
        found += [f"{to} {problem}" for problem in problems(page, 360, 1280)]
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    page.context.close()

    assert found == []
    assert said == []
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_link_within_leads_somewhere(hub: Path) -> None:
    for place in hub.rglob("*.html"):
        for link in re.findall(r'<[a-z][^>]*?\s(?:href|src|action)="?([^"\s>]+)', place.read_text(encoding="utf-8")):
            if re.match(r"https?:|#|data:", link):
                continue
            to = link.split("#")[0].split("?")[0]
            target = hub / to[1:] if to.startswith("/") else place.parent / to
            assert (target / "index.html" if to.endswith("/") else target).is_file(), (place, link)
    for name in ("sitemap.xml", "opensearch.xml", "anh-chia-se.png", "404.html"):
        assert (hub / name).is_file()


def test_the_old_hub_stays_when_nothing_can_be_used(hub: Path, tmp_path: Path) -> None:
    root = small_world().write(tmp_path / "repository")
    (tmp_path / "so.json").write_text("{}", encoding="utf-8")
    before = sorted(place.relative_to(hub) for place in hub.rglob("*"))
    run = sangkien(root, "hub", str(tmp_path / "so.json"), "--out", str(hub))

    assert run.returncode == 1
    assert "E801" in run.stdout
    assert sorted(place.relative_to(hub) for place in hub.rglob("*")) == before
