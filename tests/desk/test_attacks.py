"""What somebody with bad intent, or bad luck, may try at the desk."""

import re
import subprocess
from collections.abc import Mapping

import pytest
from desk_room import PROPOSER, REPO, SECRETARY, STRANGER, DeskRoom, form_body, idea_body, run
from test_validate_pr import CODE, FOLDER, GOOD, PEOPLE, idea, person

from sangkien.adapters.store import Store
from sangkien.domain.errors import UsageError
from sangkien.domain.form import Box
from sangkien.render.papers import packet
from sangkien.render.papers.frame import Wish
from sangkien.workflow import paper as paper_step

pytest_plugins = ["desk_fixtures"]

PLAIN = "100644"
Entries = Mapping[str, tuple[str, bytes | str]]


def craft(room: DeskRoom, entries: Entries, *, title: str = "Một ý", login: str = STRANGER) -> int:
    """Open a pull request from a fork whose tree no work tree could hold: path → mode, and content or object id."""
    room.ask(login, "POST", "/forks", {})
    folder = room.clone.parent / f"raw-{len(list(room.clone.parent.iterdir()))}"
    address = f"{room.hub.url}/{login}/{REPO.partition('/')[2]}.git"
    address = address.replace("://", f"://{login}:{room.hub.user_token(login)}@")
    run("git", "clone", "-q", address, str(folder), cwd=room.clone.parent)
    lines = b""
    for path, (mode, data) in entries.items():
        key = data if isinstance(data, str) else blob(folder, data)
        lines += f"{mode} {key}\t{path}".encode() + b"\0"
    subprocess.run(["git", "update-index", "-z", "--index-info"], cwd=folder, input=lines, check=True)
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x", cwd=folder)
    run("git", "push", "-q", "origin", f"HEAD:refs/heads/{folder.name}", cwd=folder)
    body = {"title": title, "head": f"{login}:{folder.name}", "base": "main", "body": ""}
    return int(room.ask(login, "POST", "/pulls", body)["number"])


def blob(folder: object, data: bytes) -> str:
    command = ["git", "-C", str(folder), "hash-object", "-w", "--stdin"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode().strip()


GOOD_TREE = {path: (PLAIN, data) for path, data in GOOD.items()}
OTHER = "ideas/2026/00/00000000"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({**GOOD_TREE, "ideas/x.yml": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, "ideas/2027/x.yml": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, "ideas/2027/aa/x.yml": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, "ideas/la/lam/sao/x.yml": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, f"{OTHER}/x.yml": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, "content/register/x.yml": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, "content/register/people/p-0a1b2c3d.yml": (PLAIN, person())}, "E112"),
        ({**GOOD_TREE, "content/register/people/0a/b/p-0a1b2c3d.yml": (PLAIN, person())}, "E112"),
        ({**GOOD_TREE, "content/register/units/x/y.yml": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, f"{FOLDER}/a\nb.yml": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, f"{FOLDER}/idea.yml\n": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, f'{FOLDER}/"q\t\\.yml': (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, f"{FOLDER}/{'a' * 200}/{'b' * 200}": (PLAIN, b"x")}, "E112"),
        ({**GOOD_TREE, "ideas/\uff12\uff10\uff12\uff16/00/00000000/idea.yml": (PLAIN, idea())}, "E703"),
        ({**GOOD_TREE, "Ideas/2026/x.yml": (PLAIN, b"x")}, "E701"),
        ({**GOOD_TREE, f"{FOLDER}/.gitkeep": (PLAIN, b"x")}, "E701"),
        ({**GOOD_TREE, "schemas/idea.schema.json": (PLAIN, b"{}")}, "E701"),
        ({**GOOD_TREE, "schemas/idea.schema.json": ("120000", b"../x")}, "E701"),
        ({**GOOD_TREE, "vendor": ("160000", "1" * 40)}, "E701"),
        ({**GOOD_TREE, f"{FOLDER}/x": ("160000", "1" * 40)}, "E702"),
        ({**GOOD_TREE, f"{FOLDER}/images/a.png": ("120000", b"/etc/passwd")}, "E702"),
        ({**GOOD_TREE, f"{FOLDER}/images/a.png": ("100755", b"x")}, "E702"),
        ({**GOOD_TREE, PEOPLE: ("100755", person())}, "E702"),
        ({f"{FOLDER}/images/x.png": (PLAIN, b"x")}, "E115"),
        ({f"{FOLDER}/idea.yml/x": (PLAIN, b"x"), PEOPLE: (PLAIN, person())}, "E701"),
        ({"ideas/2019/mm/mmvcns1b/withdrawn.yml": (PLAIN, b"version: 1\n")}, "E710"),
        ({**GOOD_TREE, f"{FOLDER}/idea.yml": (PLAIN, bytes(range(256)))}, "E102"),
        ({**GOOD_TREE, f"{FOLDER}/idea.yml": (PLAIN, b"")}, "E113"),
        ({**GOOD_TREE, f"{FOLDER}/idea.yml": (PLAIN, idea(round=["a"], unit=["x"], content={"a": 1}))}, "E203"),
        ({**GOOD_TREE, f"{FOLDER}/idea.yml": (PLAIN, idea(authors=[["x"]], cost=[], statements=[], title=5))}, "E203"),
        ({f"content/register/people/00/p-0000000{n}.yml": (PLAIN, b"x") for n in range(10)} | {
            f"content/register/units/x-{n}.yml": (PLAIN, b"x") for n in range(100)}, "E708"),
    ],
)  # fmt: skip
def test_nothing_but_one_idea_s_folder_and_its_people(room: DeskRoom, entries: Entries, expected: str) -> None:
    number = craft(room, entries)

    assert expected in {finding.code.value for finding in room.judge(number).errors}
    assert room.statuses(number)["ideas/validate"] == "failure"


