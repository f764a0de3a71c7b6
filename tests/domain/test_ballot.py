import time
import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.ballot import Ballot, plain, read
from sangkien.domain.finding import Code
from sangkien.domain.rubric import Rubric

RUBRIC = Rubric.from_record(
    {
        "id": "2019-1",
        "criteria": [
            {"id": "tinh-moi", "label": "Tính mới", "max_score": 30, "pass_score": 15},
            {"id": "thiet-thuc-hieu-qua", "label": "Tính thiết thực, hiệu quả", "max_score": 25, "pass_score": 13},
            {"id": "tinh-kinh-te", "label": "Tính kinh tế", "max_score": "15", "pass_score": "7.5"},
        ],
        "quorum": "2/3",
        "min_ballots": 3,
        "pass_total": 40,
        "majority": "1/2",
    }
)
LINES = [
    "bo-tieu-chi: 2019-1",
    "tinh-moi: 25",
    "thiet-thuc-hieu-qua: 20",
    "tinh-kinh-te: 12,5",
    "ket-luan: cong-nhan",
]


def block(*lines: str) -> str:
    return "\n".join(["```phieu-cham", *lines, "```"])


def replaced(old: str, *new: str) -> str:
    place = next(i for i, line in enumerate(LINES) if line.startswith(old))
    return block(*LINES[:place], *new, *LINES[place + 1 :])


def codes(body: str) -> list[tuple[Code, int]]:
    return [(finding.code, finding.where.line) for finding in read(body, RUBRIC).findings]


def ballot(body: str) -> Ballot:
    reading = read(body, RUBRIC)
    assert reading.findings == ()
    assert reading.ballot is not None
    return reading.ballot


MARKS = {"tinh-moi": Fraction(25), "thiet-thuc-hieu-qua": Fraction(20), "tinh-kinh-te": Fraction(25, 2)}


def test_read_ballot() -> None:
    read_back = ballot("Thưa hội đồng,\n\n" + block(*LINES, "nhan-xet: |", "  Làm thật.", "", "  Nên ghi rõ: chi phí."))

    assert read_back.marks == MARKS
    assert read_back.total == Fraction(115, 2)
    assert read_back.verdict == "cong-nhan"
    assert read_back.comment == "Làm thật.\n\nNên ghi rõ: chi phí."


@pytest.mark.parametrize(
    "body",
    [
        block(*LINES).replace("\n", "\r\n"),
        block(*LINES).replace("```", "~~~~"),
        "   " + block(*LINES),
        block(*LINES).removesuffix("\n```"),
        block("# phiếu của ghế 2", "", *LINES),
        replaced("tinh-kinh-te", "Tính kinh tế: 12.5/15"),
        replaced("tinh-kinh-te", "TINH KINH TE : 12,50 / 15"),
        replaced("thiet", "Tính thiết thực, hiệu quả: 20,0"),
        replaced("ket-luan", "Kết luận: Công nhận"),
        replaced("ket-luan", "KẾT LUẬN：công nhận"),
        unicodedata.normalize("NFD", replaced("ket-luan", "Kết luận: Công nhận")),
        "> ```phieu-cham\n> ket-luan: bo-sung\n> ```\n\n" + block(*LINES),
        "````\n" + block("ket-luan: bo-sung") + "\n````\n\n" + block(*LINES),
        "- một ý\n\n" + block(*LINES),
        "\ufeff" + block(*LINES),
        block(*LINES).replace("phieu-cham", "phieu-cham 2019-1"),
        replaced("tinh-moi", "\u200btinh\u00ad-mo\u200bi: 25\ufeff"),
        replaced("tinh-moi", "tinh-moi:\u00a025\u00a0/\u202f30"),
        block(*LINES, "", "nhan-xet: tốt"),
    ],
)
def test_read_same_ballot_however_written(body: str) -> None:
    assert ballot(body).marks == MARKS


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Tôi đồng ý.",
        "> " + block(*LINES).replace("\n", "\n> "),
        "~~~\n" + block("a: 1") + "\n~~~",
        "```text\nx\n```",
    ],
)
def test_read_nothing(body: str) -> None:
    reading = read(body, RUBRIC)

    assert (reading.ballot, reading.sealed, reading.has_block, reading.findings) == (None, "", False, ())


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (block(*LINES) + "\n\n" + block(*LINES), Code.SEVERAL_BALLOTS, 9),
        (block(*LINES, "chưa có dấu"), Code.BALLOT_LINE, 7),
        (block(*LINES, "nhan-xet"), Code.BALLOT_LINE, 7),
        (block(*LINES, "tinh-dep: 3"), Code.UNKNOWN_KEY, 7),
        (block(*LINES, "Tính mới: 3"), Code.REPEATED_MARK, 7),
        (replaced("bo-tieu-chi", "bo-tieu-chi: 2020-1"), Code.WRONG_RUBRIC, 2),
        (replaced("bo-tieu-chi"), Code.WRONG_RUBRIC, 1),
        (replaced("ket-luan"), Code.NO_VERDICT, 1),
        (replaced("ket-luan", "ket-luan:"), Code.NO_VERDICT, 5 + 1),
        (replaced("ket-luan", "ket-luan: được"), Code.UNKNOWN_VERDICT, 6),
        (replaced("tinh-moi"), Code.MISSING_MARK, 1),
        (replaced("tinh-moi", "tinh-moi:"), Code.MISSING_MARK, 3),
        (replaced("tinh-moi", "tinh-moi: cao"), Code.MARK_FORM, 3),
        (replaced("tinh-moi", "tinh-moi: -1"), Code.MARK_FORM, 3),
        (replaced("tinh-moi", "tinh-moi: 12,555"), Code.MARK_FORM, 3),
        (replaced("tinh-moi", "tinh-moi: ２５"), Code.MARK_FORM, 3),
        (replaced("tinh-moi", "tinh-moi: 30,01"), Code.MARK_RANGE, 3),
        (replaced("tinh-moi", "tinh-moi: 20/25"), Code.DENOMINATOR, 3),
        (block("bo-tieu-chi: 2019-1", "ket-luan: khong-tham-gia"), Code.NO_REASON, 1),
        ("Tính mới tốt, tinh kinh te khá, Tính thiết thực, hiệu quả cao", Code.NEAR_BALLOT, 1),
        ("- tinh-moi 20\n- tinh-kinh-te 10\n- thiet-thuc-hieu-qua 12", Code.NEAR_BALLOT, 1),
        ("```phieu-kin\nxin chào\n```", Code.SEALED_FORM, 1),
    ],
)
def test_read_fault_on_its_line(body: str, code: Code, line: int) -> None:
    assert codes(body) == [(code, line)]
    assert read(body, RUBRIC).ballot is None


