import re
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

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
from sangkien.domain.errors import UsageError
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


FORGED = sorted((ROOT / "tests" / "examples" / "forged").glob("*.yml"))


@pytest.mark.parametrize("case", FORGED, ids=lambda path: path.stem)
def test_verify_finds_each_forgery_on_its_line(case: Path, repository: Path) -> None:
    """An example is named for its code; a conclusion is signed anew after the change.

    `found_in` and `line` say where the finding stands, when not where the change is.
    """
    example: Any = yaml.safe_load(case.read_bytes())
    file = repository / example["file"]
    before = file.read_text(encoding="utf-8")
    assert before.count(example["old"]) == 1
    after = before.replace(example["old"], example["new"])
    if "/conclusions/" in example["file"]:
        digest = record_digest(notation.parse(after.encode()).record)
        after = re.sub(r"^digest: .*", f"digest: {digest}", after, flags=re.MULTILINE)
    file.write_text(after, encoding="utf-8")
    line = example.get("line", before[: before.index(example["old"])].count("\n") + 1)

    found = verify(Store(repository), Git(repository), Pool(1)).findings

    places = [(f.code.value, f.where.file, f.where.line) for f in found]
    assert (case.stem, example.get("found_in", example["file"]), line) in places


def test_every_forgery_has_an_example_or_a_test() -> None:
    told = {"E501", "E502", "E503", "E504", "E505", "E506", "E507", "E508", "E516", "E517", "E518"}

    assert {c.value for c in Code if c.value.startswith(("E50", "E51"))} == told | {case.stem for case in FORGED}


def test_verify_lets_a_council_change_after_the_day(repository: Path) -> None:
    council = "content/register/councils/hd-thu.yml"
    seats = notation.parse((repository / council).read_bytes()).record["seats"]
    seats[1]["terms"] = [
        {"from": "2019-01-01", "to": "2019-06-10", "github_id": 1002},
        {"from": "2019-06-11", "github_id": 1009, "conflicts": ["xa-thu-2010"]},
    ]
    seats.append({"seat": "ghe-3", "role": "uy-vien", "voting": True, "terms": [{"from": "2019-07-01"}]})
    edit(repository, council, seats=seats)

    assert codes(repository) == []


def test_verify_lets_another_council_look_when_nominated(repository: Path) -> None:
    """A nomination names the council and round that take an idea up beside its own."""
    for kind, own, other in (("councils", "hd-thu", "hd-tren"), ("rounds", "dot-2019-1", "dot-tren")):
        shelf = repository / "content/register" / kind
        text = (shelf / f"{own}.yml").read_text(encoding="utf-8")
        text = text.replace("hd-thu", "hd-tren").replace("dot-2019-1", "dot-tren")
        (shelf / f"{other}.yml").write_text(text, encoding="utf-8")
    record = notation.parse((repository / CONCLUSION).read_bytes()).record | {"council": "hd-tren", "round": "dot-tren"}
    del record["session"]
    record["digest"] = record_digest(record)
    above = repository / FOLDER / "conclusions" / "hd-tren-1.yml"
    above.write_text(notation.write(record), encoding="utf-8")
    assert set(codes(repository)) == {Code.SETTING_DIFFERS}

    edit(repository, "content/register/nominations/dn-1.yml", council="hd-tren", round="dot-tren")
    assert codes(repository) == []


def told(root: Path, **changes: Any) -> dict[str, Any]:
    """Tell of the one honour as a register published before would."""
    digest = notation.parse((root / CONCLUSION).read_bytes()).record["digest"]
    conclusion = {"council": "hd-thu", "number": 1, "digest": digest, "decision": "qd-1", "rating": "dat"}
    conclusion |= {"recognised_on": "2019-07-01"} | changes
    return {"version": 1, "ideas": [{"code": "2019-B8M4-R0XT", "revoked": False, "conclusions": [conclusion]}]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"digest": "0" * 64}, Code.REGISTER_DIFFERS),
        ({"number": 2}, Code.REGISTER_DIFFERS),
        ({"council": "hd-khac"}, Code.REGISTER_DIFFERS),
        ({"rating": "xuat-sac"}, Code.HONOUR_CHANGED),
        ({"decision": "qd-0"}, Code.HONOUR_CHANGED),
        ({"recognised_on": "2019-06-30"}, Code.HONOUR_CHANGED),
    ],
)
def test_verify_against_a_register_that_told_otherwise(repository: Path, changes: dict[str, Any], code: Code) -> None:
    assert codes(repository, earlier=[told(repository)]) == []
    assert codes(repository, earlier=[told(repository, **changes)]) == [code]
    assert codes(repository, earlier=[told(repository), told(repository, **changes)]) == [code]
    assert codes(repository, folders=["ideas/2019/4k/4kq7wdnf"], earlier=[told(repository, **changes)]) == []


def test_verify_misses_an_honour_that_was_told_of(repository: Path) -> None:
    register = told(repository)
    (repository / "content/register/decisions/qd-1.yml").unlink()
    assert Code.HONOUR_VANISHED in codes(repository, earlier=[register])

    shutil.rmtree(repository / FOLDER)
    assert {Code.HONOUR_VANISHED, Code.REGISTER_DIFFERS} <= set(codes(repository, earlier=[register]))


def test_verify_takes_a_revocation_or_a_withdrawal_for_an_answer(repository: Path) -> None:
    register = told(repository)
    decision = notation.parse((repository / "content/register/decisions/qd-1.yml").read_bytes()).record
    revocation = decision | {
        "id": "qd-9",
        "kind": "thu-hoi",
        "date": "2020-01-01",
        "amends": "qd-1",
        "reason": "Trùng.",
    }
    (repository / "content/register/decisions/qd-9.yml").write_text(notation.write(revocation), encoding="utf-8")
    assert codes(repository, earlier=[register]) == []

    (repository / "content/register/decisions/qd-9.yml").unlink()
    stub = {"version": 1, "code": "2019-B8M4-R0XT", "date": "2020-01-01", "digest": "0" * 64, "tokens": ["x"]}
    (repository / FOLDER / "withdrawn.yml").write_text(notation.write(stub), encoding="utf-8")
    shutil.rmtree(repository / FOLDER / "conclusions")
    assert not {Code.HONOUR_VANISHED, Code.REGISTER_DIFFERS} & set(codes(repository, earlier=[register]))


@pytest.mark.parametrize(
    "register",
    [
        None,
        [],
        "x",
        {"ideas": 7},
        {"ideas": [7]},
        {"ideas": [{"code": "2019-B8M4-R0XT"}]},
        {"ideas": [{"code": "khong", "conclusions": []}]},
        {"ideas": [{"code": "2019-B8M4-R0XT", "conclusions": [{"council": [], "digest": "0", "number": 1}]}]},
        {"ideas": [{"code": "2019-B8M4-R0XT", "conclusions": [{"council": "a", "digest": "0", "number": "1"}]}]},
    ],
)
def test_verify_against_no_sound_register_stops(repository: Path, register: Any) -> None:
    with pytest.raises(UsageError):
        codes(repository, earlier=[register])
