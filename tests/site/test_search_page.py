"""The search page: the same words found as in the records themselves, by keyboard, without network, without script."""

import random
import re
import shutil
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route
from search import crowd
from site_browser import NEEDS_BROWSER, opened, problems, served
from site_world import DRIP, small_world

from sangkien.domain import address, idea_code, search_index
from sangkien.domain.register import Register
from sangkien.domain.search_terms import terms
from sangkien.domain.text import fold
from sangkien.render import search
from sangkien.render.search_documents import idea_document, newest_first
from sangkien.render.wording import Wording

pytestmark = NEEDS_BROWSER
pytest_plugins = ["site_fixtures"]

SOME = [
    "Máng ăn bằng tre",
    "Mạng lưới tưới",
    "Màng phủ luống",
    "Mang cây giống đi đổi",
    "<img src=x onerror=alert(1)> & “thử”",
]
ASK = """async (typed) => {
  const root = new URL("../assets/search/", location.href);
  const { Edition } = await import(new URL("edition.js", root));
  const { find } = await import(new URL("find.js", root));
  const edition = await Edition.open(new URL("./", location.href));
  const answers = [];
  for (const text of typed) {
    edition.begin();
    const { ideas } = await find(edition, text);
    answers.push({ numbers: ideas.numbers, whole: ideas.whole, maybe: ideas.maybe() });
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def many() -> Register:
    return crowd(1200, SOME, units=30)


@pytest.fixture(scope="module")
def crowded(sites: dict[str, Path], many: Register, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Serve the small world's site with the index of a crowd, its lists cut so early that every way is gone."""
    folder = tmp_path_factory.mktemp("crowded") / "site"
    shutil.copytree(sites["small"], folder)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"CUT": 60, "PAIRED": 25, "SORTED": 40}.items():
            patch.setattr(search_index, name, value)
        for path, data in search.files(Wording(many, {}), {}, ()):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return served(folder)


@pytest.fixture(scope="module")
def small(sites: dict[str, Path]) -> str:
    return served(sites["small"])


def asked(page: Page, site: str, text: str, more: str = "") -> str:
    page.goto(f"{site}tim-kiem/?q={quote(text)}{more}")
    return said(page)


def said(page: Page) -> str:
    page.locator("#tim [role=status]").filter(has_text=re.compile(r"\.$")).wait_for()
    return page.locator("#tim [role=status]").inner_text()


def titles(page: Page) -> list[str]:
    return page.locator("#ket-qua section[aria-labelledby=cac-y] .sk-row__title").all_inner_texts()


def holding(register: Register) -> list[set[str]]:
    """Read every idea's words, without the index."""
    wording = Wording(register, {})
    documents = (idea_document(idea, wording, "") for idea in newest_first(register))
    return [{key for text in (d.title, *d.texts) for key, _ in terms(text)} for d in documents]


def test_browser_reads_words_as_the_program_does(browser: Browser, small: str) -> None:
    chance = random.Random(5)
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    letters += letters.upper() + " -.,0159ßøñüİКç“”\u0301"
    texts = ["".join(chance.choices(letters, k=12)) for _ in range(600)]
    texts += [unicodedata.normalize("NFD", text) for text in texts]
    page = opened(browser, f"{small}tim-kiem/")
    read = page.evaluate(
        """async (texts) => {
          const { terms } = await import(new URL("../assets/search/terms.js", location.href));
          return texts.map((text) => terms(text).map(({ key, marks }) => [key, marks]));
        }""",
        texts,
    )
    page.context.close()

    assert read == [[list(term) for term in terms(text)] for text in texts]


def test_browser_finds_what_the_records_hold(browser: Browser, crowded: str, many: Register) -> None:
    chance = random.Random(6)
    held = holding(many)
    typed = []
    for _ in range(120):
        words = list(dict.fromkeys(chance.choice(many.ideas).title.split()))
        count = chance.randint(1, 4)
        start = chance.randint(0, max(0, len(words) - count))
        near = words[start : start + count]
        typed.append(" ".join(near if chance.random() < 0.5 else chance.sample(words, min(count, len(words)))))
    typed = [text for text in typed if list(terms(text))]
    forms = [typed, [fold(text) for text in typed], [unicodedata.normalize("NFD", text).upper() for text in typed]]
    page = opened(browser, f"{crowded}tim-kiem/")
    answers = page.evaluate(ASK, [text for form in forms for text in form])
    page.context.close()

    whole = 0
    for place, answer in enumerate(answers):
        text = typed[place % len(typed)]
        there = {n for n, keys in enumerate(held) if {key for key, _ in terms(text)} <= keys}
        assert set(answer["numbers"]) <= there, text
        assert set(answer["numbers"]) == there or (len(answer["numbers"]) >= 10 and not answer["whole"]), text
        assert set(answer["numbers"]) == set(answers[place % len(typed)]["numbers"]), text
        whole += answer["whole"]
    assert 0 < whole < len(answers)


