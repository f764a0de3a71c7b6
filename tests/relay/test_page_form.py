"""The form as a citizen meets it: question by question, with a thumb or the keys alone, on a cheap phone."""

import unicodedata
from collections.abc import Callable

import pytest
from page_room import ANSWERS, NAME, PLACE, Service, blank, choose, go_on, start, step, tell, tell_all
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_browser import NEEDS_BROWSER

pytest_plugins = ["site_fixtures", "page_fixtures"]
pytestmark = NEEDS_BROWSER

LIKE = {
    "code": "2019-7K3Q-F2TY", "title": "Tưới <b>nhỏ giọt</b>", "where": "xã Thử", "old": "Treo chai cạnh gốc.",
    "new": "treo chai", "address": "https://sang-kien.example/ghi-nhan/2019/7k3qf2ty/", "follow": "/da-lam/",
}  # fmt: skip


def where(page: Page) -> str:
    return page.locator("[data-where]").inner_text()


def test_one_question_at_a_time_until_the_review(page: Page) -> None:
    tell_all(page)

    assert page.locator(".step:visible").count() == 1
    answers = page.locator("[data-answers]").inner_text()
    for said in (*ANSWERS.values(), NAME, "xã Thử", "Sản xuất", "(bỏ trống)"):
        assert said in answers


def test_a_required_question_is_not_passed_and_the_complaint_goes_when_answered(page: Page) -> None:
    tell(page, "title")
    go_on(page)
    field = page.locator("#o-title")
    expect(page.locator("#l-title")).to_have_text("Câu này cần có câu trả lời.")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    assert "l-title" in str(field.get_attribute("aria-describedby"))

    field.fill("Ngắn")
    expect(page.locator("#l-title")).to_be_hidden()
    go_on(page)
    expect(page.locator("#l-title")).to_have_text("Xin ghi dài hơn một chút, ít nhất 8 chữ cái.")


def test_the_phones_back_button_goes_one_question_back(page: Page) -> None:
    tell(page, "before")
    page.locator("#o-before").fill("Gánh nước.")
    go_on(page)
    page.go_back()
    expect(step(page, "before")).to_be_visible()
    assert where(page).startswith("Câu 3 ")
    page.go_forward()
    expect(step(page, "after")).to_be_visible()


def test_each_answer_can_be_mended_from_the_review(page: Page) -> None:
    tell(page)
    page.get_by_role("button", name="Sửa: Tên của ý").click()
    page.locator("#o-title").fill("Tên đã sửa cho rõ hơn")
    go_on(page)

    expect(step(page, "review")).to_be_visible()
    expect(page.locator("[data-answers]")).to_contain_text("Tên đã sửa cho rõ hơn")


def test_the_keys_alone_are_enough(browser: Browser, service: Service) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 700}, reduced_motion="reduce")
    page.goto(service.address)
    expect(page.locator("[data-start]")).to_be_visible()
    keys = page.keyboard

    def reach(selector: str) -> None:
        for _ in range(20):
            if page.evaluate(f"document.activeElement.matches({selector!r})"):
                return
            keys.press("Tab")
        raise AssertionError(f"never reached {selector}")

    def pick() -> None:
        reach("input[type=radio]")
        keys.press("Space")
        keys.press("Enter")

    reach("[data-start]")
    keys.press("Enter")
    pick()
    keys.type(ANSWERS["title"])
    keys.press("Enter")
    for key in ("before", "after", "how_to"):
        expect(page.locator(f"#o-{key}")).to_be_focused()
        keys.type(ANSWERS[key])
        keys.press("Control+Enter")
    keys.type(ANSWERS["cost"])
    keys.press("Enter")
    for _ in range(3):
        pick()
    keys.type("xa th")
    reach("[data-found] button")
    keys.press("Enter")
    expect(page.locator("#o-unit")).to_have_value("xã Thử")
    keys.press("Enter")
    reach("[data-name]")
    keys.type(NAME)
    keys.press("Enter")
    for name in ("more", "photos", "display"):
        expect(step(page, name)).to_be_visible()
        reach("[data-next]")
        keys.press("Enter")
    expect(page.locator("#o-contact")).to_be_focused()
    keys.press("Enter")
    expect(step(page, "review")).to_be_visible()
    reach("[data-send]")
    keys.press("Enter")
    expect(page.locator("[data-receipt] h1")).to_be_focused()
    page.close()


def test_letters_in_pieces_arrive_whole_and_are_shown_as_typed(page: Page) -> None:
    pieces = unicodedata.normalize("NFD", "Tưới nhỏ giọt ở ấp Đội Ba")
    tell(page, "title")
    page.locator("#o-title").press_sequentially(pieces)
    assert page.locator("#o-title").input_value() == pieces
    go_on(page)
    start(page)
    page.locator("[data-back]").click()

    assert unicodedata.normalize("NFC", page.locator("#o-title").input_value()) == "Tưới nhỏ giọt ở ấp Đội Ba"


