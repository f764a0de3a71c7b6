import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sangkien.cli import main

IDEA = "ideas/2019/b8/b8m4r0xt/idea.yml"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *arguments], catch_exceptions=False)


def break_shares(root: Path) -> None:
    file = root / IDEA
    file.write_text(file.read_text(encoding="utf-8").replace("share: 60", "share: 50"), encoding="utf-8")


def test_validate_fine(repository: Path) -> None:
    result = run(repository, "validate")

    assert result.exit_code == 0
    assert "tất cả đều ổn" in result.output


def test_validate_json(repository: Path) -> None:
    break_shares(repository)

    result = run(repository, "validate", "--format", "json")

    assert result.exit_code == 1
    report = json.loads(result.output)
    assert set(report) == {"findings", "checked"}
    assert [f["code"] for f in report["findings"]] == ["E309"]
    assert set(report["findings"][0]) == {
        "code",
        "severity",
        "file",
        "line",
        "column",
        "path",
        "message",
        "cure",
    }
    assert report["findings"][0]["file"] == IDEA
    assert report["findings"][0]["path"] == "authors"


def test_validate_as_annotation(repository: Path) -> None:
    break_shares(repository)

    result = run(repository, "validate", "--format", "github")

    assert f"::error file={IDEA},line=10,title=Cần bổ sung E309::" in result.output


def test_validate_unknown_path_is_wrong_use(repository: Path) -> None:
    result = run(repository, "validate", "ideas/nowhere.yml")

    assert result.exit_code == 2
    assert "nowhere.yml" in result.output


def test_explain_every_code() -> None:
    result = CliRunner().invoke(main, ["explain", "e309"], catch_exceptions=False)

    assert result.exit_code == 0
    assert result.output.startswith("E309: ")
    assert "Cách sửa:" in result.output


def test_explain_unknown_code_is_wrong_use() -> None:
    assert CliRunner().invoke(main, ["explain", "E999"]).exit_code == 2


def test_outside_a_repository_is_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path, "validate").exit_code == 2


def test_fmt_check(repository: Path) -> None:
    assert run(repository, "fmt", "--check").exit_code == 0
    file = repository / IDEA
    file.write_text(file.read_text(encoding="utf-8").replace("applied: true", "applied:  true"), encoding="utf-8")
    assert run(repository, "fmt", "--check").exit_code == 1
    assert run(repository, "fmt").exit_code == 0
    assert run(repository, "fmt", "--check").exit_code == 0


@pytest.mark.long
def test_sync_check_in_the_project() -> None:
    result = CliRunner().invoke(main, ["sync", "--check"], catch_exceptions=False)

    assert result.exit_code == 0, result.output


def test_root_may_stand_after_the_command(repository: Path) -> None:
    for arguments in (["validate", "--root", str(repository)], [f"--root={repository}", "validate"]):
        assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    assert CliRunner().invoke(main, ["validate", "--root"]).exit_code == 2
