"""The score page as people meet it: its link, its fields, its faults in words, its draft."""

from fractions import Fraction

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from score_room import DIGEST, MARKS, ODD, copied, fill, fragment, read
from site_browser import NEEDS_BROWSER

pytest_plugins = ["site_fixtures", "score_fixtures"]
pytestmark = NEEDS_BROWSER


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("", "Phiếu mở từ đường dẫn riêng"),
        ("#noi-dung", "Phiếu mở từ đường dẫn riêng"),
        (fragment(kho=None), "thiếu hoặc sai tên kho hồ sơ"),
        (fragment(kho="xa%2F.."), "thiếu hoặc sai tên kho hồ sơ"),
        (fragment(kho="xa%2Fban%2Fx"), "thiếu hoặc sai tên kho hồ sơ"),
        (fragment(so="012"), "thiếu hoặc sai số của hồ sơ"),
        (fragment(so="1%0A2"), "thiếu hoặc sai số của hồ sơ"),
        (fragment(ma_so="2026-7K3Q-F2TA"), "thiếu hoặc sai mã số của ý"),
        (fragment(van_tay="0123456789abc"), "thiếu hoặc sai dấu nội dung"),
        (fragment(van_tay=None), "thiếu hoặc sai dấu nội dung"),
        (fragment(thanh_vien="an"), "thiếu hoặc sai số của thành viên"),
        (fragment(ghe="Ghế+1"), "thiếu hoặc sai tên ghế"),
        (fragment() + "&so=13", "thiếu hoặc sai số của hồ sơ"),
        (fragment(dot="dot-khac"), "chưa biết đợt xét"),
        (fragment(dot="%3Cimg%20src%3Dx%3E"), "thiếu hoặc sai đợt xét"),
        (fragment(may_chu="http%3A%2F%2Fla.example"), "thiếu hoặc sai nơi nhận phiếu"),
        (fragment(may_chu="javascript%3Aalert(1)"), "thiếu hoặc sai nơi nhận phiếu"),
        (fragment(may_chu="https%3A%2F%2Fgithub.com%40la.example"), "thiếu hoặc sai nơi nhận phiếu"),
        (fragment(may_chu="https%3A%2F%2Fla.example%2Fx"), "thiếu hoặc sai nơi nhận phiếu"),
    ],
)
def test_a_broken_link_is_told_in_a_sentence(score_page: Page, score_address: str, where: str, sentence: str) -> None:
    score_page.goto(score_address + where)
    expect(score_page.locator("[data-said]")).to_contain_text(sentence)

    assert score_page.locator(".sk-mark input:visible, [data-copy]:visible, [data-wait]:visible").count() == 0
    assert score_page.get_by_role("heading", name="Tính mới").first.is_visible()


@pytest.mark.parametrize(
    ("host", "shown", "goes"),
    [
        (None, None, "https://github.com/xa/ban-lam-viec/pull/12"),
        ("https%3A%2F%2Fgit.tinh.example", "git.tinh.example", "https://git.tinh.example/xa/ban-lam-viec/pull/12"),
        ("http%3A%2F%2F127.0.0.1%3A8080", "127.0.0.1:8080", "http://127.0.0.1:8080/xa/ban-lam-viec/pull/12"),
        ("http%3A%2F%2Flocalhost%3A8080%2F", "localhost:8080", "http://localhost:8080/xa/ban-lam-viec/pull/12"),
    ],
)
def test_another_host_is_shown(
    score_page: Page, score_address: str, host: str | None, shown: str | None, goes: str
) -> None:
    score_page.goto(score_address + fragment(may_chu=host))
    expect(score_page.get_by_role("link", name="Đọc lại ý này")).to_have_attribute("href", goes)

    assert score_page.locator("dd[data-show=host]").is_visible() == bool(shown)
    assert not shown or score_page.locator("dd[data-show=host]").inner_text() == shown


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        (fragment(dot="dot-chua-khoa"), "chưa có khóa niêm phong"),
        (fragment(dot="dot-kin", van_tay=DIGEST[:12]), "không mang đủ dấu nội dung"),
        (fragment(dot="dot-kin", thanh_vien=None), "không ghi phiếu của thành viên nào"),
    ],
)
def test_sealing_is_refused_without_what_binds_it(
    score_page: Page, score_address: str, where: str, sentence: str
) -> None:
    score_page.goto(score_address + where)
    expect(score_page.locator("[data-refused]")).to_contain_text(sentence)
    fill(score_page)
    score_page.locator("[data-copy]").click()

    expect(score_page.locator("[data-trouble]")).to_contain_text(sentence)
    assert score_page.locator("#khoi-phieu").input_value() == ""


