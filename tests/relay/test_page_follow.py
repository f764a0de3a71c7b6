"""Following an idea that was sent: two codes, its road, and what may still be done about it."""

from typing import Any

import pytest
from page_room import ANSWERS, CHOSEN, CODE, PIN, Service, go_on, proven, send, step
from playwright.sync_api import Page, expect
from site_browser import NEEDS_BROWSER

pytest_plugins = ["site_fixtures", "page_fixtures"]
pytestmark = NEEDS_BROWSER

STATE: dict[str, Any] = {
    "code": CODE, "state": "returned", "sentence": "Thư ký trả lại để bà con ghi thêm.", "token": "token-1",
    "steps": [{"name": "Đã gửi", "done": True, "day": "2026-11-02"}, {"name": "Hội đồng kết luận", "done": False}],
    "reason": "Xin ghi rõ <b>bao nhiêu lít</b>.", "can": ["answer", "withdraw", "erase"],
}  # fmt: skip


@pytest.fixture
def opened(page: Page, service: Service) -> Page:
    """Give the page with an idea opened on it."""
    service.answers["/theo-doi"] = [(200, STATE)]
    page.goto(f"{service.address}theo-doi/#{CODE}")
    page.locator("#o-pin").fill(PIN)
    page.get_by_role("button", name="Xem ý này").click()
    expect(page.locator("[data-said]")).to_have_text(STATE["sentence"])
    return page


def test_codes_are_read_forgivingly_and_the_pair_is_not_told_apart(page: Page, service: Service) -> None:
    page.goto(f"{service.address}theo-doi/")
    page.locator("#o-code").fill(" 2026 7k3q f2tz")
    page.locator("#o-pin").fill("k7qf2m9")
    page.get_by_role("button", name="Xem ý này").click()
    expect(page.locator("#l-pin")).to_contain_text("8 chữ và số")
    expect(page.locator("#o-pin")).to_be_focused()
    assert service.heard == []

    page.locator("#o-pin").fill("oili-2m9d")
    page.locator("#o-pin").press("Enter")
    expect(page.locator("[data-open-trouble]")).to_have_text("Hai mã này không đi với nhau. Xin so lại với phiếu hẹn.")
    assert service.of("/theo-doi")[0].fields == {"code": CODE, "pin": "0111-2M9D"}


def test_a_mistyped_code_is_told_before_anything_is_asked(page: Page, service: Service) -> None:
    page.goto(f"{service.address}theo-doi/#2026-7K3Q-F2TA")
    expect(page.locator("#o-code")).to_have_value("")
    page.locator("#o-code").fill("2026-7K3Q-F2TA")
    page.locator("#o-pin").fill(PIN)
    page.locator("#o-pin").press("Enter")

    expect(page.locator("#l-code")).to_contain_text(f"dạng {CODE}")
    assert service.heard == []


def test_a_fragment_that_is_no_code_breaks_nothing(page: Page, service: Service) -> None:
    page.goto(f"{service.address}theo-doi/#%E0%A4%A")
    expect(page.get_by_role("button", name="Xem ý này")).to_be_visible()


def test_the_road_and_the_reason_are_told_as_text(opened: Page) -> None:
    assert opened.locator("[data-road]").inner_text().split("\n") == [
        "Đã gửi", "đã xong, ngày 2/11/2026", "Hội đồng kết luận", "chưa tới",
    ]  # fmt: skip
    assert opened.locator("[data-reason]").inner_text() == STATE["reason"]
    assert opened.locator("[data-do]:visible").all_inner_texts() == [
        "Bổ sung theo lời nhắn",
        "Rút ý này",
        "Xin xóa tên",
    ]
    assert opened.locator("#o-pin").input_value() == ""
    assert opened.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize(("address", "shown"), [("https://sang-kien.example/x/", True), ("javascript:alert(1)", False)])
