"""A name said on the forge is found wherever it stands, and told by numbers alone."""

from pathlib import Path

from click.testing import CliRunner, Result
from desk_room import PROPOSER, REPO, SECRETARY, STRANGER, DeskRoom, form_body, idea_body, run

from sangkien.cli import main
from sangkien.render.desk import label

pytest_plugins = ["desk_fixtures"]

NAME = "Trần Thị Ví Dụ"
ASKED = {"wish": "Xóa tên hoặc đổi cách hiện tên", "code": "2019-MMVC-NS1B"}


def look(room: DeskRoom, root: Path, *words: str) -> Result:
    token = room.hub.mint_token(REPO, {"issues": "read", "pull_requests": "read", "metadata": "read"}, kind="app",
                                login="sang-kien[bot]")  # fmt: skip
    env = {"GITHUB_REPOSITORY": REPO, "GITHUB_TOKEN": token, "GITHUB_API_URL": room.hub.api_url}
    told = CliRunner(env=env, catch_exceptions=False).invoke(
        main, ["--root", str(root), "erase", *words, "--on", "2026-11-29"]
    )
    assert "Ví Dụ" not in told.output
    assert token not in told.output
    return told


def test_what_was_said_is_told_by_number(room: DeskRoom, tmp_path: Path) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    (pull,) = room.pulls()
    other = room.file_issue("Một câu hỏi khác.", title="Hỏi")
    room.ask(STRANGER, "POST", f"/issues/{other}/comments", {"body": f"Hỏi chị {NAME.upper()} nhé."})
    review = {"body": f"Chị {NAME} làm tốt.", "event": "COMMENT"}
    room.ask(SECRETARY, "POST", f"/pulls/{pull['number']}/reviews", review)
    room.ask(PROPOSER, "POST", "/forks", {})
    mirror = tmp_path / "mirror.git"
    run("git", "clone", "-q", "--mirror", str(room.clone / ".git"), str(mirror), cwd=tmp_path)
    run("git", "fetch", "-q", address(room), "+refs/*:refs/*", cwd=mirror)
    files = room.files(pull["number"])
    person = next(Path(path).stem for path, text in files.items() if "/people/" in path and NAME in text)
    told = look(room, mirror, person, "--check", "--forge", "--out", str(tmp_path / "out"))
    checklist = (tmp_path / "out" / person / "viec-can-lam.md").read_text(encoding="utf-8")

    assert told.exit_code == 1
    lines = [line.strip() for line in told.output.splitlines()]
    assert f"lời gửi hoặc lời mở yêu cầu kéo: #{number}" in lines
    assert f"bình luận: #{other}" in lines
    assert f"lời nhận xét: #{pull['number']}" in lines
    assert f"bản sao của kho ở tài khoản khác: {PROPOSER}/sang-kien" in lines
    assert "Ví Dụ" not in checklist
    for said in (
        f"Số {number}",
        f"Số {other}",
        f"Số {pull['number']}",
        f"#{pull['number']}",
        f"refs/heads/idea/{number}",
    ):
        assert said in checklist


def test_what_was_asked_on_the_forge_is_listed_until_it_is_closed_there(room: DeskRoom) -> None:
    number = room.file_issue(form_body("3-sua-rut-xoa.yml", ASKED))
    room.intake(number)
    assert label("privacy") in room.labels(number)
    token = room.hub.mint_token(REPO, {"issues": "read"}, kind="app", login="sang-kien[bot]")
    env = {"GITHUB_REPOSITORY": REPO, "GITHUB_TOKEN": token, "GITHUB_API_URL": room.hub.api_url}

    def requests(day: str) -> Result:
        words = ["--root", str(room.clone), "requests", "--forge", "--on", day]
        return CliRunner(env=env, catch_exceptions=False).invoke(main, words)

    late = requests("2099-01-01")
    assert (late.exit_code, f"QUÁ HẠN · GitHub #{number}" in late.output) == (1, True)
    assert requests("2026-01-01").exit_code == 0
    room.ask("mau", "PATCH", f"/issues/{number}", {"state": "closed"})
    assert f"#{number}" not in requests("2099-01-01").output


def test_without_a_token_it_says_what_is_missing(room: DeskRoom) -> None:
    env = {"GITHUB_REPOSITORY": "", "GITHUB_TOKEN": ""}
    told = CliRunner(env=env, catch_exceptions=False).invoke(
        main, ["--root", str(room.clone), "erase", "p-41j6b482", "--check", "--forge"]
    )

    assert told.exit_code == 2
    assert "GITHUB_TOKEN" in told.output


def address(room: DeskRoom) -> str:
    return f"{room.hub.url}/{REPO}.git".replace("://", f"://mau:{room.hub.user_token('mau')}@")
