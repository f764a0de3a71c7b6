import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from places import ROOT, VALID
from sangkien.cli import main

RUBRIC = str(VALID / "content/register/rubrics/2019-1.yml")
CASES_RUBRIC = ROOT / "content/register/rubrics/2019-1.yml"
COUNCIL = str(VALID / "content/register/councils/hd-thu.yml")
IDEA = str(VALID / "ideas/2019/b8/b8m4r0xt/idea.yml")
BODY = "```phieu-cham\nbo-tieu-chi: 2019-1\ntinh-moi: 50,5\ntinh-kinh-te: 30/40\nket-luan: cong-nhan\n```"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


@pytest.mark.parametrize(
    ("body", "code", "expected"),
    [
        (
            BODY,
            0,
            {
                "rubric": "2019-1",
                "marks": {"tinh-moi": "50.5", "tinh-kinh-te": "30"},
                "total": "80.5",
                "verdict": "cong-nhan",
                "comment": "",
                "reason": "",
            },
        ),
        ("Tôi đồng ý.", 0, None),
        (BODY.replace("30/40", "41"), 1, None),
    ],
)
def test_ballot_parse_json(tmp_path: Path, body: str, code: int, expected: Any) -> None:
    result = run("ballot", "parse", written(tmp_path, "b.md", body), "--rubric", RUBRIC, "--format", "json")

    told = json.loads(result.output)
    assert (result.exit_code, told["ballot"], told["sealed"]) == (code, expected, False)
    assert bool(told["findings"]) == (code == 1)


def test_ballot_parse_sealed(tmp_path: Path) -> None:
    body = "```phieu-kin\n-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n```"

    result = run("ballot", "parse", written(tmp_path, "b.md", body), "--rubric", RUBRIC, "--format", "json")

    assert json.loads(result.output) == {"ballot": None, "sealed": True, "findings": []}


@pytest.mark.parametrize("rubric", ["[]", "id: x", "a: [", "", "id: x\ncriteria: 3", "id: x\ncriteria:\n  - 1"])
def test_ballot_parse_bad_rubric_is_wrong_use(tmp_path: Path, rubric: str) -> None:
    result = run("ballot", "parse", written(tmp_path, "b.md", BODY), "--rubric", written(tmp_path, "r.yml", rubric))

    assert result.exit_code == 2


def tally(tmp_path: Path, reviews: str, *more: str) -> Result:
    inputs = ["--rubric", RUBRIC, "--council", COUNCIL, "--idea", IDEA]
    return run("tally", *inputs, "--reviews", written(tmp_path, "r.json", reviews), "--on", "2019-06-10", *more)


def reviews(*accounts: int) -> str:
    return json.dumps(
        [
            {
                "id": account,
                "user": {"id": account, "type": "User"},
                "body": BODY,
                "state": "COMMENTED",
                "submitted_at": "2019-06-01T00:00:00Z",
                "commit_id": "c",
            }
            for account in accounts
        ]
    )


def test_tally_json(tmp_path: Path) -> None:
    result = tally(tmp_path, reviews(1001, 1002, 7), "--format", "json")

    told = json.loads(result.output)
    assert result.exit_code == 0
    assert told["members"] == told["base"] == 2
    assert [sheet["member"] for sheet in told["counted"]] == ["ghe-1", "ghe-2"]
    assert told["set_aside"] == [{"review_id": 7, "user_id": 7, "reason": "ngoai-hoi-dong"}]
    assert told["criteria"][0] == {
        "id": "tinh-moi",
        "mean": "50.50",
        "median": "50.50",
        "spread": "0.00",
        "pass": True,
    }
    assert (told["result"], told["rating"], told["why"], told["agree"]) == ("cong-nhan", "dat", [], 2)
    assert told["quorum"] == {"needed": 2, "have": 2, "met": True}


def test_tally_without_reviews_has_nulls(tmp_path: Path) -> None:
    told = json.loads(tally(tmp_path, "[]", "--format", "json").output)

    assert (told["result"], told["rating"], told["total"]["mean"], told["criteria"][0]["mean"]) == (None,) * 4


def test_tally_with_commits(tmp_path: Path) -> None:
    digests = written(tmp_path, "c.json", json.dumps({"c": "0" * 64}))

    told = json.loads(tally(tmp_path, reviews(1001), "--digests", digests, "--format", "json").output)

    assert told["set_aside"] == [{"review_id": 1001, "user_id": 1001, "reason": "noi-dung-da-doi"}]


def test_tally_text_speaks_vietnamese(tmp_path: Path) -> None:
    output = tally(tmp_path, reviews(1001, 1002)).output

    assert "Tính mới: trung bình 50,50" in output
    assert "Xếp loại: Đạt." in output


ODD_REVIEWS = [
    '[{"id": Infinity, "submitted_at": "2019-06-01T00:00:00Z"}]',
    '[{"id": 1, "user": {"id": 1e400}, "submitted_at": "2019-06-01T00:00:00Z"}]',
    '[{"id": 1, "user": "x", "submitted_at": "2019-06-01T00:00:00Z"}]',
    '[{"id": 1, "editor": "x", "submitted_at": "2019-06-01T00:00:00Z"}]',
]


@pytest.mark.parametrize(
    "text", ["{", "3", '{"a": 1}', "[1]", '[{"id": 1, "submitted_at": "x"}]', "[" * 100_000, *ODD_REVIEWS]
)
def test_tally_bad_reviews_is_wrong_use(tmp_path: Path, text: str) -> None:
    assert tally(tmp_path, text).exit_code == 2


CASES = sorted((ROOT / "tests" / "cases" / "ballot").glob("*.md"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_ballot_parse_case(case: Path) -> None:
    """A body and what is read from it stand side by side; to change one is to change the other."""
    result = run("ballot", "parse", str(case), "--rubric", str(CASES_RUBRIC), "--format", "json")

    told = json.loads(result.output)
    told["findings"] = [{key: finding[key] for key in ("code", "line", "message")} for finding in told["findings"]]
    assert told == json.loads(case.with_suffix(".json").read_bytes())
    assert result.exit_code == (1 if told["findings"] else 0)


@pytest.mark.parametrize("register", ["null", "[]", "3", '{"ideas": 3}', '{"ideas": [{"conclusions": [{}]}]}'])
def test_verify_against_what_is_no_register_is_wrong_use(repository: Path, tmp_path: Path, register: str) -> None:
    against = written(tmp_path, "register.json", register)

    assert run("--root", str(repository), "verify", "--all", "--against", against).exit_code == 2


@pytest.mark.parametrize("form", ["json", "text"])
def test_verify_tells_every_difference(repository: Path, tmp_path: Path, form: str) -> None:
    """Each finding of a recount can be told: its parameters fill its sentence."""
    idea = repository / "ideas/2019/b8/b8m4r0xt/idea.yml"
    idea.write_text(idea.read_text(encoding="utf-8").replace("title: ", "title: Lại "), encoding="utf-8")
    register = {"ideas": [{"code": "2019-7K3Q-F2TY", "conclusions": [{"council": "hd", "digest": "0" * 64}]}]}
    against = written(tmp_path, "register.json", json.dumps(register))

    result = run("--root", str(repository), "verify", "--against", against, "--format", form)

    assert result.exit_code == 1
    assert "Nội dung của ý 2019-B8M4-R0XT khác" in result.output
    assert "Kết luận về ý 2019-7K3Q-F2TY đã công bố" in result.output


def test_verify_json(repository: Path) -> None:
    result = run("--root", str(repository), "verify", "--all", "--format", "json")

    assert (result.exit_code, json.loads(result.output)) == (0, {"findings": [], "checked": 1})
