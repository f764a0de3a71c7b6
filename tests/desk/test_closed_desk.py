"""A closed desk from a form to the public repository: whoever was not let in sees the site and nothing else."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from council_room import CHAIR, FARMERS, ROUND, VICE, Clock, CouncilRoom, council_source, open_council
from desk_room import PROPOSER, REPO, SECRETARY, STRANGER, form_body, idea_body, run
from test_office_forms import DECISION

from committed import git
from localhub import Hub
from places import ROOT
from sangkien.adapters.store import Store
from sangkien.cli.desk import score_page
from sangkien.domain import idea_code

SITE = "https://trang.example/"
SECRET = "Lá chôm chôm rụng thì gom lại đốt"  # a line of what is proposed
NAME = "Trần Thị Ví Dụ"


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[CouncilRoom]:
    source = council_source(tmp_path / "source")
    movement = source / "content/register/movement.yml"
    text = re.sub(r"site_url: .*", f"site_url: {SITE}", movement.read_text(encoding="utf-8"))
    movement.write_text(text.replace("topology: open", "topology: closed"), encoding="utf-8")
    for path in ("mkdocs.yml", "content/index.md", "content/gui/index.md", "content/quyen-rieng-tu/index.md"):
        (source / path).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / path, source / path)
    shutil.copytree(ROOT / "scripts/sangkien/render/theme", source / "scripts/sangkien/render/theme")
    run(sys.executable, "-m", "sangkien", "sync", cwd=source)
    clock = Clock()
    with Hub.start(tmp_path / "hub", now=clock) as hub:
        room = open_council(hub, source, tmp_path, now=clock)
        hub.state.repositories[REPO].private = True
        hub.add_collaborator(REPO, PROPOSER, "read")
        yield room


def test_who_was_not_let_in_sees_nothing_and_sends_nothing(closed: CouncilRoom) -> None:
    number = closed.file_issue(idea_body())
    closed.intake(number)

    for verb, path in (
        ("GET", ""),
        ("GET", f"/issues/{number}"),
        ("GET", "/pulls"),
        ("GET", "/contents/README.md"),
        ("GET", f"/contents/{ROUND}"),
        ("POST", "/issues"),
        ("POST", "/forks"),
    ):
        answer = closed.ask(STRANGER, verb, path, {"title": "x", "body": "y"} if verb == "POST" else None, raw=True)
        assert answer.status_code == 404, (verb, path)
    address = f"{closed.hub.url}/{REPO}.git".replace("://", f"://{STRANGER}:{closed.hub.user_token(STRANGER)}@")
    asked = subprocess.run(["git", "ls-remote", address], env=os.environ | {"GIT_TERMINAL_PROMPT": "0"}, check=False)
    assert asked.returncode != 0


def test_from_the_form_of_who_was_let_in_to_the_public_repository(closed: CouncilRoom, tmp_path: Path) -> None:
    form = (closed.clone / ".github/ISSUE_TEMPLATE/1-y-hay.yml").read_text(encoding="utf-8")
    assert "những người được mời vào kho hồ sơ này xem được" in form
    assert "kho mở" not in form
    public = tmp_path / "public.git"
    git(tmp_path, "init", "-q", "--bare", "public.git")

    number = closed.received()
    code = str(closed.idea(number)["code"])
    said = "\n".join(body for at in (1, number) for body in [closed.issue(at)["body"], *closed.remarks(at)])
    links = re.findall(rf"{SITE}cham-diem/[^\s)]*", said)
    assert links
    assert all(link.startswith(f"{SITE}cham-diem/#kho=mau") for link in links)  # no server is told what follows a #
    assert "kho mở" not in said

    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        closed.vote(login, number)
    closed.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    closed.count()
    show(closed, public)
    assert seen(public, code, idea_code.compact(code), SECRET, NAME) == set()

    issue = closed.file_issue(form_body("4-quyet-dinh.yml", {**DECISION, "codes": code}), SECRETARY)
    closed.intake(issue)
    (pull,) = [p for p in closed.pulls() if p["head"]["ref"] == f"record/{issue}"]
    closed.judge(pull["number"])
    closed.ask(SECRETARY, "PUT", f"/pulls/{pull['number']}/merge", {"merge_method": "squash"})
    show(closed, public)

    assert seen(public, code, idea_code.compact(code), SECRET, NAME) == {code, idea_code.compact(code), SECRET}
    head = git(closed.clone, "rev-parse", "HEAD")
    assert seen(public, REPO, closed.hub.url, "sang-kien[bot]", PROPOSER, head) == set()
    assert "Nơi này dùng bàn kín" in git(public, "show", "gh-pages:gui/index.html")
    assert git(public, "log", "--all", "--format=%P") == ""


def test_the_score_page_is_told_the_desk_in_its_fragment(closed: CouncilRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "to-chuc/kho-kin")

    assert score_page(Store(closed.clone)) == f"{SITE}cham-diem/#kho=to-chuc%2Fkho-kin"


def show(room: CouncilRoom, public: Path) -> None:
    room.refresh()
    command = [sys.executable, "-m", "sangkien", "publish", "--commit", "HEAD", "--to", str(public)]
    done = subprocess.run(command, cwd=room.clone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def seen(public: Path, *words: str) -> set[str]:
    told = subprocess.run(
        ["git", "-C", str(public), "cat-file", "--batch-all-objects", "--batch"], capture_output=True, check=True
    ).stdout
    return {word for word in words if word.encode() in told}
