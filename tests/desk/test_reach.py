"""A forge that cannot be reached."""

from click.testing import CliRunner

from places import ROOT
from sangkien.cli import main


def test_an_unreachable_forge_is_an_outside_failure() -> None:
    nowhere = {"GITHUB_REPOSITORY": "a/b", "GITHUB_TOKEN": "hush-hush", "GITHUB_API_URL": "http://127.0.0.1:9/api/v3"}

    result = CliRunner(env=nowhere).invoke(main, ["--root", str(ROOT), "intake", "--issue", "1"])

    assert result.exit_code == 3
    assert "GitHub" in result.output
    assert "hush-hush" not in result.output
