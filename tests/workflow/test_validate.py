from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places import ROOT, VALID
from sangkien.adapters.git import Git
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain.finding import Code, Finding
from sangkien.workflow.identity import Identity
from sangkien.workflow.overlay import Overlay
from sangkien.workflow.validate import validate
from surveying import surveyed

INVALID = sorted((ROOT / "tests" / "examples" / "invalid").glob("*.yml"))
WORKERS = Pool(1)


def findings(root: Path, day: str = "2026-11-21") -> tuple[Finding, ...]:
    return validate(Store(root), WORKERS, today=lambda _: day).findings


def test_validate_valid_repository(repository: Path) -> None:
    assert findings(repository) == ()


def test_validate_project_itself() -> None:
    report = validate(Store(ROOT), Pool(2))

    assert report.findings == ()
    assert report.checked > 200


@pytest.mark.parametrize("case", INVALID, ids=lambda path: path.stem)
def test_validate_finds_each_fault_on_its_line(case: Path, repository: Path) -> None:
    """An example is named for its code; without `old` it is a file of its own.

    `found_in` and `line` say where the finding stands, when not where the change is; `today` what day it is.
    """
    example: Any = yaml.safe_load(case.read_bytes())
    file = repository / example["file"]
    before, old = (file.read_text(encoding="utf-8"), example["old"]) if "old" in example else ("", "")
    assert not old or before.count(old) == 1
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(before.replace(old, example["new"]) if old else example["new"], encoding="utf-8")
    line = example.get("line", before[: before.index(old)].count("\n") + 1)

    found = findings(repository, str(example.get("today", "2026-11-21")))

    places = [(f.code.value, f.where.file, f.where.line) for f in found]
    assert (case.stem[:4], example.get("found_in", example["file"]), line) in places


def test_every_code_of_records_has_an_example() -> None:
    shown = {case.stem[:4] for case in INVALID}
    # Told by tests of their own below, by the ballot's, the recount's, the forms', the pull requests', the hub's, the
    # clerk's sheet's, and, from H974 to H979, the papers'.
    elsewhere = {"E101", "E102", "E109", "E114", "E213", "E346", "E395", "H903"} | {f"H97{last}" for last in "456789"}
    others = ("E4", "E5", "E6", "E7", "E8", "E9", "H92")

    missing = {c.value for c in Code if not c.value.startswith(others)} - shown - elsewhere

    assert missing == set()


IDEA = "ideas/2019/b8/b8m4r0xt/idea.yml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a: " + b"x" * 70_000, Code.TOO_LARGE),
        (b"version: 1\ntitle: \xff\n", Code.NOT_UTF8),
        (b"", Code.NOT_A_RECORD),
        (b"[" * 30_000, Code.TOO_DEEP),
        (b"{}", Code.MISSING_FIELD),
    ],
)
def test_validate_odd_bytes(repository: Path, data: bytes, code: Code) -> None:
    (repository / IDEA).write_bytes(data)

    assert code in {f.code for f in findings(repository) if f.where.file == IDEA}


def test_validate_symlink(repository: Path) -> None:
    target = repository / "elsewhere.yml"
    (repository / IDEA).rename(target)
    (repository / IDEA).symlink_to(target)

    assert Code.SYMLINK in {f.code for f in findings(repository) if f.where.file == IDEA}


def test_validate_linked_folder(repository: Path) -> None:
    (repository / "ideas" / "2020").symlink_to(repository / "ideas" / "2019", target_is_directory=True)

    found = [f for f in findings(repository) if f.where.file.startswith("ideas/2020")]

    assert [f.code for f in found] == [Code.MISPLACED_FILE]


@pytest.mark.parametrize(
    "path",
    [
        "ideas/readme.txt",
        "ideas/2019/b8/b8m4r0xt/note.yml",
        "content/register/units/Xã.yml",
        "ideas/2019/x.yml",
    ],
)
def test_validate_misplaced_file(repository: Path, path: str) -> None:
    (repository / path).write_text("a: 1\n", encoding="utf-8")

    assert [(f.code, f.where.file) for f in findings(repository)] == [(Code.MISPLACED_FILE, path)]


