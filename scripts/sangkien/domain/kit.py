"""Whose each file of a repository is: the kit's, which an upgrade brings anew, or the office's, which none touches."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sangkien.domain import layout

MANIFEST = ".kit/files.sha256"  # what the kit brought, as `sha256sum --check` reads it
ANSWERS = ".kit/answers.yml"  # what was said when the repository was made

_FOLDERS = ("scripts/", "schemas/", "deploy/", ".github/workflows/", ".github/actions/")
_FILES = frozenset(
    {
        ".editorconfig",
        ".gitattributes",
        ".github/known_hosts",
        ".gitignore",
        "LICENSE",
        "LICENSE-CONTENT.md",
        "mkdocs.yml",
        "pyproject.toml",
        "requirements-demo.txt",
        "requirements.txt",
    }
)
# Pages go with the program, but for those that speak for the office, and one that is made from the schemas.
_OFFICES = (
    r"index\.md|(?:chuyen-hay|gui|phong-trao|quyen-rieng-tu|register)/|tin-tuc/(?!index\.md)|du-lieu/cac-truong\.md"
)
_PAGE = re.compile(rf"content/(?!{_OFFICES})[a-z0-9./-]+\.(?:md|json)")
# An office edits them as it likes: an upgrade leaves what it changed.
_TEMPLATE = re.compile(rf"{layout.TEMPLATES}/(?:[a-z0-9-]+/)?[a-z0-9-]+\.docx")
# What the kit's own repository has otherwise, as every other has it.
_OUTFIT = "scripts/sangkien/render/init/outfit/"
_LITTER = re.compile(r"(?:^|/)__pycache__/|\.(?:pyc|new)$")
_PICTURE = re.compile(r"\n(?:!\[[^\]]*\]\(anh/[^)]*\)[^\n]*\n)+")
_VERSION = re.compile(r'^__version__ = "([0-9A-Za-z.+-]+)"', re.MULTILINE)
_ROW = re.compile(r"^([0-9a-f]{64})  (.+)$", re.MULTILINE)

# Where the files of a kit may stand; of the register, the templates alone.
AREAS = ("scripts", "schemas", "deploy", ".github/workflows", ".github/actions", "content", layout.TEMPLATES)


def place_of(path: str) -> str | None:
    """Tell where a file of the kit stands in an office's repository; None for what is not brought."""
    if _LITTER.search(path):
        return None
    is_whole = path.startswith(_FOLDERS) or path in _FILES
    return path if is_whole or _PAGE.fullmatch(path) or _TEMPLATE.fullmatch(path) else None


def sources(paths: Iterable[str]) -> dict[str, str]:
    """Name the kit's file for each that is brought: place → path in the kit."""
    paths = list(paths)
    found = {place: path for path in paths if (place := place_of(path))}
    return found | {path.removeprefix(_OUTFIT): path for path in paths if path.startswith(_OUTFIT)}


def single_files() -> tuple[str, ...]:
    """List the kit's files that stand outside its folders."""
    return tuple(sorted(_FILES))


def fitted(place: str, data: bytes) -> bytes:
    """Make a file fit for any office: a page loses its pictures, which show the kit's own sample."""
    if not place.endswith(".md"):
        return data
    return _PICTURE.sub("", data.decode("utf-8")).encode()


def manifest(files: Mapping[str, bytes]) -> str:
    """Write down what was brought: a digest and a path on each line."""
    return sums({path: digest(data) for path, data in files.items()})


def sums(digests: Mapping[str, str]) -> str:
    """Write digests down as `sha256sum --check` reads them: path → digest."""
    return "".join(f"{key}  {path}\n" for path, key in sorted(digests.items()))


def brought(text: str) -> dict[str, str]:
    """Read a manifest: path → digest."""
    return {path: key for key, path in _ROW.findall(text)}


def digest(data: bytes) -> str:
    """Digest a file as a manifest names it."""
    return hashlib.sha256(data).hexdigest()


def version(text: str) -> str:
    """Read a kit's version out of the file that tells it."""
    found = _VERSION.search(text)
    return found[1] if found else "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an upgrade does: files to write and to remove, those somebody changed here, and those it leaves so.

    `edited` were changed here and by the kit since; `kept` were changed here alone.
    """

    write: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def compare(before: Mapping[str, str], here: Mapping[str, str], new: Mapping[str, str]) -> Change:
    """Hold three states against each other, each path → digest: as brought last, as it is here, as it comes now."""
    write: list[str] = []
    remove: list[str] = []
    edited: list[str] = []
    kept: list[str] = []
    for path in sorted({*before, *new}):
        was, now, comes = before.get(path), here.get(path), new.get(path)
        if now == comes:
            continue
        if now == was:
            (write if comes else remove).append(path)
        else:
            (kept if comes == was else edited).append(path)
    return Change(write=tuple(write), remove=tuple(remove), edited=tuple(edited), kept=tuple(kept))
