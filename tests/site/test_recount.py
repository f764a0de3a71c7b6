"""A reader recounts an honour in the browser: the same arithmetic as the program's, told step by step."""
# numbers for tests

import gzip
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from site_browser import NEEDS_BROWSER, opened, problems, served
from site_tools import contents, mkdocs
from site_world import DRIP, ROUND, small_world

from sangkien.domain import idea_code, layout
from sangkien.domain.conclusion import aggregates
from sangkien.domain.count import Sheet, count
from sangkien.domain.digest import record_digest
from sangkien.domain.rubric import Rubric, exact

pytestmark = NEEDS_BROWSER
pytest_plugins = ["site_fixtures"]

VERDICTS = ("cong-nhan", "bo-sung", "khong-cong-nhan")


@pytest.fixture(scope="module")
def shown(sites: dict[str, Path]) -> tuple[str, list[dict[str, Any]]]:
    """Serve this repository's site, an open desk's, with the ideas it tells of."""
    register = json.loads((sites["real"] / "du-lieu/register.json").read_text(encoding="utf-8"))
    return served(sites["real"]), register["ideas"]


def asked(page: Page, address: str, code: str) -> str:
    page.goto("about:blank")  # or another hash of the same page would find the answer before
    page.goto(f"{address}xac-minh/#{code}")
    page.locator("#dem-lai [role=status]").filter(has_text=re.compile(r"\.$")).wait_for()
    return page.locator("#dem-lai [role=status]").inner_text()


def fits(page: Page) -> list[str]:
    return page.locator(".sk-fit").all_inner_texts()


def rubric_by_chance(chance: random.Random) -> dict[str, Any]:
    def number(most: int) -> Any:
        return chance.choice((chance.randint(0, most), f"{chance.randint(0, most)}.{chance.randint(0, 99):02d}"))

    criteria = [
        {"id": f"c-{n}", "label": f"C {n}", "max_score": 99, "pass_score": number(40)}
        for n in range(chance.randint(1, 6))
    ]
    return {
        "id": "r",
        "criteria": criteria,
        "quorum": chance.choice(["2/3", "1/2", "3/4", "1/1"]),
        "min_ballots": chance.randint(0, 4),
        "pass_total": number(60),
        "majority": chance.choice(["1/2", "2/3", "1/3"]),
        "ratings": [
            {"id": f"m-{n}", "label": "M", "min_total": number(90), "min_scores": {"c-0": number(60)}} for n in (1, 2)
        ],
    }


def test_browser_counts_as_the_program_counts(browser: Browser, shown: Any) -> None:
    chance = random.Random(4)
    cases, expected = [], []
    for _ in range(1500):
        rubric = rubric_by_chance(chance)
        sheets: list[dict[str, Any]] = []
        for n in range(chance.randint(0, 9)):
            marks = {
                c["id"]: chance.choice(
                    [str(chance.randint(0, 99)), f"{chance.randint(0, 98)}.{chance.randint(1, 99):02d}"]
                )
                for c in rubric["criteria"]
            }
            sheets.append(
                {"seat": f"ghe-{n}", "marks": marks, "verdict": chance.choice(VERDICTS[: chance.randint(1, 3)])}
            )
        base, abstained = len(sheets) + chance.randint(0, 5), chance.randint(0, 2)
        cases.append([rubric, sheets, base, abstained])
        counted = count(
            Rubric.from_record(rubric),
            [
                Sheet(
                    member=s["seat"],
                    review_id=1,
                    marks={k: exact(m) for k, m in s["marks"].items()},
                    verdict=s["verdict"],
                )
                for s in sheets
            ],
            base=base,
            abstained=abstained,
        )
        expected.append(aggregates(counted) | {"rating": counted.rating})
    page = opened(browser, shown[0] + "xac-minh/")
    counts = page.evaluate(
        """async (cases) => {
          const { printed, recount } = await import(new URL('../assets/recount.js', location.href).href);
          return cases.map((given) => printed(recount(...given)));
        }""",
        cases,
    )

    assert counts == expected
    assert {c["result"] for c in expected} == {None, *VERDICTS}
    assert len({c["rating"] for c in expected}) == 3


def test_browser_rounds_halves_to_even_and_digests_as_the_program(browser: Browser, shown: Any) -> None:
    numbers = [f"{n // 1000}.{n % 1000:03d}" for n in range(0, 3000, 5)]
    texts = ["  Hòa\r\nbình  ", "Hoà", 'quote " \\ / \u2028 \t', "\u0001", "😀 tre", "é"]
    records: list[dict[str, Any]] = [
        {"b": texts, "a": {"ô": 1, "z": None, "é": True, "é2": []}, "digest": "x"},
        {"version": 1, "text": "<b>"},
    ]
    page = opened(browser, shown[0] + "xac-minh/")
    rounded, digests = page.evaluate(
        """async ([numbers, records]) => {
          const assets = new URL('../assets/', location.href).href;
          const { Fraction } = await import(assets + 'fractions.js');
          const { recordDigest } = await import(assets + 'record-digest.js');
          return [numbers.map((n) => Fraction.of(n).twoPlaces()), await Promise.all(records.map(recordDigest))];
        }""",
        [numbers, records],
    )

    assert rounded == [f"{round(exact(n) * 100) // 100}.{round(exact(n) * 100) % 100:02d}" for n in numbers]
    assert digests == [record_digest(record) for record in records]