def test_validate_folder_without_idea(repository: Path) -> None:
    (repository / IDEA).unlink()

    assert Code.NO_IDEA in {f.code for f in findings(repository)}


def test_validate_named_paths_only(repository: Path) -> None:
    for path in (IDEA, "ideas/2019/4k/4kq7wdnf/idea.yml"):
        file = repository / path
        file.write_text(file.read_text(encoding="utf-8").replace("share: 60", "share: 50"), encoding="utf-8")

    report = validate(Store(repository), WORKERS, [IDEA])

    assert [f.code for f in report.findings] == [Code.SHARES]


def test_validate_a_register_alone_knows_the_ideas_it_names(repository: Path) -> None:
    club = "content/register/clubs/clb-1.yml"
    assert validate(Store(repository), WORKERS, [club]).findings == ()

    file = repository / club
    file.write_text(file.read_text(encoding="utf-8").replace("B8M4-R0XT", "7K3Q-F2TY"), encoding="utf-8")
    assert [f.code for f in validate(Store(repository), WORKERS, [club]).findings] == [Code.NO_SUCH_RECORD]


@pytest.mark.long
@pytest.mark.parametrize("case", INVALID, ids=lambda path: path.stem)
def test_validate_finds_the_same_over_what_was_kept(case: Path, repository: Path) -> None:
    """What a pull request brings lies on top, and nothing of it is kept."""
    told = yaml.safe_load(case.read_text(encoding="utf-8"))
    store, kept = Store(repository), (Parcels(repository), Identity(Store(repository), Git(repository)))
    before = store.text(told["file"]) if "old" in told else ""
    text = before.replace(told["old"], told["new"], 1) if "old" in told else told["new"]
    overlay = Overlay(store, {told["file"]: text.encode()})
    paths = [told["file"], IDEA]

    assert validate(store, WORKERS, paths, kept).findings == ()
    found = validate(overlay, WORKERS, paths, (kept[0], overlay.over(kept[1])))
    assert found == validate(overlay, WORKERS, paths)
    assert validate(store, WORKERS, [*paths, "content"], kept).findings == ()


def test_validate_same_findings_in_several_processes(repository: Path) -> None:
    (repository / IDEA).write_text("kind: x\n", encoding="utf-8")

    assert validate(Store(repository), Pool(2)) == validate(Store(repository), WORKERS)


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_validate_survives_any_mutation(repository: Path, data: st.DataObject) -> None:
    """Whatever bytes stand in a person's file, findings come out and no exception."""
    paths = sorted(p for p in VALID.rglob("*.yml"))
    path = data.draw(st.sampled_from(paths)).relative_to(VALID)
    file = repository / path
    before = (VALID / path).read_bytes()
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + 30)))
    patch = data.draw(
        st.one_of(st.binary(max_size=20), st.text(max_size=20).map(lambda t: t.encode("utf-8", "replace")))
    )
    file.write_bytes(before[:start] + patch + before[end:])
    try:
        findings(repository)
    finally:
        file.write_bytes(before)


def test_survey_withholds_and_says_so(repository: Path) -> None:
    file = repository / IDEA
    file.write_text(file.read_text(encoding="utf-8").replace("share: 60", "share: 50"), encoding="utf-8")

    seen = surveyed(repository)

    assert IDEA in seen.withheld
    assert [d.folder for d in seen.dossiers() if d.idea] == ["ideas/2019/4k/4kq7wdnf"]


def test_survey_drops_what_leans_on_the_withheld(repository: Path) -> None:
    file = repository / "content/register/rubrics/2019-1.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("pass_score: 30", "pass_score: 61"), encoding="utf-8")

    seen = surveyed(repository)

    assert "content/register/rounds/dot-2019-1.yml" in seen.withheld
    assert [d for d in seen.dossiers() if d.idea] == []
