"""The sample councils' conclusions are made by the program, and are today what it would make again."""

import shutil
import unicodedata
from pathlib import Path

import pytest
from make_conclusions import remake, sittings

from conclusions import FOLDER, conclude_again
from places import ROOT
from sangkien.adapters.git import Git
from sangkien.adapters.store import Store
from sangkien.domain import notation
from sangkien.domain.errors import UsageError
from sangkien.workflow.conclude import Word, conclude


@pytest.mark.long
def test_sample_conclusions_are_the_programs_own(tmp_path: Path) -> None:
    root = tmp_path / "copy"
    for part in ("content/register", "ideas", "schemas"):
        shutil.copytree(ROOT / part, root / part)

    written = remake(root, keep_earlier=True)

    assert len(written) >= len(sittings()) - 1
    for path in written:
        assert (root / path).read_bytes() == (ROOT / path).read_bytes(), path


def test_samples_cover_every_outcome_and_say_so() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "ideas").rglob("*.yml")]
    conclusions = [text for text in texts if "\noutcome: " in text]

    for outcome in ("cong-nhan", "bo-sung", "khong-cong-nhan"):
        assert any(f"\noutcome: {outcome}\n" in text for text in conclusions)
    assert all("\nsample: true\n" in text for text in texts)
    assert sum(path.name == "idea.yml" for path in (ROOT / "ideas").rglob("*.yml")) >= 30


def test_conclude_writes_the_next_number(repository: Path) -> None:
    path = conclude_again(repository, Word(reasons="Xem lại."), (50, 30), (50, 30))

    assert path.endswith("hd-thu-2.yml")


@pytest.mark.parametrize(
    ("marks", "word", "key"),
    [
        ([(50, 30)], Word(), "no-result"),
        ([(20, 10), (20, 10)], Word(outcome="cong-nhan", reasons="x"), "beyond-result"),
        ([(50, 30), (50, 30)], Word(outcome="bo-sung"), "reason-needed"),
        ([(50, 30), (50, 30)], Word(outcome="bo-sung", reasons=" \n"), "reason-needed"),
        ([(50, 30), (50, 30)], Word(session="phiên 1"), "bad-word"),
        ([(50, 30), (50, 30)], Word(reasons="x\x01"), "bad-word"),
        ([(50, 30), (50, 30)], Word(reasons="a" * 9000), "bad-word"),
    ],
)
def test_conclude_refuses(repository: Path, marks: list[tuple[int, int]], word: Word, key: str) -> None:
    with pytest.raises(UsageError, match=key):
        conclude_again(repository, word, *marks)
    assert [path.name for path in (repository / FOLDER / "conclusions").iterdir()] == ["hd-thu-1.yml"]


def test_conclude_stores_one_form_of_a_text(repository: Path) -> None:
    path = conclude_again(repository, Word(reasons=unicodedata.normalize("NFD", " Tưới tốt\r\n")), (50, 30), (50, 30))

    assert notation.parse((repository / path).read_bytes()).record["reasons"] == "Tưới tốt"


@pytest.mark.parametrize("folder", ["", "ideas/2019/zz/zzzzzzzz"])
def test_conclude_needs_an_idea(repository: Path, folder: str) -> None:
    with pytest.raises(UsageError, match="bad-idea"):
        conclude(Store(repository), Git(repository), folder, [], None, Word(), "2019-06-20")


def test_conclude_stricter_with_a_reason(repository: Path) -> None:
    path = conclude_again(repository, Word(outcome="bo-sung", reasons="Cần số đo."), (50, 30), (50, 30))

    record = notation.parse((repository / path).read_bytes()).record
    assert (record["result"], record["outcome"], "rating" in record) == ("cong-nhan", "bo-sung", False)