def test_browser_reads_codes_as_the_program_reads_them(browser: Browser, shown: Any) -> None:
    chance = random.Random(5)
    typed = []
    for _ in range(400):
        code = idea_code.make(chance.randint(1990, 2030), "".join(chance.choices(idea_code.ALPHABET, k=7)))
        loose = code.translate({ord("0"): chance.choice("0Oo"), ord("1"): chance.choice("1IiLl")})
        loose = loose.replace("-", chance.choice(["-", " ", "", " – ", "--"]))
        typed += [code.lower(), loose, code[:-1] + chance.choice(idea_code.ALPHABET), code[1:], code.replace("-", "_")]
    page = opened(browser, shown[0] + "xac-minh/")
    read = page.evaluate(
        """async (typed) => {
          const { readCode } = await import(new URL('../assets/idea-code.js', location.href).href);
          return typed.map(readCode);
        }""",
        typed,
    )

    assert read == [idea_code.read(text) for text in typed]


def test_every_honour_of_this_repository_is_counted_again(browser: Browser, shown: Any) -> None:
    address, ideas = shown
    page = browser.new_context().new_page()
    for idea in ideas:
        said = asked(page, address, idea["code"])
        if idea["revoked"]:
            assert "đã thu hồi" in said
            continue
        assert "tất cả đều khớp" in said, idea["code"]
        assert len(fits(page)) > 12
        assert set(fits(page)) == {"khớp"}


OLD_BROWSER = "delete window.DecompressionStream"


def test_a_browser_that_cannot_unpack_learns_it(browser: Browser, shown: Any) -> None:
    address, ideas = shown
    codes = [idea["code"] for idea in ideas if not idea["revoked"]][:3]
    page = browser.new_context().new_page()
    page.add_init_script(OLD_BROWSER)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    said = [asked(page, address, code) for code in codes]

    assert [text for text in said if "tất cả đều khớp" not in text] == []
    assert "gunzip.js" in fetched
    newer = browser.new_context().new_page()
    newer.on("request", lambda request: fetched.append(f"newer {request.url.rpartition('/')[2]}"))
    assert asked(newer, address, codes[0]) == said[0]
    assert "newer gunzip.js" not in fetched


def test_a_reader_comes_from_the_honour_page_or_types_the_code(browser: Browser, shown: Any) -> None:
    address, ideas = shown
    idea = next(idea for idea in ideas if not idea["revoked"])
    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(address + idea["address"])
    page.get_by_role("link", name="Tự đếm lại kết quả này").click()
    page.get_by_role("heading", name=idea["title"]).wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H2"

    page.goto(f"{address}xac-minh/")
    page.get_by_label("Mã của ý").fill(f"  {idea['code'].lower().replace('-', ' ').replace('0', 'o')} ")
    page.get_by_role("button", name="Đếm lại").click()
    page.get_by_role("heading", name=idea["title"]).wait_for()
    assert page.url.endswith(f"#{idea['code']}")
    assert "(" in page.get_by_text("Trung bình:").first.inner_text()
    assert not re.search(r"\d\.\d", page.locator("#ket-qua-dem-lai").inner_text())  # a comma before decimals


@pytest.mark.parametrize(
    ("typed", "says"),
    [("2019-7K3Q-F2TZ", "chưa đúng"), ("abc%", "chưa đúng"), ("2019-7K3Q-F2TY", "Chưa thấy")],
)
def test_a_code_that_leads_nowhere_is_told_kindly(browser: Browser, shown: Any, typed: str, says: str) -> None:
    page = browser.new_context().new_page()

    assert says in asked(page, shown[0], typed)
    assert fits(page) == []