def test_an_old_browser_is_told_so(score_context: BrowserContext, score_page: Page, score_address: str) -> None:
    score_context.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    score_page.goto(score_address + fragment(dot="dot-kin"))

    expect(score_page.locator("[data-refused]")).to_contain_text("Trình duyệt này không niêm phong được")


def test_without_scripts_the_criteria_are_there_to_read(browser: Browser, score_address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(score_address + fragment())

    assert page.get_by_text("trình duyệt này chưa dùng được").is_visible()
    assert page.get_by_text("Gỡ đúng chỗ vướng hằng ngày").is_visible()
    assert page.locator("input:visible:not(#sk-menu), textarea:visible").count() == 0


def test_nothing_is_chosen_or_filled_in_before(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment())
    expect(score_page.locator(".sk-mark input").first).to_be_visible()

    assert (
        score_page.eval_on_selector_all(".sk-mark input, form textarea", "all => all.map((e) => e.value)") == [""] * 7
    )
    assert score_page.locator("input[type=radio]:checked").count() == 0
    assert score_page.locator("input[type=radio]").count() == 6


def test_each_fault_is_told_at_its_field_and_the_first_is_gone_to(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment())
    fields = score_page.locator(".sk-mark input")
    for number, mark in enumerate(("30", "16", "12/20", "1,234")):
        fields.nth(number).fill(mark)
    score_page.locator("[data-copy]").click()

    expect(fields.nth(1)).to_be_focused()
    assert score_page.locator(".sk-error:visible").all_inner_texts() == [
        "Cao nhất là 15 điểm. Xin ghi lại.",
        "Tiêu chí này chấm trên 15. Xin ghi lại, ví dụ 12/15 hoặc chỉ ghi điểm.",
        "Xin ghi một số, tối đa hai chữ số sau dấu phẩy, ví dụ 12,5.",
        "Chưa có điểm cho Tính kinh tế.",
        "Xin chọn một kết luận.",
        "Còn 5 chỗ cần xem lại trước khi chép phiếu.",
    ]
    assert fields.nth(1).get_attribute("aria-invalid") == "true"
    assert fields.nth(1).evaluate(
        "e => e.getAttribute('aria-describedby').split(' ')"
        ".some((id) => /Cao nhất là 15/.test(document.getElementById(id).textContent))"
    )
    assert score_page.locator("[data-ready]").is_hidden()
    fields.nth(1).fill("15")
    expect(score_page.locator(".sk-error:visible")).to_have_count(4)


def test_gates_and_bands_are_told_as_typed(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment())
    first = score_page.locator(".sk-mark input").first
    gate = score_page.locator(".sk-gate").first
    first.fill("14,99")
    expect(gate).to_contain_text("Thuộc mức “Chưa đạt”. Dưới mức ít nhất cần có (15).")
    expect(score_page.locator("[data-sum]")).to_have_text(
        "Đã chấm 1 trong 5 tiêu chí, cộng được 14,99 điểm; 1 tiêu chí dưới mức cần."
    )
    first.fill("15")
    expect(gate).to_have_text("Thuộc mức “Đạt”.")
    first.fill("")
    expect(gate).to_be_empty()


def test_the_keyboard_alone_is_enough(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment())
    expect(score_page.locator("[data-copy]")).to_be_visible()
    score_page.keyboard.press("Tab")
    score_page.keyboard.press("Enter")  # past the head of the score_page, without losing the sheet
    for _ in range(12):
        if score_page.evaluate("document.activeElement.matches('.sk-mark input')"):
            break
        score_page.keyboard.press("Tab")
    for mark in MARKS:
        score_page.keyboard.type(mark)
        score_page.keyboard.press("Enter")
    score_page.keyboard.press("ArrowDown")  # the second verdict; focus alone chooses none
    score_page.keyboard.press("Tab")
    score_page.keyboard.type("Xin ghi rõ chi phí.")
    score_page.keyboard.press("Tab")
    score_page.keyboard.press("Enter")
    expect(score_page.get_by_text("Đã chép.")).to_be_visible()
    found = read(str(score_page.evaluate("navigator.clipboard.readText()")))
    score_page.keyboard.press("Tab")

    assert (found.verdict, found.comment) == ("bo-sung", "Xin ghi rõ chi phí.")
    expect(score_page.get_by_role("link", name="Mở chỗ dán")).to_be_focused()


def test_browsers_inside_other_apps_copy_the_old_way(
    score_context: BrowserContext, score_page: Page, score_address: str
) -> None:
    score_context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    score_page.goto(score_address + fragment())
    fill(score_page)
    score_page.locator("[data-copy]").click()
    expect(score_page.get_by_text("Đã chép.")).to_be_visible()
    block = score_page.locator("#khoi-phieu").input_value()
    score_page.get_by_label("Nhận xét", exact=True).focus()
    score_page.keyboard.press("Control+V")

    assert score_page.get_by_label("Nhận xét", exact=True).input_value() == block


def test_a_draft_comes_back_and_goes_when_told(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment())
    fill(score_page, "bo-sung", "Còn đây.")
    score_page.reload()
    expect(score_page.get_by_label("Nhận xét", exact=True)).to_have_value("Còn đây.")
    assert tuple(field.input_value() for field in score_page.locator(".sk-mark input").all()) == MARKS
    assert score_page.locator("input[value=bo-sung]").is_checked()

    score_page.goto("about:blank")
    score_page.goto(score_address + fragment(thanh_vien="1005"))
    expect(score_page.get_by_label("Nhận xét", exact=True)).to_have_value("")
    score_page.goto("about:blank")
    score_page.goto(score_address + fragment())
    score_page.get_by_role("button", name="Xóa bản nháp").click()
    expect(score_page.get_by_label("Nhận xét", exact=True)).to_have_value("")
    assert score_page.evaluate("localStorage.length") == 0


def test_a_draft_of_another_content_is_shown_but_fills_nothing_in(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment())
    fill(score_page, "bo-sung", "Câu cũ.")
    score_page.goto("about:blank")
    score_page.goto(score_address + fragment(van_tay="f" * 64))
    old = score_page.locator("[data-old]")
    expect(old).to_contain_text("Nội dung của ý đã đổi")
    expect(old).to_contain_text("Tính mới: 25; Tính phù hợp: 12,5")
    expect(old).to_contain_text("Câu cũ.")
    assert (
        score_page.eval_on_selector_all(".sk-mark input, form textarea", "all => all.map((e) => e.value)") == [""] * 7
    )
    assert score_page.locator("input:checked").count() == 0

    score_page.locator(".sk-mark input").first.fill("20")
    score_page.reload()
    expect(score_page.locator(".sk-mark input").first).to_have_value("20")
    expect(old).to_contain_text("Câu cũ.")


def test_a_sealed_sheet_leaves_nothing_once_sent(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment(dot="dot-kin"))
    fill(score_page, remarks="Kín.")
    copied(score_page)
    score_page.get_by_role("button", name="Đã gửi, xóa phiếu khỏi máy này").click()
    expect(score_page.get_by_text("Đã xóa bản nháp khỏi máy này.")).to_be_visible()

    assert score_page.evaluate("localStorage.length") == 0
    assert (
        score_page.eval_on_selector_all("input[type=text], textarea", "all => all.map((e) => e.value).join('')") == ""
    )


def test_without_storage_the_page_works_and_says_so(
    score_context: BrowserContext, score_page: Page, score_address: str
) -> None:
    score_context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    score_page.goto(score_address + fragment())
    fill(score_page)
    expect(score_page.get_by_text("không cho giữ bản nháp")).to_be_visible()

    assert read(copied(score_page)).verdict == "cong-nhan"


def test_another_sheet_s_link_opens_that_sheet(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment())
    score_page.locator(".sk-mark input").first.fill("20")
    score_page.evaluate(f"location.hash = '{fragment(dot='dot-le')}'")
    expect(score_page.get_by_label("Điểm cho Điểm lẻ")).to_have_value("")
    fill(score_page, marks=("6.38", "0"))

    assert read(copied(score_page), ODD).total == Fraction("6.38")
