"""A session's papers in one packet: which there are, in which folder, and what the sheet on top says of them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from sangkien.cli import main
from sangkien.domain.books import Books, Dossier
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding
from sangkien.domain.paper_source import Source
from sangkien.render.papers import packet
from sangkien.render.papers.kinds import Kind

GOLDEN = Path(__file__).parent / "golden" / "doc-truoc.txt"
CODES = ("2019-8VMV-M3ET", "2019-G3AK-DTCT", "2019-KXKG-XMZ8")
SESSION = packet.Subject(session="phien-1")
KINDS = (
    *("giay-bien-nhan", "giay-moi", "bien-ban-hop", "to-trinh"),
    *("quyet-dinh", "quyet-dinh-thu-hoi", "giay-chung-nhan", "ky-yeu"),
)


def dossier(code: str, **outcomes: str) -> Dossier:
    """Give an idea with its conclusions by session."""
    conclusions: Any = [
        {"council": "hd", "number": number, "session": session.replace("_", "-"), "outcome": outcome}
        for number, (session, outcome) in enumerate(outcomes.items(), 1)
    ]
    return Dossier(folder="", idea=cast("Any", {"code": code}), conclusions=conclusions)


def source() -> Source:
    """Give two sessions: one idea was put off in the first and recognised in the second, each with its decision."""
    ideas = {
        CODES[0]: dossier(CODES[0], phien_1="cong-nhan"),
        CODES[1]: dossier(CODES[1], phien_1="bo-sung", phien_2="cong-nhan"),
        CODES[2]: dossier(CODES[2], phien_1="khong-cong-nhan"),
    }
    sessions = {
        key: {"id": key, "council": "hd", "date": day, "agenda": list(codes), "sample": True}
        for key, day, codes in (("phien-1", "2019-06-12", CODES), ("phien-2", "2019-12-05", CODES[1:2]))
    }
    decisions = {
        key: {"id": key, "kind": kind, "number": f"{key}/QĐ", "date": day, "body": "Ban (mẫu)", "council": "hd"} | more
        for key, kind, day, more in (
            ("qd-1", "cong-nhan", "2019-06-25", {"codes": [CODES[0]]}),
            ("qd-2", "cong-nhan", "2019-12-20", {"codes": [CODES[1]]}),
            ("qd-khac", "cong-nhan", "2019-12-21", {"codes": [CODES[0]], "council": "hd-khac"}),
            ("qd-thoi", "thu-hoi", "2020-01-02", {"amends": "qd-1"}),
        )
    }
    councils = {"hd": {"id": "hd", "name": "Hội đồng (mẫu)"}}
    books = Books(**cast("Any", {"sessions": sessions, "decisions": decisions, "councils": councils}))
    return Source(books, ideas.get, lambda _: None, lambda: ideas, on="2019-12-30")


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalogue have a few kinds, and one that no packet holds."""
    monkeypatch.setattr(packet, "KINDS", {name: Kind(name=name, english=name, of="") for name in KINDS})


def listed(key: str) -> list[tuple[str, ...]]:
    return [(item.folder, item.kind.name, *item.keys) for item in packet.items(source(), packet.subject(source(), key))]


def test_a_session_s_packet_holds_its_own_papers_and_those_of_the_decisions_on_what_it_recognised() -> None:
    own = [
        ("1-truoc-phien", "giay-moi"),
        ("2-tai-phien", "bien-ban-hop"),
        ("3-trinh-ky", "to-trinh"),
        ("3-trinh-ky", "quyet-dinh"),
    ]
    signed = [("4-sau-khi-ky", "quyet-dinh"), ("4-sau-khi-ky", "giay-chung-nhan")]

    for session, decision in (("phien-1", "qd-1"), ("phien-2", "qd-2")):
        assert listed(session) == [
            *((folder, kind, session) for folder, kind in own),
            *((folder, kind, decision) for folder, kind in signed),
        ]


def test_a_decision_s_packet_holds_what_its_kind_asks_for() -> None:
    assert [kind for _, kind, _ in listed("qd-1")] == ["quyet-dinh", "giay-chung-nhan"]
    assert [kind for _, kind, _ in listed("qd-thoi")] == ["quyet-dinh-thu-hoi"]
    with pytest.raises(UsageError):
        listed("phien-9")


def test_an_idea_s_packet_is_for_who_hands_it_in() -> None:
    assert listed(CODES[2].lower()) == [("0-tiep-nhan", "giay-bien-nhan", CODES[2])]
    pull = packet.Subject(ideas=CODES[:2], pull=12)
    assert pull.key == "#12"
    assert [item.keys for item in packet.items(source(), pull)] == [CODES[:2]]


def filled() -> Iterator[packet.Item]:
    """Give a packet of which some was made, and some was not for each reason there is."""
    lapsed = Finding(code=Code.BASIS_LAPSED, params={"value": "Số 1/KH (mẫu)", "day": "2019-12-30"})
    for item in packet.items(source(), SESSION):
        if item.kind.name == "to-trinh":
            item.trouble = UsageError("paper-template", template="to-trinh.docx", text="unexpected '}'")
        elif item.kind.name == "giay-chung-nhan":
            item.trouble = UsageError("no-such", value="qd-1")
        elif item.kind.name != "giay-moi":
            item.names, item.findings = [f"{item.kind.name}-{item.keys[0]}.docx"], [lapsed]
        yield item


def test_the_sheet_on_top() -> None:
    told = packet.top(source(), SESSION, list(filled()))

    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")
    assert "có giá trị" in told


def test_a_packet_is_for_one_session_or_decision() -> None:
    run = CliRunner().invoke(main, ["paper", "phien", "phien-2019-1", "phien-2019-2"])

    assert run.exit_code == 2
