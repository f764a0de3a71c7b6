"""Cut the operations the hub serves, and the schemas they reach, out of GitHub's OpenAPI description.

Run by hand after a new route: `npm pack @octokit/openapi@23.0.2`, unpack, then
`python tests/localhub/extract_openapi.py package/generated/api.github.com.json`.
"""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from localhub.routes import ROUTES

VENDOR = Path(__file__).resolve().parent.parent / "vendor"
TARGET = VENDOR / "github-openapi.json"
SOURCE = "@octokit/openapi@23.0.2"
WORDS = {"description", "example", "examples", "title", "externalDocs", "operationId", "summary", "tags"}
WORDS |= {"discriminator"}  # only a short cut through oneOf, and one that fails for folders, which are lists
EVENTS = {
    "create": (),
    "delete": (),
    "fork": (),
    "issue-comment": ("created", "edited", "deleted"),
    "issues": ("opened", "edited", "closed", "reopened", "labeled", "unlabeled", "locked", "unlocked", "pinned"),
    "pull-request": ("opened", "edited", "closed", "reopened", "labeled", "unlabeled", "synchronize"),
    "pull-request-review": ("submitted", "edited", "dismissed"),
    "push": (),
    "repository-dispatch": ("sample.collected",),
    "status": (),
    "workflow-dispatch": (),
}
PLACE = re.compile(r"<[^>]*>|\{[^}]*\}")


def bare(path: str) -> str:
    """Give a path with its variable parts unnamed, so that the two spellings meet."""
    return PLACE.sub("{}", path).rstrip("/")


def cut(node: Any, *, names: bool = False) -> Any:
    """Drop what tells people about a schema but binds nobody; `names` says that the keys are properties."""
    if isinstance(node, list):
        return [cut(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {k: v for k, v in node.items() if names or not (k in WORDS or k.startswith("x-"))}
    return {k: cut(v, names=k == "properties" and not names) for k, v in kept.items()}


def references(node: Any) -> set[str]:
    """Name the schemas a piece refers to."""
    if isinstance(node, list):
        return set().union(*map(references, node))
    if not isinstance(node, dict):
        return set()
    found = set().union(*map(references, node.values())) if node else set()
    target = node.get("$ref")
    return found | ({target.rpartition("/")[2]} if isinstance(target, str) else set())


def success(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """Keep the answers that tell of success, JSON only."""
    kept = {}
    for status, answer in operation["responses"].items():
        if not status.startswith("2"):
            continue
        if "$ref" in answer:
            answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]  # noqa: PLW2901
        schema = answer.get("content", {}).get("application/json", {}).get("schema")
        content = {"content": {"application/json": {"schema": cut(schema)}}} if schema is not None else {}
        kept[status] = {"description": ""} | content
    return {"responses": kept}


def heard(document: dict[str, Any]) -> dict[str, Any]:
    """Keep the bodies of the events the hub sends."""
    kept = {}
    for name in (f"{event}-{action}".rstrip("-") for event, actions in EVENTS.items() for action in actions or ("",)):
        content = document["x-webhooks"][name]["post"]["requestBody"]["content"]["application/json"]
        kept[name] = {"post": {"requestBody": {"content": {"application/json": {"schema": cut(content["schema"])}}}}}
    return kept


def extract(document: dict[str, Any]) -> dict[str, Any]:
    """Cut the description down to what the hub serves."""
    served = {(route.method.lower(), bare(route.path)) for route in ROUTES}
    paths: dict[str, Any] = {}
    for path, methods in document["paths"].items():
        kept = {m: success(document, op) for m, op in methods.items() if (m, bare(path)) in served}
        if kept:
            paths[path] = kept
    schemas: dict[str, Any] = {}
    events = heard(document)
    waiting = references(paths) | references(events)
    while waiting:
        name = waiting.pop()
        schemas[name] = cut(document["components"]["schemas"][name])
        waiting |= references(schemas[name]) - schemas.keys()
    return {
        "openapi": document["openapi"],
        "info": {
            "title": "GitHub REST API (a part)",
            "version": document["info"]["version"],
            "license": {"name": "MIT"},
        },
        "paths": paths,
        "x-webhooks": events,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def main(source: Path) -> None:
    """Write the part, and its line in the list of foreign files."""
    data = json.dumps(extract(json.loads(source.read_bytes())), ensure_ascii=False, separators=(",", ":")) + "\n"
    TARGET.write_text(data, encoding="utf-8")
    manifest = VENDOR / "MANIFEST.txt"
    lines = [line for line in manifest.read_text(encoding="utf-8").splitlines() if TARGET.name not in line]
    note = f"# {TARGET.name} is a part (MIT), cut out by tests/localhub/extract_openapi.py."
    lines += [note, f"{hashlib.sha256(data.encode()).hexdigest()}  {TARGET.name}  {SOURCE}"]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
