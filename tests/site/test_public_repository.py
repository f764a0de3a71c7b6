"""A closed desk shows its site in a public repository: nothing else of it is in any object there, reachable or not."""

import base64
import gzip
import io
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from leaky_world import HIDDEN_IDEAS, HIDDEN_PEOPLE, REVIEW_DATA, leaky_world
from PIL import Image, PngImagePlugin
from scanner import beside_objects, found, objects
from site_tools import sangkien
from site_world import DRIP, READ, World, picture

from committed import git
from places import ROOT
from sangkien.domain import idea_code, layout, notation

pytestmark = pytest.mark.site
THEME = "scripts/sangkien/render/theme"
PLANTED = re.compile(rb"[Kk]in[A-Z0-9]\w*")
# What is public at first, and what of it is so no longer the second time.
OPEN, GONE_NAME, GONE_IDEA, SEEN_ONCE = "Mo9Tua", "Xoa9Ten", "Xoa9Tua", "Xoa9BuocLam"
IN_FILES = "kin9anh-nguoi-giau"


def closed_desk() -> World:
    """Make the leaky world, and words in it that the public may see for a while."""
    world = leaky_world()
    movement = world.records[layout.path_of("movement", "movement")]
    movement["repository"] = "https://forge.example/Kin9Owner/Kin9Desk"
    movement["site_url"] = "https://vi-du.example/"
    movement |= {"hosting": "github-pages", "site_url": "https://vi-du.example/"}
    drip = world.records[f"{idea_code.folder(DRIP)}/idea.yml"]
    drip["title"] = f"Tưới nhỏ giọt {OPEN}"
    drip["images"] = [{"file": f"{IN_FILES}.jpg", "alt": "Hàng chai treo bên gốc tiêu"}]
    world.files[f"{idea_code.folder(DRIP)}/images/{IN_FILES}.jpg"] = picture("Kin9Exif", "#305030")
    world.files[f"{idea_code.folder(DRIP)}/images/kin9-khong-ghi.jpg"] = picture("Kin9Stray", "#305030")
    world.conclude(DRIP)
    world.records[layout.path_of("person", "p-0a1b2c3d")]["name"] = f"Nguyễn {GONE_NAME}"
    read = world.records[f"{idea_code.folder(READ)}/idea.yml"]
    read["title"], read["how_to"] = f"Góc đọc {GONE_IDEA}", f"{SEEN_ONCE} một kệ sách."
    world.conclude(READ)
    return world


