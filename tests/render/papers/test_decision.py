"""Decisions and what asks for them: plain registers in, the values and the words of a paper out."""

import os
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.table import Table

from places import ROOT
from sangkien.adapters.word import fill
from sangkien.domain.books import Books, Dossier
from sangkien.domain.errors import UsageError
from sangkien.domain.layout import TEMPLATES
from sangkien.domain.paper_source import Source
from sangkien.render.papers.bases import cite, holding
from sangkien.render.papers.catalogue import KINDS
from sangkien.render.papers.frame import DOTS, Paper, Wish

GOLDEN = Path(__file__).parent / "golden" / "quyet-dinh.txt"
BODY = "Ban Thường trực Ủy ban xã Thử"
AUTHORS = {"p-0a1b2c3d": "full", "p-4e5f6g7h": "hidden"}


def basis(key: str, kind: str, number: str, title: str, **more: Any) -> dict[str, Any]:
    told = {"id": key, "kind": kind, "number": number, "title": title, "issued_on": "2017-08-18"}
    return told | {"issuer": "Nơi thử", "confirmed": True, **more}


BASES = {
    "de-an": basis("de-an", "Đề án", "15/ĐA", "Tổ chức phong trào"),
    "cu": basis("cu", "Nghị định", "13/NĐ", "Ban hành Điều lệ", effective_to="2019-12-31", replaced_by="luat"),
    "luat": basis("luat", "Luật", "06/QH", "Luật Thi đua", effective_from="2020-01-01"),
}


def idea(code: str, title: str, kind: str = "sang-kien", **more: Any) -> Any:
    authors = [{"person": key, "share": 50} for key in AUTHORS]
    return {"code": code, "title": title, "kind": kind, "content": "nd2", "unit": "xa-thu-2010", "round": "dot-1"} | {
        "authors": authors,
        **more,
    }


def concluded(number: int, outcome: str, session: str, day: str, **more: Any) -> Any:
    where = {"council": "hd", "session": session, "concluded_on": day}
    return where | {"number": number, "outcome": outcome, "rubric": "2019-1", **more}


def dossier(record: Any, *conclusions: Any, applications: tuple[Any, ...] = ()) -> Dossier:
    return Dossier(folder="", idea=record, conclusions=conclusions, applications=applications)


IDEAS = {
    "A": dossier(
        idea("A", "Tưới <nhỏ> & giọt"),
        concluded(1, "cong-nhan", "phien-1", "2019-06-12", rating="tot"),
        applications=(
            {
                "code": "A",
                "number": 1,
                "unit": "xa-thu-2010",
                "place": "Vườn trường",
                "since": "2019-07-01",
                "result": "Được.",
            },
        ),
    ),
    "B": dossier(
        idea("B", "Họp tổ buổi tối", "cach-lam-moi"), concluded(1, "cong-nhan", "phien-1", "2019-06-12", rating="la")
    ),
    "C": dossier(idea("C", "Chưa được"), concluded(1, "khong-cong-nhan", "phien-1", "2019-06-12")),
    "D": dossier(idea("D", "Mới được"), concluded(1, "cong-nhan", "phien-2", "2020-06-12")),
    "E": dossier(
        idea("E", "Được rồi lại thôi"),
        concluded(1, "cong-nhan", "phien-2", "2020-06-12"),
        concluded(2, "khong-cong-nhan", "phien-3", "2020-12-12"),
    ),
}


def decision(key: str, kind: str, **more: Any) -> dict[str, Any]:
    told = {"id": key, "kind": kind, "number": f"08/QĐ-{key}", "date": "2019-06-25", "issuer": "xa-thu-2010"}
    return told | {"body": BODY, "signer": {"position": "Chủ tịch"}, "legal_bases": ["de-an", "cu"], **more}


