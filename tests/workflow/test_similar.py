import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sangkien.adapters.git import Git
from sangkien.adapters.novelty import Index, Shelf
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.domain import idea_code, notation
from sangkien.domain.novelty import Entry, Spelt, kept_tokens
from sangkien.workflow import similar
from sangkien.workflow.similar import Base, NewText, nearest

pytestmark = pytest.mark.long

DRIP = "ideas/2019/b8/b8m4r0xt"
OTHER = "ideas/2019/4k/4kq7wdnf"
GOLDEN = Path(__file__).parent / "golden" / "similar.txt"


class CountingShelf(Shelf):
    """A shelf that counts what it builds."""

    def __init__(self, root: Path) -> None:
        super().__init__(root / ".cache" / "novelty")
        self.built = 0

    def build(
        self, key: str, about: Mapping[str, Any], folders: Mapping[str, str], ideas: Iterable[tuple[Entry, Spelt]]
    ) -> Index:
        self.built += 1
        return super().build(key, about, folders, ideas)


@pytest.fixture(params=["git", "no git"])
def kept(request: pytest.FixtureRequest, repository: Path) -> Path:
    if request.param == "git":
        commit(repository, "init")
    return repository


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=root, check=True)


def commit(root: Path, message: str = "more") -> None:
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", message)


def base_of(root: Path, shelf: Shelf | None = None) -> Base:
    store = Store(root)
    shelf = shelf or CountingShelf(root)
    return similar.open_base(store, Git(root), shelf, Pool(1), similar.set_aside_in(store))


def found(root: Path, text: str, shelf: Shelf | None = None) -> list[str]:
    return [near.code for near in nearest(base_of(root, shelf), NewText(texts=(text,)))]


def write_idea(root: Path, number: int, title: str) -> str:
    """Write a small idea; rules do not matter here, since every idea counts."""
    seven = f"{number:07d}"
    code = f"2020-{seven[:4]}-{seven[4:]}{idea_code.check_symbol(2020, seven)}"
    folder = root / idea_code.folder(code)
    folder.mkdir(parents=True)
    (folder / "idea.yml").write_text(notation.write({"code": code, "title": title}), encoding="utf-8")
    return code


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "similar", *arguments], catch_exceptions=False)


def test_finds_by_title_without_marks(kept: Path) -> None:
    (first, *_) = nearest(base_of(kept), NewText(texts=("TUOI NHO GIOT bang chai",)))

    assert (first.code, first.status) == ("2019-B8M4-R0XT", "cong-nhan")
    assert first.title == "Tưới nhỏ giọt bằng chai nhựa cũ"
    assert first.score > 0
    assert first.passages[0].old == "Tưới nhỏ giọt bằng chai nhựa cũ"


def test_the_index_is_made_once(kept: Path) -> None:
    shelf = CountingShelf(kept)

    assert found(kept, "tưới", shelf) == found(kept, "tưới", shelf) != []
    assert shelf.built == 1


def test_a_new_idea_is_seen_at_once(kept: Path) -> None:
    shelf = CountingShelf(kept)
    assert found(kept, "ván trượt lúa", shelf) == []
    code = write_idea(kept, 1, "Ván trượt lúa qua mương")

    assert found(kept, "ván trượt lúa", shelf) == [code]


def test_a_changed_idea_is_seen_as_it_is_now(kept: Path) -> None:
    shelf = CountingShelf(kept)
    base_of(kept, shelf)
    file = kept / DRIP / "idea.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("Tưới nhỏ giọt", "Bẫy đèn"), encoding="utf-8")

    (near,) = nearest(base_of(kept, shelf), NewText(texts=("bẫy đèn",)))
    assert near.title == "Bẫy đèn bằng chai nhựa cũ"
    assert "Tưới nhỏ giọt bằng chai nhựa cũ" not in [
        near.title for near in nearest(base_of(kept, shelf), NewText(texts=("tưới nhỏ giọt",)))
    ]


def test_a_removed_idea_is_gone(kept: Path) -> None:
    shelf = CountingShelf(kept)
    base_of(kept, shelf)
    (kept / DRIP / "idea.yml").unlink()

    assert "2019-B8M4-R0XT" not in found(kept, "tưới nhỏ giọt bằng chai", shelf)


