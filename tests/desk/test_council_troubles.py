"""Whatever cuts a run off, and whoever runs beside it, an idea is merged once and concluded once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from council_room import CHAIR, FARMERS, SCHOOLS, VICE, CouncilRoom
from desk_room import SECRETARY, run
from test_validate_pr import GOOD

from sangkien.adapters.github import GitHub
from sangkien.workflow.tally import Teller

pytest_plugins = ["council_fixtures"]


# Said twice they change nothing: a second reaction is the first, a tree nobody points to is nowhere.
_ECHO = ("/reactions", "/git/trees", "/git/commits")


class Died(BaseException):
    """The machine stopped: nothing after this is done."""


def dying(teller: Teller, forge: GitHub, writes: list[str]) -> Teller:
    """Let a run die right after its first call that changes something."""
    call = forge._call

    def once(verb: str, path: str, *data: Any, **more: Any) -> Any:
        answer = call(verb, path, *data, **more)
        if path.endswith(_ECHO):
            return answer
        writes.append(f"{verb} {path}")
        raise Died

    forge._call = once
    return teller


def after_each_call(room: CouncilRoom) -> list[str]:
    """Run until nothing is left to do, each run dying after its first call; gives the calls."""
    writes: list[str] = []
    for _ in range(120):
        teller = room.teller()
        forge = teller._forge
        assert isinstance(forge, GitHub)
        try:
            done = dying(teller, forge, writes).sweep()
        except Died:
            continue
        assert not done.troubles
        return writes
    raise AssertionError(f"it never ends: {writes[-10:]}")


def test_a_sealed_round_survives_a_death_after_each_call(secret: CouncilRoom) -> None:
    number = secret.received()
    for login in (CHAIR, VICE, SECRETARY):
        secret.vote(login, number)
    secret.vote(FARMERS, number, marks={"tinh-moi": "99"})
    secret.comment(SCHOOLS, number, "/khong-tham-gia cùng đơn vị với tác giả")
    secret.comment(FARMERS, number, "/ket-luan công nhận")
    after_each_call(secret)
    secret.comment(CHAIR, number, "/mo-phieu")
    after_each_call(secret)
    secret.next_second()
    secret.comment(CHAIR, number, "/ket-luan công nhận\nCách làm gọn.")
    writes = after_each_call(secret)

    assert sum("merge" in call for call in writes) == 1
    ((_, record),) = secret.conclusions().items()
    assert (record["outcome"], record["recused"]) == ("cong-nhan", ["ghe-5"])
    markers = [body.split("\n")[0] for body in secret.remarks(number) if body.startswith("<!--")]
    assert len(markers) == len(set(markers))
    head = secret.ask("mau", "GET", f"/pulls/{number}")["head"]["sha"]
    openings = [s for s in secret.ask("mau", "GET", f"/commits/{head}/statuses") if s["context"] == "council/opening"]
    assert len(openings) == 1
    assert "đã kết luận" in secret.labels(number)


def test_a_sitting_survives_a_death_after_each_call(council: CouncilRoom) -> None:
    number = council.received()
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number)
    after_each_call(council)
    (board,) = [i["number"] for i in council.ask("mau", "GET", "/issues") if i["title"] == "Bảng việc của hội đồng"]
    code = council.idea(number)["code"]
    lines = ["hoi-dong: hd-mau-2026", "ngay: 23/11/2026", "noi-hop: Phòng họp", "chu-tri: ghe-1", "thu-ky: ghe-3"]
    table = [*lines, "co-mat: ghe-1, ghe-2, ghe-3, ghe-4, ghe-5", f"{code}: công nhận: làm được ngay"]
    council.comment(CHAIR, board, "\n".join(["```phien-hop", *table, "```"]))

    after_each_call(council)

    ((_, record),) = council.conclusions().items()
    assert record["reasons"] == "làm được ngay"
    assert len(list((council.clone / "content/register/sessions").glob("phien-2026-*"))) == 1
    answers = [body for body in council.remarks(board) if "Phiên họp" in body and "sangkien:answer" in body]
    assert len(answers) == 1
    assert "đã kết luận" in answers[0]


def test_two_runs_and_two_chairs_at_once_conclude_once(council: CouncilRoom) -> None:
    number = council.received()
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number)
    council.comment(VICE, number, "/ket-luan bổ sung\nChưa nên.")
    council.comment(CHAIR, number, "/ket-luan công nhận\nRất hay.")
    council.comment(CHAIR, number, "/ket-luan không công nhận\nXem lại.")
    tellers = [council.teller(), council.teller(), council.teller()]
    runs = [threading.Thread(target=teller.sweep) for teller in tellers]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    council.count()

    ((_, record),) = council.conclusions().items()
    assert (record["outcome"], record["reasons"]) == ("cong-nhan", "Rất hay.")
    said = "\n".join(council.remarks(number))
    assert "Chỉ chủ tịch" in said


def test_a_push_between_the_status_and_the_merge(council: CouncilRoom) -> None:
    number = council.propose(GOOD)
    council.judge(number)
    council.comment(SECRETARY, number, "/tiep-nhan")
    council.attend(number)
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number)
    council.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    pull = council.ask("mau", "GET", f"/pulls/{number}")
    fork, branch = pull["head"]["repo"]["full_name"], pull["head"]["ref"]
    path = next(iter(path for path in GOOD if path.endswith("idea.yml")))

    def push() -> None:
        folder = next(council.clone.parent.glob("fork-*"))
        text = (folder / path).read_text(encoding="utf-8")
        (folder / path).write_text(text.replace("summary: ", "summary: Nay khác. "), encoding="utf-8")
        run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qam", "x", cwd=folder)
        run("git", "push", "-q", "origin", branch, cwd=folder)

    assert fork
    assert before_merge(council, push).results == {number: "blocked"}
    assert council.conclusions() == {}
    assert not council.ask("mau", "GET", f"/pulls/{number}")["merged"]
    council.judge(number)
    council.count()
    assert "nội dung ý đã đổi sau khi chấm" in council.tally_comment(number)
    assert council.statuses(number)["council/score"] == "pending"


def before_merge(room: CouncilRoom, act: Callable[[], None]) -> Any:
    """Sweep, with something happening right before the merge."""
    teller = room.teller()
    forge = teller._forge
    assert isinstance(forge, GitHub)
    call = forge._call

    def meanwhile(verb: str, path: str, *data: Any, **more: Any) -> Any:
        if path.endswith("/merge"):
            act()
        return call(verb, path, *data, **more)

    forge._call = meanwhile
    return teller.sweep()


def test_a_conflict_with_main_is_told_and_tried_again(council: CouncilRoom) -> None:
    number = council.received()
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number)
    council.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    council.hub.faults.add("conflict", method="PUT", path=f"/repos/*/pulls/{number}/merge")

    assert council.count().results == {number: "blocked"}
    assert "Chưa gộp được" in "\n".join(council.remarks(number))
    assert council.count().results == {number: "concluded"}


def test_haste_and_a_question_too_big_are_borne(council: CouncilRoom) -> None:
    number = council.received()
    council.vote(CHAIR, number)
    council.hub.faults.add("error-502", method="POST", path="*/graphql", times=4)  # until fewer are asked for
    council.hub.faults.add("secondary-limit", method="POST", path="*/graphql", times=2)
    council.hub.faults.add("secondary-limit", method="POST", path="/repos/*")
    council.count()

    assert council.waits
    assert "Đã có **1** phiếu" in council.tally_comment(number)


def test_what_was_merged_by_hand_still_gets_its_conclusion(council: CouncilRoom) -> None:
    number = council.received()
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number)
    council.ask("mau", "PUT", f"/pulls/{number}/merge", {"merge_method": "squash"})
    council.count()
    assert "đã gộp mà chưa có kết luận" in council.tally_comment(number)

    council.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    assert council.count().results == {number: "concluded"}
    assert len(council.conclusions()) == 1


def test_a_ballot_changed_after_the_chair_spoke_does_not_count(council: CouncilRoom) -> None:
    number = council.received()
    reviews = {login: council.vote(login, number) for login in (CHAIR, VICE, SECRETARY, FARMERS, SCHOOLS)}
    council.next_second()
    council.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    council.next_second()
    council.ask(VICE, "PUT", f"/pulls/{number}/reviews/{reviews[VICE]}", {"body": council.block("khong-cong-nhan")})
    late = council.vote(FARMERS, number, "bo-sung")
    council.count()

    ((_, record),) = council.conclusions().items()
    assert [s["verdict"] for s in record["counted"]] == ["cong-nhan"] * 4
    reasons = {a["review_id"]: a["reason"] for a in record["set_aside"]}
    assert reasons == {reviews[VICE]: "sau-ket-luan", late: "sau-ket-luan"}


@pytest.mark.parametrize("size", [130])
def test_more_reviews_than_a_page_holds(council: CouncilRoom, size: int) -> None:
    number = council.received()
    for n in range(size):
        council.review(VICE, number, council.block("bo-sung", nhan_xet=f"lần {n}"))
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number)
    council.count()

    assert "trên 4 phiếu" in council.tally_comment(number).replace("4 trên", "trên")
