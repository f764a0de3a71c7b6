"""Schemas and registers → everything that is generated from them; with `write=False` only compared."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sangkien.domain import layout
from sangkien.domain.books import Books
from sangkien.domain.schema import SchemaSet, bundle
from sangkien.render.field_table import field_table
from sangkien.render.forms import issue_forms
from sangkien.render.search_letters import letters_module
from sangkien.workflow.ports import Files
from sangkien.workflow.reading import load_schemas, read_registers

_GUIDES = {"how": "huong-dan/gui-bang-bieu-mau/", "counter": "gui/#gui-o-dau", "privacy": "quyen-rieng-tu/"}


def sync(files: Files, record_types: Callable[[Mapping[str, Any]], str] | None, *, write: bool) -> list[str]:
    """Bring generated files up to date; returns the paths that were not. Record types stay where none can make them."""
    schemas = load_schemas(files)
    books = read_registers(files, schemas).books
    types = {"scripts/sangkien/domain/records.py": record_types(bundle(schemas.schemas))} if record_types else {}
    generated = types | {
        ".vscode/settings.json": _editor_settings(schemas),
        "content/du-lieu/cac-truong.md": field_table(schemas),
        "scripts/sangkien/render/theme/assets/search/letters.js": letters_module(),
        **issue_forms_of(schemas, books),
    }
    stale = [path for path, text in generated.items() if not files.exists(path) or files.text(path) != text]
    if write:
        for path in stale:
            files.write(path, generated[path])
    return stale


def issue_forms_of(schemas: SchemaSet, books: Books) -> dict[str, str]:
    """Write the issue forms as they are to stand in the repository: path → YAML."""
    return issue_forms(schemas, books, _guides(books))


def _guides(books: Books) -> dict[str, str]:
    """Give the addresses of the pages that help with the forms; none while the site has no address."""
    site = books.movement.get("site_url") if books.movement else None
    return {key: f"{site}{page}" for key, page in _GUIDES.items()} if site else {}


def _editor_settings(schemas: SchemaSet) -> str:
    """Tell editors with the YAML language server which schema completes which file."""
    idea = f"/{layout.IDEAS}/*/*/*"
    globs = {
        "idea": [f"{idea}/idea.yml"],
        "withdrawn": [f"{idea}/withdrawn.yml"],
        "conclusion": [f"{idea}/conclusions/*.yml"],
        "correction": [f"{idea}/corrections/*.yml"],
        "application": [f"{idea}/applications/*.yml"],
        "person": [f"/{layout.REGISTER}/people/*/*.yml"],
    }
    globs |= {kind: [f"/{layout.REGISTER}/{kind}.yml"] for kind in layout.SINGLE}
    globs |= {kind: [f"/{layout.REGISTER}/{folder}/*.yml"] for kind, folder in layout.FOLDERS.items()}
    mapping = {f"./schemas/{kind}.schema.json": globs[kind] for kind in schemas.kinds}
    settings = {"yaml.schemas": mapping, "files.eol": "\n", "[yaml]": {"editor.wordWrap": "on"}}
    return json.dumps(settings, indent=2) + "\n"
