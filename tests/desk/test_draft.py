"""Drafts of reports at the desk: one pull request each, filled in by its office and never written over."""

import base64
import os
from contextlib import suppress
from pathlib import Path

import pytest
from desk_room import SECRETARY, DeskRoom

from sangkien.adapters.git import Git
from sangkien.adapters.store import Store
from sangkien.domain.errors import OutsideError
from sangkien.domain.period import Period
from sangkien.domain.report_versions import Known
from sangkien.workflow.draft import Clerk, Drafter, Prefill

pytest_plugins = ["desk_fixtures"]

GOLDEN = Path(__file__).parent / "golden"
UNIT, PERIOD, DAY = "xa-gia-kiem-2025", Period(2026, 2026), "2026-11-23"
BRANCH = "report/xa-gia-kiem-2025-2026"
PATH = "content/register/reports/bc-xa-gia-kiem-2025-2026-1.yml"


def known(unit: str, period: Period) -> list[Known]:
    return [Known("tuyen-truyen", "Số lần tuyên truyền", 12), Known("luot-nguoi-nghe", "Số lượt người nghe", 640, 90)]


def nothing(unit: str, period: Period) -> list[Known]:
    return []


def offer(room: DeskRoom, prefill: Prefill = known, told: str = "Ý đã gửi: 3", day: str = DAY) -> list[str]:
    """Offer the one report, if it waits for a draft."""
    room.refresh()
    drafter = Drafter(Store(room.clone), prefill, day)
    home = f"{room.hub.url}/mau/sang-kien"
    clerk = Clerk(drafter, room.forge(), Git(room.clone).head(), lambda unit, period: told, home)
    duties = [duty for duty in drafter.waiting() if (duty.unit, duty.period) == (UNIT, PERIOD)]
    found = [result for _, result in clerk.offer(duties, day)]
    for result in found:
        if isinstance(result, OutsideError):
            raise result
    return [str(result) for result in found]


def golden(name: str, text: str) -> None:
    place = GOLDEN / name
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        place.write_text(text, encoding="utf-8")
    assert text == place.read_text(encoding="utf-8")


def test_a_draft_comes_as_a_pull_request_that_says_what_to_do(room: DeskRoom) -> None:
    assert offer(room) == ["opened"]

    (pull,) = room.pulls()
    assert (pull["head"]["ref"], pull["title"]) == (BRANCH, "Báo cáo năm 2026, xã Gia Kiệm")
    golden("bao-cao-nhap.md", pull["body"].replace(room.hub.url, "https://noi-de-kho.example"))
    (path, text), *others = room.files(pull["number"]).items()
    assert (path, others) == (PATH, [])
    golden("bao-cao-nhap.yml", text)
    assert room.labels(pull["number"]) == {"chờ thư ký"}
    assert [r.split("\n", 1)[0] for r in room.remarks(pull["number"])] == ["<!-- sangkien:report -->"]
    assert room.judge(pull["number"]).errors == []

    assert offer(room, told="Ý đã gửi: 4", day="2026-11-24") == ["told"]
    assert len(room.pulls()) == 1
    (remark,) = [r for r in room.remarks(pull["number"]) if "sangkien:report" in r]
    assert "Ý đã gửi: 4" in remark
    assert "24/11/2026" in remark


def test_a_branch_somebody_made_first_is_not_put_before_an_office(room: DeskRoom) -> None:
    main = room.ask("mau", "GET", "/git/ref/heads/main")["object"]["sha"]
    room.ask("mau", "POST", "/git/refs", {"ref": f"refs/heads/{BRANCH}", "sha": main})
    wanted = {"message": "x", "content": base64.b64encode(b"on: push").decode(), "branch": BRANCH}
    room.ask("mau", "PUT", "/contents/.github/workflows/x.yml", wanted)

    assert offer(room) == ["opened"]
    assert [*room.files(room.pulls()[0]["number"])] == [PATH]