def test_a_new_conclusion_changes_the_standing(kept: Path) -> None:
    shelf = CountingShelf(kept)
    base_of(kept, shelf)
    old = (kept / DRIP / "conclusions" / "hd-thu-1.yml").read_text(encoding="utf-8")
    new = old.replace("number: 1", "number: 2").replace("\noutcome: cong-nhan", "\noutcome: bo-sung")
    (kept / DRIP / "conclusions" / "hd-thu-2.yml").write_text(new, encoding="utf-8")

    assert nearest(base_of(kept, shelf), NewText(texts=("tưới nhỏ giọt",)))[0].status == "bo-sung"


def test_few_changes_are_laid_over_the_index(repository: Path) -> None:
    commit(repository)
    shelf = CountingShelf(repository)
    base_of(repository, shelf)
    code = write_idea(repository, 1, "Ván trượt lúa qua mương")
    assert found(repository, "ván trượt lúa", shelf) == [code]
    commit(repository)
    assert found(repository, "ván trượt lúa", shelf) == [code]

    assert shelf.built == 1


def test_many_changes_make_a_new_index(repository: Path) -> None:
    commit(repository)
    shelf = CountingShelf(repository)
    base_of(repository, shelf)
    for number in range(30):
        write_idea(repository, number, f"Ván trượt số {number}")
    assert len(found(repository, "ván trượt", shelf)) == 10
    assert shelf.built == 2
    commit(repository)
    assert len(found(repository, "ván trượt", shelf)) == 10
    assert shelf.built == 3
    assert len(list((repository / ".cache" / "novelty").iterdir())) == 1


def test_what_differed_when_the_index_was_made_is_read_afresh(repository: Path) -> None:
    commit(repository)
    file = repository / DRIP / "idea.yml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("Tưới nhỏ giọt", "Bẫy đèn"), encoding="utf-8")
    shelf = CountingShelf(repository)
    assert "2019-B8M4-R0XT" in found(repository, "bẫy đèn", shelf)
    file.write_text(before, encoding="utf-8")

    assert "2019-B8M4-R0XT" not in found(repository, "bẫy đèn", shelf)
    assert "2019-B8M4-R0XT" in found(repository, "tưới nhỏ giọt", shelf)
    assert shelf.built == 1


def test_other_boilerplate_makes_another_index(kept: Path) -> None:
    shelf = CountingShelf(kept)
    base_of(kept, shelf)
    lists = kept / "content" / "register" / "lists.yml"
    lists.write_text(lists.read_text(encoding="utf-8") + "novelty: {boilerplate: [nhỏ giọt]}\n", encoding="utf-8")
    base = base_of(kept, shelf)

    assert shelf.built == 2
    assert "nhỏ giọt" in base.set_aside.phrases


def test_a_repository_inside_another(repository: Path) -> None:
    commit(repository.parent)
    shelf = CountingShelf(repository)
    base_of(repository, shelf)
    code = write_idea(repository, 1, "Ván trượt lúa")

    assert found(repository, "ván trượt lúa", shelf) == [code]
    assert shelf.built == 1


def test_an_index_of_an_unknown_commit_serves_too(repository: Path, tmp_path: Path) -> None:
    commit(repository)
    shelf = CountingShelf(repository)
    base_of(repository, shelf)
    code = write_idea(repository, 1, "Ván trượt lúa")
    (repository / DRIP / "idea.yml").unlink()
    commit(repository)
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.as_uri(), str(shallow)], check=True)
    subprocess.run(["cp", "-r", str(repository / ".cache"), str(shallow)], check=True)
    restored = CountingShelf(shallow)

    assert found(shallow, "ván trượt lúa", restored) == [code]
    assert "2019-B8M4-R0XT" not in found(shallow, "tưới nhỏ giọt bằng chai", restored)
    assert restored.built == 0


def test_a_clean_work_tree_need_not_be_looked_at(repository: Path) -> None:
    class Committed(Git):
        def changes(self, area: str) -> list[str] | None:
            raise AssertionError(area)

    commit(repository)
    store = Store(repository)
    base = similar.open_base(
        store, Committed(repository), CountingShelf(repository), Pool(1), similar.set_aside_in(store), clean=True
    )

    assert nearest(base, NewText(texts=("tưới nhỏ giọt",)))[0].code == "2019-B8M4-R0XT"


