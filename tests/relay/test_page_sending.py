"""What leaves the device: once, sealed and redrawn, and again under the same key when the line breaks."""

import io
import re
from collections.abc import Callable
from typing import Any

import pyrage
import pytest
from page_room import ANSWERS, CODE, KEYS, NAME, PIN, Service, blank, challenge, go_on, proven, send, tell
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from site_browser import NEEDS_BROWSER

pytest_plugins = ["site_fixtures", "page_fixtures"]
pytestmark = NEEDS_BROWSER

TAKEN = (201, {"code": CODE, "pin": PIN, "address": "/theo-doi/"})
BUSY = (503, {"error": "busy", "sentence": "Trang nhận ý đang bận."})


def receipt(page: Page) -> Any:
    expect(page.locator("[data-receipt]")).to_be_visible()
    return page.locator("[data-receipt]")


def photo(width: int = 1800, height: int = 1200, turned: int = 1) -> bytes:
    """Make a heavy photo as a phone does: noise, red at its top left, with words about the camera beside it."""
    picture = Image.effect_noise((width, height), 60).convert("RGB")
    picture.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, "MayAnhBiMat"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=92)
    return out.getvalue()


def add_photo(page: Page, data: bytes, alt: str = "Hàng tiêu") -> None:
    page.locator("[data-pick]").set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": data})
    expect(page.locator("[data-photo-said]")).to_contain_text("Đã thêm ảnh", timeout=20_000)
    page.locator("[data-alt]").last.fill(alt)
    page.locator(".photo").last.get_by_text("Sau khi áp dụng").click()


def test_what_is_sent_is_what_was_told(page: Page, service: Service) -> None:
    tell(page)
    send(page)
    slip = receipt(page)
    [heard] = service.of("/gui")

    assert {key: heard.fields[key] for key in ANSWERS} == ANSWERS
    assert {key: heard.fields[key] for key in ("content", "kind", "field", "unit", "applied", "authors")} == {
        "content": "Sản xuất", "kind": "Sáng kiến", "field": "Nông nghiệp", "unit": "xã Thử",
        "applied": "Đã áp dụng ở ít nhất một nơi", "authors": NAME,
    }  # fmt: skip
    assert {*heard.fields} == {
        *ANSWERS, "content", "kind", "field", "unit", "applied", "authors", "request", "altcha",
    }  # fmt: skip
    assert re.fullmatch("[0-9a-f]{32}", heard.fields["request"])
    assert proven(heard.fields["altcha"])
    expect(slip.locator("[data-code]")).to_have_text(CODE)
    expect(slip.locator("[data-pin]")).to_have_text(PIN)


def test_the_receipt_holds_both_codes_and_the_square_only_one(page: Page) -> None:
    tell(page)
    send(page)
    slip = receipt(page)
    expect(slip.get_by_role("img", name=CODE)).to_be_visible()
    follow = str(slip.locator("[data-follow]").get_attribute("href"))
    slip.get_by_role("button", name="Chép hai mã").click()
    expect(slip.get_by_text("Đã chép.")).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))

    assert follow.endswith(f"/theo-doi/#{CODE}")
    assert CODE in copied
    assert PIN in copied
    assert PIN not in page.url + follow
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert NAME not in page.locator("main").inner_text()
    assert (
        page.evaluate("[...document.querySelectorAll('input[type=text], textarea')].map((e) => e.value).join('')") == ""
    )


def test_the_slip_alone_is_printed(page: Page) -> None:
    tell(page)
    send(page)
    slip = receipt(page)
    page.emulate_media(media="print")

    assert slip.locator(".slip").is_visible()
    assert page.locator("button:visible, .top:visible, .foot:visible, .next:visible").count() == 0


def test_a_broken_line_keeps_everything_and_the_key(page: Page, service: Service, reopen: Callable[[], Page]) -> None:
    service.answers["/gui"] = [None, BUSY, TAKEN]
    tell(page)
    send(page)
    expect(page.locator("[data-trouble]")).to_contain_text("không sợ bị trùng")
    expect(page.locator("[data-send]")).to_have_text("Gửi lại")
    send(page)
    expect(page.locator("[data-trouble]")).to_have_text("Trang nhận ý đang bận.")
    again = reopen()
    again.locator("[data-start]").click()
    go_on(again)
    send(again)
    slip = receipt(again)
    first, second, third = service.of("/gui")

    assert first.fields["request"] == second.fields["request"] == third.fields["request"]
    assert len({heard.fields["altcha"] for heard in (first, second, third)}) == 3
    expect(slip.locator("[data-earlier]")).to_be_hidden()


