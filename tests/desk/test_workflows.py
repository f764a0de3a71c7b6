"""The real workflow files, run by act against the hub: from a form to a pull request the council can read."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from council_room import CHAIR, FARMERS, MEMBERS, VICE, CouncilRoom
from desk_room import ACCOUNTS, PROPOSER, REPO, SECRETARY, DeskRoom, idea_body, open_room, prepare
from test_validate_pr import GOOD

from localhub import Hub
from localhub.dispatcher import App, Dispatcher, Run
from places import ROOT
from sangkien.render import board as board_words
from sangkien.render.desk import label

pytestmark = pytest.mark.act

BIN = Path(sys.executable).parent
APP = App(
    slug="sang-kien",
    permissions={"contents": "write", "issues": "write", "pull_requests": "write", "statuses": "write"},
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a repository with the program in it, as a checkout on GitHub has."""
    folder = prepare(tmp_path_factory.mktemp("workflows") / "source")
    shutil.copytree(ROOT / "scripts" / "sangkien", folder / "scripts" / "sangkien")
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


class Office:
    """A room with a dispatcher at work."""

    def __init__(self, room: DeskRoom, dispatcher: Dispatcher) -> None:
        self.room, self.dispatcher = room, dispatcher

    def settle(self) -> list[Run]:
        self.dispatcher.wait_idle(120)
        for run in self.dispatcher.runs:
            assert "failure" not in run.jobs.values(), run.log[-4000:]
        return self.dispatcher.runs

    def ran(self, workflow: str, step: str) -> int:
        return sum(run.workflow == workflow and run.ran(step) for run in self.dispatcher.runs)


@contextmanager
def opened(folder: Path, source: Path, *workflows: str, by_app: bool) -> Iterator[Office]:
    """Open a room whose dispatcher runs these workflows; the others are long, and about the program and the site."""
    with Hub.start(folder / "hub") as hub:
        room = open_room(hub, source, folder)
        with Dispatcher(
            hub,
            REPO,
            folder / "runs",
            act=BIN / "act",
            python_bin=BIN,
            secrets={"APP_PRIVATE_KEY": "a key nobody has"},
            variables={"APP_CLIENT_ID": "Iv1.x"} if by_app else {},
            app=APP if by_app else None,
            only=workflows,
        ) as dispatcher:
            yield Office(room, dispatcher)


@pytest.fixture(params=["app", "own"])
def office(request: pytest.FixtureRequest, tmp_path: Path, source: Path) -> Iterator[Office]:
    named = ("intake", "validate", "reception", "ping", "tally", "sweep", "revisit")
    with opened(tmp_path, source, *named, by_app=request.param == "app") as office:
        yield office


def test_from_a_form_to_a_received_idea(office: Office) -> None:
    room = office.room
    number = room.file_issue(idea_body(unit="xã Không Đâu"))
    office.settle()
    assert "Đơn vị" in room.remarks(number)[0]

    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"body": idea_body()})
    office.settle()

    (pull,) = room.pulls()
    assert room.statuses(pull["number"]) == {"ideas/validate": "success", "council/score": "pending"}
    assert office.ran("intake", "Intake") == 2
    (review,) = room.remarks(pull["number"])
    assert "Hồ sơ hợp lệ" in review

    room.ask(SECRETARY, "POST", f"/issues/{pull['number']}/comments", {"body": "/tiep-nhan"})
    office.settle()
    assert office.ran("reception", "Reception") == 1
    assert "đã tiếp nhận" in room.labels(pull["number"])

    for run in office.settle():
        for job, rights in run.permissions.items():
            assert job == "own" or rights == {"contents": "read"}
            assert "Ví Dụ" not in run.log


@pytest.mark.parametrize(("workflow", "event"), [("sweep", "schedule"), ("intake", "workflow_dispatch")])
def test_what_was_cut_off_is_taken_up(office: Office, workflow: str, event: str) -> None:
    room = office.room
    room.hub.faults.add("cut-after", method="POST", path="/repos/*/pulls")
    number = room.file_issue(idea_body())
    office.dispatcher.wait_idle(120)
    assert office.ran("intake", "Intake") == 0
    assert room.remarks(number) == []

    office.dispatcher.dispatch(workflow, event)
    office.dispatcher.wait_idle(120)

    assert office.ran(workflow, workflow.capitalize()) == 1
    (pull,) = room.pulls()
    assert "Mã của ý" in room.remarks(number)[0]
    assert room.statuses(pull["number"])["ideas/validate"] == "success"