# A change of what is published → the steps that no longer agree.
TAMPERED: dict[str, tuple[Callable[[Any], Any], set[str]]] = {
    "mark": (
        lambda r: r["counted"][0]["marks"].update({"tinh-moi": "11.25"}),
        {"Cộng điểm từng phiếu", "Tính mới", "Tổng điểm"},
    ),
    "verdict": (lambda r: r["counted"][0].update(verdict="bo-sung"), {"Đa số"}),
    "mean": (lambda r: r["total"].update(mean="99.00"), {"Tổng điểm"}),
    "quorum": (lambda r: r["quorum"].update(needed=1), {"Số phiếu cần có"}),
    "base": (lambda r: r.update(base=r["base"] + 1), {"Số người được tính"}),
    "rating": (lambda r: r.update(rating="xuat-sac" if r["rating"] != "xuat-sac" else "dat"), {"Xếp loại"}),
    "result": (lambda r: r.update(result="bo-sung"), {"Kết quả đếm phiếu"}),
    "reasons": (lambda r: r.update(reasons="Lời khác."), set()),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_reader_sees_what_does_not_agree(browser: Browser, shown: Any, name: str) -> None:
    address, ideas = shown
    change, wrong = TAMPERED[name]
    code = next(idea["code"] for idea in ideas if not idea["revoked"])
    page = browser.new_context().new_page()

    def tamper(route: Route) -> None:
        register = json.loads(gzip.decompress(route.fetch().body()))
        (idea,) = (idea for idea in register["ideas"] if idea["code"] == code)
        change(idea["conclusions"][0]["record"])
        route.fulfill(json=register)

    page.route("**/kiem-dem/*.json.gz", tamper)
    said = asked(page, address, code)
    titles = page.locator(".sk-recount__title:has(.sk-fit--no) strong:first-child").all_inner_texts()

    assert "không khớp" in said
    assert wrong | {"Dấu số của kết luận"} <= set(titles)
    assert page.get_by_text("Đã công bố:").count() >= len(titles) - 1


@pytest.mark.parametrize("answer", ["[]", "no json", "\x1f\x8bno gzip", '{"ideas":[{"code":"CODE"}]}'])
def test_broken_data_is_told_and_nothing_is_claimed(browser: Browser, shown: Any, answer: str) -> None:
    address, ideas = shown
    code = ideas[0]["code"]
    page = browser.new_context().new_page()
    page.route(
        "**/kiem-dem/*.json.gz", lambda route: route.fulfill(body=answer.replace("CODE", code).encode("latin-1"))
    )
    said = asked(page, address, code)

    assert "Chưa lấy được" in said or "không đọc được" in said
    assert fits(page) == []


def closed_site(root: Path, *, publish_marks: bool) -> str:
    world = small_world(sample=True)
    world.records[layout.path_of("round", ROUND)]["publish_marks"] = publish_marks
    world.write(root)
    mkdocs(root, root / "site")
    return served(root / "site")


def test_a_closed_desk_says_that_only_the_council_can_recount(browser: Browser, tmp_path: Path) -> None:
    address = closed_site(tmp_path / "world", publish_marks=False)
    page = browser.new_context().new_page()
    page.goto(f"{address}ghi-nhan/2019/{idea_code.compact(DRIP)}/")
    assert page.get_by_text("chỉ hội đồng mới đếm lại được điểm").is_visible()

    assert "người đọc tự đếm được đều khớp" in asked(page, address, DRIP)
    assert "chỉ hội đồng mới đếm lại được điểm" in page.locator(".sk-recount__notice").inner_text()
    assert fits(page).count("chỉ hội đồng đếm lại được") == 3
    assert page.locator("table").count() == 0


def test_a_closed_desk_may_publish_marks_without_seats(browser: Browser, tmp_path: Path) -> None:
    address = closed_site(tmp_path / "world", publish_marks=True)
    page = browser.new_context().new_page()

    assert "tất cả đều khớp" in asked(page, address, DRIP)
    assert page.get_by_role("rowheader").all_inner_texts() == ["Phiếu 1", "Phiếu 2", "Phiếu 3"]
    assert "thứ tự các phiếu đã xáo" in page.locator(".sk-recount__notice").inner_text()
    assert "Dấu số của kết luận" not in page.locator("#ket-qua-dem-lai").inner_text()


def test_a_recount_is_accessible_and_fits(browser: Browser, shown: Any) -> None:
    address, ideas = shown
    page = browser.new_context().new_page()
    logged: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.on("request", lambda request: logged.append(request.url) if not request.url.startswith(address) else None)
    asked(page, address, next(idea["code"] for idea in ideas if not idea["revoked"]))

    assert problems(page, 1280, 360) == []
    assert page.get_by_role("button", name="Đếm lại").bounding_box()["height"] >= 44  # type: ignore[index]
    assert logged == []
    asked(page, address, "abc")
    assert problems(page) == []
    page.context.close()


def test_the_page_explains_without_javascript(browser: Browser, shown: Any) -> None:
    page = opened(browser, shown[0] + "xac-minh/", java_script_enabled=False)

    assert page.get_by_role("heading", name="Đếm bằng tay").is_visible()
    assert page.get_by_text("Phần tính ngay trên trang cần JavaScript").is_visible()
    assert not page.get_by_role("button", name="Đếm lại").is_visible()


def test_modules_ask_for_nothing_but_each_other(sites: dict[str, Path]) -> None:
    """The score page's scripts name the repository's host and are held by its own tests."""
    scripts = {p: d.decode() for p, d in contents(sites["real"]).items() if re.fullmatch(r"assets/[^/]+\.js", p)}
    assert {"assets/recount.js", "assets/record-digest.js", "assets/xac-minh.js"} <= set(scripts)
    for path, text in scripts.items():
        assert all(target.startswith("./") for target in re.findall(r'from "([^"]+)"', text)), path
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?://", text), path
