"""Stand-ins for marketplace actions, which act would fetch from the network before anything else."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_BUILT_IN = "actions/checkout"
_FOR_APPS = "actions/create-github-app-token"
_TOLD = ("token", "app-slug")
_FOR_ARTIFACTS = "actions/upload-artifact"
_KEPT = ("artifact-id", "artifact-url")
_ASK = """\
import json, os, sys, time, urllib.error, urllib.request
request = urllib.request.Request(os.environ["DOOR"], os.environ["GIVEN"].encode(), method="POST")
try:
    told = json.load(urllib.request.urlopen(request, timeout=20))
except urllib.error.HTTPError as error:
    print("::error::" + error.read().decode(), flush=True)
    time.sleep(0.3)  # act may lose what a step says in its last moment
    sys.exit(1)
print("::add-mask::" + told["token"])
with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as out:
    out.write(f"token={told['token']}\\napp-slug={told['slug']}\\n")
"""
# A path may be a file or a folder; lists of paths and patterns are GitHub's alone.
_KEEP = """\
import json, os, pathlib, shutil, sys
given = json.loads(os.environ["GIVEN"])
source, home = pathlib.Path(given["path"]), pathlib.Path(os.environ["ARTIFACTS"]) / os.environ["GITHUB_RUN_ID"]
if not source.exists() or (source.is_dir() and not any(source.iterdir())):
    print("::error::no files at " + given["path"], flush=True)
    sys.exit(given.get("if-no-files-found") == "error")
home.mkdir(parents=True, exist_ok=True)
number = len(list(home.iterdir())) + 1
kept = home / str(number) / given["name"]
kept.mkdir(parents=True)
shutil.copytree(source, kept, dirs_exist_ok=True) if source.is_dir() else shutil.copy(source, kept)
run = "/".join(os.environ[f"GITHUB_{key}"] for key in ("SERVER_URL", "REPOSITORY")) + "/actions/runs/" + home.name
with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as out:
    out.write(f"artifact-id={number}\\nartifact-url={run}/artifacts/{number}\\n")
"""


def used(folder: Path) -> dict[str, set[str]]:
    """List the marketplace actions of a checkout's workflows and the local actions they use, with the inputs given."""
    found: dict[str, set[str]] = {}
    waiting, seen = sorted((folder / ".github" / "workflows").glob("*.y*ml")), set()
    while waiting:
        file = waiting.pop()
        if file in seen or not file.is_file():
            continue
        seen.add(file)
        for name, given in _uses(_read(file)):
            if name.startswith("./"):
                place = folder / name
                waiting += [place] if place.is_file() else [place / "action.yml", place / "action.yaml"]
            elif not name.startswith(("docker:", f"{_BUILT_IN}@")):
                found.setdefault(name, set()).update(given)
    return found


def labels(folder: Path) -> set[str]:
    """List every label a workflow of a checkout may run on, each alternative of a matrix among them."""
    words = {"ubuntu-latest", "ubuntu-24.04", "ubuntu-22.04"}
    for file in sorted((folder / ".github" / "workflows").glob("*.y*ml")):
        record = _read(file)
        bodies = record.get("jobs") if isinstance(record, dict) else None
        for body in (bodies if isinstance(bodies, dict) else {}).values():
            if isinstance(body, dict):
                words |= {word for key in ("runs-on", "strategy") for word in _scalars(body.get(key))}
    return {word for word in words if re.fullmatch(r"[\w.-]+", word)}


def make(folder: Path, room: Path, door: str, artifacts: Path) -> list[str]:
    """Make a stand-in for every action used but checkout, which act has; gives the options for act.

    What a run uploads is kept under `artifacts`: run/number/name.
    """
    options = {}
    for name, given in sorted(used(folder).items()):
        path, _, ref = name.partition("@")
        owner, repository, *inner = path.split("/")
        home = f"{owner}/{repository}@{ref}"
        place = room / re.sub(r"[^\w.-]", "_", home)
        options[home] = f"{home}={place}"
        action = place.joinpath(*inner) / "action.yml"
        action.parent.mkdir(parents=True, exist_ok=True)
        action.write_text(yaml.safe_dump(_stand_in(path, given, door, artifacts), sort_keys=False), encoding="utf-8")
    return [word for option in options.values() for word in ("--local-repository", option)]


def _read(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # builds text alone
    except yaml.YAMLError:
        return {}  # told where the file is run


def _uses(node: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(node, dict):
        if isinstance(name := node.get("uses"), str):
            given = node.get("with")
            yield name, list(given) if isinstance(given, dict) else []
        for inner in node.values():
            yield from _uses(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _uses(inner)


def _scalars(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _scalars(inner)


def _stand_in(action: str, given: set[str], door: str, artifacts: Path) -> Mapping[str, Any]:
    step: dict[str, Any] = {"shell": "bash", "run": "true"}
    outputs: dict[str, Any] = {}
    if action == _FOR_APPS:
        step = {"id": "ask", "shell": "python", "env": {"GIVEN": "${{ toJSON(inputs) }}", "DOOR": door}, "run": _ASK}
        outputs = _put_out(step["id"], _TOLD)
    elif action == _FOR_ARTIFACTS:
        env = {"GIVEN": "${{ toJSON(inputs) }}", "ARTIFACTS": str(artifacts)}
        step = {"id": "keep", "shell": "python", "env": env, "run": _KEEP}
        outputs = _put_out(step["id"], _KEPT)
    return {
        "name": action,
        "description": "A stand-in for local runs.",
        "inputs": {key: {"description": key} for key in sorted(given)},
        "outputs": outputs,
        "runs": {"using": "composite", "steps": [step]},
    }


def _put_out(step: str, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: {"description": key, "value": f"${{{{ steps.{step}.outputs.{key} }}}}"} for key in keys}