def test_places_to_be_asked_anew_are_listed_daily(office: Office) -> None:
    office.dispatcher.dispatch("revisit", "schedule")
    office.dispatcher.wait_idle(120)

    assert office.ran("revisit", "Revisit") == 1
    (listed,) = office.room.ask("mau", "GET", "/issues?labels=hỏi thăm")
    assert f"{REPO}/issues/new?template=7-hoi-tham.yml" in listed["body"]


def test_papers_are_kept_and_their_place_is_told_where_people_look(tmp_path: Path, source: Path) -> None:
    with opened(tmp_path, source, "paper", by_app=False) as office:
        room, runs = office.room, office.dispatcher.runs
        board = room.forge().open_issue(board_words.title(), f"{board_words.BOARD}\n", [label("board")]).number
        pull = room.propose(GOOD)
        for key in ("phien-2019-1", f"#{pull}"):
            office.dispatcher.dispatch("paper", "workflow_dispatch", {"key": key})
            office.settle()
        office.dispatcher.dispatch("paper", "workflow_dispatch", {"key": "--with-names"})
        office.dispatcher.wait_idle(120)

        assert [set(run.permissions["draw"].values()) for run in runs] == [{"read"}] * 3
        assert runs[2].jobs == {"draw": "failure", "tell": "skipped"}
        of_session, of_pull = (office.dispatcher.artifact(run, "giay-to") for run in runs[:2])
        assert "phien-2019-1" in (of_session / "doc-truoc.txt").read_text(encoding="utf-8")
        assert [*of_pull.glob("0-tiep-nhan/giay-bien-nhan*.docx")]
        for run, place in zip(runs, (board, pull), strict=False):
            (told,) = room.remarks(place)
            assert f"{room.hub.url}/{REPO}/actions/runs/{run.number}/artifacts/1" in told
            assert "giữ 14 ngày" in told


def before_the_council(office: Office) -> tuple[CouncilRoom, int]:
    """Bring one idea before a council of five by the workflows alone."""
    room = office.room
    council = CouncilRoom(room.hub, room.clone)
    for login, number in MEMBERS.items():
        if login not in ACCOUNTS:
            room.hub.add_user(login, id=number)
        room.hub.add_collaborator(REPO, login, "write")
    room.file_issue(idea_body())
    office.settle()
    (pull,) = room.pulls()
    council.comment(SECRETARY, pull["number"], "/tiep-nhan")
    office.settle()
    return council, int(pull["number"])


def test_from_reception_to_a_conclusion(office: Office) -> None:
    council, number = before_the_council(office)
    assert "Xin mời chấm" in council.tally_comment(number)
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number)
    office.settle()
    assert "Đã có kết quả đếm" in council.tally_comment(number)

    council.comment(CHAIR, number, "/ket-luan công nhận\nCách làm gọn.")
    office.settle()

    ((_, record),) = council.conclusions().items()
    assert (record["outcome"], record["reasons"]) == ("cong-nhan", "Cách làm gọn.")
    assert "đã kết luận" in council.labels(number)
    for run in office.dispatcher.runs:
        if run.workflow == "ping":
            assert set(map(str, run.permissions.values())) <= {"{}"}
        assert "81,5" not in run.log


@pytest.mark.parametrize("office", ["app"], indirect=True)
def test_what_was_merged_and_not_concluded_is_finished_by_the_sweep(office: Office) -> None:
    council, number = before_the_council(office)
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number)
    office.settle()
    council.hub.faults.add("cut", path="/repos/*/git/refs/heads/main", method="PATCH")
    council.comment(CHAIR, number, "/ket-luan công nhận\nCách làm gọn.")
    office.dispatcher.wait_idle(120)
    assert council.conclusions() == {}
    assert council.ask("mau", "GET", f"/pulls/{number}")["merged"]

    office.dispatcher.dispatch("sweep", "schedule")
    office.dispatcher.wait_idle(120)

    assert len(council.conclusions()) == 1
    assert "đã kết luận" in council.labels(number)


def test_a_fork_s_pull_request_runs_nothing_of_its_own(office: Office) -> None:
    room = office.room
    evil = b"name: v\non: pull_request_target\njobs: {x: {runs-on: ubuntu-24.04, steps: [{run: echo EVIL}]}}\n"
    number = room.propose(
        {**GOOD, ".github/workflows/validate.yml": evil, "scripts/sangkien/__main__.py": b"print('EVIL')"}
    )

    runs = [run for run in office.settle() if run.event == "pull_request_target"]

    assert [run.workflow for run in runs] == ["validate"]
    assert "EVIL" not in "".join(run.log for run in runs)
    assert room.statuses(number)["ideas/validate"] == "failure"
    assert "E701" in "".join(run.log for run in runs) or "chạm tới" in room.remarks(number)[0]