def books() -> Books:
    seats = [{"seat": "ghe-1", "role": "pho-chu-tich", "terms": []}]
    letterhead = {
        "id": "dau-giay",
        "unit": "xa-thu-2010",
        "valid_from": "2010-01-01",
        "superior": "Ủy ban xã Thử",
        "body": "Ban Thường trực",
        "symbol": "MT",
        "place": "Thử",
        "authority": "TM. Ban Thường trực",
        "position": "Trưởng ban",
        "recipients": [{"lines": ["Như trên", "Lưu"]}],
    }
    registers: Mapping[str, Any] = {
        "lists": {
            "levels": [{"id": "xa", "name": "xã", "group": "dia-ban"}],
            "awards": [{"id": "giay-khen", "name": "Giấy khen"}],
            "titles": [{"id": "guong", "name": "Gương sáng"}],
        },
        "units": {
            key: {"id": key, "level": "xa", "name": name, "valid_from": "2010-01-01"}
            for key, name in (("xa-thu-2010", "Thử"), ("xa-tren-2010", "Trên"))
        },
        "councils": {"hd": {"id": "hd", "name": "Hội đồng xã Thử", "unit": "xa-thu-2010", "seats": seats}},
        "rubrics": {"2019-1": {"ratings": [{"id": "tot", "label": "Tốt"}]}},
        "legal_bases": BASES,
        "letterheads": {"dau-giay": letterhead},
        "sessions": {
            key: {"id": key, "council": "hd", "agenda": agenda, "chair": "ghe-1"}
            for key, agenda in (("phien-1", ["C", "B", "A"]), ("phien-2", ["E", "D"]), ("phien-3", ["E"]))
        },
        "commendations": {
            key: {"id": key, "award": "giay-khen", "person": person, "reason": "Chỉ lại cho hàng xóm."}
            for key, person in (("gk-1", "p-0a1b2c3d"), ("gk-2", "p-4e5f6g7h"))
        },
        "decisions": {
            "qd-1": decision("qd-1", "cong-nhan", council="hd", codes=["A", "B"], title="Công nhận sáng kiến năm 2019"),
            "qd-2": decision("qd-2", "khen-thuong", commendations=["gk-1", "gk-2"], body="Hội Thử", legal_bases=[]),
            "qd-3": decision("qd-3", "thu-hoi", amends="qd-1", codes=["B"], reason="Đã có nơi làm trước."),
            "qd-4": decision("qd-4", "dinh-chinh", amends="qd-1", reason="Ghi thiếu một chữ; nay ghi đủ."),
            "qd-5": decision("qd-5", "thu-hoi", amends="qd-2", reason="Hồ sơ không đúng."),
        },
        "nominations": {
            "dn-1": {
                "id": "dn-1",
                "code": "A",
                "title": "guong",
                "from_unit": "xa-thu-2010",
                "to_unit": "xa-tren-2010",
                "sent_on": "2019-07-15",
                "status": "da-gui",
                "reason": "Nhiều nhà làm theo.",
            },
            "dn-2": {
                "id": "dn-2",
                "person": "p-0a1b2c3d",
                "from_unit": "xa-thu-2010",
                "to_unit": "xa-tren-2010",
                "status": "dang-soan",
            },
            "dn-3": {
                "id": "dn-3",
                "code": "C",
                "purpose": "xet-lai",
                "council": "hd",
                "from_unit": "xa-thu-2010",
                "to_unit": "xa-thu-2010",
                "status": "dang-soan",
            },
        },
    }
    return Books(**registers)


def person(key: str) -> Any:
    given = {"scope": ["full"], "date": "2018-01-01"}
    shown = AUTHORS[key]
    kind, name = ("ca-nhan", "Nguyễn Thử An") if shown == "full" else ("tap-the", "Tổ giấu tên")
    return {"id": key, "kind": kind, "name": name, "unit": "xa-thu-2010", "display": shown, "consents": [given]}


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setattr("sangkien.domain.idea_code.read", lambda said: said if said in IDEAS else None)
    return Source(books(), IDEAS.get, person, lambda: IDEAS, on="2020-06-20")


def made(source: Source, kind: str, *keys: str) -> list[Paper]:
    maker = KINDS[kind].makes
    assert maker is not None
    return list(maker(source, Wish(kind=kind, keys=keys)))


