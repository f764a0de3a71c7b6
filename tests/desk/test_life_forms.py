"""What people tell of the life of an idea, a club, a problem: a pull request for the secretary to merge."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from desk_room import PROPOSER, SECRETARY, DeskRoom, form_body

from sangkien.domain import idea_code, notation
from sangkien.domain.form import Answer, Box
from sangkien.workflow.filing import Result

pytest_plugins = ["desk_fixtures"]

CODE = "2018-ZGNS-08CZ"
PLACE = f"{idea_code.folder(CODE)}/applications/1.yml"
CLUB = "clb-mau-vuon-tieu"
CLUB_FILE = f"content/register/clubs/{CLUB}.yml"
VISIT: Mapping[str, Answer] = {
    "code": CODE, "number": "1", "date": "1/9/2026", "still": "Làm rộng hơn", "result": "Nay mười hai nhà.",
    "measures": "nước tưới: 40 -> 25 lít mỗi gốc\nsố nhà: 6 -> 12 nhà",
}  # fmt: skip
PROBLEM: Mapping[str, Answer] = {
    "unit": "xa Gia Kiem", "title": "Giữ nước cho vườn trên đất dốc", "need": "Mưa xong là trôi, đã đắp bờ mà vỡ.",
    "field": "Nông nghiệp", "content": "Sản xuất, kinh doanh và hộ gia đình", "until": "30/6/2027",
}  # fmt: skip
NEW_CLUB: Mapping[str, Answer] = {
    "name": "Câu lạc bộ Bếp sạch (mẫu)", "unit": "xã Gia Kiệm", "founded_on": "1/3/2026", "members": "18",
    "summary": "Mười tám nhà cùng thử bếp ít khói.", "codes": CODE.lower(),
}  # fmt: skip
MEETING: Mapping[str, Answer] = {"club": CLUB, "date": "6/9/2026", "what": "Xem vườn ủ lá", "attendance": "21"}
OUTREACH: Mapping[str, Answer] = {
    "unit": "xã Gia Kiệm", "date": "2/9/2026", "form": "Tọa đàm, trao đổi", "title": "Mỗi nhà một cách làm hay",
    "audiences": [Box(label="Công nhân, người lao động", checked=True)], "reach": "120 người",
    "links": "https://sang-kien.example/tin-tuc/", "codes": CODE,
}  # fmt: skip
MODEL: Mapping[str, Answer] = {
    "name": "Ngõ sáng, bếp sạch (mẫu)", "unit": "xã Gia Kiệm", "since": "1/3/2026", "households": "40",
    "summary": "Bốn mươi hộ cùng thắp đèn ngõ.",
}  # fmt: skip


def sent(room: DeskRoom, form: str, answers: Mapping[str, Answer]) -> tuple[int, Result]:
    number = room.file_issue(form_body(form, answers))
    return number, room.intake(number)[number]


def pull_of(room: DeskRoom, issue: int) -> Any:
    (pull,) = [p for p in room.pulls() if p["head"]["ref"] == f"record/{issue}"]
    return pull


def proposed(room: DeskRoom, issue: int) -> dict[str, Any]:
    files = room.files(pull_of(room, issue)["number"])
    return {path: notation.parse(text.encode()).record for path, text in files.items()}


@pytest.mark.parametrize(
    ("form", "answers", "folder", "prefix"),
    [
        ("8-bai-toan.yml", PROBLEM, "problems", "bt"),
        ("9-cau-lac-bo.yml", NEW_CLUB, "clubs", "clb"),
        ("9-viec-phong-trao.yml", OUTREACH, "outreach", "tt"),
        ("9-mo-hinh.yml", MODEL, "models", "mh"),
    ],
)
def test_a_form_becomes_one_record_of_a_register(
    room: DeskRoom, form: str, answers: Mapping[str, Answer], folder: str, prefix: str
) -> None:
    issue, result = sent(room, form, answers)
    assert result == "taken", room.remarks(issue)

    ((path, record),) = proposed(room, issue).items()
    year = room.issue(issue)["created_at"][:4]
    assert path == f"content/register/{folder}/{prefix}-{year}-{issue}.yml"
    assert record["unit"] == "xa-gia-kiem-2025"
    pull = pull_of(room, issue)
    assert room.judge(pull["number"]).errors == []
    assert room.statuses(pull["number"]) == {"ideas/validate": "success", "council/score": "success"}
    (receipt,) = room.remarks(issue)
    assert record["id"] in receipt
    assert "chờ tiếp nhận" in room.labels(issue)

    head = pull["head"]["sha"]
    room.intake(issue)
    room.intake()
    assert pull_of(room, issue)["head"]["sha"] == head
    assert len(room.remarks(issue)) == 1

    room.ask(PROPOSER, "PATCH", f"/issues/{issue}", {"state": "closed"})
    room.intake()
    assert room.pulls() == []


def test_visits_of_one_place_never_undo_each_other(room: DeskRoom) -> None:
    first, _ = sent(room, "7-hoi-tham.yml", VISIT)
    second, result = sent(room, "7-hoi-tham.yml", {**VISIT, "date": "1/3/2026", "still": "Còn làm", "measures": None})
    assert result == "taken", room.remarks(second)
    assert proposed(room, first)[PLACE]["follow_ups"][-1]["measures"][0] == {
        "label": "nước tưới", "unit": "lít mỗi gốc", "before": "40", "after": "25",
    }  # fmt: skip
    head = pull_of(room, second)["head"]["sha"]
    room.sweep()
    assert pull_of(room, second)["head"]["sha"] == head

    room.ask(SECRETARY, "PUT", f"/pulls/{pull_of(room, first)['number']}/merge", {"merge_method": "squash"})
    room.ask("mau", "PATCH", f"/issues/{first}", {"state": "closed"})
    room.sweep()

    pull = pull_of(room, second)
    record = proposed(room, second)[PLACE]
    assert [entry["date"] for entry in record["follow_ups"]][-2:] == ["2026-03-01", "2026-09-01"]
    assert record["since"] == "2019-02-10"
    assert room.statuses(pull["number"])["ideas/validate"] == "success"
    room.ask(SECRETARY, "PUT", f"/pulls/{pull['number']}/merge", {"merge_method": "squash"})

    room.ask("mau", "DELETE", f"/git/refs/heads/record/{first}")
    room.ask(PROPOSER, "PATCH", f"/issues/{first}", {"state": "open"})
    assert room.intake(first) == {first: "nothing"}

    again, result = sent(room, "7-hoi-tham.yml", VISIT)
    assert result == "asked-back"
    assert "đã có trong sổ" in room.remarks(again)[0]
    assert room.pulls() == []


def test_a_meeting_is_added_to_the_club_and_follows_what_its_form_says(room: DeskRoom) -> None:
    issue, result = sent(room, "9-cau-lac-bo.yml", MEETING)
    assert result == "taken", room.remarks(issue)
    assert CLUB in room.remarks(issue)[0]

    room.ask(
        PROPOSER, "PATCH", f"/issues/{issue}", {"body": form_body("9-cau-lac-bo.yml", {**MEETING, "members": "30"})}
    )
    room.intake(issue)

    ((path, record),) = proposed(room, issue).items()
    assert path == CLUB_FILE
    assert record["activities"][-1:] == [{"date": "2026-09-06", "what": "Xem vườn ủ lá", "attendance": 21}]
    assert (record["counts"][-1:], record["members"]) == ([{"date": "2026-09-06", "members": 30}], 24)
    assert room.judge(pull_of(room, issue)["number"]).errors == []


def test_an_application_tells_its_figures_and_whom_it_learned_from(room: DeskRoom) -> None:
    answers = {
        "code": CODE, "unit": "xã Gia Kiệm", "since": "1/9/2026", "result": "Đỡ công tưới.", "learned_from": "1",
        "measures": "nước tưới: 40 -> 25 lít", "applied_by": "Tổ tưới chung (mẫu)",
    }  # fmt: skip
    issue, result = sent(room, "2-ap-dung.yml", answers)

    assert result == "taken", room.remarks(issue)
    (record,) = proposed(room, issue).values()
    standing = len(list((room.clone / PLACE).parent.iterdir()))
    assert (record["number"], record["learned_from"], record["applied_by"]) == (standing + 1, 1, "Tổ tưới chung (mẫu)")
    assert record["measures"] == [{"label": "nước tưới", "unit": "lít", "before": "40", "after": "25"}]

    wrong, result = sent(room, "2-ap-dung.yml", {**answers, "learned_from": "9", "measures": "đỡ nhiều lắm"})
    assert result == "asked-back"
    (told,) = room.remarks(wrong)
    assert "Học từ nơi áp dụng số mấy?" in told
    assert "chưa đọc được số đo" in told


AMISS: Sequence[tuple[str, Mapping[str, Answer], Sequence[str]]] = [
    ("7-hoi-tham.yml", {**VISIT, "number": "9", "still": "Còn làm"}, ["số 9"]),
    ("7-hoi-tham.yml", {**VISIT, "code": "2019-7K3Q-F2TY"}, ["2019-7K3Q-F2TY", "Còn 1 chỗ"]),
    ("8-bai-toan.yml", {**PROBLEM, "unit": "Không Đâu", "until": "1/1/2020"}, ["Nơi đang vướng", "Mong có"]),
    ("8-bai-toan.yml", {**PROBLEM, "need": "Gọi 0912 345 678."}, ["Đang vướng điều gì?"]),
    ("9-cau-lac-bo.yml", {}, ["Tên câu lạc bộ", "Nơi lập", "Ngày lập", "Câu lạc bộ làm gì?"]),
    ("9-cau-lac-bo.yml", {**NEW_CLUB, "codes": "2019-7K3Q-F2TY"}, ["Mã các ý ra đời từ câu lạc bộ"]),
    ("9-viec-phong-trao.yml", {**OUTREACH, "audiences": None, "links": "javascript:alert(1)"}, ["Nói với ai?"]),
    ("9-viec-phong-trao.yml", {**OUTREACH, "links": "javascript:alert(1)"}, ["Đường dẫn"]),
    ("9-mo-hinh.yml", {**MODEL, "households": "nhiều", "since": "hôm qua"}, ["Bao nhiêu hộ", "Có từ ngày nào?"]),
]  # fmt: skip


def test_what_is_amiss_is_told_by_its_question(room: DeskRoom) -> None:
    issues = [room.file_issue(form_body(form, answers)) for form, answers, _ in AMISS]

    assert room.intake() == dict.fromkeys(issues, "asked-back")
    for issue, (_, _, told) in zip(issues, AMISS, strict=True):
        (remark,) = room.remarks(issue)
        assert all(question in remark for question in told), remark
        assert "345" not in remark
    assert room.pulls() == []


def test_a_form_written_over_as_another_says_so_in_its_title(room: DeskRoom) -> None:
    issue, _ = sent(room, "9-viec-phong-trao.yml", OUTREACH)
    assert pull_of(room, issue)["title"].startswith("Việc phong trào")

    room.ask(PROPOSER, "PATCH", f"/issues/{issue}", {"body": form_body("9-cau-lac-bo.yml", MEETING)})
    room.intake(issue)

    assert pull_of(room, issue)["title"] == f"Sinh hoạt câu lạc bộ {CLUB}"
    assert [*proposed(room, issue)] == [CLUB_FILE]


def test_a_fork_may_add_but_not_change(room: DeskRoom) -> None:
    problem = {"version": 1, "id": "bt-tay-1", "unit": "xa-gia-kiem-2025", "posted_on": "2026-11-20",
               "title": "Giữ nước", "need": "Mưa trôi.", "status": "dang-cho"}  # fmt: skip
    added = room.propose({"content/register/problems/bt-tay-1.yml": notation.write(problem).encode()})
    assert room.judge(added).errors == []

    club = (room.clone / CLUB_FILE).read_bytes()
    other = PLACE.replace("1.yml", "99.yml")
    place = (room.clone / PLACE).read_bytes()
    for changes, expected in (
        ({PLACE: place.replace(b"result: ", b"result: Khong phai. ")}, {"E711"}),
        ({other: place.replace(b"number: 1", b"number: 99"), CLUB_FILE: club + b"closed_on: 2026-01-01\n"}, {"E711"}),
        ({CLUB_FILE: None, CLUB_FILE.replace("mau", "khac"): club.replace(b"mau", b"khac")}, {"E709", "E711"}),
    ):
        changed = room.propose(changes)
        assert {finding.code.value for finding in room.judge(changed).errors} >= expected
        assert room.statuses(changed)["ideas/validate"] == "failure"
