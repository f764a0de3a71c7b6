import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from places import ROOT
from sangkien.cli import main

TEMPLATE = ".github/ISSUE_TEMPLATE/2-ap-dung.yml"
BODY = (
    "### Mã của ý\r\n\r\n2019-7K3Q-F2TY\r\n\r\n### Đơn vị áp dụng\r\n\r\nxã Gia Kiệm\r\n\r\n"
    "### Áp dụng từ ngày nào\n\n15/3/2026\n\n"
)


def run(*words: str, **environment: str) -> tuple[int, str]:
    clean = {"GITHUB_REPOSITORY": "", "GITHUB_TOKEN": "", "GITHUB_API_URL": "", **environment}
    result = CliRunner(env=clean).invoke(main, ["--root", str(ROOT), *words])
    return result.exit_code, result.output


def test_form_parse_json(tmp_path: Path) -> None:
    body = tmp_path / "body.md"
    body.write_bytes(BODY.encode())

    code, output = run("form", "parse", "--template", str(ROOT / TEMPLATE), str(body), "--format", "json")

    told = json.loads(output)
    assert code == 1
    assert told["answers"]["code"] == "2019-7K3Q-F2TY"
    assert told["answers"]["unit"] == "xã Gia Kiệm"
    assert told["answers"]["result"] is None
    assert {f["path"] for f in told["findings"]} == {
        "result",
        "measures",
        "place",
        "applied_by",
        "learned_from",
        "changes",
    }
    assert all(f["message"] and f["cure"] for f in told["findings"])


def test_form_parse_whole(tmp_path: Path) -> None:
    body = tmp_path / "body.md"
    body.write_text("\ufeff### A\n\nx\n\n### B\n\n- [X] y\n- [ ] z", encoding="utf-8")
    template = tmp_path / "form.yml"
    template.write_text(
        "body:\n- {type: input, attributes: {label: A}}\n"
        "- {type: checkboxes, attributes: {label: B, options: [{label: y}, {label: z}]}}\n",
        encoding="utf-8",
    )

    code, output = run("form", "parse", "--template", str(template), str(body), "--format", "json")

    assert code == 0
    assert json.loads(output) == {
        "answers": {"a": "x", "b": [{"label": "y", "checked": True}, {"label": "z", "checked": False}]},
        "findings": [],
    }
    assert run("form", "parse", "--template", str(template), str(body)) == (0, "a: x\nb: [x] y, [ ] z\n")


def test_form_parse_wants_a_form(tmp_path: Path) -> None:
    other = tmp_path / "other.yml"
    other.write_text("a: b", encoding="utf-8")

    code, output = run("form", "parse", "--template", str(other), str(other))

    assert code == 2
    assert "biểu mẫu" in output


@pytest.mark.parametrize("command", ["intake", "validate-pr --pull 1", "reception --number 1", "sweep"])
def test_the_desk_wants_to_know_where_it_is(command: str) -> None:
    code, output = run(*command.split())

    assert code == 2
    assert "GITHUB_REPOSITORY" in output


def test_one_pull_request_is_named_in_one_way() -> None:
    code, output = run("validate-pr", "--pull", "1", "--issue", "1")

    assert code == 2
    assert "--pull" in output