def fill_in(room: DeskRoom) -> str:
    """Do what the pull request tells a secretary to do, in the browser's editor."""
    there = room.ask(SECRETARY, "GET", f"/contents/{PATH}?ref={BRANCH}")
    text = base64.b64decode(there["content"]).decode()
    for figure in ("1480", "96", "0"):
        text = text.replace("    #value: \n", f"    value: {figure}\n", 1)
    text = text.replace("  …\n", "  Đã gửi kế hoạch về các ấp.\n", 1)
    text = text.replace("status: nhap", "status: da-gui").replace("#sent_on: ", "sent_on: 2026-11-25")
    wanted = {"message": "Báo cáo", "content": base64.b64encode(text.encode()).decode(), "sha": there["sha"]}
    room.ask(SECRETARY, "PUT", f"/contents/{PATH}", {**wanted, "branch": BRANCH})
    return text


def test_what_an_office_filled_in_stays_and_is_a_report_once_merged(room: DeskRoom) -> None:
    offer(room, nothing)
    number = room.pulls()[0]["number"]
    filled = fill_in(room)

    assert offer(room, known, day="2026-11-25") == ["told"]
    assert room.files(number) == {PATH: filled}
    assert room.judge(number).errors == []
    assert room.statuses(number) == {"ideas/validate": "success", "council/score": "success"}
    room.ask(SECRETARY, "PUT", f"/pulls/{number}/merge", {"merge_method": "squash"})
    assert offer(room) == []  # there is a version now
    reports = Drafter(Store(room.clone), nothing, DAY).calendar
    owed = reports.owed(UNIT, PERIOD)
    assert owed
    assert reports.standing(owed, "2026-12-31").sent_on == "2026-11-25"


def test_a_report_that_was_returned_comes_back_as_its_next_version(room: DeskRoom) -> None:
    offer(room)
    filled = fill_in(room)
    room.ask(SECRETARY, "PUT", f"/pulls/{room.pulls()[0]['number']}/merge", {"merge_method": "squash"})
    there = room.ask(SECRETARY, "GET", f"/contents/{PATH}")
    text = filled.replace("status: da-gui", "status: tra-lai\nreturned_on: 2026-11-28")
    wanted = {"message": "Trả lại", "content": base64.b64encode(text.encode()).decode(), "sha": there["sha"]}
    room.ask("mau", "PUT", f"/contents/{PATH}", wanted)

    assert offer(room, day="2026-11-29") == ["opened"]
    (pull,) = room.pulls()
    assert (pull["head"]["ref"], pull["title"]) == (f"{BRANCH}-2", "Báo cáo năm 2026, xã Gia Kiệm (bản 2)")
    golden("bao-cao-tra-lai.md", pull["body"].replace(room.hub.url, "https://noi-de-kho.example"))
    ((path, copy),) = room.files(pull["number"]).items()
    assert path == PATH.replace("-1.yml", "-2.yml")
    assert "value: 1480" in copy
    assert "#sent_on: \n" in copy
    assert "returned_on" not in copy
    assert room.judge(pull["number"]).errors == []


def test_a_draft_somebody_closed_is_not_offered_again(room: DeskRoom) -> None:
    offer(room)
    room.ask(SECRETARY, "PATCH", f"/pulls/{room.pulls()[0]['number']}", {"state": "closed"})

    assert offer(room) == ["nothing-to-do"]
    assert room.pulls() == []


@pytest.mark.parametrize("after", [2, 5, 7])
def test_a_crash_after_any_call_leaves_one_draft(room: DeskRoom, after: int) -> None:
    room.hub.faults.add("cut-after", path="/*", after=after)
    with suppress(OutsideError):
        offer(room)
    room.hub.faults.clear()
    offer(room)

    (pull,) = room.pulls()
    assert list(room.files(pull["number"])) == [PATH]
    assert len([r for r in room.remarks(pull["number"]) if "sangkien:report" in r]) == 1