def test_what_was_changed_after_a_broken_line_is_spoken_of(page: Page, service: Service) -> None:
    service.answers["/gui"] = [None, TAKEN]
    tell(page)
    send(page)
    expect(page.locator("[data-trouble]")).to_be_visible()
    page.get_by_role("button", name="Sửa: Tên của ý").click()
    page.locator("#o-title").fill("Tên sửa sau khi đứt mạng")
    go_on(page)
    send(page)

    expect(receipt(page).locator("[data-earlier]")).to_contain_text("xem văn phòng đang giữ bản nào")


def test_without_a_network_the_draft_stays(page: Page, phone: BrowserContext, service: Service) -> None:
    tell(page)
    expect(page.locator("[data-check]")).to_contain_text("Đã kiểm tra xong")
    phone.set_offline(True)
    send(page)
    expect(page.locator("[data-trouble]")).to_contain_text("Máy đang không có mạng")
    phone.set_offline(False)
    send(page)

    receipt(page)
    assert len(service.of("/gui")) == 1


def test_a_button_pressed_thrice_sends_once(page: Page, service: Service) -> None:
    tell(page)
    page.evaluate("for (let n = 0; n < 3; n += 1) document.querySelector('[data-send]').click()")

    receipt(page)
    assert len(service.of("/gui")) == 1


def test_a_proof_refused_is_made_anew_once(page: Page, service: Service) -> None:
    service.answers["/gui"] = [(403, {"error": "proof", "sentence": "Hết hạn."}), TAKEN]
    tell(page)
    send(page)

    receipt(page)
    assert len({heard.fields["altcha"] for heard in service.of("/gui")}) == 2


def test_faults_lead_to_their_questions_one_by_one(page: Page, service: Service) -> None:
    found = [
        {"key": "cost", "sentence": "Chưa rõ số tiền.", "cure": "Xin ghi một con số.", "example": "350.000"},
        {"key": "tinh-moi", "sentence": "Dài <b>quá</b>.", "cure": "", "example": ""},
        {"key": "?", "sentence": "Điều chung.", "cure": "", "example": ""},
    ]
    service.answers["/gui"] = [(422, {"findings": found}), TAKEN]
    tell(page)
    send(page)
    expect(page.locator("#l-cost")).to_have_text("Chưa rõ số tiền.Xin ghi một con số.Ví dụ: 350.000")
    expect(page.locator("[data-where]")).to_have_text("Còn 2 chỗ cần xem lại. Chỗ đầu tiên ở đây.")
    expect(page.locator("#o-cost")).to_be_focused()
    page.locator("#o-cost").fill("350000")
    go_on(page)
    expect(page.locator("#l-tinh-moi")).to_have_text("Dài <b>quá</b>.")
    expect(page.locator("#o-tinh-moi")).to_be_focused()
    go_on(page)
    expect(page.locator("#l-review")).to_contain_text("Điều chung.")
    send(page)

    receipt(page)


def test_a_contact_leaves_sealed_and_in_no_other_way(page: Page, service: Service) -> None:
    tell(page, "contact")
    page.locator("#o-contact").fill("0901 234 567")
    go_on(page)
    expect(page.locator("[data-answers]")).not_to_contain_text("0901")
    send(page)
    receipt(page)
    [heard] = service.of("/gui")
    armour = heard.fields["contact"].encode()

    assert {pyrage.decrypt(armour, [key]).decode() for key in KEYS} == {"0901 234 567"}
    assert all(b"234 567" not in each.body and b"234567" not in each.body for each in service.heard)


OLD = """delete window.createImageBitmap;
const draw = HTMLCanvasElement.prototype.toBlob;
HTMLCanvasElement.prototype.toBlob = function (then, type, quality) {
  draw.call(this, then, type === "image/webp" ? "image/png" : type, quality);
};"""


