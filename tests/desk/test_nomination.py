"""A nomination that puts an idea before a council: judged, shown and received as an idea is."""

from typing import Any

import pytest
from desk_room import PROPOSER, SECRETARY, STRANGER, DeskRoom, run
from test_validate_pr import FOLDER, PEOPLE, idea, person

from sangkien.domain import notation

pytest_plugins = ["desk_fixtures"]

CODE = "2018-ZGNS-08CZ"
FILE = "content/register/nominations/dn-2018-zgns-08cz-1.yml"

FIELD = "content/register/fields/moi.yml"


def record(**changed: Any) -> bytes:
    made: dict[str, Any] = {
        "version": 1, "sample": True, "id": "dn-2018-zgns-08cz-1", "purpose": "cap-tren", "council": "hd-mau-2026",
        "round": "dot-mau-2026", "reason": "Bốn xã đã làm theo.", "code": CODE, "from_unit": "xa-gia-kiem-2025",
        "to_unit": "thanh-pho-dong-nai-2026", "sent_on": "2026-11-20", "status": "da-gui", **changed,
    }  # fmt: skip
    return notation.write({key: value for key, value in made.items() if value is not None}).encode()


def test_a_case_waits_for_its_council_as_an_idea_does(room: DeskRoom) -> None:
    number = room.propose({FILE: record()})

    assert room.judge(number).findings == ()

    assert room.statuses(number) == {"ideas/validate": "success", "council/score": "pending"}
    assert room.labels(number) == {"chờ tiếp nhận"}
    (told,) = room.remarks(number)
    for expected in ("Hội đồng xét sáng kiến mẫu năm 2026", "Bốn xã đã làm theo", f"ma-so: {CODE}", "van-tay="):
        assert expected in told
    assert told.count(CODE) == told.replace(f" {CODE})", "").count(CODE)  # it is no neighbour of itself

    room.ask(STRANGER, "POST", f"/issues/{number}/comments", {"body": "/tiep-nhan"})
    assert room.attend(number) == {number: "nothing"}
    assert room.labels(number) == {"chờ tiếp nhận"}
    room.ask(SECRETARY, "POST", f"/issues/{number}/comments", {"body": "/tiep-nhan"})
    assert room.attend(number) == {number: "received"}
    assert room.labels(number) == {"đã tiếp nhận"}
    assert any(CODE in remark and "tiếp nhận hồ sơ" in remark for remark in room.remarks(number))
    room.judge(number)
    assert room.statuses(number)["council/score"] == "pending"
    assert room.labels(number) == {"đã tiếp nhận"}


def test_only_the_named_council_s_secretary_receives_a_case_whatever_its_title_says(room: DeskRoom) -> None:
    number = room.propose({FILE: record(council="hd-dong-nai-2020", round="dot-mau-2026")})
    # This title would be an idea's, of a round whose secretary may give orders.
    room.ask(PROPOSER, "PATCH", f"/pulls/{number}", {"title": f"Ý {CODE}"})
    room.ask(SECRETARY, "POST", f"/issues/{number}/comments", {"body": "/tiep-nhan"})

    assert {f.code.value for f in room.judge(number).errors} >= {"E341", "E342"}
    assert room.attend(number) == {number: "nothing"}
    assert any("Chỉ thư ký" in remark for remark in room.remarks(number))


@pytest.mark.parametrize(
    ("changes", "expected", "score"),
    [
        ({FILE: record(council=None, round=None)}, set(), "success"),
        ({FILE: record(), FIELD: b"version: 1\nid: moi\nname: X\norder: 9\n"}, {"E721"}, "success"),
        ({FILE: record(code="2019-8NPN-GFYX")}, {"E317"}, "pending"),
    ],
)  # fmt: skip
def test_what_else_a_nomination_may_be(
    room: DeskRoom, changes: dict[str, bytes | None], expected: set[str], score: str
) -> None:
    number = room.propose(changes)

    assert {f.code.value for f in room.judge(number).errors} == expected
    assert room.statuses(number)["council/score"] == score


def test_an_idea_said_to_be_one_recognised_higher_is_shown_so_and_kept_out_where_the_round_says_so(
    room: DeskRoom,
) -> None:
    for name, old, new in (
        ("councils/hd-mau-2026", "unit: thanh-pho-dong-nai-2026", "unit: xa-gia-kiem-2025"),
        ("rounds/dot-mau-2026", "ballots: open", "ballots: open\nexcludes:\n- recognised_by_levels:\n  - tinh"),
    ):
        file = room.clone / f"content/register/{name}.yml"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qam", "x", cwd=room.clone)
    run("git", "push", "-q", "origin", "HEAD:main", cwd=room.clone)
    number = room.propose({f"{FOLDER}/idea.yml": idea(same_as=[CODE]), PEOPLE: person()})

    assert {f.code.value for f in room.judge(number).errors} == {"E348"}

    (told,) = room.remarks(number)
    assert f"ý {CODE} đã được cấp trên ghi nhận: huyện Thống Nhất (ngày 12/11/2018) và tỉnh Đồng Nai" in told
    other = room.propose({f"{FOLDER}/idea.yml": idea(title="Tưới nhỏ giọt bằng chai nhựa cũ"), PEOPLE: person()})
    assert room.judge(other).errors == []  # alike is shown, and bars nothing
    assert "Ý này đã được cấp trên ghi nhận: huyện Thống Nhất" in room.remarks(other)[0]