def test_what_a_file_is_called_is_not_repeated(room: DeskRoom) -> None:
    names = ("Pham Thi Thu Nghiem", "Phạm Thị Thử", "0912345678", "lan@example.org", "pham-thi-thu-nghiem")
    number = craft(
        room,
        {
            **GOOD_TREE,
            **{f"{FOLDER}/{name}.txt": (PLAIN, b"x") for name in names},
            **{f"{name}/x.txt": (PLAIN, b"x") for name in names[:-1]},
            f"{FOLDER}/idea.yml": (PLAIN, idea(unit="0912345678", field="079123456789")),
        },
    )
    room.judge(number)

    (told,) = room.remarks(number)
    assert not [name for name in (*names, "079123456789") if name in told]
    assert f"{FOLDER}/….txt" in told


def test_a_stranger_who_sends_our_commit_again_moves_no_status(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    (ours,) = room.pulls()
    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"state": "closed"})
    room.hub.faults.add("conflict", method="PUT", path="/repos/*", times=1)  # not allowed to merge yet
    room.intake(number)
    (ours,) = room.pulls()
    assert room.judge(ours["number"]).errors == []
    before = room.statuses(ours["number"])

    room.ask(STRANGER, "POST", "/forks", {})
    address = f"{room.hub.url}/{STRANGER}/{REPO.partition('/')[2]}.git"
    address = address.replace("://", f"://{STRANGER}:{room.hub.user_token(STRANGER)}@")
    run("git", "fetch", "-q", "origin", ours["head"]["ref"], cwd=room.clone)
    run("git", "push", "-q", address, f"FETCH_HEAD:refs/heads/idea/{number}", cwd=room.clone)
    body = {"title": ours["title"], "head": f"{STRANGER}:idea/{number}", "base": "main", "body": ""}
    theirs = room.ask(STRANGER, "POST", "/pulls", body)["number"]
    room.judge(theirs)

    assert room.statuses(ours["number"]) == before
    assert before["ideas/validate"] == "success"


def test_a_pull_request_that_changes_nothing_gets_no_status(room: DeskRoom) -> None:
    number = room.propose({"x.txt": b"x"})
    fork = next(p for p in room.clone.parent.glob("fork-*"))
    run("git", "rm", "-q", "x.txt", cwd=fork)
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x", cwd=fork)
    run("git", "push", "-q", "origin", "HEAD", cwd=fork)

    room.judge(number)

    assert room.statuses(number) == {}


@pytest.mark.parametrize("body", ["", "Thôi không gửi nữa", form_body("3-sua-rut-xoa.yml", {"wish": "x"})])
def test_closing_withdraws_whatever_the_form_says_by_then(room: DeskRoom, body: str) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"body": body})
    room.intake(number)
    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"state": "closed"})

    assert room.intake(number) == {number: "withdrawn"}
    assert room.pulls() == []


def test_a_form_written_over_as_another_makes_no_second_pull_request(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    wish = {"wish": "Đính chính hoặc ghi thêm vào một ý", "code": "2019-MMVC-NS1B", "text": "Đo lại."}

    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"body": form_body("3-sua-rut-xoa.yml", wish)})

    assert room.intake(number) == {number: "nothing"}
    assert len(room.pulls()) == 1


def test_a_retitled_pull_request_is_withdrawn_all_the_same(room: DeskRoom) -> None:
    """Its title was all the program had to know the code by, so that the idea itself would have come in."""
    number = room.file_issue(idea_body())
    room.intake(number)
    (pull,) = room.pulls()
    room.ask(SECRETARY, "PATCH", f"/pulls/{pull['number']}", {"title": f"{pull['title']} (xem lại)"})
    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"state": "closed"})

    assert room.intake(number) == {number: "withdrawn"}
    room.refresh()
    code = pull["title"][-14:].replace("-", "").lower()
    assert [p.name for p in (room.clone / "ideas").rglob(f"{code[4:]}/*")] == ["withdrawn.yml"]