def test_units_are_found_without_marks_and_any_other_is_taken(page: Page) -> None:
    tell(page, "unit")
    page.locator("#o-unit").press_sequentially("XA TH")
    page.get_by_role("button", name="xã Thử").click()
    expect(page.locator("#o-unit")).to_have_value("xã Thử")
    expect(page.locator("[data-found]")).to_be_hidden()

    page.locator("#o-unit").fill("ấp không có trong sổ")
    go_on(page)
    expect(step(page, "authors")).to_be_visible()


def test_shares_must_add_up_and_a_lone_author_needs_none(page: Page) -> None:
    tell(page, "authors")
    names, said = page.locator("[data-name]"), page.locator("#l-authors")
    names.fill("Mẫu")
    go_on(page)
    expect(said).to_have_text("Xin ghi đủ cả họ và tên.")
    names.fill("Mẫu 0901234567")
    go_on(page)
    expect(said).to_contain_text("Tên chỉ gồm chữ")
    names.fill(NAME)
    expect(page.locator("input[data-share]")).to_be_hidden()
    page.get_by_role("button", name="Thêm người cùng làm").click()
    expect(names.nth(1)).to_be_focused()
    names.nth(1).fill("Tổ tưới chung")
    page.locator("[data-collective]").nth(1).check()
    page.locator("input[data-share]").nth(0).fill("60")
    page.locator("input[data-share]").nth(1).fill("30")
    expect(page.locator("[data-sum]")).to_have_text("Cộng lại: 90%.")
    go_on(page)
    expect(said).to_have_text("Cộng các phần lại đang là 90%, cần đúng 100%.")
    page.locator("input[data-share]").nth(1).fill("40 %")
    go_on(page)
    expect(step(page, "more")).to_be_visible()


def test_who_cannot_reckon_shares_lets_them_be_made_even(page: Page) -> None:
    tell(page, "authors")
    even = page.get_by_role("button", name="Chia đều cho cả nhóm")
    expect(even).to_be_hidden()
    for _ in range(2):
        page.get_by_role("button", name="Thêm người cùng làm").click()
    for name in page.locator("[data-name]").all():
        name.fill(NAME)
    even.click()

    assert [share.input_value() for share in page.locator("input[data-share]").all()] == ["34", "33", "33"]
    expect(page.locator("[data-sum]")).to_have_text("Cộng lại: 100%.")


def test_an_idea_of_the_armed_forces_ends_before_a_word_is_typed(page: Page, service: Service) -> None:
    start(page)
    choose(page, "Lực lượng vũ trang")
    closing = step(page, "closing")
    expect(closing).to_contain_text("Ý này xin nộp trực tiếp")
    expect(closing).to_contain_text(PLACE)
    assert page.locator("[data-next]:visible, [data-send]:visible").count() == 0
    assert service.heard == []

    closing.get_by_role("button", name="Tôi chọn nhầm, quay lại").click()
    choose(page, "Sản xuất")
    expect(step(page, "title")).to_be_visible()


def test_an_answer_changed_to_the_armed_forces_is_not_sent(page: Page, service: Service) -> None:
    tell(page)
    page.get_by_role("button", name="Sửa: Nội dung phong trào").click()
    choose(page, "Lực lượng vũ trang")
    page.go_back()
    page.go_back()
    page.locator("[data-send]").click()

    expect(step(page, "closing")).to_be_visible()
    assert service.of("/gui") == []


def test_ideas_like_it_are_shown_and_never_stand_in_the_way(page: Page, service: Service) -> None:
    odd = LIKE | {"title": "Ý khác", "address": "javascript:alert(1)", "follow": "data:x"}
    service.answers["/y-giong"] = [(200, {"ideas": [LIKE, odd]})]
    tell(page, "title")
    page.locator("#o-title").fill(ANSWERS["title"])
    shown = page.locator("[data-alike]")
    expect(shown).to_contain_text("Tưới <b>nhỏ giọt</b>")
    expect(shown.get_by_role("link", name="Xem cách đã có")).to_have_attribute("href", LIKE["address"])
    expect(shown.get_by_role("link", name="Kể nơi tôi đã làm theo")).to_have_attribute("href", LIKE["follow"])
    assert shown.locator("li", has_text="Ý khác").locator("a").count() == 0
    assert service.of("/y-giong")[0].fields == {"text": ANSWERS["title"]}

    go_on(page)
    expect(step(page, "before")).to_be_visible()
    expect(shown).to_be_hidden()


