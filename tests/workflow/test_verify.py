import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from conclusions import FOLDER, conclude_again
from places import ROOT
from sangkien.adapters.git import Git
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import notation
from sangkien.domain.ballot import plain
from sangkien.domain.conclusion import aggregates
from sangkien.domain.count import Sheet, count
from sangkien.domain.digest import record_digest
from sangkien.domain.finding import Code
from sangkien.domain.rubric import Rubric
from sangkien.workflow.conclude import Word
from sangkien.workflow.verify import verify

CONCLUSION = f"{FOLDER}/conclusions/hd-thu-1.yml"


def codes(root: Path, **options: Any) -> list[Code]:
    return [f.code for f in verify(Store(root), Git(root), Pool(1), **options).findings]


def edit(root: Path, path: str, *, resign: bool = False, **changes: Any) -> None:
    record = notation.parse((root / path).read_bytes()).record | changes
    if resign:
        record["digest"] = record_digest(record)
    (root / path).write_text(notation.write(record), encoding="utf-8")


def test_verify_fine(repository: Path) -> None:
    report = verify(Store(repository), Git(repository), Pool(1))

    assert (report.findings, report.checked) == ((), 1)


def test_verify_project_itself() -> None:
    report = verify(Store(ROOT), Git(ROOT), Pool(2))

    assert [f for f in report.findings if f.severity == "error"] == []
    assert report.checked > 20


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agree": 1}, Code.RECOUNT),
        ({"base": 1}, Code.RECOUNT),
        ({"rating": "xuat-sac"}, Code.RECOUNT),
        ({"result": "bo-sung"}, Code.RECOUNT),
        ({"rules": 7}, Code.RULES_VERSION),
        ({"rubric_digest": "0" * 64}, Code.RUBRIC_CHANGED),
        ({"scored_digest": "0" * 64}, Code.IDEA_CHANGED),
        ({"outcome": "bo-sung", "reasons": ""}, Code.OUTCOME_BEYOND_RESULT),
        ({"counted": []}, Code.RECOUNT),
    ],
)
def test_verify_sees_a_resigned_change(repository: Path, changes: dict[str, Any], code: Code) -> None:
    """Whoever edits a conclusion can also mend its digest; the recount still tells."""
    if changes.get("reasons") == "":
        changes = {**changes}
        del changes["reasons"]
        record = notation.parse((repository / CONCLUSION).read_bytes()).record
        del record["reasons"]
        (repository / CONCLUSION).write_text(notation.write(record), encoding="utf-8")
    edit(repository, CONCLUSION, resign=True, **changes)

    assert code in codes(repository)


def test_verify_sees_a_plain_change(repository: Path) -> None:
    edit(repository, CONCLUSION, agree=1)

    assert Code.DIGEST in codes(repository)


def test_verify_sees_a_mark_changed(repository: Path) -> None:
    record = notation.parse((repository / CONCLUSION).read_bytes()).record
    record["counted"][0]["marks"]["tinh-moi"] = "60"
    edit(repository, CONCLUSION, resign=True, counted=record["counted"])

    assert set(codes(repository)) == {Code.RECOUNT}


