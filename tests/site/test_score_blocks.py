"""What the score page makes is what the program reads, whatever was typed."""

import random
import re
import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from score_room import CODE, DIGEST, FIVE, ODD, copied, fill, fragment, read, rubric_of, unsealed
from site_browser import NEEDS_BROWSER

from sangkien.domain import ballot, idea_code
from sangkien.domain.finding import Code

pytest_plugins = ["site_fixtures", "score_fixtures"]
pytestmark = NEEDS_BROWSER
CRITERIA = rubric_of(FIVE).criteria
BAIT = (
    "```", "````phieu-cham", "~~~", "\r", "\r\n", "\n", "\n\n", "\t", "\x00", "\x0b", "\x1c", "\x85", "\u2028",
    "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u3164", "\u200d", "\ufe0f", "\U000e0041", "\u00a0", "\u3000",
    "e\u0301", "👨\u200d👩", "ket-luan: bo-sung", "tinh-moi: 30", "ghe: ghe-1", "xac-nhan: 5", "# ", "> ", "- ", "    ",
    "<!-- ", "-->", "</textarea>", "&amp;", "|", "---", ":", "=", "nhan-xet: |", "phieu-kin", "đẹp", " ", "9",
)  # fmt: skip
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")


def plain_lines(text: str) -> str:
    """Say in Python what the page makes of typed text."""
    text = re.sub("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    kept = "".join(c for c in UNSEEN.sub("", text) if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))
    return "\n".join(line.strip() for line in unicodedata.normalize("NFC", kept).split("\n")).strip()


def test_blocks_of_any_text_are_read_as_meant(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address)
    chance = random.Random(20261123)
    ballots: list[dict[str, Any]] = []
    for _ in range(600):
        verdict = chance.choice(ballot.VERDICTS + ballot.WITHOUT_MARKS)
        ballots.append(
            {
                "verdict": verdict,
                "marks": [[c.id, chance.randint(0, int(c.max_score * 100))] for c in CRITERIA],
                "remarks": "".join(chance.choices(BAIT, k=chance.randint(0, 14))),
                "reason": "vì " + "".join(chance.choices(BAIT, k=chance.randint(0, 6))),
                "sealed": chance.random() < 0.5,
            }
        )
    made = score_page.evaluate(
        """async ([ballots, code, fingerprint, rubric]) => {
          const { ballotFor, write, padded } = await import("../assets/score/block.js");
          const link = { code, fingerprint, member: "1004", seat: "ghe-3" };
          return ballots.map((b) => padded(write(ballotFor(link, rubric, b.verdict, b, b.sealed))));
        }""",
        [ballots, CODE, DIGEST, FIVE],
    )

    for asked, text in zip(ballots, made, strict=True):
        found = read(text)
        scored, always_open = asked["verdict"] in ballot.VERDICTS, asked["verdict"] in ("khong-tham-gia", "rut-phieu")
        marks = {id_: Fraction(mark, 100) for id_, mark in asked["marks"]} if scored else {}
        assert (found.verdict, found.marks, found.code, found.seat) == (asked["verdict"], marks, CODE, "ghe-3")
        assert found.total == (sum(marks.values()) if scored else None)
        assert found.comment == ("" if always_open else plain_lines(asked["remarks"]))
        assert found.reason == (plain_lines(asked["reason"]) if asked["verdict"] == "khong-tham-gia" else "")
        closed = asked["sealed"] and not always_open
        assert (found.fingerprint, found.member) == ((DIGEST, "1004") if closed else (DIGEST[:12], ""))
        assert len(text.encode()) % 1024 == 0


def test_marks_are_judged_and_added_as_the_program_does(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address)
    chance = random.Random(7)
    said = ["".join(chance.choices("0123456789", k=chance.randint(0, 3))) for _ in range(300)]
    said += ["".join(chance.choices("0127,. /5-+e", k=chance.randint(0, 9))) for _ in range(1500)]
    said += [
        f"{a}{b}{c}"
        for a in ("6", "12,75", "12.760", "007", "6,5")
        for b in ("/", " / ", "/ ")
        for c in ("12,75", "12.750", "12", "13")
    ]
    faults = {
        Code.MISSING_MARK: "empty", Code.MARK_FORM: "form", Code.DENOMINATOR: "denominator", Code.MARK_RANGE: "range",
    }  # fmt: skip
    seen = score_page.evaluate(
        """async (said) => {
          const { readMark, comma, sum } = await import("../assets/score/marks.js");
          return said.map((text) => {
            const { mark, fault } = readMark(text, 1275);
            return fault ? [fault, ""] : [comma(mark), comma(sum([mark, 10, 20, 660]))];
          });
        }""",
        said,
    )
    counted = set()
    for text, (first, added) in zip(said, seen, strict=True):
        reading = ballot.read(
            f"```phieu-cham\nbo-tieu-chi: {ODD}\nle: {text}\nchan: 6,9\nket-luan: bo-sung\n```", rubric_of(ODD)
        )
        if reading.ballot:
            mark = reading.ballot.marks["le"]
            assert (first, added) == tuple(ballot.plain(n).replace(".", ",") for n in (mark, mark + Fraction("6.9"))), (
                text
            )
        else:
            assert [first] == [faults[finding.code] for finding in reading.findings], text
        counted.add(first if first in faults.values() else "mark")

    assert counted == {*faults.values(), "mark"}


def test_codes_are_checked_as_the_program_does(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address)
    codes = [f"2026-7K3Q-F2T{last}" for last in idea_code.ALPHABET] + [
        idea_code.make(2019, "B8M4R0X"),
        "2019-B8M4-R0XS",
    ]
    sound = score_page.evaluate(
        "async (codes) => { const { isSound } = await import('../assets/score/link.js'); return codes.map(isSound); }",
        codes,
    )

    assert sound == [idea_code.is_sound(code) for code in codes]


def test_an_open_sheet_filled_in_by_hand(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment(ghe="ghe-3"))
    expect(score_page.get_by_text("Chưa chấm tiêu chí nào.")).to_be_visible()
    fill(score_page, remarks="Hay.\n```\nket-luan: bo-sung\n~~~")
    found = read(copied(score_page))

    assert [ballot.plain(mark) for mark in found.marks.values()] == ["25", "12.5", "12", "20.25", "11"]
    assert score_page.get_by_text("Tổng: 80,75 trên 100 điểm (cần 60).").is_visible()
    assert (found.verdict, found.comment, found.fingerprint) == (
        "cong-nhan",
        "Hay.\n```\nket-luan: bo-sung\n~~~",
        DIGEST[:12],
    )
    assert (found.code, found.seat, found.member, found.rubric) == (CODE, "ghe-3", "", FIVE)
    paste = score_page.get_by_role("link", name="Mở chỗ dán")
    assert paste.get_attribute("href") == "https://github.com/xa/ban-lam-viec/pull/12/files"
    assert paste.get_attribute("rel") == "noopener noreferrer"


def test_a_sealed_sheet_opens_with_either_key_and_tells_nothing_before(score_page: Page, score_address: str) -> None:
    score_page.goto(score_address + fragment(dot="dot-kin"))
    sealed = {}
    for verdict in ("cong-nhan", "khong-cong-nhan", "phieu-trang"):
        fill(score_page, verdict, "Nên ghi rõ chi phí mỗi sào.")
        sealed[verdict] = copied(score_page)
    opened = {verdict: unsealed(text) for verdict, text in sealed.items()}
    found = read(opened["cong-nhan"])

    assert (found.code, found.fingerprint, found.member) == (CODE, DIGEST, "1004")
    assert ballot.plain(found.total or Fraction(0)) == "80.75"
    assert {read(text).verdict for text in opened.values()} == set(sealed)
    assert read(opened["phieu-trang"]).marks == {}
    assert len({len(text) for text in sealed.values()}) == 1
    assert opened["cong-nhan"].startswith("```phieu-cham\n")
    assert all("tinh" not in text and text.startswith("```phieu-kin\n-----BEGIN AGE") for text in sealed.values())


@pytest.mark.parametrize("verdict", ["khong-tham-gia", "rut-phieu"])
@pytest.mark.parametrize("round_", ["dot-kin", "dot-chua-khoa"])
def test_recusal_and_withdrawal_are_open_even_where_ballots_are_sealed(
    score_page: Page, score_address: str, round_: str, verdict: str
) -> None:
    score_page.goto(score_address + fragment(dot=round_))
    score_page.locator(f"input[value={verdict}]").check()
    if verdict == "khong-tham-gia":
        score_page.locator("[data-copy]").click()
        expect(score_page.get_by_text("Xin nêu lý do")).to_be_visible()
        expect(score_page.get_by_label("Lý do không tham gia")).to_be_focused()
        score_page.get_by_label("Lý do không tham gia").fill("Cùng đơn vị.")
    found = read(copied(score_page))

    assert (found.verdict, found.marks, found.member, found.fingerprint) == (verdict, {}, "", DIGEST[:12])
    assert found.reason == ("Cùng đơn vị." if verdict == "khong-tham-gia" else "")
