"""The two forms about an idea that stands, on a small phone: asked one by one, kept, sent once, the contact sealed."""

import re

import pyrage
from page_room import ADDRESS, CODE, KEYS, TITLE, Service, go_on, proven, send, step
from playwright.sync_api import Page, expect
from site_browser import NEEDS_BROWSER, problems

pytest_plugins = ["site_fixtures", "page_fixtures"]
pytestmark = NEEDS_BROWSER

TAKEN = (201, {"code": CODE, "title": TITLE, "address": ADDRESS})
BUSY = (503, {"error": "busy", "sentence": "Trang nhận ý đang bận."})


def start(page: Page) -> None:
    page.locator("[data-start]").click()


def write(page: Page, key: str, text: str) -> None:
    expect(step(page, key)).to_be_visible()
    page.locator(f"#o-{key}").fill(text)
    go_on(page)


def test_a_place_is_told_kept_and_sent_once(page: Page, service: Service) -> None:
    wrong = {"key": "since", "sentence": "Chưa rõ ngày.", "cure": "Xin ghi ngày.", "example": "15/3/2026"}
    service.answers["/da-lam"] = [(422, {"findings": [wrong]}), BUSY, TAKEN]
    page.goto(f"{service.address}da-lam/?ma={CODE.lower()}")
    expect(page.locator("[data-idea]")).to_contain_text(TITLE)
    found = problems(page, 320)
    start(page)
    write(page, "unit", "xã Thử")
    write(page, "since", "hôm nọ")
    write(page, "result", "Đỡ bốn buổi gánh nước.")
    page.reload()
    start(page)
    expect(step(page, "measures")).to_be_visible()
    found += problems(page, 320)
    page.locator("#o-measures").fill("nước tưới: 40 -> 25 lít mỗi gốc")
    go_on(page)
    for key in ("place", "applied_by", "changes"):
        expect(step(page, key)).to_be_visible()
        go_on(page)
    expect(page.locator("[data-answers]")).to_contain_text(CODE)
    found += problems(page, 320)
    send(page)
    expect(step(page, "since")).to_contain_text("Chưa rõ ngày.")
    page.locator("#o-since").fill("15/3/2026")
    go_on(page)
    send(page)
    expect(page.locator("[data-trouble]")).to_contain_text("đang bận")
    send(page)
    expect(page.locator("[data-receipt]")).to_be_visible()
    found += problems(page, 320)

    _, first, second = service.of("/da-lam")
    assert {**first.fields, "altcha": ""} == {**second.fields, "altcha": ""}
    assert {key: second.fields[key] for key in second.fields if key not in ("request", "altcha")} == {
        "code": CODE, "unit": "xã Thử", "since": "15/3/2026", "result": "Đỡ bốn buổi gánh nước.",
        "measures": "nước tưới: 40 -> 25 lít mỗi gốc",
    }  # fmt: skip
    assert re.fullmatch("[0-9a-f]{32}", second.fields["request"])
    assert proven(second.fields["altcha"])
    expect(page.locator("[data-receipt] [data-code]")).to_have_text(CODE)
    expect(page.locator("[data-receipt] [data-title]")).to_have_text(TITLE)
    expect(page.get_by_role("link", name="Đọc trang của ý này")).to_have_attribute("href", ADDRESS)
    assert page.evaluate("localStorage.length") == 0
    assert found == []


def test_a_wish_goes_with_its_contact_sealed_and_what_is_told_of_one_idea_is_not_told_of_another(
    page: Page, service: Service
) -> None:
    service.answers["/lam-theo"] = [TAKEN]
    page.goto(f"{service.address}lam-theo/")
    start(page)
    write(page, "code", "2026-7K3Q-F2TX")
    expect(page.locator("#l-code")).to_contain_text("một chỗ chưa đúng")
    write(page, "code", CODE.lower().replace("-", " "))
    write(page, "unit", "Xã Thử")
    write(page, "question", "Xin xem tận vườn được không?")
    write(page, "contact", "0901 234 567")
    expect(step(page, "review")).to_be_visible()
    assert "0901" not in str(page.evaluate("JSON.stringify(localStorage)"))
    page.goto(f"{service.address}lam-theo/?ma=2019-7K3Q-F2TY")
    start(page)
    expect(step(page, "unit")).to_be_visible()
    expect(page.locator("#o-unit")).to_have_value("")
    page.goto(f"{service.address}lam-theo/")
    start(page)
    write(page, "contact", "0901 234 567")
    found = problems(page, 320)
    send(page)
    expect(page.locator("[data-receipt]")).to_be_visible()
    found += problems(page, 320)

    [heard] = service.of("/lam-theo")
    sealed = heard.fields["contact"].encode()
    assert [pyrage.decrypt(sealed, [key]) for key in KEYS] == [b"0901 234 567"] * 2
    assert b"0901" not in heard.body
    assert {*heard.fields} == {"code", "unit", "question", "contact", "request", "altcha"}
    assert found == []
