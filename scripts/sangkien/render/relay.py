"""The relay's pages: what a citizen without an account meets, as text; every word from relay_vi.toml or the schemas."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup, escape

from sangkien.domain.finding import Finding
from sangkien.domain.records import MovementRecord
from sangkien.render import forms, page
from sangkien.render import relay_questions as asking
from sangkien.render.doors import RELAY_APPLIED, RELAY_FOLLOW
from sangkien.render.forms import Maker
from sangkien.render.messages import catalogue, worded
from sangkien.render.terse import terse

# The colours and the typeface are the site's own: the beginning of its style sheet, up to this line.
_COLOURS_END = "/* Ground */"
_PAPER_FORM = "phieu-giay.pdf"
_IMPORT = re.compile(rb'from "\./([\w-]+\.js)"')
_IDEA = Markup("<div data-idea hidden></div>")  # where the idea a page is about is named
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_TYPES = {".css", ".js", ".svg", ".txt", ".woff2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many photos go with an idea, and how large each may be: bytes, pixels of its longer side."""

    photos: int = 3
    photo_bytes: int = 300 * 1024
    photo_side: int = 1600


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What every page needs to know; `static` maps the name of each static file to its address."""

    movement: MovementRecord | None
    maker: Maker
    static: Mapping[str, str]
    contact_keys: Sequence[str] = ()
    limits: Limits = field(default_factory=Limits)


def form_page(scene: Scene) -> str:
    """Write the page on which an idea is told."""
    asked = asking.questions(scene.maker, contact=bool(scene.contact_keys))
    return write(
        scene,
        "form.html.j2",
        section="form",
        questions=asked,
        notice=_notice(scene),
        units=asking.units(scene.maker),
        sheets=("relay.css",),
        scripts=_with_imports("form.js"),
    )


def follow_page(scene: Scene) -> str:
    """Write the page on which an idea that was sent is followed, mended, withdrawn."""
    return write(
        scene,
        "follow.html.j2",
        section="follow",
        questions=asking.editable(scene.maker),
        units=asking.units(scene.maker),
        sheets=("relay.css",),
        scripts=_with_imports("follow.js"),
    )


def likewise_page(scene: Scene, form: str) -> str:
    """Write the page for who did what an idea says (`application`), or wants to (`follow`)."""
    asked = asking.about_idea(scene.maker, form, contact=bool(scene.contact_keys))
    return write(
        scene,
        "likewise.html.j2",
        section="likewise",
        form=form,
        address=RELAY_APPLIED if form == "application" else RELAY_FOLLOW,
        own=asking.words()["likewise"][form],
        questions=asked,
        notice=_notice(scene, form),
        units=asking.units(scene.maker),
        idea=_IDEA,
        sheets=("relay.css",),
        scripts=_with_imports("likewise.js"),
    )


def about(likewise: str, code: str, title: str, address: str) -> str:
    """Name on such a page the public idea it is about; without a title the page stays as it is."""
    if not title:
        return likewise
    leads = Markup('<p><a href="{}">{}</a></p>').format(address, asking.words()["likewise"]["read"]) if address else ""
    named = Markup('<div class="card" data-idea><p class="alike__title">{}</p><p class="hint">{}</p>{}</div>')
    return likewise.replace(_IDEA, named.format(title, code, leads))


def message_page(scene: Scene, key: str, status: int) -> str:
    """Write a page that says one thing: one of the sentences of the service's answers, under a head for its status."""
    own = asking.words()
    usual = own["message"]["missing" if status == 404 else "broken" if status >= 500 else "refused"]
    said = {**usual, "text": own.get("said", {}).get(key, usual["text"])}
    return write(scene, "message.html.j2", section="", said=said, sheets=("relay.css",), scripts=())