def test_nothing_but_a_stub_is_merged_without_the_council(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    (pull,) = room.pulls()
    run("git", "fetch", "-q", "origin", pull["head"]["ref"], cwd=room.clone)
    run("git", "checkout", "-q", "FETCH_HEAD", cwd=room.clone)
    (file,) = (room.clone / "ideas/2026").rglob("idea.yml")
    file.rename(file.with_name("idea2.yml"))
    run("git", "add", "-A", cwd=room.clone)
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x", cwd=room.clone)
    run("git", "push", "-q", "origin", f"HEAD:refs/heads/idea/{number}", cwd=room.clone)
    run("git", "checkout", "-q", "main", cwd=room.clone)
    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"state": "closed"})

    room.intake(number)

    assert len(room.pulls()) == 1


def test_whoever_rewrites_a_registered_idea_by_hand_is_not_its_sender(room: DeskRoom) -> None:
    path = "ideas/2019/mm/mmvcns1b/idea.yml"
    text = (room.clone / path).read_bytes()
    room.propose({path: text.replace(b"title: ", b"title: Ai do ")}, login=STRANGER)
    asked = room.file_issue(
        form_body("3-sua-rut-xoa.yml", {"wish": "Rút một ý đã gửi", "code": "2019-MMVC-NS1B"}), login=STRANGER
    )
    room.intake(asked)

    (stub,) = [p for p in room.pulls() if p["head"]["ref"] == f"record/{asked}"]
    assert "ai" not in re.findall(r"\w+", next(iter(room.files(stub["number"]).values())))
    assert len(room.pulls()) == 2
    room.ask(STRANGER, "PATCH", f"/issues/{asked}", {"state": "closed"})
    room.intake(asked)
    assert len(room.pulls()) == 1


def test_papers_of_a_pull_request_tell_of_its_own_idea_and_of_nobody_else(room: DeskRoom) -> None:
    known, head = (
        "content/register/people/41/p-41j6b482.yml",
        "content/register/letterheads/dau-giay-phuong-dau-giay-2026.yml",
    )
    closed, own = "ideas/2019/mm/mmvcns1b/idea.yml", f"{FOLDER}/idea.yml"
    clone = room.clone
    number = room.propose(
        {
            **GOOD,
            known: (clone / known).read_bytes().replace(b"name: ", b"name: Ai do "),
            head: (clone / head).read_bytes().replace(b"place: ", b"place: Noi nao "),
            closed: (clone / closed).read_bytes().replace(b"title: ", b"title: Ai do "),
        }
    )
    files, codes = room.gatekeeper(room.forge(), Store(clone)).proposed(number)

    assert codes == [CODE]
    assert [files.read(path).record for path in (known, head)] == [Store(clone).read(p).record for p in (known, head)]
    assert files.exists(own)

    other = room.propose({**GOOD, own: idea(code="2019-MMVC-NS1B")}, login=STRANGER)
    files, codes = room.gatekeeper(room.forge(), Store(clone)).proposed(other)
    opened = paper_step.source(files, on="2026-11-21", site_url="", with_names=False)
    assert codes == [CODE]
    with pytest.raises(UsageError, match="no-such"):
        [*paper_step.papers(opened, Wish(kind="giay-bien-nhan", keys=codes))]
    assert CODE in packet.top(opened, packet.Subject(ideas=tuple(codes), pull=other), [])


def test_an_idea_nobody_has_judged_yet_does_not_stop_the_reception(room: DeskRoom) -> None:
    number = craft(
        room, {**GOOD_TREE, f"{FOLDER}/idea.yml": (PLAIN, idea(round=["a", "b"]))}, title=f"Ý {CODE}", login=PROPOSER
    )
    linked = craft(room, {f"{FOLDER}/idea.yml": ("160000", "1" * 40)}, title=f"Ý {CODE}")
    for at in (number, linked):
        room.ask(PROPOSER, "POST", f"/issues/{at}/comments", {"body": "/tiep-nhan"})
        assert room.attend(at) == {at: "nothing"}