def told(paper: Paper) -> list[str]:
    return [finding.code.value for finding in paper.findings]


def test_a_signed_decision_prints_what_it_cites_and_lists_its_annex_in_order(source: Source) -> None:
    (paper,) = made(source, "quyet-dinh", "qd-1")
    said = paper.values

    assert said["about"] == "Về việc công nhận sáng kiến năm 2019"
    assert said["head"]["number"] == "Số: 08/QĐ-qd-1"
    assert said["head"]["place_day"] == "Thử, ngày 25 tháng 6 năm 2019"
    assert said["bases"] == [
        "Căn cứ Đề án số 15/ĐA ngày 18 tháng 8 năm 2017 của Nơi thử về tổ chức phong trào;",
        "Căn cứ Nghị định số 13/NĐ ngày 18 tháng 8 năm 2017 của Nơi thử ban hành Điều lệ;",
        "Theo kết luận của Hội đồng xã Thử ngày 12 tháng 6 năm 2019.",
    ]
    assert said["counted"] == "02 (hai) ý, gồm 01 (một) sáng kiến và 01 (một) cách làm mới"
    assert [(row["code"], row["rating"]) for row in said["lines"]] == [("A", "Tốt"), ("B", "–")]
    assert said["lines"][0]["authors"] == "Nguyễn Thử An; Tập thể không công khai tên"
    assert (said["draft"], said["sign"]["position"], said["sign"]["name"]) == (False, "Chủ tịch", "")
    assert told(paper) == ["H978"]  # both bases held on its own day


def test_a_draft_lists_what_the_council_still_recognises_and_keeps_the_bases_that_hold(source: Source) -> None:
    (paper,) = made(source, "quyet-dinh", "phien-2")
    said = paper.values

    assert [row["code"] for row in said["lines"]] == ["D"]
    assert said["draft"]
    assert said["head"]["number"] == "Số:         /QĐ-MT"
    assert said["head"]["place_day"] == "Thử, ngày ……… tháng ……… năm 2020"
    assert (said["number"], said["counted"]) == ("…………/QĐ-MT", "01 (một) sáng kiến")
    assert [line for line in said["bases"] if "13/NĐ" in line] == []
    assert told(paper) == ["H975", "H978"]
    with pytest.raises(UsageError):  # all of it was decided
        made(source, "quyet-dinh", "phien-1")


def test_a_commendation_counts_people_and_groups_and_tells_no_unit_beside_no_name(source: Source) -> None:
    (paper,) = made(source, "quyet-dinh", "qd-2")

    assert paper.values["counted"] == "02 (hai) trường hợp, gồm 01 (một) tập thể và 01 (một) cá nhân"
    assert [(row["name"], row["unit"], row["award"]) for row in paper.values["lines"]] == [
        ("Nguyễn Thử An", "Xã Thử", "Giấy khen"),
        ("Tập thể không công khai tên", "", "Giấy khen"),
    ]
    # Another body than the letterhead's stands in its place.
    assert (paper.values["head"]["superior"], paper.values["head"]["body"]) == ("", "Hội Thử")
    assert paper.values["bases"] == [f"Căn cứ {DOTS}."]


def test_taking_back_and_correcting_are_told_apart(source: Source) -> None:
    back, correction, all_of_it, draft = (
        paper.values for paper in made(source, "quyet-dinh-thu-hoi", "qd-3", "qd-4", "qd-5", "gk-1")
    )

    assert (back["about"], back["correcting"]) == ("Về việc thu hồi việc công nhận", False)
    assert back["items"] == ["1. Mã B: “Họp tổ buổi tối”."]
    assert (correction["about"], correction["correcting"]) == ("Về việc đính chính quyết định công nhận", True)
    assert (all_of_it["items"], all_of_it["what"]) == ([], "biểu dương, khen thưởng")
    assert draft["amended"] == "Quyết định số 08/QĐ-qd-2 ngày 25 tháng 6 năm 2019 của Hội Thử"
    assert draft["items"] == ["1. Giấy khen: Nguyễn Thử An. Thành tích đã nêu: Chỉ lại cho hàng xóm."]
    assert (draft["reason"], draft["draft"]) == (DOTS, True)
    with pytest.raises(UsageError):
        made(source, "quyet-dinh-thu-hoi", "qd-1")
    with pytest.raises(UsageError):  # no decision lists it
        made(source, "quyet-dinh-thu-hoi", "D")


