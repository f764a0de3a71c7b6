import unicodedata
from pathlib import Path

import pytest

from places import ROOT, VALID
from sangkien.adapters.store import Store
from sangkien.domain import digest, notation
from sangkien.workflow.fmt import fmt

IDEA = "ideas/2019/b8/b8m4r0xt/idea.yml"


def test_fmt_leaves_canonical_files_alone(repository: Path) -> None:
    assert fmt(Store(repository), [], write=True).changed == []


def test_fmt_is_idempotent_and_keeps_the_digest(repository: Path) -> None:
    file = repository / IDEA
    record = notation.parse(file.read_bytes()).record
    untidy = "# note\n" + notation.write(dict(reversed(record.items()))).replace("title: ", "title:   ")
    file.write_text(unicodedata.normalize("NFD", untidy), encoding="utf-8")

    first = fmt(Store(repository), [IDEA], write=True)
    second = fmt(Store(repository), [IDEA], write=True)

    assert first.changed == [IDEA]
    assert second.changed == []
    assert file.read_text(encoding="utf-8") == "# note\n" + (VALID / IDEA).read_text(encoding="utf-8")
    assert digest.scored_digest(notation.parse(file.read_bytes()).record) == digest.scored_digest(record)


def test_fmt_check_writes_nothing(repository: Path) -> None:
    file = repository / IDEA
    file.write_text(file.read_text(encoding="utf-8").replace("applied: true", "applied:  true"), encoding="utf-8")
    before = file.read_bytes()

    assert fmt(Store(repository), [], write=False).changed == [IDEA]
    assert file.read_bytes() == before


@pytest.mark.parametrize(("text", "note"), [("a: 1 # x\n", "fmt-comment"), ("a: [1\n", "fmt-unreadable")])
def test_fmt_leaves_what_it_would_harm(repository: Path, text: str, note: str) -> None:
    (repository / IDEA).write_text(text, encoding="utf-8")

    result = fmt(Store(repository), [IDEA], write=True)

    assert result.notes == [(note, IDEA)]
    assert (repository / IDEA).read_text(encoding="utf-8") == text


def test_project_records_are_canonical() -> None:
    assert fmt(Store(ROOT), [], write=False).changed == []