def findings(found: Sequence[Finding], labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Say what is to be mended, each under the key of its question; `labels` are those of `labels_of`."""
    return [_told(finding, labels) for finding in found]


def labels_of(maker: Maker) -> dict[str, str]:
    """Name every key of an answer."""
    return asking.labels(maker)


def sentence(key: str, **params: object) -> str:
    """Give a sentence of the service's answers."""
    text: str = asking.words()["said"][key]
    return text.format(**params)


@cache
def static_files() -> Mapping[str, bytes]:
    """Give every file the pages ask for: name → bytes."""
    here = resources.files(__package__)
    assets, own = here / "theme" / "assets", here / "relay"
    files = {
        entry.name: entry.read_bytes()
        for folder in ("static", "vendor")
        for entry in (own / folder).iterdir()
        if entry.name != "MANIFEST.txt" and entry.name[entry.name.rfind(".") :] in _TYPES
    }
    files |= {f"{weight}.woff2": (assets / "fonts" / f"{weight}.woff2").read_bytes() for weight in (400, 700)}
    files |= {name: (assets / "score" / name).read_bytes() for name in ("age.js", "age-LICENSE.txt")}
    files |= {name: (assets / name).read_bytes() for name in ("icon.svg", "idea-code.js")}
    colours = (assets / "site.css").read_text(encoding="utf-8").split(_COLOURS_END)[0].replace("url(fonts/", "url(")
    files["relay.css"] = colours.encode() + files["relay.css"]
    said = json.dumps(asking.words()["script"], ensure_ascii=False, indent=0)
    files["words.js"] = f"export const words = {said};\n".encode()
    return dict(sorted(files.items()))


def static_addresses() -> dict[str, str]:
    """Give the address of every static file: one digest for all, so that modules find one another beside themselves."""
    seen = hashlib.sha256()
    for name, data in static_files().items():
        seen.update(f"{name} {len(data)}\n".encode() + data)
    return {name: f"/tinh/{seen.hexdigest()[:16]}/{name}" for name in static_files()}


def _with_imports(first: str) -> tuple[str, ...]:
    """Name a module and every one it needs at once, so that all are fetched together; later ones are left out."""
    files, needed = static_files(), [first]
    for name in needed:
        needed += [
            other.decode() for other in dict.fromkeys(_IMPORT.findall(files[name])) if other.decode() not in needed
        ]
    return tuple(needed)


def _told(finding: Finding, labels: Mapping[str, str]) -> dict[str, str]:
    own = asking.words()["mend"].get(finding.code.value, {})
    said = worded({**catalogue()[finding.code.value], **own}, finding.params)
    return {"key": _key(finding, labels), "sentence": said.sentence, "cure": said.cure, "example": said.example}


def _key(finding: Finding, labels: Mapping[str, str]) -> str:
    """Find the question a finding belongs to: the innermost part of its path that is one."""
    steps = [str(step) for step in finding.where.path]
    return next((step for step in reversed(steps) if step in labels or step.startswith("photo-")), (steps or [""])[0])


def _notice(scene: Scene, form: str = "idea") -> Markup:
    """Write what is to be known before anything is typed, as the issue form says it."""
    said = forms.words()
    topology = scene.movement["topology"] if scene.movement else "closed"
    text = said["notice"][topology] + "\n\n" + said[form]["intro"]
    paragraphs = re.split(r"\n\s*\n", text.format(place=_place(scene)).strip())
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(paragraph)))))  # noqa: S704  # escaped first
        for paragraph in paragraphs
    )


def _place(scene: Scene) -> str:
    place = scene.movement.get("intake", "") if scene.movement else ""
    return place or asking.words()["page"]["counter_unknown"]


def write(scene: Scene, template: str, **values: Any) -> str:
    """Write a page from its template."""
    movement = scene.movement
    site = movement.get("site_url", "") if movement else ""
    return _environment().get_template(template).render(
        say=asking.words(),
        static=scene.static,
        site=site,
        site_title=movement["site_title"] if movement else "",
        organiser=movement["organiser"] if movement else "",
        place=_place(scene),
        paper=_PAPER_FORM,
        keys=scene.contact_keys,
        limits=scene.limits,
        **values,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    return page.environment().overlay(loader=FunctionLoader(_source))


def _source(name: str) -> str:
    return terse(resources.files(__package__).joinpath("relay", name).read_text(encoding="utf-8"))
