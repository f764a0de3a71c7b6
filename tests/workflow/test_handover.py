"""A site closed for good: what the archive holds, and that it answers at every old address."""

import http.server
import re
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from site_world import small_world

from committed import commit_all, git
from offices import found_office, run
from places import ROOT

pytestmark = pytest.mark.long
THEME = "scripts/sangkien/render/theme"
URL, REPOSITORY = "https://vi-du.example/kho/", "https://github.com/vi-du/kho"
UNTIL, NOW_AT = "2027-06-30", "Văn phòng tỉnh <Mẫu>, giờ hành chính"
CLOSING = ("--until", UNTIL, "--now-at", NOW_AT)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the archive of a small open desk whose site stood below a path."""
    room = tmp_path_factory.mktemp("handover")
    world = small_world()
    world.records["content/register/movement.yml"] |= {"topology": "open", "site_url": URL, "repository": REPOSITORY}
    source = world.write(room / "kho")
    shutil.copy(ROOT / "mkdocs.yml", source)
    shutil.copytree(ROOT / THEME, source / THEME)
    commit_all(source)
    done = run(source, "handover", str(room / "luu"), *CLOSING)
    assert done.exit_code == 0, done.output
    assert git(source, "status", "--porcelain") == ""
    assert len(git(source, "worktree", "list").splitlines()) == 1
    return room / "luu"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a closed desk."""
    return found_office(tmp_path_factory.mktemp("desk"), "company")


@pytest.fixture
def served(archive: Path) -> Iterator[str]:
    class Silent(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(archive / "trang")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def test_every_old_address_answers(archive: Path, served: str) -> None:
    listed = re.findall(rf"<loc>{URL}([^<]*)</loc>", (archive / "trang/sitemap-1.xml").read_text(encoding="utf-8"))

    assert len(listed) > 40
    assert {urllib.request.urlopen(served + path).status for path in listed} == {200}
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{served}khong-co/")


def test_every_page_says_that_it_is_closed_and_none_asks_for_anything(archive: Path) -> None:
    pages = [*(archive / "trang").rglob("*.html")]
    texts = {page.relative_to(archive / "trang").as_posix(): page.read_text(encoding="utf-8") for page in pages}

    stamped = {path: text for path, text in texts.items() if "/le/" not in path}  # slides carry no frame
    assert [path for path, text in stamped.items() if "Trang này đã đóng ngày 30/6/2027." not in text] == []
    assert "&lt;Mẫu&gt;" in texts["index.html"]
    assert [path for path, text in texts.items() if "/issues/new" in text or "Tôi muốn làm theo</a>" in text] == []
    assert [path for path, text in texts.items() if "Báo nơi tôi đã làm" in text or "nghĩ giúp nhé" in text] == []
    assert "không nhận thêm ý" in texts["gui/index.html"]
    assert "<textarea" not in texts["cham-diem/index.html"]
    assert "Nay hỏi ở:" in texts["da-dong/index.html"]


def test_it_is_whole_and_any_change_is_found(archive: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", str(archive), str(tmp_path / "luu")], check=True)
    copy = tmp_path / "luu"
    assert run(ROOT, "handover", "--check", str(copy)).exit_code == 0

    (copy / "trang/gui/index.html").unlink()
    (copy / "trang/404.html").write_text("đổi", encoding="utf-8")
    (copy / "them.txt").write_text("thêm", encoding="utf-8")
    done = run(ROOT, "handover", "--check", str(copy))

    assert done.exit_code == 1
    for told in (
        "tệp không còn: trang/gui/index.html",
        "tệp khác với lúc lưu: trang/404.html",
        "tệp không có trong danh sách: them.txt",
        "index.html → gui/index.html",
        "địa chỉ trong sitemap không có trang: gui/index.html",
    ):
        assert told in done.output


def test_plain_tools_can_check_it_and_take_the_repository_out(archive: Path, tmp_path: Path) -> None:
    subprocess.run(["sha256sum", "--quiet", "-c", "MANIFEST.sha256"], cwd=archive, check=True)
    subprocess.run(["git", "clone", "-q", str(archive / "kho.bundle"), str(tmp_path / "kho")], check=True)

    assert (tmp_path / "kho/content/register/movement.yml").is_file()
    assert (archive / "so/du-lieu/register.json").is_file()
    assert "30/6/2027" in (archive / "DOC-TOI.txt").read_text(encoding="utf-8")


def test_a_closed_desk_stays_out_unless_asked_for(desk: Path, tmp_path: Path) -> None:
    for name, more, bundled in (("a.zip", (), False), ("b.zip", ("--with-desk",), True)):
        done = run(desk, "handover", str(tmp_path / name), *CLOSING, *more)
        assert done.exit_code == 0, done.output
        assert ("CẨN THẬN" in done.output) is bundled
        with zipfile.ZipFile(tmp_path / name) as packed:
            assert ("kho.bundle" in packed.namelist()) is bundled
            assert ("CẨN THẬN" in packed.read("DOC-TOI.txt").decode()) is bundled
            assert not [path for path in packed.namelist() if path.startswith("content/")]
        assert run(desk, "handover", "--check", str(tmp_path / name)).exit_code == 0


def test_who_does_not_say_when_and_who_is_asked(desk: Path, tmp_path: Path) -> None:
    done = run(desk, "handover", str(tmp_path / "a.zip"), "--until", UNTIL)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").write_text("x")

    assert (done.exit_code, "--now-at" in done.output) == (2, True)
    assert run(desk, "handover", str(tmp_path / "full"), *CLOSING).exit_code == 2
    assert run(desk, "handover", "--check", str(tmp_path / "full/x")).exit_code == 2
    assert not (tmp_path / "a.zip").exists()
