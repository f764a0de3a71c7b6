"""The same site by plain mkdocs-material: every list written out as Markdown, ideas not in the nav, search on.

It has no way of its own to lists, so their pages are part of its sources; feeds it has none.
"""

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import measure
from peer_markdown import body
from peer_records import Idea, Records

from sangkien.domain import views
from sangkien.render.listing import PER_PAGE

PAGES = ("build", "--quiet", "--config-file")
SETTINGS = """\
site_name: Bảng vàng sáng tạo
site_url: https://example.org/
theme: {name: material, language: vi, font: false}
plugins: [{search: {lang: vi}}]
markdown_extensions: [attr_list, md_in_html, tables]
nav: [{Trang chủ: index.md}]
validation: {nav: {omitted_files: ignore}}
"""
_TEMPLATE = re.compile(r"^template: .*\n", re.MULTILINE)


def write(records: Records, pages: Path, to: Path) -> None:
    """Write the sources of the site."""
    docs = to / "docs"
    shutil.copytree(pages, docs, ignore=shutil.ignore_patterns("register"))
    for file in docs.rglob("*.md"):
        file.write_text(_TEMPLATE.sub("", file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    (to / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    rows = [_row(records.row(idea)) for idea in records.register.ideas]
    place = {idea.code: number for number, idea in enumerate(records.register.ideas)}
    _list(docs, "ghi-nhan/", "Những ý được ghi nhận", "", rows)
    for folder, title in records.folders.items():
        entries = [
            _entry(f"/{group.address}", group.title, group.note) for group in records.groups if group.folder == folder
        ]
        if folder == "bieu-duong":
            entries = [_entry(f"/bieu-duong/{p.key}/", p.title, p.reason) for p in records.praises()]
        _list(docs, f"{folder}/", title, "", entries)
    for group in records.groups:
        own = [
            _gift(records, idea) if group.is_gift else rows[place[idea.code]]
            for idea in group.ideas
            if idea.code in place
        ]
        own += [_entry(f"/bieu-duong/{key}/", key, "") for key in group.praises]
        _list(docs, group.address, group.title, group.note, own, PER_PAGE if not group.is_gift else len(own) + 1)
    for idea in records.ideas():
        _put(docs / f"{idea.address.rstrip('/')}.md", "\n".join(_idea(idea)))
        if idea.is_shared:
            _put(docs / idea.address / "chia-se.md", _share(idea))
    for praise in records.praises():
        _put(docs / "bieu-duong" / f"{praise.key}.md", f"# {praise.title}\n\n{praise.reason}\n")


def build(sources: Path, out: Path) -> measure.Run:
    """Let mkdocs build the site into a fresh folder."""
    shutil.rmtree(out, ignore_errors=True)
    return measure.run((sys.executable, "-m", "mkdocs", *PAGES, sources / "mkdocs.yml", "--site-dir", out))


def _put(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def _list(docs: Path, to: str, title: str, note: str, rows: Sequence[str], most: int = PER_PAGE) -> None:
    """Write a list, on as many pages as it needs."""
    count = max(1, -(-len(rows) // most))
    for number in range(1, count + 1):
        place = docs / to / ("index.md" if number == 1 else f"trang-{number}.md")
        near = [n for n in {1, number - 1, number + 1, count} if 1 <= n <= count and count > 1]
        pager = " ".join(f"[{n}](/{to}{f'trang-{n}/' if n > 1 else ''})" for n in sorted(near))
        told = "\n".join(rows[(number - 1) * most : number * most])
        _put(place, f"# {title}\n\n{note}\n\n{told}\n\n{pager}\n")


def _entry(to: str, title: str, note: str) -> str:
    return f"- [{title}]({to})  \n  {note}"


def _row(idea: Idea) -> str:
    return f"- [{idea.title}](/{idea.address})  \n  {idea.about}  \n  {idea.who}  \n  **{idea.rating}**"


def _gift(records: Records, idea: views.Idea) -> str:
    row, summary, reasons = records.gift(idea)
    return f"{_row(row)}  \n  {summary}  \n  {reasons}"


def _idea(idea: Idea) -> Iterator[str]:
    names = [f"[{name}](/{to})" if to else name for name, to in idea.authors]
    yield from ("---", f"description: {idea.summary}", "---", f"# {idea.title}", "", ", ".join(names), "")
    yield from (idea.summary, "")
    yield from (f"- {name}: **{value}**" for name, value in idea.facts.items() if value)
    yield from ("", body(idea), "")
    yield from (f"- [{key}](/{folder}/{key}/)" for folder, keys in idea.terms.items() for key in keys)


def _share(idea: Idea) -> str:
    return (
        f"# Chúc mừng, chia sẻ: {idea.title}\n\nXin chúc mừng {idea.who}!\n\n{idea.kind} “{idea.title}” "
        f"đã được ghi nhận.\n\n{idea.summary}\n\n[Xem cách làm](/{idea.address})\n"
    )