def test_a_stranger_is_answered_once_however_often_they_order(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    pull = room.pulls()[0]["number"]
    for words in ("/tiep-nhan", "/tra-lai", "/tra-lai x", "/tiep-nhan"):
        room.ask(STRANGER, "POST", f"/issues/{pull}/comments", {"body": words})
    for _ in range(2):
        assert room.attend(pull) == {pull: "nothing"}

    assert len([text for text in room.remarks(pull) if "Chỉ thư ký" in text]) == 1


def test_an_order_refused_for_faults_does_not_hold_for_what_is_written_later(room: DeskRoom) -> None:
    number = room.propose({**GOOD, f"{FOLDER}/x.txt": b"x"})
    room.judge(number)
    room.ask(SECRETARY, "POST", f"/issues/{number}/comments", {"body": "/tiep-nhan"})
    assert room.attend(number) == {number: "nothing"}
    fork = next(p for p in room.clone.parent.glob("fork-*"))
    run("git", "rm", "-q", f"{FOLDER}/x.txt", cwd=fork)
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x", cwd=fork)
    run("git", "push", "-q", "origin", "HEAD", cwd=fork)
    assert room.judge(number).errors == []

    assert room.attend(number) == {number: "nothing"}
    room.ask(SECRETARY, "POST", f"/issues/{number}/comments", {"body": "/tiep-nhan"})
    assert room.attend(number) == {number: "received"}


@pytest.mark.parametrize(
    "words",
    ["> /tiep-nhan", "Xin /tiep-nhan", "`/tiep-nhan`", "```\n/tiep-nhan\n```", "/tiep-nhan-khong", "/tiep-nhanh"],
)
def test_what_only_looks_like_a_command(room: DeskRoom, words: str) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    pull = room.pulls()[0]["number"]
    room.ask(SECRETARY, "POST", f"/issues/{pull}/comments", {"body": words})

    assert room.attend(pull) == {pull: "nothing"}


def test_a_very_long_reason_is_quoted_harmlessly(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    pull = room.pulls()[0]["number"]
    reason = "/tra-lai Xem\r\r<!-- @mau\r- #1\r```\r" + "*_" * 20_000
    room.ask(SECRETARY, "POST", f"/issues/{pull}/comments", {"body": reason})

    assert room.attend(pull) == {pull: "returned"}
    told = room.remarks(number)[-1]
    assert "\r" not in told
    assert len(told) < 65_536
    inside = told.split("Thư ký ghi:\n\n")[1].split("\n\nBà con")[0]
    assert all(line.startswith(">") for line in inside.split("\n"))


NAME, PHONE, MAIL = "Phạm Thị Thử Nghiệm", "0912345678", "thu.nghiem@example.org"


@pytest.mark.parametrize("place", ["kind", "content", "field", "unit", "authors", "cost", "display"])
@pytest.mark.parametrize("value", [f"{NAME} {PHONE} {MAIL}", PHONE, "079 123 456 789", MAIL, NAME, f"{NAME} x% y"])
def test_a_form_s_faults_repeat_nothing_personal(room: DeskRoom, place: str, value: str) -> None:
    number = room.file_issue(idea_body(**{place: value}), title=f"{NAME} {PHONE}")
    room.intake(number)

    said = [*room.remarks(number), *(p["title"] + p["body"] for p in room.pulls()), *room.branches()]
    for p in room.pulls():
        room.judge(p["number"])
        said += room.remarks(p["number"])
    for secret in (NAME, PHONE, MAIL, "079 123 456 789"):
        assert not any(secret in text for text in said), said


HOSTILE = (
    "\0", "\u200b\u202e\u2066", "e\u0323\u0302", "＠mau ＃1", "_No response_", "a\rb\r\r# c", "[a]: http://x.example",
    "[^1]\n\n[^1]: x", "$x$ $$y$$", "> [!NOTE]\n> x", "<details><summary>x", "<!--", "~~~\n```", "x\n===\ny\n---",
    "a | b\n--|--\n1 | 2", "x\n:-\ny", "_www.evil.example", "ệGH-1", "\ufeff---\n...\n%YAML 9", "{x} {0} {code}",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_ends_in_an_answer(room: DeskRoom, text: str) -> None:
    long = f"{text}\nLá chôm chôm rụng thì gom lại đốt, khói cả xóm."
    number = room.file_issue(
        idea_body(title=f"Ủ phân {text} lá khô", before=long, after=long, how_to=long, cost=f"350.000 đồng {text}")
    )
    (result,) = room.intake(number).values()
    assert result in ("taken", "asked-back")
    for pull in room.pulls():
        room.judge(pull["number"])
        told = room.remarks(pull["number"])[0]
        assert "\r" not in told
        assert not re.search(r"www\.|GH-\d|^:-|\[\^|(?<!\\)\$|<details><summary>x", told, re.MULTILINE)


def test_consent_boxes_of_one_s_own_making_are_none(room: DeskRoom) -> None:
    number = room.file_issue(idea_body(display="Họ tên đầy đủ", agreement=[Box(label="Tôi đồng ý hết", checked=True)]))
    room.intake(number)

    for pull in room.pulls():
        assert "display: full" not in "".join(room.files(pull["number"]).values())