def test_open_pull_requests_are_laid_over(kept: Path) -> None:
    base = base_of(kept)
    opened = Entry(code="2026-7K3Q-F2TZ", title="Ván trượt lúa", status="dang-mo", texts=("Qua mương nhỏ.",))
    answer = Entry(code="2019-B8M4-R0XT", title="Ván trượt bèo", status="dang-mo")

    (near,) = nearest(base, NewText(texts=("ván trượt lúa",)), extra=[opened])
    assert (near.code, near.status, near.passages[0].old) == ("2026-7K3Q-F2TZ", "dang-mo", "Ván trượt lúa")
    both = nearest(base, NewText(texts=("ván trượt",)), extra=[opened, answer])
    assert {near.code for near in both} == {"2026-7K3Q-F2TZ", "2019-B8M4-R0XT"}
    again = nearest(base, NewText(texts=("tưới nhỏ giọt",)), extra=[answer])
    assert "2019-B8M4-R0XT" not in [near.code for near in again]
    assert nearest(base, NewText(texts=("ván trượt",), code=answer.code), extra=[answer]) == []
    assert nearest(base, NewText(texts=("ván trượt",))) == []


def test_what_is_laid_over_scores_as_if_it_were_in_the_index(repository: Path) -> None:
    for number in range(40):
        write_idea(repository, number, f"Việc khác số {number}")
    code = write_idea(repository, 99, "Ván trượt lúa qua mương")
    base = base_of(repository)
    new = NewText(texts=("ván trượt lúa nhỏ",))
    copy = Entry(code="2026-7K3Q-F2TZ", title="Ván trượt lúa qua mương", status="dang-mo")

    scores = {near.code: near.score for near in nearest(base, new, extra=[copy])}
    assert scores["2026-7K3Q-F2TZ"] == pytest.approx(scores[code], rel=0.02)


def test_a_withdrawn_idea_is_found_by_what_it_left(kept: Path) -> None:
    stub = kept / "ideas" / "2019" / "00" / "0000000h" / "withdrawn.yml"
    record = notation.parse(stub.read_bytes()).record
    record["tokens"] = kept_tokens("Xe gom vỏ thuốc sâu", ["Chở về kho của xã."])
    stub.write_text(notation.write(record), encoding="utf-8")

    near = nearest(base_of(kept), NewText(texts=("Xe đẩy gom vỏ thuốc sâu ngoài đồng",)))[0]
    assert (near.code, near.title, near.status, near.passages) == ("2019-0000-000H", "", "rut", ())
    assert near.score > 0


def test_a_withdrawn_idea_left_by_a_change(repository: Path) -> None:
    commit(repository)
    base_of(repository)
    (repository / DRIP / "idea.yml").unlink()
    stub = {"code": "2019-B8M4-R0XT", "tokens": ["chai", "giot", "nho", "tuoi"]}
    (repository / DRIP / "withdrawn.yml").write_text(notation.write(stub), encoding="utf-8")

    (near, *_) = nearest(base_of(repository), NewText(texts=("tưới nhỏ giọt",)))
    assert (near.code, near.status, near.passages) == ("2019-B8M4-R0XT", "rut", ())


def test_an_idea_does_not_find_itself(kept: Path) -> None:
    result = run(kept, str(kept / DRIP / "idea.yml"), "--format", "json")
    assert "2019-B8M4-R0XT" not in [row["code"] for row in json.loads(result.output)]

    copied = kept / "copy.yml"
    copied.write_bytes((kept / DRIP / "idea.yml").read_bytes())
    result = run(kept, str(copied), "--format", "json")
    assert "2019-B8M4-R0XT" not in [row["code"] for row in json.loads(result.output)]

    copied.write_text((kept / DRIP / "idea.yml").read_text(encoding="utf-8").replace("R0XT", "R0X0"), encoding="utf-8")
    result = run(kept, str(copied), "--format", "json")
    assert json.loads(result.output)[0]["code"] == "2019-B8M4-R0XT"


def test_a_broken_idea_is_read_as_text(kept: Path) -> None:
    file = kept / DRIP / "idea.yml"
    file.write_text("title: [Tưới nhỏ giọt", encoding="utf-8")
    result = run(kept, str(file), "--format", "json")

    assert result.exit_code == 0
    assert "2019-B8M4-R0XT" not in [row["code"] for row in json.loads(result.output)]


def test_json_holds_what_the_contract_says(kept: Path) -> None:
    result = run(kept, "--text", "Tưới nhỏ giọt bằng chai", "--format", "json", "--top", "1")

    (row,) = json.loads(result.output)
    assert list(row) == ["code", "title", "status", "score", "passages"]
    assert row["passages"][0] == {"new": "Tưới nhỏ giọt bằng chai", "old": "Tưới nhỏ giọt bằng chai nhựa cũ"}
    assert isinstance(row["score"], float)


