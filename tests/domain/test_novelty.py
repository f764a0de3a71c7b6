import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import novelty
from sangkien.domain.novelty import Entry, Statistics, kept_tokens, question, score, score_of_tokens, terms_of
from sangkien.domain.passages import Finder, Passage, clauses, differences
from sangkien.domain.set_aside import SetAside, read, syllables

LISTS: Any = {
    "levels": [{"id": "xa", "name": "xã"}, {"id": "truong", "name": "trường"}],
    "novelty": {
        "boilerplate": ["trên địa bàn", "thành phố Hồ Chí Minh", "TP HCM", "TPHCM"],
        "organisation_words": ["xã", "bệnh viện", "bệnh viện đa khoa", "trường", "trường cao đẳng", "TP"],
    },
}
UNITS: Any = [
    {"level": "xa", "name": "Gia Kiệm"},
    {"level": "xa", "name": "Thống Nhất", "aliases": ["Thống Nhứt"]},
    {"level": "truong", "name": "THCS Đất Đỏ"},
]
SET_ASIDE = SetAside.of(LISTS, UNITS)
NOTHING = SetAside()


def aside(text: str, known: SetAside = SET_ASIDE) -> str:
    words = read(text)
    return " ".join(" ".join(words.written[start:end]) for start, end in known.spans(words))


@pytest.mark.parametrize(
    "typed",
    [
        "Đoàn kết hoà thuận, kĩ thuật tưới",
        "đoàn  kết\nhòa thuận kỹ thuật tưới",
        "ĐOÀN KẾT HÒA THUẬN KỸ THUẬT TƯỚI",
        "doan ket hoa thuan ky thuat tuoi",
        unicodedata.normalize("NFD", "Đoàn kết – hoà thuận: “kỹ thuật tưới”"),
        "Đo\u00adàn kết ho\u200bà thuận kỹ thuật tưới",
    ],
)
def test_spelling_makes_no_difference(typed: str) -> None:
    expected = terms_of("", ["doan ket hoa thuan ki thuat tuoi"], NOTHING)

    assert terms_of("", [typed], NOTHING) == expected
    assert "doan_ket" in expected.body


def test_i_and_y_differ_inside_a_syllable() -> None:
    assert syllables("tai tay, quý quí, yêu, y tế") == ["tai", "tay", "quy", "qui", "yeu", "y", "te"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tưới tiết kiệm tại xã Gia Kiệm", "xã Gia Kiệm"),
        ("tuoi tiet kiem tai xa gia kiem", "xa gia kiem"),
        ("Vườn rau ở Gia Kiệm", "Gia Kiệm"),
        ("Toàn dân thống nhất một lòng", ""),
        ("Nhân dân Thống Nhất trồng rau", "Thống Nhất"),
        ("Vườn trường THCS Đất Đỏ xanh", "trường THCS Đất Đỏ"),
        ("Giảm chờ tại Bệnh viện Hữu nghị Đa khoa Nghệ An năm 2025", "Bệnh viện Hữu nghị Đa khoa Nghệ An"),
        ("Giảm chờ tại bệnh viện đa khoa Nghệ An", "bệnh viện đa khoa Nghệ An"),
        ("Rác thải trong bệnh viện cần phân loại", ""),
        ("Nhà ở xa Trung tâm nên khó đi", ""),
        ("Học ở trường Cao đẳng Kinh tế TP.HCM, khoa Du lịch", "trường Cao đẳng Kinh tế TP HCM"),
        ("Học ở trường Cao đẳng Kinh tế.", "trường Cao đẳng Kinh tế"),
        ("Người dân trên địa bàn TPHCM", "trên địa bàn TPHCM"),
        ("TẠI TRƯỜNG CAO ĐẲNG NGHỀ DÙNG MÃ QR", ""),
        ("TƯỚI NHỎ GIỌT TẠI XÃ GIA KIỆM", "XÃ GIA KIỆM"),
        ("Trường", ""),
        ("Gồm xã Gia Kiệm, TP", "xã Gia Kiệm"),
        ("Ở TPHCM, ở TP HCM, ở bệnh viện đa khoa", "TPHCM TP HCM"),
        ("", ""),
    ],
)
def test_names_of_organisations_are_set_aside(text: str, expected: str) -> None:
    assert aside(text) == expected


