import html
import json
import re

import pytest
from click.testing import CliRunner

from places import ROOT
from sangkien.cli import main
from sangkien.render.doctor import PERMISSIONS, manifest, manifest_page


def test_the_app_gets_what_the_workflows_ask_of_it_and_no_more() -> None:
    asked: dict[str, set[str]] = {"metadata": {"read"}}
    for file in (ROOT / ".github" / "workflows").glob("*.yml"):
        for name, level in re.findall(r"^\s+permission-([a-z-]+): (\w+)$", file.read_text("utf-8"), re.MULTILINE):
            asked.setdefault(name.replace("-", "_"), set()).add(level)

    assert {name: "write" if "write" in levels else "read" for name, levels in asked.items()} == PERMISSIONS


def test_manifest_asks_for_no_webhook_and_stays_private() -> None:
    told = manifest("a-very-long-name-of-an-organization-x/kho", "https://github.com")

    assert len(str(told["name"])) <= 34
    assert told["public"] is False
    assert told["hook_attributes"] == {"url": told["url"], "active": False}
    assert told["default_events"] == []


def test_page_hands_over_the_very_manifest() -> None:
    page = manifest_page('hoi"><script>/kho', "https://github.com")

    assert "<script>" not in page
    held = re.findall(r'name="manifest" value="([^"]*)"', page)
    assert [json.loads(html.unescape(one)) for one in held] == [manifest('hoi"><script>/kho', "https://github.com")] * 2


@pytest.mark.parametrize("style", [(), ("json",), ("html",)])
def test_printed_without_a_token_or_a_repository_at_hand(style: tuple[str, ...]) -> None:
    environment = {"GITHUB_REPOSITORY": "hoi/kho", "GITHUB_TOKEN": "", "GITHUB_SERVER_URL": "https://git.example"}
    result = CliRunner(env=environment).invoke(main, ["--root", "/", "doctor", "--app-manifest", *style])

    assert result.exit_code == 0, result.output
    assert "https://git.example/hoi/kho" in result.output
    assert ("<!doctype html>" in result.output) == (style == ("html",))
