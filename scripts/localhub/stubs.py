"""Stand-ins for marketplace actions, which act would fetch from the network before anything else."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_FOR_APPS = "actions/create-github-app-token"
_ASK = """\
import json, os, urllib.request
wanted = {k[11:].replace("-", "_"): v for k, v in json.loads(os.environ["WANTED"]).items()
          if k.startswith("permission-") and v}
request = urllib.request.Request(os.environ["LOCALHUB_APP"], json.dumps(wanted).encode(), method="POST")
told = json.load(urllib.request.urlopen(request, timeout=20))
print(f"::add-mask::{told['token']}")
with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as out:
    out.write(f"token={told['token']}\\napp-slug={told['slug']}\\n")
"""


def used(folder: Path) -> set[str]:
    """List the marketplace actions a checkout's workflows and local actions use, as `owner/name@ref`."""
    files = [*(folder / ".github" / "workflows").glob("*.y*ml"), *(folder / ".github" / "actions").rglob("action.y*ml")]
    return {name for file in files for name in _uses(_read(file))}


def _uses(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(name := node.get("uses"), str) and not name.startswith(("./", "docker:")):
            yield name
        for inner in node.values():
            yield from _uses(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _uses(inner)


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # builds text alone


def make(folder: Path, room: Path) -> list[str]:
    """Make a stand-in for every action used but checkout, which act has; gives the options for act."""
    options = []
    for name in sorted(used(folder)):
        action, _, ref = name.partition("@")
        if action == "actions/checkout":
            continue
        place = room / re.sub(r"[^\w.-]", "_", name)
        place.mkdir(parents=True, exist_ok=True)
        inputs = sorted(_inputs(folder, name))
        (place / "action.yml").write_text(_stand_in(action, inputs), encoding="utf-8")
        options += ["--local-repository", f"{'/'.join(action.split('/')[:2])}@{ref}={place}"]
    return options


def _inputs(folder: Path, name: str) -> set[str]:
    found: set[str] = set()
    for file in (folder / ".github").rglob("*.y*ml"):
        found |= _with(_read(file), name)
    return found


def _with(node: Any, name: str) -> set[str]:
    if isinstance(node, dict):
        own = set(node.get("with") or ()) if node.get("uses") == name else set()
        return own.union(*(_with(inner, name) for inner in node.values()))
    return set().union(*(_with(inner, name) for inner in node)) if isinstance(node, list) else set()


def _stand_in(action: str, inputs: list[str]) -> str:
    step: dict[str, Any] = {"shell": "bash", "run": "true"}
    outputs = {}
    if action == _FOR_APPS:
        step = {"id": "ask", "shell": "python", "env": {"WANTED": "${{ toJSON(inputs) }}"}, "run": _ASK}
        outputs = {
            key: {"description": key, "value": f"${{{{ steps.ask.outputs.{key} }}}}"} for key in ("token", "app-slug")
        }
    record = {
        "name": action,
        "description": "A stand-in for local runs.",
        "inputs": {key: {"description": key} for key in inputs},
        "outputs": outputs,
        "runs": {"using": "composite", "steps": [step]},
    }
    return yaml.safe_dump(record, sort_keys=False)