def test_set_aside_is_kept_apart_from_what_counts() -> None:
    terms = terms_of("Tưới nhỏ giọt tại xã Gia Kiệm", ["Đỡ nước."], SET_ASIDE)

    assert terms.title == ("tuoi", "nho", "giot", "tai", "tuoi_nho", "nho_giot", "giot_tai")
    assert terms.body == (*terms.title, "do", "nuoc", "do_nuoc")
    assert terms.aside == ("xa", "gia", "kiem", "xa_gia", "gia_kiem")


def test_without_lists_nothing_but_units_is_set_aside() -> None:
    assert SetAside.of(None, []) == NOTHING
    assert SetAside.of(None, UNITS).names == ("Gia Kiệm", "THCS Đất Đỏ", "Thống Nhất", "Thống Nhứt")


def test_fingerprint_tells_the_kinds_apart() -> None:
    assert SetAside(("a",), ()).fingerprint() != SetAside((), ("a",)).fingerprint()


def in_body(frequency: Mapping[str, int] | None = None) -> dict[str, Mapping[str, int]]:
    """Say how many ideas have a term in the body, and none anywhere else."""
    return {"title": {}, "body": frequency or {}, "aside": {}, "tokens": {}}


def ask(text: str, ideas: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Put ideas in order as the index would, without one."""
    entries = [Entry(code=code, title=texts[0], status="dang-xet", texts=texts[1:]) for code, texts in ideas.items()]
    of = {entry.code: novelty.terms_of_entry(entry, SET_ASIDE) for entry in entries}
    frequencies = {name: Counter(term for t in of.values() for term in set(t.of(name))) for name in novelty.FIELDS}
    averages = {name: sum(len(t.of(name)) for t in of.values()) / len(of) for name in novelty.FIELDS}
    asked = question(terms_of("", [text], SET_ASIDE), in_body() | frequencies, Statistics(len(entries), averages))
    values = {code: score(asked, terms) for code, terms in of.items()}
    return sorted((code for code in values if values[code]), key=lambda code: -values[code])


def test_one_school_under_two_names() -> None:
    ideas = {
        "same": (
            "Giải pháp sử dụng hiệu quả và tiết kiệm năng lượng tại trường Cao đẳng Kinh tế Thành phố Hồ Chí Minh",
        ),
        "school": ("Cải tiến giảng dạy kế toán tại trường Cao đẳng Kinh tế TP.HCM",),
        "other": ("Bảng theo dõi nghỉ phép",),
    }
    text = "Giải pháp sử dụng hiệu quả và tiết kiệm năng lượng tại trường Cao đẳng Kinh tế TP.HCM"

    assert ask(text, ideas)[0] == "same"


def test_a_shared_organisation_weighs_less_than_a_shared_matter() -> None:
    filler = {f"f{n}": (f"Việc khác số {n} tại Bệnh viện Nhi Biên Hòa",) for n in range(3)}
    ideas = filler | {"matter": ("Thẻ màu phân luồng người bệnh ở khoa khám",)}

    assert ask("Phân luồng người bệnh bằng thẻ màu tại Bệnh viện Nhi Biên Hòa", ideas)[0] == "matter"


def test_no_more_than_the_rarest_terms_are_asked_for() -> None:
    terms = terms_of("", [" ".join(f"a{n}" for n in range(300))], NOTHING)
    frequency = {term: number + 1 for number, term in enumerate(dict.fromkeys(terms.body))}
    asked = question(terms, in_body(frequency), Statistics(1000, {}))

    assert len(asked.rarity) == novelty.MOST_TERMS
    assert sum("_" not in term for term in asked.rarity) == novelty.MOST_SYLLABLES
    assert {"a0", "a29", "a0_a1"} <= asked.rarity.keys()
    assert not {"a30", "a299"} & asked.rarity.keys()


def test_the_title_is_asked_for_however_common() -> None:
    terms = terms_of("tưới nhỏ giọt", [" ".join(f"a{n}" for n in range(300))], NOTHING)
    asked = question(terms, in_body(dict.fromkeys(terms.body, 1) | {"tuoi": 90, "nho": 99}), Statistics(100, {}))

    assert {"tuoi", "nho", "giot", "tuoi_nho", "nho_giot"} <= asked.rarity.keys()
    assert len(asked.rarity) == novelty.MOST_TERMS


def test_what_every_idea_has_gives_way() -> None:
    terms = terms_of("", [" ".join(f"a{n}" for n in range(25))], NOTHING)
    often = question(terms, in_body(dict.fromkeys(terms.body, 90)), Statistics(100, {}))
    seldom = question(terms, in_body(dict.fromkeys(terms.body, 9)), Statistics(100, {}))

    assert sum("_" not in term for term in often.rarity) == novelty.FEW_SYLLABLES
    assert sum("_" not in term for term in seldom.rarity) == 25


def test_what_no_idea_has_is_not_asked_for() -> None:
    asked = question(terms_of("", ["một hai ba"], NOTHING), in_body({"hai": 1}), Statistics(5, {}))

    assert list(asked.rarity) == ["hai"]


def test_a_stub_with_all_syllables_scores_as_the_text_itself() -> None:
    text = "Ghế hái tiêu có bánh xe từ khung xe đạp hỏng"
    terms = terms_of("", [text], NOTHING)
    asked = question(terms, in_body(dict.fromkeys(terms.body, 2)), Statistics(50, dict.fromkeys(novelty.FIELDS, 20.0)))
    tokens = kept_tokens(text, [])

    assert tokens == sorted({"ghe", "hai", "tieu", "co", "banh", "xe", "tu", "khung", "dap", "hong"})
    assert score_of_tokens(asked, tokens) == pytest.approx(asked.itself)
    assert 0 < score_of_tokens(asked, tokens[:5]) < asked.itself / 2
    assert score_of_tokens(asked, []) == 0


def test_passages_show_where_texts_match() -> None:
    new = "Ứng dụng công cụ Quizizz trong giảng dạy môn Thanh toán quốc tế. Học viên được thưởng sao."
    old = ("Ứng dụng công cụ Blooket trong giảng dạy môn Thanh toán quốc tế", "Trời mưa thì nghỉ.")
    rarity = dict.fromkeys(terms_of("", [new], NOTHING).body, 1.0)

    (passage,) = Finder([new], rarity).passages(old)

    assert passage == Passage(new.split(". ", maxsplit=1)[0] + ".", old[0])
    told_new, told_old = differences(passage)
    assert [s.text for s in told_new if not s.same] == ["Quizizz"]
    assert [s.text for s in told_old if not s.same] == ["Blooket"]


def test_marks_tell_words_apart_only_where_both_sides_have_them() -> None:
    written, _ = differences(Passage("cây tưới hoà", "cây tuổi hòa"))
    bare, _ = differences(Passage("cay tuoi hoa", "cây tuổi hòa"))

    assert [s.text for s in written if not s.same] == ["tưới"]
    assert all(s.same for s in bare)


def test_words_alike_only_without_marks_make_no_passage() -> None:
    assert Finder(["tưới dụng"], {"tuoi": 1.0, "dung": 1.0}).passages(["tuổi dùng"]) == ()


def test_clauses_are_short() -> None:
    endless = " ".join(["chữ"] * 200)

    assert clauses(["Một. Hai!\n- Ba; bốn", ""]) == ["Một.", "Hai!", "Ba;", "bốn"]
    assert max(clause.count(" ") for clause in clauses([endless, f"a, {endless}"])) < 50
    assert max(map(len, clauses(["x" * 5000]))) <= 601


anything = st.text(max_size=300) | st.text(alphabet="aă đĐ.ộ\u0301TPHCMxã,;\n\u200b", max_size=200)


@given(anything, anything)
def test_any_text_can_be_compared(new: str, old: str) -> None:
    terms = terms_of(new, [old], SET_ASIDE)
    frequency = dict.fromkeys((*terms.body, *terms.aside), 1)
    asked = question(terms, dict.fromkeys(in_body(), frequency), Statistics(2, dict.fromkeys(novelty.FIELDS, 3.0)))

    assert len(asked.rarity) <= novelty.MOST_TERMS
    assert score(asked, terms) >= 0
    assert score_of_tokens(asked, kept_tokens(new, [old])) >= 0
    for passage in Finder([new], asked.rarity).passages([old]):
        for side, told in zip((passage.new, passage.old), differences(passage), strict=True):
            assert syllables(" ".join(segment.text for segment in told)) == syllables(" ".join(side.split()))


@given(st.text())
def test_every_syllable_has_its_folded_form(text: str) -> None:
    words = read(text)

    assert len(words.written) == len(words.folded) == len(words.gaps)


@given(anything)
def test_folding_forgives_every_normal_form(text: str) -> None:
    tidied = unicodedata.normalize("NFC", text)

    assert syllables(unicodedata.normalize("NFD", tidied)) == syllables(tidied)


def test_a_sequence_cut_short_by_the_end_is_none() -> None:
    known = SetAside(("xã", "xã Gia Kiệm"))

    assert aside("ở xã", known) == "xã"
    assert aside("ở xã Gia", known) == "xã"
