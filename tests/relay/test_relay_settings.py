"""Settings are checked at once, each fault with a sentence and a cure."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from relay_room import free_port, settings_file
from starlette.requests import Request

from sangkien.cli import main
from sangkien.relay.gate import network_of
from sangkien.relay.settings import read
from sangkien.render.relay_settings import fault

pytest_plugins = ["relay_fixtures"]


def faults_of(path: Path, **environment: str) -> set[str]:
    found = read(path, environment)[1]
    for one in found:
        assert all(fault(one.key, **one.params))
    return {one.key for one in found}


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        f'data = "{tmp_path}/none"\naddress = "http://gui.example/"\nroot = "{tmp_path}"\n'
        '[github]\nrepository = "x"\napi = "nowhere"\nclient_id = "a"\ninstallation = 1\nprivate_key = "/none.pem"\n',
        encoding="utf-8",
    )
    assert faults_of(path) == {"data", "address", "root", "repository", "api", "key_file"}
    done = CliRunner().invoke(main, ["relay", "serve", "--settings", str(path)])
    assert done.exit_code == 2
    assert done.stderr.count("Cách sửa") == 6


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("= no toml", "unreadable"),
        ("color = 1", "unknown"),
        ("", "missing"),
        ('port = "8080"', "wrong"),
        ("[limits]\nper_hour = 0", "wrong"),
        ("[limits]\nper_hour = true", "wrong"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")

    assert key in faults_of(path)


def test_a_key_is_needed_and_kept_from_others(tmp_path: Path, checkout: Path) -> None:
    path = settings_file(tmp_path, checkout, free_port())
    assert faults_of(path) == {"no_key"}
    assert faults_of(path, GITHUB_TOKEN="x") == set()
    key = tmp_path / "key.pem"
    key.write_text("-----BEGIN RSA PRIVATE KEY-----", encoding="ascii")
    app: dict[str, Any] = {"github_client_id": "x", "github_installation": 1, "github_private_key": str(key)}
    path = settings_file(tmp_path, checkout, free_port(), **app)
    key.chmod(0o644)
    assert faults_of(path) == {"key_open"}
    key.chmod(0o600)
    assert faults_of(path) == set()


def test_a_book_without_its_secret_is_not_served(tmp_path: Path, checkout: Path) -> None:
    path = settings_file(tmp_path, checkout, free_port())
    (tmp_path / "data" / "relay.sqlite").touch()

    assert "secret" in faults_of(path, GITHUB_TOKEN="x")


def test_check_says_when_all_is_fine(tmp_path: Path, checkout: Path) -> None:
    path = settings_file(tmp_path, checkout, free_port())

    done = CliRunner(env={"GITHUB_TOKEN": "x"}).invoke(main, ["relay", "check", "--settings", str(path)])

    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(main, ["relay", "check", "--settings", str(path)]).exit_code == 1


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "network"),
    [
        ("198.51.100.7", None, 0, "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", 0, "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9", 1, "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", 1, "203.0.113.9"),  # what the sender claims is not believed
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9", 2, "10.0.0.1"),
        ("10.0.0.1", "x", 1, "?"),
        ("2001:db8:1:2:3:4:5:6", None, 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", None, 0, "203.0.113.9"),
    ],
)
def test_who_asks_is_known_by_the_network(peer: str, forwarded: str | None, proxies: int, network: str) -> None:
    heads = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "headers": heads, "client": (peer, 1)})

    assert network_of(request, proxies) == network
