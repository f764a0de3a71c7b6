"""Letters to authors: from the council's words alone, kind to everyone, names only where they were asked for."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.domain.errors import UsageError
from sangkien.domain.passages import Nearest
from sangkien.workflow.letter import Letters

GOLDEN = Path(__file__).parent / "golden"
KINDS = {"cong-nhan": "2018-ZGNS-08CZ", "bo-sung": "2019-4JR1-T915", "khong-cong-nhan": "2019-8NPN-GFYX"}


def near(idea: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Sequence[Nearest]:
    del others
    found = (("2019-4JR1-T915", "Chưa công nhận"), (idea["code"], "Chính nó"), ("2018-E4XG-11NS", "Phân loại"))
    return [Nearest(code=code, title=title, status="", score=1.0, passages=()) for code, title in found]


def letter(code: str, *, with_names: bool = False) -> str:
    ((_, text),) = Letters(Store(ROOT), near).write([code], with_names=with_names)
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_letter(kind: str) -> None:
    text, golden = letter(KINDS[kind]), GOLDEN / f"thu-{kind}.md"
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")

    assert text == golden.read_text(encoding="utf-8")


def test_who_is_not_recognised_is_led_to_a_public_idea() -> None:
    assert "2018-E4XG-11NS" in letter(KINDS["khong-cong-nhan"])
    assert "2018-E4XG-11NS" not in letter(KINDS["cong-nhan"])


def test_no_figure_stands_in_for_a_word() -> None:
    text = letter(KINDS["khong-cong-nhan"]).replace(KINDS["khong-cong-nhan"], "").replace("2018-E4XG-11NS", "")
    assert not any(mark in text for mark in ("15,", "/30", "điểm số"))


def test_names_only_where_asked_for_and_never_inside_git(tmp_path: Path) -> None:
    people = [p.read_text(encoding="utf-8") for p in (ROOT / "content/register/people").rglob("p-*.yml")]
    names = {line.removeprefix("name: ") for text in people for line in text.split("\n") if line.startswith("name: ")}
    nameless = "".join(letter(code) for code in KINDS.values())
    assert not any(name in nameless for name in names)
    named = letter(KINDS["cong-nhan"], with_names=True)
    assert any(name in named for name in names)

    run = CliRunner()
    inside = run.invoke(
        main, ["--root", str(ROOT), "letter", "2018-ZGNS-08CZ", "--with-names", "--out", str(ROOT / "x")]
    )
    assert inside.exit_code == 2
    assert not (ROOT / "x").exists()
    outside = run.invoke(
        main, ["--root", str(ROOT), "letter", "2018-ZGNS-08CZ", "--with-names", "--out", str(tmp_path)]
    )
    assert outside.exit_code == 0
    assert [p.name for p in tmp_path.iterdir()] == ["thu-2018-zgns-08cz.md"]


def test_a_session_s_whole_table() -> None:
    step = Letters(Store(ROOT), near)
    assert len(list(step.write(step.of_session("phien-2018-1"), with_names=False))) == 8
    with pytest.raises(UsageError):
        step.of_decision("qd-khong-co")
    with pytest.raises(UsageError):
        list(step.write(["2026-7K3Q-F2TZ"], with_names=False))
