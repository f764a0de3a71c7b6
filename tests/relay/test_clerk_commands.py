"""The commands beside the clerk's pages: who may enter, and a sheet left to the relay without a browser."""

import re
from pathlib import Path

import pytest
from clerk_room import Browser, shown
from click.testing import CliRunner, Result
from relay_room import free_port, serving, settings_file

from messy_sheets import FIRST, HEAD, SECOND, xlsx
from sangkien.adapters.clerks import Clerks
from sangkien.adapters.ledger import Ledger
from sangkien.cli import main

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.long  # real servers and processes: together they take longer than one should


@pytest.fixture
def settings(tmp_path: Path, checkout: Path) -> Path:
    (tmp_path / "a.xlsx").write_bytes(xlsx([HEAD, FIRST]))
    (tmp_path / "b.xlsx").write_bytes(xlsx([HEAD, FIRST, SECOND]))
    return settings_file(tmp_path, checkout, free_port())


def run(*words: str | Path) -> Result:
    return CliRunner(env={"GITHUB_TOKEN": "none"}).invoke(main, [str(word) for word in words])


def added(settings: Path) -> tuple[str, str]:
    told = run("relay", "clerk", "add", "xa gia kiem", "--settings", settings).output
    found = re.search(r"Mã cán bộ: (\S+)\s+Mật khẩu:\s+(\S+)", told)
    assert found, told
    return found[1], found[2]


def test_clerks_come_go_and_are_in_the_copy(settings: Path, tmp_path: Path) -> None:
    (key, phrase), (other, _) = added(settings), added(settings)
    gone = run("relay", "clerk", "remove", other.lower(), "--settings", settings)
    listed = run("relay", "clerk", "list", "--settings", settings)
    unknown = run("relay", "clerk", "remove", other, "--settings", settings)
    nowhere = run("relay", "clerk", "add", "xã Không Đâu", "--settings", settings)

    assert [done.exit_code for done in (gone, listed, unknown, nowhere)] == [0, 0, 1, 2]
    assert re.fullmatch(rf"{key}  xa-gia-kiem-2025  \d{{4}}-\d\d-\d\d\n", listed.output)
    with serving(settings):
        assert run("relay", "backup", tmp_path / "copy.tar", "--settings", settings).exit_code == 0
    run("relay", "clerk", "remove", key, "--settings", settings)
    assert run("relay", "restore", tmp_path / "copy.tar", "--force", "--settings", settings).exit_code == 0
    ledger = Ledger(tmp_path / "data" / "relay.sqlite")
    opens = Clerks(ledger).opens(key, phrase)
    ledger.close()
    assert opens


def test_a_sheet_left_by_command_is_known_to_the_page(settings: Path, tmp_path: Path, checkout: Path) -> None:
    words = ("--root", checkout, "import", tmp_path / "a.xlsx", "--by", "xa gia kiem", "--outbox", settings)
    first = run(*words, "--slips", tmp_path / "hen.pdf")
    again = run(*words)

    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "Đã đưa 1 hồ sơ" in first.output
    assert "Đã đưa 0 hồ sơ" in again.output
    assert (tmp_path / "hen.pdf").read_bytes().startswith(b"%PDF")
    pair = added(settings)
    with serving(settings) as relay:
        browser = Browser(relay)
        browser.enter(*pair)
        told = shown(browser.bring((tmp_path / "b.xlsx").read_bytes()))
        assert "1 dòng đã gửi" in told
        assert "Gửi 1 dòng đã ổn" in told
    assert run(*words, "--recognised", tmp_path / "a.xlsx").exit_code == 2