def test_without_a_network_nobody_hears_of_ideas_like_it(page: Page, phone: BrowserContext) -> None:
    tell(page, "title")
    phone.set_offline(True)
    page.locator("#o-title").fill(ANSWERS["title"])
    page.wait_for_timeout(1100)

    assert page.locator("[data-alike]:visible, .error:visible").count() == 0


def test_a_draft_comes_back_and_goes_when_told(page: Page, reopen: Callable[[], Page]) -> None:
    tell(page, "how_to")
    page.locator("#o-how_to").fill("Đang viết dở")
    page.wait_for_timeout(400)
    again = reopen()
    expect(again.locator("[data-restored]")).to_contain_text("Bản nháp viết ngày")
    again.get_by_role("button", name="Viết tiếp bản nháp").click()
    expect(again.locator("#o-how_to")).to_have_value("Đang viết dở")
    again.locator("[data-back]").click()
    expect(again.locator("#o-after")).to_have_value(ANSWERS["after"])

    answers = iter(["dismiss", "accept"])
    again.on("dialog", lambda dialog: getattr(dialog, next(answers))())
    again.get_by_role("button", name="Xóa bản nháp").click()
    expect(again.locator("#o-after")).to_have_value(ANSWERS["after"])
    again.get_by_role("button", name="Xóa bản nháp").click()
    expect(again.locator("[data-restored]")).to_have_text("Đã xóa bản nháp khỏi máy này.")
    assert again.evaluate("localStorage.length") == 0
    assert (
        again.evaluate("[...document.querySelectorAll('input[type=text], textarea')].map((e) => e.value).join('')")
        == ""
    )


def test_the_draft_holds_no_contact_and_no_consent(page: Page, reopen: Callable[[], Page]) -> None:
    tell(page, "display")
    page.get_by_text("Đủ họ tên", exact=True).click()
    page.locator("[data-flag=agreement]").check()
    page.locator("[data-flag=minor]").check()
    go_on(page)
    page.locator("[data-flag=guardian]").check()
    page.get_by_text("Cha hoặc mẹ").click()
    go_on(page)
    page.locator("#o-contact").fill("0901 234 567")
    page.wait_for_timeout(400)
    kept = str(page.evaluate("Object.values(localStorage).join(' ')"))
    assert NAME in kept
    for word in ("0901", "Đủ họ tên", "Cha hoặc mẹ"):
        assert word not in kept

    again = reopen()
    expect(again.locator("[data-start]")).to_be_visible()
    assert again.evaluate("[...document.querySelectorAll('[data-flag]')].some((box) => box.checked)") is False


def test_without_storage_the_form_works_and_says_so(phone: BrowserContext, service: Service) -> None:
    phone.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    page = phone.new_page()
    page.goto(blank(service.address))
    start(page)
    choose(page, "Sản xuất")
    page.locator("#o-title").fill(ANSWERS["title"])
    expect(page.locator("[data-kept]")).to_contain_text("không cho giữ bản nháp")
    go_on(page)
    expect(step(page, "before")).to_be_visible()


def test_consent_is_never_given_for_anybody(page: Page) -> None:
    tell(page, "display")
    assert page.locator("input[type=checkbox]:checked, [data-step=display] input:checked").count() == 0
    page.get_by_text("Chữ cái đầu", exact=True).click()
    go_on(page)
    expect(page.locator("#l-agreement")).to_contain_text("Muốn hiện tên thì xin đánh dấu ô đồng ý")

    page.get_by_text("Không hiện tên", exact=True).click()
    go_on(page)
    expect(step(page, "contact")).to_be_visible()


def test_a_minor_needs_both_consents(page: Page) -> None:
    tell(page, "display")
    page.locator("[data-flag=minor]").check()
    go_on(page)
    guardian = step(page, "guardian")
    expect(guardian).to_contain_text("chính em, và cha mẹ hoặc người giám hộ")
    page.locator("[data-flag=guardian]").check()
    go_on(page)
    expect(page.locator("#l-guardian_relation")).to_be_visible()
    page.get_by_text("Người giám hộ", exact=True).click()
    go_on(page)
    expect(step(page, "contact")).to_be_visible()


def test_without_scripts_the_place_to_go_is_named(browser: Browser, service: Service) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    for path in ("", "theo-doi/"):
        page.goto(service.address + path)
        assert PLACE in page.locator("noscript").inner_text()
        assert page.locator("form:visible, input:visible").count() == 0
    page.goto(service.address)
    assert page.get_by_role("link", name="phiếu giấy").get_attribute("href") == "/phieu-giay.pdf"


@pytest.mark.parametrize("text", ["khong phai", "0901", "a@b"])
def test_a_contact_is_a_number_or_an_address(page: Page, text: str) -> None:
    tell(page, "contact")
    page.locator("#o-contact").fill(text)
    go_on(page)
    expect(page.locator("#l-contact")).to_contain_text("Xin ghi một số điện thoại")
