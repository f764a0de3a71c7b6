"""Every screen for eyes and for screen readers: names in order, no fault axe knows, none too wide for a phone."""

import re
from typing import Any

from page_room import CODE, PIN, Service, choose, go_on, send, start, step, tell
from playwright.sync_api import BrowserContext, Page, expect
from site_browser import NEEDS_BROWSER, problems
from test_page_follow import STATE
from test_page_form import LIKE
from test_page_sending import add_photo, photo

pytest_plugins = ["site_fixtures", "page_fixtures"]
pytestmark = NEEDS_BROWSER


def test_every_screen_of_the_form(page: Page, service: Service) -> None:
    service.answers["/y-giong"] = [(200, {"ideas": [LIKE]})]
    service.answers["/gui"] = [(503, {"error": "busy", "sentence": "Đang bận."}), (201, {"code": CODE, "pin": PIN})]
    page.goto(service.address)
    found: dict[str, Any] = {"intro": problems(page, 320)}

    def look(name: str) -> None:
        page.emulate_media(color_scheme="light")
        found[name] = problems(page, 320)

    start(page)
    look("content")
    choose(page, "Lực lượng vũ trang")
    look("closing")
    tell(page, "title")
    page.locator("#o-title").fill(LIKE["title"])
    expect(page.locator("[data-alike]")).to_be_visible()
    page.locator("#o-title").fill("")
    go_on(page)
    look("title")
    tell(page, "unit")
    page.locator("#o-unit").press_sequentially("thu")
    look("unit")
    tell(page, "authors")
    page.get_by_role("button", name="Thêm người cùng làm").click()
    go_on(page)
    look("authors")
    tell(page, "more")
    page.locator("summary").last.click()
    look("more")
    tell(page, "photos")
    add_photo(page, photo(64, 48))
    go_on(page)
    look("photos")
    tell(page, "display")
    page.locator("[data-flag=minor]").check()
    look("display")
    go_on(page)
    page.locator("[data-flag=guardian]").check()
    look("guardian")
    go_on(page)
    tell(page, "contact")
    look("contact")
    go_on(page)
    send(page)
    expect(page.locator("[data-trouble]")).to_be_visible()
    look("review")
    send(page)
    expect(page.locator("[data-qr] svg")).to_be_visible()
    look("receipt")

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_screen_of_following(page: Page, service: Service) -> None:
    service.answers["/theo-doi"] = [(200, STATE)]
    page.goto(f"{service.address}theo-doi/#{CODE}")
    page.get_by_role("button", name="Xem ý này").click()
    found = problems(page, 320)
    page.locator("#o-pin").fill(PIN)
    page.get_by_role("button", name="Xem ý này").click()
    expect(page.locator("[data-road]")).to_be_visible()
    found += problems(page, 320)
    page.get_by_role("button", name="Rút ý này").click()
    found += problems(page, 320)
    page.goto(f"{service.address}khong-co/")
    found += problems(page, 320)

    assert found == []


def test_a_screen_is_read_in_its_order(page: Page) -> None:
    tell(page, "title")
    go_on(page)
    assert tree(page) == [
        "status: Câu 2 trên 15",
        "region Tên của ý",
        "heading Tên của ý",
        "paragraph: Một câu ngắn, nói rõ làm gì. Không ghi tên người.",
        "textbox Tên của ý",
        "alert",
        "paragraph: Câu này cần có câu trả lời.",
        "button Quay lại",
        "button Tiếp tục",
        "button Xóa bản nháp",
    ]
    field = page.get_by_role("textbox", name="Tên của ý")
    expect(field).to_have_accessible_description(re.compile("Một câu ngắn.*Ví dụ:.*Câu này cần có câu trả lời"))


def test_choices_are_a_named_group(page: Page) -> None:
    tell(page, "kind")
    group = page.get_by_role("radiogroup", name="Đây là loại ý nào?")

    assert group.get_by_role("radio").count() == 3
    expect(group.get_by_role("radio", name="Sáng kiến Cách đã đem làm thật")).to_be_visible()


def test_the_question_is_gone_to_when_it_changes(page: Page) -> None:
    tell(page, "before")
    expect(page.locator("#h-before")).to_be_focused()
    page.locator("#o-before").fill("Gánh nước.")
    go_on(page)
    expect(page.locator("#h-after")).to_be_focused()


def test_targets_are_large_and_letters_too(page: Page) -> None:
    tell(page, "kind")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, label.choice, input[type=text], .foot a, textarea')]
        .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 48).map((e) => e.outerHTML.slice(0, 80))"""
    )
    letters = page.evaluate(
        """() => [...document.querySelectorAll('main *, footer *')]
        .filter((e) => e.offsetParent && e.innerText && parseFloat(getComputedStyle(e).fontSize) < 18)
        .map((e) => e.outerHTML.slice(0, 80))"""
    )

    assert (small, letters) == ([], [])


def test_a_slow_line_shows_the_form_all_the_same(phone: BrowserContext, service: Service) -> None:
    page = phone.new_page()
    line = phone.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 300, "downloadThroughput": 60_000, "uploadThroughput": 10_000},
    )
    page.goto(service.address, wait_until="commit")
    page.locator("[data-start]").click(timeout=20_000)
    expect(step(page, "content")).to_be_visible()


def tree(page: Page) -> list[str]:
    """Give the roles and names of the main part in the order a screen reader meets them."""
    said = page.locator("main").aria_snapshot()
    lines = [line.strip().removeprefix("- ") for line in said.split("\n")]
    kept = [line for line in lines if re.match(r"(status|region|heading|textbox|alert|button|radio|paragraph)\b", line)]
    return [re.sub(r'"([^"]*)".*', r"\1", line) if '"' in line else line.rstrip(":") for line in kept]