Record = dict[str, Any]
FORGERIES: dict[str, Callable[[Record], Any]] = {
    "a seat twice": lambda r: r["counted"].append(dict(r["counted"][0])),
    "a seat not on the roll": lambda r: r["counted"][0].update(seat="ghe-99"),
    "a mark beyond the scale": lambda r: r["counted"][0]["marks"].update({"tinh-moi": "999"}),
    "counted and abstained": lambda r: r["abstained"].append(r["counted"][0]["seat"]),
    "a stranger recused": lambda r: r["recused"].append("ghe-99"),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_verify_sees_a_forgery_whose_figures_agree(repository: Path, forge: Callable[[Record], Any]) -> None:
    """Every aggregate is counted anew after the change and signed again: only sense is left to tell."""
    record = notation.parse((repository / CONCLUSION).read_bytes()).record
    rubric = Rubric.from_record(
        notation.parse((repository / "content/register/rubrics/2019-1.yml").read_bytes()).record
    )
    forge(record)
    sheets = []
    for sheet in record["counted"]:
        marks = {key: Fraction(mark) for key, mark in sheet["marks"].items()}
        sheets.append(Sheet(member=sheet["seat"], review_id=sheet["review_id"], marks=marks, verdict=sheet["verdict"]))
        sheet["total"] = plain(sheets[-1].total)
    base = record["members"] - len(record["recused"]) - len(record["conflicted"])
    anew = count(rubric, sheets, base=base, abstained=len(record["abstained"]))
    edit(repository, CONCLUSION, resign=True, **(record | aggregates(anew) | {"rating": anew.rating}))

    assert Code.IMPOSSIBLE_SEAT in codes(repository)
    assert set(codes(repository)) <= {Code.IMPOSSIBLE_SEAT, Code.REPEATED_ENTRY, Code.CONFLICTS_DIFFER}


@pytest.mark.parametrize(
    ("line", "code"),
    [("outcome: cong-nhan\n", Code.REPEATED_KEY), ("x: [\n", Code.NOT_YAML), ("y: \x01\n", Code.FORBIDDEN_CHARACTER)],
)
def test_verify_passes_no_conclusion_it_cannot_read(repository: Path, line: str, code: Code) -> None:
    with (repository / CONCLUSION).open("a", encoding="utf-8") as file:
        file.write(line)

    assert code in codes(repository)


@pytest.mark.parametrize("text", [None, "a: [\n"])
def test_verify_misses_the_idea_that_was_scored(repository: Path, text: str | None) -> None:
    idea = repository / FOLDER / "idea.yml"
    idea.unlink() if text is None else idea.write_text(text, encoding="utf-8")

    assert Code.IDEA_CHANGED in codes(repository)


def test_verify_sees_the_idea_changed(repository: Path) -> None:
    edit(repository, f"{FOLDER}/idea.yml", after="Mỗi gốc còn một lít.")

    assert {Code.IDEA_CHANGED, Code.FROZEN} <= set(codes(repository))


def test_verify_sees_a_decision_ahead_of_its_council(repository: Path) -> None:
    edit(repository, "content/register/decisions/qd-1.yml", codes=["2019-4KQ7-WDNF"])

    assert Code.NOT_RECOGNISED in codes(repository)


def test_verify_named_folders_only(repository: Path) -> None:
    edit(repository, CONCLUSION, agree=1)

    assert codes(repository, folders=["ideas/2019/4k/4kq7wdnf"]) == []


def test_verify_older_conclusion_against_its_blob(repository: Path) -> None:
    (repository / CONCLUSION).unlink()
    conclude_again(repository, Word(), (20, 20), (20, 20), verdict="bo-sung")
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(repository), *command], check=True)
    edit(repository, f"{FOLDER}/idea.yml", after="Mỗi gốc còn tám lít, đo trong mười ngày.")
    path = conclude_again(repository, Word(), (50, 30), (50, 30))

    assert path == f"{FOLDER}/conclusions/hd-thu-2.yml"
    assert codes(repository) == []


def test_verify_older_conclusion_without_its_blob_is_a_hint(repository: Path) -> None:
    conclude_again(repository, Word(), (50, 30), (50, 30))

    assert codes(repository) == [Code.NO_IDEA_BLOB]


def test_verify_against_an_earlier_register(repository: Path) -> None:
    digest = notation.parse((repository / CONCLUSION).read_bytes()).record["digest"]
    told = {"code": "2019-B8M4-R0XT", "conclusions": [{"council": "hd-thu", "number": 1, "digest": digest}]}

    assert codes(repository, earlier={"ideas": [told]}) == []
    told["conclusions"] = [{"council": "hd-thu", "number": 1, "digest": "0" * 64}]
    assert codes(repository, earlier={"ideas": [told]}) == [Code.REGISTER_DIFFERS]
