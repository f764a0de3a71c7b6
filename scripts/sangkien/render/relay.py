"""The pages and words of the relay, which takes ideas from people without an account."""

import hashlib
import html
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.finding import Finding
from sangkien.domain.records import MovementRecord
from sangkien.render.forms import Maker
from sangkien.render.messages import message


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What the pages are made of; `static` gives the address of each static file."""

    movement: MovementRecord | None
    maker: Maker
    static: Mapping[str, str]
    contact_keys: Sequence[str] = ()


@cache
def words() -> dict[str, Any]:
    """Read the relay's words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("relay_vi.toml").read_text(encoding="utf-8"))


def sentence(key: str, **params: object) -> str:
    """Give one of the sentences the relay says."""
    return str(words()["said"][key]).format(**params)


def findings(found: Sequence[Finding], labels: Mapping[str, str]) -> list[dict[str, str]]:  # noqa: ARG001
    """Tell findings in words, each under the key of its question."""
    told = []
    for finding in found:
        said = message(finding.veiled())
        key = str((finding.where.path or ("",))[0])
        told.append({"key": key, "sentence": said.sentence, "cure": said.cure, "example": said.example})
    return told


def labels_of(maker: Maker) -> dict[str, str]:
    """Name every key of an answer."""
    return {block["id"]: block["attributes"]["label"] for block in maker.idea()["body"] if "id" in block}


def static_files() -> Mapping[str, bytes]:
    """Give the static files by name."""
    return {"relay.css": b"body{font:1.1rem/1.6 sans-serif;max-width:40rem;margin:1rem auto}"}


def static_addresses() -> dict[str, str]:
    """Give the address of every static file."""
    seen = hashlib.sha256(b"".join(static_files().values())).hexdigest()[:16]
    return {name: f"/tinh/{seen}/{name}" for name in static_files()}


def form_page(scene: Scene) -> str:
    """Write the page with the form."""
    rows = [_row(block) for block in scene.maker.idea()["body"] if block["type"] != "markdown"]
    form = f'<form method="post" action="/gui" enctype="multipart/form-data">{"".join(rows)}<button>OK</button></form>'
    return _page(scene, _title(scene), form)


def follow_page(scene: Scene) -> str:
    """Write the page where an idea is followed."""
    form = '<form method="post" action="/theo-doi"><input name="code"><input name="pin"><button>OK</button></form>'
    return _page(scene, _title(scene), form)


def message_page(scene: Scene, key: str, status: int) -> str:
    """Write a page that says one thing."""
    return _page(scene, str(status), f"<p>{html.escape(sentence(key))}</p>")


def _row(block: Mapping[str, Any]) -> str:
    name, said = html.escape(block["id"]), block["attributes"]
    label = html.escape(said["label"])
    if block["type"] == "dropdown":
        options = "".join(f"<option>{html.escape(option)}</option>" for option in said["options"])
        return f'<p><label>{label}<select name="{name}"><option></option>{options}</select></label></p>'
    if block["type"] == "textarea":
        return f'<p><label>{label}<textarea name="{name}"></textarea></label></p>'
    return f'<p><label>{label}<input name="{name}"></label></p>'


def _page(scene: Scene, title: str, body: str) -> str:
    style = html.escape(scene.static.get("relay.css", ""))
    head = f'<meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="{style}">'
    return f'<!doctype html><html lang="vi"><head>{head}</head><body><main>{body}</main></body></html>'


def _title(scene: Scene) -> str:
    return html.escape(scene.movement["site_title"] if scene.movement else "")
