"""A site kept for good: its sums, and where its links lead."""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from sangkien.domain import kit

MANIFEST = "MANIFEST.sha256"
SITE = "trang/"
SITEMAP = "sitemap.xml"

_PAGE = "index.html"
_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_FOLDER_LINK = re.compile(r'(\shref=")(?![a-z]+:|//)([^"?#]*/)(#[^"]*)?(")')
_ADDRESS = re.compile(r"<loc>([^<]+)</loc>")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was kept."""

    kind: Literal["altered", "gone", "added", "link", "address"]
    path: str
    target: str = ""


def sums(found: Mapping[str, str], manifest: str) -> Iterator[Fault]:
    """Hold digests of the files found against the manifest: path → digest."""
    kept = kit.brought(manifest)
    for path in sorted({*kept, *found} - {MANIFEST}):
        if path not in found:
            yield Fault("gone", path)
        elif path not in kept:
            yield Fault("added", path)
        elif kept[path] != found[path]:
            yield Fault("altered", path)


def opened_from_disk(html: str) -> str:
    """Let links to folders name the page in them, which a disk does not look for by itself."""
    return _FOLDER_LINK.sub(rf"\1\2{_PAGE}\3\4", html)


def root_of(sitemaps: Mapping[str, str]) -> str:
    """Tell under which path the site once stood: the index of sitemaps names the parts."""
    index = _ADDRESS.search(sitemaps.get(SITEMAP, ""))
    return posixpath.dirname(urlsplit(index[1]).path).rstrip("/") + "/" if index else "/"


def targets(page: str, html: str, root: str = "/") -> Iterator[str]:
    """List the files of the site that a page's links lead to; links away are left out."""
    for link in _LINK.findall(html):
        parts = urlsplit(link.replace("&amp;", "&"))
        if parts.scheme or parts.netloc or not parts.path:
            continue
        path = unquote(parts.path)
        if path.startswith("/"):
            yield _file(path.removeprefix(root).lstrip("/") or ".", path)
        else:
            yield _file(posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), path)


def dead_links(pages: Iterable[tuple[str, str]], there: Collection[str], root: str = "/") -> Iterator[Fault]:
    """Find links that lead nowhere: each page by its path within the site."""
    for page, html in pages:
        for target in dict.fromkeys(targets(page, html, root)):
            if target not in there:
                yield Fault("link", page, target)


def addresses(sitemaps: Mapping[str, str]) -> Iterator[str]:
    """List the files of the addresses that sitemaps name, each by its path in the site."""
    root = root_of(sitemaps)
    for text in sitemaps.values():
        for found in _ADDRESS.findall(text):
            path = unquote(urlsplit(found).path).removeprefix(root)
            yield _file(path or ".", path or "/")


def _file(path: str, written: str) -> str:
    path = "" if path == "." else path
    if not written.endswith("/") and path:
        return path
    return f"{path.rstrip('/')}/{_PAGE}".lstrip("/")