def test_a_public_idea_leads_to_its_page(page: Page, service: Service, address: str, *, shown: bool) -> None:
    service.answers["/theo-doi"] = [(200, {**STATE, "state": "public", "reason": "", "can": [], "address": address})]
    page.goto(f"{service.address}theo-doi/#{CODE}")
    page.locator("#o-pin").fill(PIN)
    page.locator("#o-pin").press("Enter")
    expect(page.locator("[data-road]")).to_be_visible()

    assert page.get_by_role("link", name="Mở trang của ý này").count() == shown
    assert page.locator("[data-why]").is_hidden()


@pytest.mark.parametrize(("deed", "address"), [("Rút ý này", "/y/rut"), ("Xin xóa tên", "/y/xoa")])
def test_what_cannot_be_undone_is_asked_twice(opened: Page, service: Service, deed: str, address: str) -> None:
    service.answers[address] = [(200, {"sentence": "Đã nhận lời."})]
    opened.get_by_role("button", name=deed).click()
    opened.get_by_role("button", name="Không, để như cũ").locator("visible=true").click()
    expect(opened.locator("[data-said]")).to_be_visible()
    assert service.of(address) == []

    opened.get_by_role("button", name=deed).click()
    opened.locator("[data-yes]:visible").click()
    expect(opened.locator("[data-done]")).to_have_text("Đã nhận lời.")
    [heard] = service.of(address)
    assert heard.fields["token"] == "token-1"
    assert proven(heard.fields["proof"])
    assert opened.locator("[data-do]:visible").count() == 0


def test_the_idea_is_mended_on_the_same_screens(opened: Page, service: Service) -> None:
    found = {"key": "after", "sentence": "Chưa rõ.", "cure": "Xin ghi thêm.", "example": ""}
    service.answers["/y/doc"] = [(200, {"answers": {**CHOSEN, **ANSWERS, "tinh-moi": "Chưa ai làm."}})]
    service.answers["/y/sua"] = [(422, {"findings": [found]}), (200, {"sentence": "Đã nhận lời sửa."})]
    opened.get_by_role("button", name="Bổ sung theo lời nhắn").click()
    expect(opened.locator("[data-answers]")).to_contain_text("Chưa ai làm.")
    assert not {"authors", "photos", "display", "contact"} & {
        str(step) for step in opened.eval_on_selector_all("[data-step]", "all => all.map((e) => e.dataset.step)")
    }
    send(opened)
    expect(opened.locator("#l-after")).to_contain_text("Chưa rõ.")
    opened.locator("#o-after").fill("Mỗi gốc ba lít một ngày.")
    go_on(opened)
    send(opened)
    expect(opened.locator("[data-done]")).to_have_text("Đã nhận lời sửa.")
    _, heard = service.of("/y/sua")

    expected = {
        **CHOSEN,
        **ANSWERS,
        "after": "Mỗi gốc ba lít một ngày.",
        "tinh-moi": "Chưa ai làm.",
        "token": "token-1",
    }
    assert heard.fields == expected


def test_leaving_the_mending_sends_nothing(opened: Page, service: Service) -> None:
    service.answers["/y/doc"] = [(200, {"answers": {**CHOSEN, **ANSWERS}})]
    opened.get_by_role("button", name="Bổ sung theo lời nhắn").click()
    step(opened, "review").get_by_role("button", name="Quay lại").click()

    expect(opened.locator("[data-said]")).to_be_visible()
    assert service.of("/y/sua") == []


def test_a_key_that_ran_out_is_asked_for_again(opened: Page, service: Service) -> None:
    service.answers["/y/doc"] = [(403, {"error": "signed_out", "sentence": "Đã quá 15 phút."})]
    opened.get_by_role("button", name="Bổ sung theo lời nhắn").click()

    expect(opened.locator("[data-open-trouble]")).to_contain_text("Xin ghi mã PIN lần nữa")
    expect(opened.locator("#o-pin")).to_be_focused()
    expect(opened.locator("#o-code")).to_have_value(CODE)


def test_closing_forgets_the_idea(opened: Page) -> None:
    opened.get_by_role("button", name="Xem xong, đóng lại").click()

    expect(opened.locator("#o-code")).to_have_value("")
    assert CODE not in opened.url
