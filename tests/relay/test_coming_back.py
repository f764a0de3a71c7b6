"""From the phone to the desk and back: what the secretary says, and what the sender still may do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_room import SECRETARY, DeskRoom, form_body
from relay_room import Relay, at_desk, free_port, serving

from sangkien.domain.paper import Paper
from sangkien.relay import service

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.hub


@pytest.fixture
def life(desk: DeskRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """Give a relay that carries to the desk and asks there all the time."""
    monkeypatch.setattr(service, "_LULL", 0.05)
    with serving(at_desk(desk, tmp_path, free_port())) as relay:
        yield relay


def sent(life: Relay, key: str = "1" * 32) -> tuple[dict[str, str], int]:
    slip: dict[str, str] = life.phone.send(key).json()
    life.wait(lambda: life.phone.look(slip)["state"] == "waiting")
    kept = life.service.slips.slip(slip["code"])
    assert kept
    return slip, kept.pull


def order(desk: DeskRoom, pull: int, words: str) -> None:
    desk.judge(pull)
    desk.ask(SECRETARY, "POST", f"/issues/{pull}/comments", {"body": words})
    desk.attend(pull)


def amended(life: Relay, slip: dict[str, str], **changed: str) -> int:
    state = life.phone.look(slip)
    answers = life.phone.post("/y/doc", token=state["token"]).json()["answers"] | changed | {"token": state["token"]}
    answer = life.phone.ask("POST", "/y/sua", files={key: (None, text) for key, text in answers.items()})
    return int(answer.status_code)


def test_it_passes_the_gate_is_returned_mended_and_received(life: Relay, desk: DeskRoom) -> None:
    slip, pull = sent(life)
    assert desk.judge(pull).errors == []
    assert desk.pulls()[0]["head"]["ref"] == f"idea/{slip['code'][:4]}-{slip['code'][5:].replace('-', '').lower()}"

    order(desk, pull, "/tra-lai Xin nói rõ mỗi khối dùng bao nhiêu lá.")
    life.wait(lambda: life.phone.look(slip)["state"] == "returned")
    state = life.phone.look(slip)
    assert state["reason"] == "Xin nói rõ mỗi khối dùng bao nhiêu lá."
    assert "answer" in state["can"]

    assert amended(life, slip, title="Ủ hai tạ lá chôm chôm thành phân cho vườn tiêu") == 200
    life.wait(lambda: life.phone.look(slip)["state"] == "waiting")
    assert desk.judge(pull).errors == []
    files = desk.files(pull)
    assert len(files) == 3
    assert any("Ủ hai tạ lá" in text for text in files.values())

    order(desk, pull, "/tiep-nhan")
    life.wait(lambda: life.phone.look(slip)["state"] == "received")
    assert life.phone.look(slip)["can"] == ["withdraw", "erase"]
    assert "đã tiếp nhận" in desk.labels(pull)


def test_withdrawn_before_it_was_received_it_leaves_a_stub(life: Relay, desk: DeskRoom) -> None:
    slip, pull = sent(life)
    token = life.phone.look(slip)["token"]

    answer = life.phone.post("/y/rut", token=token, proof=life.phone.proof())

    assert answer.status_code == 200, answer.text
    life.wait(lambda: desk.ask("mau", "GET", f"/pulls/{pull}")["merged"])
    desk.refresh()
    assert [path.name for path in (desk.clone / "ideas" / "2026").rglob("*.yml") if "withdrawn" in path.name]
    assert not list(desk.clone.rglob(f"ideas/2026/*/{slip['code'][5:].replace('-', '').lower()}/idea.yml"))
    life.wait(lambda: life.service.outbox.counts() == (0, 0))


def test_withdrawn_after_it_was_received_the_secretary_is_asked(life: Relay, desk: DeskRoom) -> None:
    slip, pull = sent(life)
    order(desk, pull, "/tiep-nhan")
    life.wait(lambda: life.phone.look(slip)["state"] == "received")
    token = life.phone.look(slip)["token"]

    for _ in range(2):
        assert life.phone.post("/y/rut", token=token, proof=life.phone.proof()).status_code == 200
        life.wait(lambda: life.service.outbox.counts() == (0, 0))

    (asked,) = [issue for issue in desk.ask("mau", "GET", "/issues?labels=chờ thư ký") if "pull_request" not in issue]
    assert asked["title"] == f"Rút ý {slip['code']}"
    assert desk.intake(asked["number"]) == {asked["number"]: "nothing"}
    request = form_body(
        "3-sua-rut-xoa.yml", {"wish": "Rút một ý đã gửi", "code": slip["code"], "text": "Người gửi xin rút."}
    )
    assert desk.intake(desk.file_issue(request, login=SECRETARY)).popitem()[1] == "withdrawn"
    assert [path.rpartition("/")[2] for path in desk.files(pull)] == ["withdrawn.yml"]


def test_a_name_is_asked_to_be_erased_once_and_by_code_alone(life: Relay, desk: DeskRoom) -> None:
    slip, _ = sent(life)
    token = life.phone.look(slip)["token"]

    assert life.phone.post("/y/xoa", token=token, proof=life.phone.proof()).status_code == 200
    assert life.phone.post("/y/xoa", token=token, proof=life.phone.proof()).status_code == 409

    life.wait(lambda: life.service.outbox.counts() == (0, 0))
    (asked,) = desk.ask("mau", "GET", "/issues?labels=quyền riêng tư")
    assert slip["code"] in asked["title"]
    assert "Ví Dụ" not in asked["title"] + asked["body"]


def test_a_stranger_s_issue_under_the_same_title_is_no_request(life: Relay, desk: DeskRoom) -> None:
    """Whoever reads the code on the desk could ask in the sender's place, and be turned away in it."""
    slip, _ = sent(life)
    title = f"Xin xóa tên ở ý {slip['code']}"
    desk.ask("mau", "POST", "/issues", {"title": title, "body": "x", "labels": ["quyền riêng tư"]})

    token = life.phone.look(slip)["token"]
    assert life.phone.post("/y/xoa", token=token, proof=life.phone.proof()).status_code == 200

    life.wait(lambda: life.service.outbox.counts() == (0, 0))
    asked = desk.ask("mau", "GET", "/issues?labels=quyền riêng tư")
    assert sorted((issue["title"], issue["user"]["type"]) for issue in asked) == [(title, "Bot"), (title, "User")]