def test_marks_typed_come_first_and_none_typed_finds_all(browser: Browser, crowded: str) -> None:
    page = browser.new_page()
    first = {text: (asked(page, crowded, text), titles(page)[0])[1] for text in ("máng", "mạng", "màng", "mang")}
    said_ = {text: (asked(page, crowded, text), sorted(titles(page)))[1] for text in ("mang", "máng")}
    page.close()

    assert [first["máng"], first["mạng"], first["màng"]] == [SOME[0], SOME[1], SOME[2]]
    assert said_["mang"] == said_["máng"]
    assert set(SOME[:4]) <= set(said_["mang"])


def test_hostile_text_stays_text(browser: Browser, crowded: str) -> None:
    page = browser.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    asked(page, crowded, "<img src=x onerror=alert(1)>")
    shown, images = titles(page), page.locator("#ket-qua img, #tim img").count()
    marks = page.locator("#ket-qua mark").all_inner_texts()
    page.close()

    assert shown[0] == SOME[4]
    assert images == 0
    assert {"img", "onerror"} <= set(marks)


def test_filters_count_and_stand_in_the_address(browser: Browser, crowded: str) -> None:
    page = browser.new_page()
    before = asked(page, crowded, "bẫy đèn bắt rầy")
    page.get_by_text("Lọc kết quả").first.click()
    kind = page.get_by_label("Loại", exact=True)
    option = kind.locator("option", has_text="Sáng kiến (")
    count = int(re.findall(r"\((\d+)\)", option.inner_text(timeout=5000) or option.text_content() or "")[0])
    kind.select_option("sang-kien")
    page.wait_for_url("**loai=sang-kien**")
    page.locator("#tim [role=status]").filter(has_text="đã chọn").wait_for()
    after = said(page)
    shared = asked(page, crowded, "bẫy đèn bắt rầy", "&loai=sang-kien")
    page.go_back()
    page.go_back()
    page.locator("#tim [role=status]").filter(has_not_text="đã chọn").filter(has_text="Tìm thấy").wait_for()
    back = said(page)
    page.close()

    assert f" {count} ý hợp" in after
    assert shared == after
    assert back == before


def test_a_question_costs_little_and_the_same_words_nothing_more(browser: Browser, crowded: str) -> None:
    page = browser.new_page()
    sizes: list[int] = []
    page.on("response", lambda a: sizes.append(len(a.body())) if re.search(r"\.(txt|json)$", a.url) else None)
    asked(page, crowded, "thiết kế máy tách hạt điều cho trường mầm non tại xã Gia An")
    page.close()

    assert 0 < sum(sizes) < 60000