def test_read_all_faults_at_once() -> None:
    body = block("bo-tieu-chi: 1", "tinh-moi: 99", "tinh-kinh-te: x", "la: 1")

    assert [code for code, _ in codes(body)] == [
        Code.NO_VERDICT,
        Code.MISSING_MARK,
        Code.WRONG_RUBRIC,
        Code.MARK_RANGE,
        Code.MARK_FORM,
        Code.UNKNOWN_KEY,
    ]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("Phiếu trắng", "phieu-trang"), ("Rút phiếu", "rut-phieu"), ("KHÔNG THAM GIA", "khong-tham-gia")],
)
def test_read_verdict_without_marks(said: str, verdict: str) -> None:
    read_back = ballot(block("bo-tieu-chi: 2019-1", f"ket-luan: {said}", "lí do: cùng tổ với tác giả"))

    assert (read_back.verdict, read_back.marks, read_back.total) == (verdict, {}, None)
    assert read_back.reason == "cùng tổ với tác giả"


def test_read_sealed() -> None:
    body = "```phieu-kin\n-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n```"

    reading = read(body, RUBRIC)

    assert reading.sealed.startswith("-----BEGIN")
    assert (reading.ballot, reading.has_block, reading.findings) == (None, False, ())


def test_read_confirmation_alone_is_no_ballot() -> None:
    reading = read(block("xac-nhan: 42"), RUBRIC)

    assert (reading.confirms, reading.ballot, reading.findings) == ((42,), None, ())


def test_near_ballot_in_a_quote_is_none() -> None:
    assert codes("> tính mới, tính kinh tế, thiết thực hiệu quả") == []


def test_comment_keeps_its_own_colons_and_joiners() -> None:
    family = "👨\u200d👩\u200d👧"

    assert ballot(block(*LINES, "nhan-xet: tốt： lắm")).comment == "tốt： lắm"
    assert ballot(block(*LINES, "nhan-xet: |", f"  cả nhà {family}")).comment == f"cả nhà {family}"


@pytest.mark.parametrize("piece", ["![", "> ", "- ", "*a ", "```phieu-cham\n", "[a](b "])
def test_read_long_odd_body_soon(piece: str) -> None:
    """GitHub lets a body grow to 65,536 characters; none may hold up a sweep."""
    start = time.perf_counter()
    read(piece * (65_536 // len(piece)), RUBRIC)

    assert time.perf_counter() - start < 1


@given(body=st.text(max_size=400))
def test_read_never_raises(body: str) -> None:
    read(body, RUBRIC)


KEYS = [
    "tinh-moi",
    "Tính kinh tế",
    "nhan-xet",
    "ly-do",
    "ket-luan",
    "bo-tieu-chi",
    "ghe",
    "van-tay",
    "xac-nhan",
    "ma-so",
]
PIECES = st.lists(st.sampled_from([*KEYS, ":", "：", " ", "|", "  ", "1", ",", "/", "#", ">", "cong-nhan"]), max_size=5)


@given(lines=st.lists(PIECES.map("".join), max_size=8))
def test_read_never_raises_within_a_block(lines: list[str]) -> None:
    read(block(*LINES[:2], *lines), RUBRIC)


def spellings(text: str) -> st.SearchStrategy[str]:
    """Give a label as people may type it."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d")).encode("ascii", "ignore").decode()
    forms = [text, text.upper(), text.lower(), unicodedata.normalize("NFD", text), bare, bare.lower().replace(" ", "-")]
    return st.sampled_from(forms)


MARK = st.integers(0, 1500).map(lambda cents: Fraction(cents, 100))


@given(data=st.data(), marks=st.tuples(MARK, MARK, MARK))
def test_label_variants_agree_and_marks_are_exact(data: Any, marks: tuple[Fraction, ...]) -> None:
    lines = ["bo-tieu-chi: 2019-1", "ket-luan: bo-sung"]
    for criterion, mark in zip(RUBRIC.criteria, marks, strict=True):
        said = data.draw(spellings(criterion.label))
        number = plain(mark).replace(".", data.draw(st.sampled_from(".,")))
        over = data.draw(st.sampled_from(["", f"/{plain(criterion.max_score)}"]))
        lines.append(f"{said}: {number}{over}")

    read_back = ballot(block(*data.draw(st.permutations(lines))))

    assert tuple(read_back.marks[c.id] for c in RUBRIC.criteria) == marks
    assert read_back.total == sum(marks)
