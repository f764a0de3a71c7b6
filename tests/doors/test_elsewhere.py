"""Where `publish --to` leads: what is refused before anything is built, and a folder taken."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from committed import git
from places import ROOT
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.cli.elsewhere import Elsewhere
from sangkien.domain.errors import UsageError


def elsewhere(target: Path, place: Path, *, adopt: bool = False) -> Elsewhere:
    place.mkdir(exist_ok=True)
    return Elsewhere(str(target), "", adopt=adopt, place=place, files=Store(ROOT))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("https://mau:bi-mat@forge.example/a/b", "khóa đăng nhập"),
        (str(ROOT.parent), "không do lệnh này đặt vào"),
        (str(ROOT / "content"), "không do lệnh này đặt vào"),
    ],
)
def test_what_is_refused_is_refused_before_anything_is_built(target: str, said: str) -> None:
    run = CliRunner().invoke(main, ["--root", str(ROOT), "publish", "--to", target])

    assert run.exit_code == 2
    assert said in run.output
    assert "bi-mat" not in run.output


def test_a_folder_is_taken_whole_and_holds_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "site"
    for text in ("một", "hai"):
        shown = elsewhere(out, tmp_path / "room")
        shown.folder.put("index.html", text.encode())
        assert "thay trang cũ" in shown.finish()
        assert {place.name for place in out.iterdir()} == {"index.html", ".nojekyll", ".sangkien-site"}
        assert (out / "index.html").read_text(encoding="utf-8") == text


def test_a_folder_of_somebody_else_is_taken_only_when_told_so(tmp_path: Path) -> None:
    out = tmp_path / "theirs"
    out.mkdir()
    (out / "thu.txt").write_text("của người khác", encoding="utf-8")
    with pytest.raises(UsageError, match="showcase-of-others"):
        elsewhere(out, tmp_path / "room")

    shown = elsewhere(out, tmp_path / "room", adopt=True)
    shown.folder.put("index.html", b"")
    shown.finish()

    assert not (out / "thu.txt").exists()


def test_the_desk_s_own_folder_is_never_taken_nor_a_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(ROOT)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for number, target in enumerate((ROOT, ROOT.parent, tmp_path / "link", tmp_path / "file")):
        with pytest.raises(UsageError):
            elsewhere(target, tmp_path / f"room-{number}", adopt=True)


def test_the_branch_is_the_one_in_the_data_unless_told(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "public.git")
    for number, (branch, expected) in enumerate((("", "gh-pages"), ("trang", "trang"))):
        place = tmp_path / f"room-{number}"
        place.mkdir()
        target = str(tmp_path / "public.git")
        shown = Elsewhere(target, branch, adopt=True, place=place, files=Store(ROOT))
        shown.folder.put("index.html", branch.encode())
        shown.finish()
        assert expected in git(tmp_path / "public.git", "for-each-ref")
