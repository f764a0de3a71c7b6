import pytest

from sangkien.domain import kit
from sangkien.domain.kit import Change

SUM = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of `abc`


@pytest.mark.parametrize(
    ("path", "is_brought"),
    [
        ("scripts/sangkien/cli/init.py", True),
        ("scripts/sangkien/cli/__pycache__/init.cpython-311.pyc", False),
        ("schemas/idea.schema.json", True),
        (".github/workflows/publish.yml", True),
        (".github/ISSUE_TEMPLATE/1-y-hay.yml", False),  # made anew from the office's registers
        ("content/huong-dan/hoi-dong.md", True),
        ("content/huong-dan/anh/phieu-cham.webp", False),
        ("content/du-lieu/register.schema.json", True),
        ("content/du-lieu/cac-truong.md", False),  # made from the schemas
        ("content/tin-tuc/index.md", True),
        ("content/tin-tuc/mo-cua.md", False),
        ("content/phong-trao/index.md", False),
        ("content/register/movement.yml", False),
        ("content/register/templates/bao-cao.docx", True),  # an office's own, once it changed it
        ("ideas/2019/7k/7k3qf2ty/idea.yml", False),
        ("Makefile", False),  # every office has the outfit's
        ("tests/places.py", False),
        ("README.md", False),
    ],
)
def test_the_kits_files_are_told_from_an_offices(path: str, is_brought: bool) -> None:
    assert (path in kit.sources([path])) == is_brought


def test_the_outfit_stands_where_every_other_repository_has_it() -> None:
    path = "scripts/sangkien/render/init/outfit/Makefile"

    assert kit.sources([path, "Makefile"]) == {"Makefile": path, path: path}


def test_a_guide_loses_the_pictures_of_the_sample() -> None:
    guide = "Xem.\n\n![Phiếu](anh/phieu.webp){ width=290 loading=lazy }\n\nXong.\n"

    assert kit.fitted("content/huong-dan/hoi-dong.md", guide.encode()).decode() == "Xem.\n\nXong.\n"
    assert kit.fitted("mkdocs.yml", guide.encode()).decode() == guide


def test_a_manifest_is_read_back() -> None:
    text = kit.manifest({"b": b"", "a": b"abc"})

    assert text.splitlines()[0] == f"{SUM}  a"
    assert kit.brought(text)["a"] == SUM
    assert [*kit.brought(text)] == ["a", "b"]


def test_three_states_are_held_against_each_other() -> None:
    before = {"same": "1", "newer": "1", "mine": "1", "both": "1", "gone": "1", "mine-gone": "1", "agreed": "1"}
    here = {"same": "1", "newer": "1", "mine": "2", "both": "2", "gone": "1", "mine-gone": "2", "agreed": "3"}
    new = {"same": "1", "newer": "3", "mine": "1", "both": "3", "added": "3", "agreed": "3"}

    assert kit.compare(before, here, new) == Change(
        write=("added", "newer"), remove=("gone",), edited=("both", "mine-gone"), kept=("mine",)
    )
