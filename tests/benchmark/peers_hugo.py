"""The same site by Hugo, by its own means: taxonomies, `.Paginate`, feeds, a second output format for what is shared.

Left out, for Hugo has no cheap way to it: the ideas near an idea. Left out besides: exports, statistics, slides,
pictures and search, none of which Hugo is asked for while ours are counted.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import measure
from peer_markdown import body
from peer_records import NEWEST, Group, Idea, Praise, Records

from sangkien.render.listing import PER_PAGE

HERE = Path(__file__).resolve().parent
PAGES = ("--quiet", "--noBuildLock", "--noTimes", "--noChmod")
SETTINGS = f"""\
baseURL = "https://example.org/"
title = "Bảng vàng sáng tạo"
defaultContentLanguage = "vi"
buildFuture = true
disableHugoGeneratorInject = true
disableKinds = ["404"]
timeout = "1h"
[pagination]
pagerSize = {PER_PAGE}
disableAliases = true
[services.rss]
limit = {NEWEST}
[markup.goldmark.renderer]
unsafe = true
[outputs]
home = ["html", "rss"]
page = ["html"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[outputFormats.share]
mediaType = "text/html"
baseName = "index"
path = "chia-se"
isHTML = true
notAlternative = true
[taxonomies]
"""


def settings() -> str:
    """Give Hugo's settings."""
    return SETTINGS + "".join(f'{folder} = "{folder}"\n' for folder in Records.folders if folder != "bieu-duong")


def write(records: Records, pages: Path, to: Path, frame: int) -> None:
    """Write Hugo's sources; every page gets a frame of as many bytes as ours has."""
    shutil.copytree(HERE / "hugo", to / "layouts")
    base = to / "layouts" / "baseof.html"
    html = base.read_text(encoding="utf-8")
    bare = html.replace('{{ block "main" . }}{{ end }}', "").replace("FILLER", "")
    base.write_text(html.replace("FILLER", "." * max(0, frame - _rendered(bare))), encoding="utf-8")
    (to / "hugo.toml").write_text(settings(), encoding="utf-8")
    content = to / "content"
    _written(pages, content)
    for folder, title in records.folders.items():
        _put(content / folder / "_index.md", {"title": title})
    _put(content / "ghi-nhan" / "_index.md", {"title": "Những ý được ghi nhận"})
    for place, group in enumerate(records.groups, 1):
        _put(content / group.folder / group.key / "_index.md", _group(group, place))
    for idea in records.ideas():
        _put(content / f"{idea.address.rstrip('/')}.md", _idea(idea), body(idea))
    for praise in records.praises():
        _put(content / "bieu-duong" / f"{praise.key}.md", _praise(praise), praise.reason)


def environment() -> dict[str, str]:
    """Let Hugo hold three quarters of the memory, where it would begin to forget at a quarter and then work longer."""
    gib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 30
    return {"HUGO_MEMORYLIMIT": str(gib * 3 // 4)}


def build(sources: Path, out: Path, hugo: Path, patience: float) -> measure.Run:
    """Let Hugo build its site into a fresh folder."""
    shutil.rmtree(out, ignore_errors=True)
    command = (hugo, *PAGES, "--source", sources, "--destination", out)
    own = {"HUGO_CACHEDIR": str(sources.parent / "hugo-cache")}
    return measure.run(command, environment=environment() | own, patience=patience)


def _rendered(html: str) -> int:
    """Guess the bytes of a frame: a title and a description stand in it as long as ours are."""
    title, description, address = 90, 120, 48
    length = len(html.encode())
    for mark, size in (("{{ .Title }}", title), ("{{ .Description }}", description), ("{{ .Permalink }}", address)):
        length += html.count(mark) * (size - len(mark))
    return length


def _put(place: Path, about: Mapping[str, Any], body: str = "") -> None:
    """Write a file of content; front matter is JSON, which Hugo reads quickest."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"{json.dumps(about, ensure_ascii=False, indent=1)}\n\n{body}\n", encoding="utf-8")


def _group(group: Group, place: int) -> dict[str, Any]:
    return {
        "title": group.title,
        "weight": place,
        "params": {"note": group.note},
        **({"outputs": ["html", "rss"]} if group.has_feed else {}),
    }


def _idea(idea: Idea) -> dict[str, Any]:
    return {
        "title": idea.title,
        "date": idea.on,
        "weight": idea.place + 1,
        "description": idea.summary,
        **({"outputs": ["html", "share"]} if idea.is_shared else {}),
        **idea.terms,
        "params": {
            "kind": idea.kind, "about": idea.about, "who": idea.who, "rating": idea.rating, "reasons": idea.reasons,
            "facts": [{"name": name, "value": value} for name, value in idea.facts.items() if value],
            "authors": [{"name": name, "url": f"/{to}" if to else ""} for name, to in idea.authors],
        },
    }  # fmt: skip


def _praise(praise: Praise) -> dict[str, Any]:
    return {
        "title": praise.title,
        "date": praise.day,
        "weight": praise.place,
        "description": praise.reason,
        **praise.terms,
    }


def _written(pages: Path, content: Path) -> None:
    """Bring the pages written by hand; a folder's own page is Hugo's `_index.md` where others stand beside it."""
    for file in sorted(pages.rglob("*")):
        if not file.is_file() or "register" in file.relative_to(pages).parts:
            continue
        name = file.name
        if name == "index.md" and len([*file.parent.glob("*")]) > 1:
            name = "_index.md"
        place = content / file.relative_to(pages).with_name(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