def test_text_as_people_read_it(kept: Path) -> None:
    result = run(kept, "--text", "Tưới nhỏ giọt bằng ống tre. Mỗi gốc còn năm lít nước.")

    assert "%" not in result.output
    assert result.output == GOLDEN.read_text(encoding="utf-8")


def test_a_terminal_is_told_nothing_it_would_obey(kept: Path) -> None:
    result = run(kept, "--text", "tưới nhỏ\x1b[31m giọt bằng chai")

    assert "\x1b" not in result.output


@pytest.mark.parametrize("arguments", [(), ("--text", "a", "FILE"), ("--text", "a", "--top", "0"), ("nowhere.txt",)])
def test_wrong_use(repository: Path, arguments: Sequence[str]) -> None:
    named = [str(repository / DRIP / "idea.yml") if word == "FILE" else word for word in arguments]

    assert run(repository, *named).exit_code == 2


ODD = (
    "",
    " \n\t",
    "?!… “”, ---",
    'AND "',
    "title:tưới OR (chai^2 AND NOT [a TO b])",
    "\\ / * ~ + -",
    "\0\x07\u202e\ud7ff\ufffe",
    "tưới" * 20_000,
    "tưới nhỏ giọt bằng chai nhựa cũ, " * 2000,
    "tưới\nnhỏ. " * 8000,
    "👍🏽 ភាសាខ្មែរ 漢字 کتاب",
)


def test_no_text_is_too_odd(repository: Path) -> None:
    file = repository / "new.txt"
    for text in ODD:
        file.write_text(text, encoding="utf-8")
        result = run(repository, str(file), "--format", "json")

        assert result.exit_code == 0
        assert isinstance(json.loads(result.output), list)
        assert run(repository, str(file)).exit_code == 0


def test_an_argument_that_is_no_text(kept: Path) -> None:
    assert run(kept, "--text", "tưới nhỏ \udcff giọt").exit_code == 0


def test_bytes_that_are_no_text(kept: Path) -> None:
    file = kept / "new.bin"
    file.write_bytes(bytes(range(256)) * 2000)

    assert run(kept, str(file)).exit_code == 0


def test_an_earlier_idea_may_be_odd_too(kept: Path) -> None:
    folder = kept / OTHER
    for record in ("null", "[1]", "title: 3\nsummary: [a]", "a: *b", "\xff", "title: " + "x" * 70_000):
        (folder / "idea.yml").write_text(record, encoding="latin-1")
        assert "2019-B8M4-R0XT" in found(kept, "tưới nhỏ giọt")
    (folder / "idea.yml").unlink()
    (folder / "idea.yml").symlink_to("/etc/passwd")
    (folder / "withdrawn.yml").write_text("tokens: [1, tuoi, {}]", encoding="utf-8")
    assert found(kept, "tưới nhỏ giọt")[0] == "2019-B8M4-R0XT"


def test_an_empty_repository(tmp_path: Path) -> None:
    (tmp_path / "content" / "register").mkdir(parents=True)

    assert run(tmp_path, "--text", "tưới nhỏ giọt", "--format", "json").output == "[]\n"
    assert "Chưa tìm thấy" in run(tmp_path, "--text", "tưới nhỏ giọt").output
    git(tmp_path, "init", "-q")
    assert run(tmp_path, "--text", "tưới nhỏ giọt", "--format", "json").output == "[]\n"


def test_a_register_with_faults_does_not_stop_it(kept: Path) -> None:
    (kept / "content" / "register" / "lists.yml").write_text("levels: 3\nnovelty: [", encoding="utf-8")
    assert found(kept, "tưới nhỏ giọt")
    (kept / "content" / "register" / "lists.yml").write_text("levels: 3\nnovelty: 4", encoding="utf-8")
    assert found(kept, "tưới nhỏ giọt")


def test_standing_is_the_newest_outcome() -> None:
    def conclusion(day: str, number: int, outcome: str) -> str:
        return f"number: {number}\nconcluded_on: {day}\noutcome: {outcome}\nreasons: |-\n  outcome: rut\n"

    refused, later = conclusion("2019-06-01", 1, "khong-cong-nhan"), conclusion("2019-07-01", 2, "cong-nhan")
    assert similar.standing([]) == similar.standing(["", "outcome:"]) == "dang-xet"
    assert similar.standing([later, refused]) == "cong-nhan"
    assert similar.standing([refused]) == "khong-cong-nhan"