def write_desk(root: Path) -> None:
    """Write the desk down as a repository with a life of its own: comments, people, branches, notes."""
    world = closed_desk()
    world.write(root)
    for path in world.records:
        place = root / path
        place.write_text(f"# Kin9Comment: hỏi lại Kin9Colleague\n{place.read_text(encoding='utf-8')}", encoding="utf-8")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    ours = "repo_url: https://forge.example/Kin9Owner/desk\nrepo_name: Kin9Repo\nedit_uri: edit/Kin9Edit/\n"
    (root / "mkdocs.yml").write_text(f"{ours}site_author: Kin9Author\n{config}", encoding="utf-8")
    shutil.copytree(ROOT / THEME, root / THEME)
    (root / ".gitignore").write_text("/.cache/\n# Kin9Ignore\n", encoding="utf-8")
    (root / "README.md").write_text("Kin9Readme", encoding="utf-8")
    (root / "content" / "register" / "ghi-chu.md").write_text("Kin9Loose", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    commit(root, "Kin9First: gộp ý số 4711 của Kin9Proposer (#4711)")
    git(root, "branch", "idea/Kin9Branch")
    git(root, "tag", "-m", "Kin9TagSays", "Kin9Tag")
    git(root, "notes", "add", "-m", "Kin9Note")
    git(root, "remote", "add", "origin", "git@forge.example:Kin9Owner/Kin9Desk.git")


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    before = git(root, "for-each-ref", "--format=parent %(objectname)", "refs/heads/main").splitlines()
    who = "Kin9Committer <kin9mail@co-quan.example> 1560000000 +0700"
    lines = [f"tree {git(root, 'write-tree')}", *before, f"author {who}", f"committer {who}", "", message]
    told = "\n".join([*lines, "", "Co-authored-by: Kin9Other <x@y.example>", ""]).encode()
    made = git(root, "hash-object", "-t", "commit", "-w", "--stdin", data=told)
    git(root, "update-ref", "refs/heads/main", made)


def planted(root: Path) -> set[str]:
    """List the words that stand in the desk, in its files or its history."""
    told = b"\n".join(place.name.encode() + b"\n" + place.read_bytes() for place in root.rglob("*") if place.is_file())
    told += b"\n".join(data for _, data in objects(root))
    told += git(root, "for-each-ref").encode() + git(root, "log", "--all", "--format=%B%an%ae").encode()
    return {word.decode() for word in PLANTED.findall(told)}


def take_back(root: Path) -> None:
    """Erase a person and withdraw an idea, both of them public until now."""
    person = root / layout.path_of("person", "p-0a1b2c3d")
    record = notation.parse(person.read_bytes()).record
    assert isinstance(record, dict)
    person.write_text(notation.write({**record, "name": "Đã xóa", "display": "hidden", "consents": []}), "utf-8")
    stub = {"version": 1, "code": READ, "date": "2020-03-01", "digest": "ab" * 32, "tokens": ["kin9token"]}
    (root / idea_code.folder(READ) / "withdrawn.yml").write_text(notation.write(stub), encoding="utf-8")


def seen(words: set[str], public: Path) -> set[str]:
    every = [data for _, data in objects(public)] + [data for _, data in beside_objects(public)]
    return set().union(*(found(words, data) for data in every))


def shown(root: Path, public: Path) -> str:
    run = sangkien(root, "publish", "--commit", "HEAD", "--to", str(public))
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_nothing_but_the_site_is_in_the_public_repository(tmp_path: Path) -> None:
    root, public = tmp_path / "Kin9Folder", tmp_path / "public.git"
    write_desk(root)
    git(tmp_path, "init", "-q", "--bare", "public.git")
    secret = planted(root) | {IN_FILES, "kin9-khong-ghi", "kin9mail", "Kin9Folder", "4711", str(tmp_path)}
    secret |= {word for word in REVIEW_DATA if not set(word) & set(".,")}  # a figure may stand in a drawing by chance
    secret |= {*HIDDEN_PEOPLE, *HIDDEN_IDEAS.values(), *map(idea_code.compact, HIDDEN_IDEAS.values())}
    secret |= {git(root, "rev-parse", "HEAD"), git(root, "rev-parse", "--short", "HEAD")}
    assert len({word for word in secret if word.lower().startswith("kin")}) > 150, "the desk holds what could leak"
    assert {"Kin9Branch", "Kin9TagSays", "Kin9Note", "Kin9Comment", "Kin9Committer", "Kin9Other"} <= secret

    shown(root, public)

    assert seen({OPEN, GONE_NAME, GONE_IDEA, SEEN_ONCE}, public) == {OPEN, GONE_NAME, GONE_IDEA, SEEN_ONCE}
    assert kinds_with(OPEN, public) >= {"html", "json", "csv", "xlsx", "xml", "gz", "shard"}
    assert seen(secret, public) == set()
    names = set(git(public, "ls-tree", "-r", "--name-only", "gh-pages").splitlines())
    assert {path for path in names if re.search(r"\.map$|^\.git|\.ya?ml$|\.md$|register/", path)} == set()
    assert git(public, "show", "gh-pages:CNAME") == "vi-du.example"
    blobs = [data for kind, data in objects(public) if kind == "blob"]
    assert not any(b"<!--" in data or b"sourceMappingURL" in data for data in blobs if b"<!doctype html" in data[:200])
    assert git(public, "log", "--all", "--format=%P%an%at%B") == "sang-kien946684800Trang ghi nhận"

    take_back(root)
    commit(root, "Kin9Second: xóa tên Kin9Erased theo yêu cầu")
    shown(root, public)

    assert seen({OPEN, GONE_NAME, GONE_IDEA, SEEN_ONCE}, public) == {OPEN}
    assert seen(secret | planted(root), public) == set()
    assert len(git(public, "log", "--all", "--format=%H").splitlines()) == 1
    assert "không gửi gì đi" in shown(root, public)


def kinds_with(word: str, public: Path) -> set[str]:
    """List the kinds of file a word is found in; the shards of the search are a kind of their own."""
    kinds = set()
    for line in git(public, "ls-tree", "-r", "gh-pages").splitlines():
        about, path = line.split("\t")
        command = ["git", "-C", str(public), "cat-file", "blob", about.split()[2]]
        if found({word}, subprocess.run(command, capture_output=True, check=True).stdout):
            kinds.add("shard" if "/chu/" in path else path.rpartition(".")[2])
    return kinds


def _png(word: str) -> bytes:
    made, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Comment", word * 2, zip=True)
    Image.new("RGB", (2, 2)).save(made, "PNG", pnginfo=told)
    return made.getvalue()


def _webp(word: str) -> bytes:
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x9C9C] = word.encode("utf-16-le")
    Image.new("RGB", (2, 2)).save(made, "WEBP", exif=exif)
    return made.getvalue()


def _zip(word: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sheet.xml", f"<t>{word}</t>")
    return made.getvalue()


@pytest.mark.parametrize(
    "hide",
    [
        lambda word: word.lower().encode(),
        lambda word: gzip.compress(word.encode()),
        lambda word: gzip.compress(_zip(word)),
        _zip,
        _png,
        _webp,
        lambda word: picture(word, "#000000"),
        lambda word: b"%PDF-1.7\nstream\n" + zlib.compress(word.encode()) + b"\nendstream\n",
        lambda word: b'<img src="data:image/webp;base64,' + base64.b64encode(word.encode()) + b'">',
    ],
)
def test_the_scanner_looks_into_what_is_packed(hide: Callable[[str], bytes]) -> None:
    hidden = hide("Kin9Control")

    assert found({"Kin9Control", "Kin9Absent"}, hidden) == {"Kin9Control"}