@pytest.mark.parametrize(("browser_like", "kind"), [("", "WEBP"), (OLD, "JPEG")], ids=["new", "old"])
def test_photos_leave_small_and_bare(phone: BrowserContext, service: Service, browser_like: str, kind: str) -> None:
    phone.add_init_script(browser_like)
    page = phone.new_page()
    page.goto(blank(service.address))
    tell(page, "photos")
    add_photo(page, photo(turned=6))
    go_on(page)
    expect(page.locator("#l-photos")).to_contain_text("Chưa đánh dấu lời đồng ý")
    page.locator("[data-flag=photo_consent]").check()
    for _ in ("photos", "display", "contact"):
        go_on(page)
    send(page)
    receipt(page)
    [heard] = service.of("/gui")
    data = heard.files["photo-1"]
    with Image.open(io.BytesIO(data)) as picture:
        seen = picture.convert("RGB").getpixel((picture.width - 20, 20))

        assert (picture.format, max(picture.size) <= 1600, picture.height > picture.width) == (kind, True, True)
        assert not picture.getexif()
    assert isinstance(seen, tuple)
    assert seen[0] > 200 > seen[1]  # turned as the camera meant it: what was top left is top right
    assert len(data) <= 300 * 1024
    assert b"MayAnh" not in heard.body
    assert b"IMG_1" not in heard.body
    assert {key: text for key, text in heard.fields.items() if "photo" in key} == {
        "photo-1-alt": "Hàng tiêu", "photo-1-shows": "Sau khi áp dụng", "photo_consent": "yes",
    }  # fmt: skip


def test_photos_are_three_at_most_and_can_be_taken_out(page: Page, service: Service) -> None:
    small = photo(64, 48)
    tell(page, "photos")
    assert page.locator("[data-photo-consent]").is_hidden()
    for number in range(3):
        add_photo(page, small, f"Ảnh số {number}")
    assert page.locator(".pick").is_hidden()
    page.get_by_role("button", name="Bỏ ảnh này").nth(0).click()
    expect(page.locator(".photo > legend")).to_have_text(["Ảnh 1", "Ảnh 2"])
    page.locator("[data-flag=photo_consent]").check()
    for _ in ("photos", "display", "contact"):
        go_on(page)
    send(page)
    receipt(page)
    [heard] = service.of("/gui")

    assert {*heard.files} == {"photo-1", "photo-2"}
    assert (heard.fields["photo-1-alt"], heard.fields["photo-2-alt"]) == ("Ảnh số 1", "Ảnh số 2")


def test_what_is_no_picture_is_refused_kindly(page: Page) -> None:
    tell(page, "photos")
    page.locator("[data-pick]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"GIF8 no"})

    expect(page.locator("[data-photo-said]")).to_contain_text("Máy không mở được tệp này")


@pytest.mark.parametrize("algorithm", ["PBKDF2/SHA-256", "SHA-256"])
@pytest.mark.parametrize("gone", ["nothing", "Worker"])
def test_every_proof_the_service_may_ask_for_is_solved(
    phone: BrowserContext, service: Service, algorithm: str, gone: str
) -> None:
    service.challenge = lambda: challenge(algorithm, 20)
    phone.add_init_script(f"delete window.{gone}")
    page = phone.new_page()
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(blank(service.address))
    tell(page)
    send(page)
    receipt(page)

    assert ("hashes.js" in asked) == (gone == "Worker")  # the slow way only where there is no other
    assert proven(service.of("/gui")[0].fields["altcha"])


def test_both_consents_are_sent_as_given(page: Page, service: Service) -> None:
    tell(page, "display")
    page.get_by_text("Đủ họ tên", exact=True).click()
    page.locator("[data-flag=agreement]").check()
    page.locator("[data-flag=minor]").check()
    go_on(page)
    page.locator("[data-flag=guardian]").check()
    page.get_by_text("Cha hoặc mẹ").click()
    go_on(page)
    go_on(page)
    send(page)
    receipt(page)
    [heard] = service.of("/gui")

    given = {"display": "Đủ họ tên", "agreement": "yes", "minor": "yes", "guardian": "yes"}
    assert given.items() <= heard.fields.items()
    assert heard.fields["guardian_relation"] == "Cha hoặc mẹ"