def test_drip_irrigation_is_two_taps_away_on_a_phone(browser: Browser, small: str) -> None:
    page = opened(browser, f"{small}gui/", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.locator(".sk-find input").tap()
    page.keyboard.type("tuoi nho giot")
    page.keyboard.press("Enter")
    page.locator("#ket-qua .sk-row__title").first.tap()
    page.wait_for_url(f"**/{address.idea(DRIP)}")
    page.context.close()


def test_without_script_the_lists_lead_there_in_four_taps(browser: Browser, small: str) -> None:
    page = opened(browser, f"{small}gui/", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.locator(".sk-find input").click()
    page.keyboard.type("tuoi nho giot")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^Nông nghiệp")).first.click()
    page.get_by_role("link", name="Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ").first.click()
    reached = page.url
    page.context.close()

    assert reached.endswith(address.idea(DRIP))


@pytest.mark.parametrize("typed", [DRIP, f" {DRIP.lower().replace('-', ' ')} ", DRIP.replace("0", "o")])
def test_a_code_leads_straight_to_its_idea(browser: Browser, small: str, typed: str) -> None:
    page = opened(browser, f"{small}tim-kiem/?q={quote(typed)}")
    page.wait_for_url(f"**/{address.idea(DRIP)}")
    page.context.close()


def test_an_unknown_code_is_told(browser: Browser, small: str) -> None:
    page = browser.new_page()
    code = idea_code.make(2024, "7K3QF2T")
    told = asked(page, small, code)
    page.close()

    assert code in told


def test_people_units_fields_and_pages_are_found(browser: Browser, small: str) -> None:
    page = browser.new_page()
    found = {}
    for text in ("nguyen mau an", "suoi mau", "nong nghiep", "dot 1 nam 2019", "nghi cung nhau", "ap tuoi", "dem lai"):
        asked(page, small, text)
        found[text] = page.locator("#ket-qua a").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    page.close()

    expected = ("tac-gia/p-0a1b2c3d", "don-vi/xa-suoi-mau-2010", "linh-vuc/nong-nghiep", "dot/dot-2019-1",
                "cau-lac-bo/clb-nghi-cung-nhau", "mo-hinh/mh-ap-tuoi", "xac-minh")  # fmt: skip
    for text, to in zip(found, expected, strict=True):
        assert f"/{to}/" in found[text], text


def test_who_is_not_named_in_full_is_not_found() -> None:
    files = b"".join(data for _, data in search.files(Wording(small_world().register(), {}), {}, ())).decode()

    assert "Lê Văn Giấu" not in files
    assert not re.search(r"^giau ", files, re.MULTILINE)
    assert not re.search(r"^thi ", files, re.MULTILINE)  # of a name shown by its initials


def test_a_lost_network_is_told_and_tried_again(browser: Browser, small: str) -> None:
    page = browser.new_page()

    def lost(route: Route) -> None:
        route.abort()

    page.route("**/muc-luc.json", lost)
    told = asked(page, small, "tuoi nho giot")
    page.unroute("**/muc-luc.json")
    page.get_by_role("button", name="Thử lại").click()
    page.locator("#ket-qua .sk-row__title").first.wait_for()
    after = said(page)
    page.close()

    assert "đường mạng" in told
    assert "Tìm thấy 1 ý" in after


def test_a_newer_edition_is_asked_for_when_the_old_is_gone(browser: Browser, small: str) -> None:
    page = browser.new_page()
    asked(page, small, "tuoi")
    gone: list[str] = []

    def old(route: Route) -> None:
        gone.append(route.request.url)
        route.fulfill(status=404)

    page.route("**/tim-kiem/ban-*/chu/**", old, times=1)
    page.locator("#tim-chu").fill("nhỏ giọt cho tiêu bằng chai nhựa cũ")
    page.keyboard.press("Enter")
    page.locator("#tim [role=status]").filter(has_text="nhỏ giọt").wait_for()
    told = said(page)
    page.close()

    assert gone
    assert "Tìm thấy 1 ý" in told


def test_keyboard_and_screen_reader(browser: Browser, small: str) -> None:
    page = opened(browser, f"{small}tim-kiem/")
    assert page.evaluate("document.activeElement.id") == "tim-chu"
    page.keyboard.type("tuoi nho giot")
    page.keyboard.press("Enter")
    said(page)
    assert page.evaluate("document.activeElement.id") == "tim-chu"
    assert page.url.endswith("?q=tuoi+nho+giot")
    tree = page.locator("#noi-dung").aria_snapshot()
    for line in (
        'search "Tìm kiếm"',
        'searchbox "Gõ vài chữ, có dấu hay không dấu đều được"',
        'button "Tìm"',
        "status: Tìm thấy 1 ý",
        'region "Các ý được ghi nhận"',
        'link "Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ"',
    ):
        assert line in tree, tree
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "Tưới nhỏ giọt" in page.evaluate("document.activeElement.textContent")
    page.context.close()


def test_every_state_is_accessible_and_fits(browser: Browser, crowded: str) -> None:
    page = browser.new_context().new_page()
    found = []
    for text, more in (("", ""), ("mang", "&loai=sang-kien"), ("zzzz", ""), ("máng zzzz", "")):
        page.goto(f"{crowded}tim-kiem/?q={quote(text)}{more}")
        if text:
            said(page)
        found += problems(page, 320, 1280)
    page.goto(f"{crowded}gui/")
    page.locator(".sk-find input").focus()
    found += problems(page, 320, 1280)
    page.context.close()

    assert found == []


def test_the_same_register_gives_the_same_files(many: Register) -> None:
    wording = Wording(small_world().register(), {})

    assert list(search.files(wording, {}, ())) == list(search.files(wording, {}, ()))
    assert idea_code.is_sound(newest_first(many)[0].code)