def test_a_council_proposes_only_what_it_recognised(source: Source) -> None:
    of_session, of_decision = made(source, "to-trinh", "phien-1", "qd-1")

    assert [row["code"] for row in of_session.values["lines"]] == ["B", "A"]
    assert of_session.values["to"] == DOTS
    assert of_session.values["head"]["office"].startswith("Hội đồng xã Thử")
    assert of_session.values["sign"]["position"] == "Phó Chủ tịch"
    assert of_session.values["days"] == "ngày 12 tháng 6 năm 2019"
    assert [row["code"] for row in of_decision.values["lines"]] == ["A", "B"]
    assert of_decision.values["to"] == BODY


def test_a_nomination_tells_only_what_is_on_record(source: Source) -> None:
    of_idea, of_person, again = (paper.values for paper in made(source, "de-nghi-cap-tren", "dn-1", "dn-2", "dn-3"))

    assert of_idea["about"] == "Về việc đề nghị xét danh hiệu “Gương sáng”"
    assert of_idea["to"] == "………… xã Trên"
    (result,) = of_idea["results"]
    assert result == (
        "Hội đồng xã Thử kết luận công nhận ngày 12 tháng 6 năm 2019, xếp loại Tốt; "
        f"Quyết định số 08/QĐ-qd-1 ngày 25 tháng 6 năm 2019 của {BODY}"
    )
    assert of_idea["applied"] == [{"where": "Xã Thử; Vườn trường", "since": "01/7/2019", "result": "Được."}]
    assert (of_person["reasons"], len(of_person["results"])) == ([], 1)
    assert of_person["subject"][0] == "Tập thể, cá nhân được đề nghị: Nguyễn Thử An"
    assert (again["to"], again["about"]) == ("Hội đồng xã Thử", "Về việc đề nghị xét lại")
    assert again["results"] == ["Hội đồng xã Thử kết luận chưa công nhận ngày 12 tháng 6 năm 2019"]


def test_bases_are_cited_as_preambles_do_and_lapsed_ones_are_told() -> None:
    assert cite(BASES["luat"]) == "Luật Thi đua số 06/QH ngày 18 tháng 8 năm 2017"
    assert cite(basis("a", "Kế hoạch", "Kế hoạch năm 2019", "Việc năm 2019")) == (
        "Kế hoạch năm 2019 ngày 18 tháng 8 năm 2017 của Nơi thử về việc năm 2019"
    )
    kept, findings = holding(["de-an", "cu"], books(), "2020-01-01")
    assert (kept, [one.code.value for one in findings]) == (["de-an"], ["H975"])


def test_the_words_of_the_papers(source: Source) -> None:
    wanted = {"quyet-dinh": ("qd-1", "phien-2", "qd-2"), "quyet-dinh-thu-hoi": ("qd-3", "qd-4", "qd-5", "A"),
              "to-trinh": ("phien-1",), "de-nghi-cap-tren": ("dn-1", "dn-2")}  # fmt: skip
    papers = [paper for kind, keys in wanted.items() for paper in made(source, kind, *keys)]
    text = "\n".join(line for paper in papers for line in (f"== {paper.name}", *_words(paper), ""))

    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def _words(paper: Paper) -> Iterator[str]:
    """Give the words of a filled paper, a row of a table on a line."""
    filled = Document(BytesIO(fill(ROOT / TEMPLATES / f"{paper.kind}.docx", paper.values)))
    for part in filled.iter_inner_content():
        rows = (
            [" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in part.rows]
            if isinstance(part, Table)
            else [part.text]
        )
        yield from (row for row in rows if row.strip())
