"""The yearbook: which ideas a year's book holds, who is named where, and that each idea keeps to its page."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from sangkien.adapters.darkroom import Darkroom
from sangkien.adapters.press import Press
from sangkien.domain.books import Books, Dossier
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.render.papers.catalogue import KINDS
from sangkien.render.papers.frame import Wish
from sangkien.render.sheets import Sheet

UNITS: Any = {
    "huyen": {"id": "huyen", "level": "huyen", "name": "huyện Mẫu", "valid_from": "2003-01-01"},
    **{
        key: {
            "id": key, "level": "xa", "name": name, "valid_from": "2003-01-01",
            "parents": [{"unit": "huyen", "from": "2003-01-01"}],
        }
        for key, name in (("xa-a", "xã Đồi"), ("xa-b", "xã Ân"))
    },
}  # fmt: skip
PEOPLE: dict[str, Any] = {
    key: {
        "id": key, "kind": kind, "name": name, "unit": unit, "display": display,
        "consents": [{"scope": [display], "date": "2019-01-01"}] if display != "hidden" else [],
    }
    for key, kind, name, unit, display in (
        ("p-1", "ca-nhan", "Trần Mẫu Ánh", "xa-a", "full"),
        ("p-2", "ca-nhan", "Lê Mẫu An", "xa-a", "full"),
        ("p-3", "ca-nhan", "Lê Mẫu Đào", "xa-b", "full"),
        ("p-4", "ca-nhan", "Lê Mẫu Đào", "xa-a", "full"),
        ("p-5", "ca-nhan", "Vũ Mẫu Kín", "xa-a", "hidden"),
        ("p-6", "ca-nhan", "Đỗ Mẫu Dung", "xa-b", "initials"),
        ("p-7", "tap-the", "Tổ Mẫu", "xa-b", "full"),
    )
}  # fmt: skip
REGISTERS: dict[str, Any] = {
    "movement": {"short_name": "Mẫu", "name": "Phong trào Mẫu", "organiser": "Ban Mẫu", "site_title": "Bảng mẫu"},
    "units": UNITS,
    "contents": {
        key: {"id": key, "order": order, "name": name} for key, order, name in (("b", 2, "Sau"), ("a", 1, "Đầu"))
    },
    "rounds": {"d1": {"id": "d1", "council": "hd", "publish": "on-decision"}},
    "commendations": {
        "bd-1": {
            "id": "bd-1", "award": "x", "person": "p-6", "date": "2019-09-01", "issuer": "huyen", "reason": "Tận tình",
        },
    },
    "decisions": {
        key: {
            "id": key, "kind": kind, "number": key.upper(), "date": date, "issuer": "huyen", "body": "Ban Mẫu",
            "council": "hd", "codes": codes.split(),
        }
        for key, kind, date, codes in (
            ("qd-1", "cong-nhan", "2019-05-01", "2018-AAAA-AAAA 2019-BBBB-BBBB 2019-CCCC-CCCC 2019-DDDD-DDDD"),
            ("qd-2", "cong-nhan", "2020-05-01", "2019-EEEE-EEEE"),
            ("qd-3", "thu-hoi", "2020-01-01", "2019-CCCC-CCCC"),
        )
    },
}  # fmt: skip
BOOKS = Books(**REGISTERS)


def idea(code: str, *people: str, **more: Any) -> Dossier:
    record: Any = {
        "code": code, "kind": "sang-kien", "title": f"Ý {code[5:9]}", "content": "a", "field": "x", "unit": "xa-a",
        "round": "d1", "submitted_on": "2019-01-05", "authors": [{"person": person, "share": 1} for person in people],
        "before": "Khó.", "after": "Dễ.", "how_to": "1. Đào\n2. Lấp\nLưu ý: coi chừng", "cost": {"amount": 0},
    }  # fmt: skip
    conclusion: Any = {
        "code": code, "council": "hd", "number": 1, "round": "d1", "outcome": "cong-nhan", "concluded_on": "2019-04-01",
        "reasons": "Vì hay.",
    }  # fmt: skip
    kept = {key: more.pop(key) for key in ("withdrawn", "applications", "corrections") if key in more}
    return Dossier(folder=f"ideas/{code}", idea=record | more, conclusions=(conclusion,), **kept)


APPLIED: Any = {"unit": "xa-b", "number": 1, "since": "2019-08-01", "place": "Tổ 2"}
IDEAS = {
    "2018-AAAA-AAAA": idea("2018-AAAA-AAAA", "p-1", "p-5", "p-7", applications=(APPLIED,)),
    "2019-BBBB-BBBB": idea("2019-BBBB-BBBB", "p-2", "p-3", "p-4", "p-6", unit="xa-b", content="b"),
    "2019-CCCC-CCCC": idea("2019-CCCC-CCCC", "p-1"),
    "2019-DDDD-DDDD": idea("2019-DDDD-DDDD", "p-1", withdrawn={"code": "2019-DDDD-DDDD"}),
    "2019-EEEE-EEEE": idea("2019-EEEE-EEEE", "p-1"),
}


def book(*keys: str, ideas: Mapping[str, Dossier] = IDEAS, **more: Any) -> tuple[str, Sheet]:
    source = Source(BOOKS, ideas.get, PEOPLE.get, lambda: ideas, on="2020-02-01", site="https://mau.example/", **more)
    prints = KINDS["ky-yeu"].prints
    assert prints
    return next(iter(prints(source, Wish(kind="ky-yeu", keys=keys))))


def test_a_year_holds_what_was_recognised_in_it_and_still_stands() -> None:
    name, sheet = book("2019")
    sections = [(section["name"], [it["code"] for it in section["ideas"]]) for section in sheet.values["sections"]]

    assert name == "ky-yeu-2019"
    assert sections == [("Đầu", ["2018-AAAA-AAAA"]), ("Sau", ["2019-BBBB-BBBB"])]
    assert [(it["count"], it["label"]) for it in sheet.values["figures"]] == [
        ("2", "ý được công nhận"),
        ("2", "đơn vị có ý"),
        ("6", "tác giả là cá nhân"),
        ("1", "tác giả là tập thể"),
        ("1", "lượt nơi khác làm theo, tính đến ngày 01/02/2020"),
        ("1", "lượt biểu dương, khen thưởng"),
    ]


def test_a_page_tells_the_whole_idea() -> None:
    page = book("2019")[1].values["sections"][0]["ideas"][0]

    assert page["authors"] == "Trần Mẫu Ánh, Tổ Mẫu và tác giả không công khai tên"
    assert page["recognised"] == ["Công nhận theo Quyết định số QD-1 ngày 01/5/2019 của Ban Mẫu"]
    assert page["address"] == "mau.example/ghi-nhan/2018/aaaaaaaa"
    assert [(part["label"], part["lines"]) for part in page["parts"]] == [
        ("Trước", ["Khó."]),
        ("Nay", ["Dễ."]),
        ("Cách làm", ["Đào", "Lấp"]),
        ("Lưu ý", ["Coi chừng"]),
        ("Chi phí", ["Không tốn tiền."]),
        ("Vì sao được ghi nhận", ["Vì hay."]),
        ("Nơi làm theo", ["Tổ 2, xã Ân, từ 01/8/2019."]),
    ]


def test_names_stand_in_vietnamese_order_and_only_those_shown_in_full() -> None:
    values = book("2019")[1].values

    assert [(one["letter"], one["name"], one["places"]) for one in values["people"]] == [
        ("A", "Lê Mẫu An", ["2019-BBBB-BBBB"]),
        ("A", "Trần Mẫu Ánh", ["2018-AAAA-AAAA"]),
        ("Đ", "Lê Mẫu Đào (xã Ân)", ["2019-BBBB-BBBB"]),
        ("Đ", "Lê Mẫu Đào (xã Đồi)", ["2019-BBBB-BBBB"]),
    ]
    assert [one["name"] for one in values["collectives"]] == ["Tổ Mẫu"]
    assert [one["name"] for one in values["units"]] == ["Xã Ân", "Xã Đồi"]
    assert [(one["who"], one["by"]) for one in values["commendations"]] == [
        ("Đ.M.D.", "Huyện Mẫu, ngày 01/9/2019")  # no decision on record: none is told of
    ]


def test_with_names_everybody_is_named_and_the_book_says_so() -> None:
    sheet = book("2019", with_names=True)[1]

    assert "Vũ Mẫu Kín" in [one["name"] for one in sheet.values["people"]]
    assert sheet.values["marks"] == ["Bản lưu trong cơ quan, có tên người không công khai"]
    assert sheet.secret


def test_a_unit_s_book_tells_of_nobody_who_is_not_named_where_they_live() -> None:
    name, sheet = book("2019", "xa-b")

    assert name == "ky-yeu-2019-xa-b"
    assert [it["code"] for section in sheet.values["sections"] for it in section["ideas"]] == ["2019-BBBB-BBBB"]
    assert sheet.values["commendations"] == []  # of somebody in xa-b, who is not named in full


@pytest.mark.parametrize(
    ("keys", "code"),
    [((), "paper-of-what"), (("2017",), "paper-empty-year"), (("2019", "xa-x"), "report-unit")],
)
def test_a_book_of_nothing_is_refused(keys: tuple[str, ...], code: str) -> None:
    with pytest.raises(UsageError, match=code):
        book(*keys)


@pytest.mark.long
def test_each_idea_keeps_to_one_page_whatever_was_written(tmp_path: Path) -> None:
    odd = "#pagebreak() *đậm* $x$ @thuky <nhãn> \\ `mã` ] } "
    given: dict[str, Any] = {
        "2018-AAAA-AAAA": {"before": odd * 150, "after": "a" * 8000, "how_to": "Đào\n" * 900},
        "2019-BBBB-BBBB": {
            "title": "Ư" * 250,
            "figures": {"label": odd, "unit": "kg", "before": "12.5", "after": "3"},
            "images": [{"file": "a.jpg", "alt": odd}],
        },
    }
    ideas = {code: idea(code, *PEOPLE, **more) for code, more in given.items()}
    photo = tmp_path / "ideas/2019-BBBB-BBBB/images/a.jpg"
    photo.parent.mkdir(parents=True)
    Image.new("RGB", (40, 30), "green").save(photo)
    sheet = book("2019", ideas=ideas)[1]
    (made,), (again,) = (
        [data for _, data in Press(tmp_path / at, Darkroom(tmp_path)).print([("a", sheet)])] for at in "ab"
    )

    front, back = 4, 4  # cover, imprint, contents, figures; commendations and three indexes
    assert len(re.findall(rb"/Type ?/Page\b", made)) == front + len(ideas) + back
    assert made == again
