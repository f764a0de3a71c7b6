"""The index on a real disk: kept, found again, made anew when it is not whole, safe among several processes."""

import json
import multiprocessing
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sangkien.adapters.novelty import Index, Shelf
from sangkien.domain.errors import OutsideError
from sangkien.domain.novelty import FIELDS, Clause, Entry, Spelt, terms_of_entry
from sangkien.domain.set_aside import SetAside

pytestmark = pytest.mark.long

IDEAS = (
    Entry(code="A", title="Tưới nhỏ giọt", status="cong-nhan", folder="a", texts=("Chai nhựa cũ.", "Đỡ nước.")),
    Entry(code="B", title="Hố ủ phân", status="dang-xet", folder="b", texts=("Đỡ mùi.",)),
    Entry(code="C", status="rut", folder="c", tokens=("chai", "nhua", "tuoi")),
)


def read(ideas: tuple[Entry, ...] = IDEAS) -> Iterator[tuple[Entry, Spelt]]:
    return ((entry, terms_of_entry(entry, SetAside()).spelt()) for entry in ideas)


def make(shelf: Shelf, name: str = "one", about: Mapping[str, Any] | None = None) -> tuple[str, Index]:
    key = shelf.key(name)
    return key, shelf.build(key, about or {}, {"a": "1"}, read())


def codes(index: Index, *terms: str, most: int = 10) -> list[str]:
    return [entry.code for _, entry in index.search([Clause("body", term, 1.0, 1.0) for term in terms], most)]


def test_build_and_open_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "deep" / "cache")
    key, built = make(shelf, about={"tree": "t"})
    opened = shelf.open(key)

    assert opened is not None
    for index in (built, opened):
        assert index.about == {"tree": "t"}
        assert index.folders == {"a": "1"}
        assert index.statistics.documents == 3
        assert index.statistics.averages["title"] == pytest.approx((5 + 5) / 3)
        assert index.frequencies("body", ["do", "chai", "chai_nhua", "xyz", ""]) == {
            "do": 2,
            "chai": 1,
            "chai_nhua": 1,
            "xyz": 0,
            "": 0,
        }
        assert codes(index, "chai", "do") == ["A", "B"]
        assert codes(index, "chai", "do", most=1) == ["A"]
        assert codes(index) == codes(index, "xyz") == []
    _, found = next(opened.search([Clause("title", "tuoi", 1.0, 1.0)], 5))
    assert found == IDEAS[0]


def test_tokens_are_searched_apart(tmp_path: Path) -> None:
    _, index = make(Shelf(tmp_path))

    assert list(index.search_tokens({"chai": 1.5, "tuoi": 2.0, "khac": 9.0}, 5)) == [(3.5, IDEAS[2])]
    assert list(index.search_tokens({}, 5)) == []


def test_a_key_tells_its_parts_apart(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)

    assert shelf.key("ab", "c") != shelf.key("a", "bc")
    assert shelf.key("a") == shelf.key("a")


def test_other_keys_are_cleared_away(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first, _ = make(shelf, "one")
    second, _ = make(shelf, "two")

    assert [place.name for place in tmp_path.iterdir()] == [second]
    assert shelf.open(first) is None
    assert [index.statistics.documents for index in shelf.others()] == [3]


def truncate(place: Path) -> None:
    largest = max(place.iterdir(), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-1])


def drop_a_file(place: Path) -> None:
    next(place.glob("*.store")).unlink()


def drop_the_note(place: Path) -> None:
    (place / "sangkien.json").unlink()


def spoil_the_note(place: Path) -> None:
    (place / "sangkien.json").write_text("[1, 2", encoding="utf-8")


def note_of_another_shape(place: Path) -> None:
    (place / "sangkien.json").write_text("[]", encoding="utf-8")


def note_of_another_key(place: Path) -> None:
    note = json.loads((place / "sangkien.json").read_text(encoding="utf-8"))
    (place / "sangkien.json").write_text(json.dumps(note | {"key": "0"}), encoding="utf-8")


def spoil_the_engine(place: Path) -> None:
    size = (place / "meta.json").stat().st_size
    (place / "meta.json").write_text("{" * size, encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        truncate,
        drop_a_file,
        drop_the_note,
        spoil_the_note,
        note_of_another_shape,
        note_of_another_key,
        spoil_the_engine,
    ],
)
def test_what_is_not_whole_is_made_anew(tmp_path: Path, spoil: Any) -> None:
    shelf = Shelf(tmp_path)
    key, _ = make(shelf)
    spoil(tmp_path / key)

    assert shelf.open(key) is None
    assert codes(make(shelf)[1], "chai") == ["A"]
    assert shelf.open(key) is not None


def test_nothing_unfinished_is_left(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[Entry, Spelt]]:
        yield from read()
        raise OSError("disk full")

    with pytest.raises(OutsideError, match="disk full"):
        Shelf(tmp_path).build("0" * 20, {}, {}, broken())
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_it_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    shelf = Shelf(tmp_path / "cache" / "novelty")
    key, index = make(shelf)

    assert codes(index, "chai") == ["A"]
    assert shelf.open(key) is None
    assert list(shelf.others()) == []


def test_another_process_may_clear_it_away(tmp_path: Path) -> None:
    class Cleared(Shelf):
        def _clear(self, kept: str) -> None:
            shutil.rmtree(self.folder)

    _, index = make(Cleared(tmp_path / "cache"))

    assert codes(index, "chai", "do") == ["A", "B"]
    assert not (tmp_path / "cache").exists()


def test_no_ideas(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    index = shelf.build(shelf.key("none"), {}, {}, read(()))

    assert index.statistics.averages == dict.fromkeys(FIELDS, 0)
    assert codes(index, "chai") == []


@pytest.mark.parametrize("term", ['AND "', "a" * 70_000, "\0", "*", "title:x", "(", "\ud7ff"])
def test_no_term_is_too_odd(tmp_path: Path, term: str) -> None:
    _, index = make(Shelf(tmp_path))

    assert index.frequencies("body", [term]) == {term: 0}
    assert codes(index, term) == []


def _make_in(folder: Path, start: Any) -> None:
    start.wait()
    for _ in range(3):
        shelf = Shelf(folder)
        key = shelf.key("one")
        index = shelf.open(key) or shelf.build(key, {}, {}, read())
        assert codes(index, "chai") == ["A"]


def test_several_processes_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    start = context.Barrier(4)
    processes = [context.Process(target=_make_in, args=(tmp_path, start)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    assert [place.name for place in tmp_path.iterdir()] == [Shelf(tmp_path).key("one")]