def test_what_the_council_asked_for_comes_on_the_same_branch_anew(life: Relay, desk: DeskRoom) -> None:
    slip, pull = sent(life)
    path = next(name for name in desk.files(pull) if name.endswith("idea.yml"))
    text = desk.files(pull)[path]
    desk.ask("mau", "PUT", f"/pulls/{pull}/merge", {"merge_method": "squash"})
    life.wait(lambda: life.phone.look(slip)["state"] == "concluded")
    branch = desk.ask("mau", "GET", f"/pulls/{pull}")["head"]["ref"]

    paper = Paper("idea", slip["code"], branch, {path: text.replace("Rải từng lớp", "Rải từng lớp mỏng")})
    life.service.outbox.put("more", paper, "amend")
    life.wait(lambda: life.service.outbox.counts() == (0, 0))

    (again,) = desk.pulls()
    assert again["number"] != pull
    assert again["head"]["ref"] == branch
    assert list(desk.files(again["number"])) == [path]
    assert life.phone.look(slip)["state"] == "waiting"


def test_a_paper_of_another_kind_is_carried_too(life: Relay, desk: DeskRoom) -> None:
    """The door of imports uses the same outbox."""
    paper = Paper("correction", "2019-B8M4-R0XT", "import/mau-1", {"content/register/fields/moi.yml": "x: 1\n"})

    life.service.outbox.put("import:mau-1", paper)
    life.wait(lambda: life.service.outbox.counts() == (0, 0))

    assert [pull["head"]["ref"] for pull in desk.pulls()] == ["import/mau-1"]
