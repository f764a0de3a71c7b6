"""What `sangkien doctor` says of a repository's settings, and the manifest of the App."""

import json
import tomllib
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib import resources
from typing import Any

from sangkien.domain.settings import Check, Remedy, Settings, State
from sangkien.render.vietnamese import whole

ORDER: tuple[State, ...] = ("missing", "weaker", "unknown", "ok")
_NAME_LENGTH = 34  # the longest name GitHub gives an App
# What the workflows ask of the App's token (.github/workflows), and no more.
PERMISSIONS = {
    "contents": "write",
    "issues": "write",
    "metadata": "read",
    "pull_requests": "write",
    "statuses": "write",
}

Done = Iterable[tuple[Check, Remedy]]


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("doctor_vi.toml").read_text(encoding="utf-8"))


def sentence(check: Check) -> str:
    """Tell what a check came to."""
    return _told(check, "says")


def cure(check: Check) -> str:
    """Tell how to mend it; empty where there is nothing to mend."""
    return _told(check, "cures")


def change(remedy: Remedy) -> str:
    """Name one change of the settings."""
    what = remedy.key or str(remedy.values.get("name", ""))
    return str(words()["changes"][remedy.part]).format(
        name=remedy.values.get("name", what), key=what, names=", ".join(sorted(remedy.values))
    )


def as_text(settings: Settings, topology: str, checks: Iterable[Check], changed: Done, refused: Done) -> str:
    """Tell everything in a terminal, what is to be mended first."""
    said, checks = words()["text"], list(checks)
    lines = [
        said["head"].format(
            repository=settings.repository,
            topology=said["topologies"][topology],
            visibility=said["private" if settings.private else "public"],
            plan=settings.plan or said["plan_unknown"],
        )
    ]
    for key, done in (("changed", changed), ("refused", refused)):
        told = [f"  - {change(remedy)}" for _, remedy in done]
        lines += ["", said[key].format(count=len(told)), *told] if told else []
    for state in ORDER:
        lines += _part(state, [check for check in checks if check.state == state])
    lines += ["", _count(checks)]
    return "\n".join(lines)


def as_json(settings: Settings, topology: str, checks: Iterable[Check], changed: Done, refused: Done) -> str:
    """Tell everything to a program."""
    report = {
        "repository": settings.repository,
        "topology": topology,
        "private": settings.private,
        "plan": settings.plan,
        "checks": [
            {
                "id": check.name,
                "state": check.state,
                "why": check.why,
                "message": sentence(check),
                "cure": cure(check),
                "by": check.by if check.state == "missing" else "",
            }
            for check in checks
        ],
        "changed": [_row(check, remedy) for check, remedy in changed],
        "refused": [_row(check, remedy) for check, remedy in refused],
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


FORMATS = {"text": as_text, "json": as_json}


def manifest(repository: str, server: str) -> dict[str, object]:
    """Write the App down as GitHub's manifest flow takes it: least rights, no webhook, for this owner alone."""
    home = f"{server}/{repository}"
    return {
        "name": f"sangkien-{repository.partition('/')[0]}"[:_NAME_LENGTH].rstrip("-"),
        "url": home,
        "redirect_url": home,
        "description": words()["app"]["description"],
        "public": False,
        "hook_attributes": {"url": home, "active": False},
        "default_events": [],
        "default_permissions": PERMISSIONS,
    }


def manifest_page(repository: str, server: str) -> str:
    """Write a page with one button for each kind of account, which hands the manifest to GitHub."""
    said, owner = words()["app"], repository.partition("/")[0]
    hidden = escape(json.dumps(manifest(repository, server), ensure_ascii=False))
    forms = "\n".join(
        f'<form action="{escape(address)}" method="post"><input type="hidden" name="manifest" value="{hidden}">'
        f"<p>{escape(said[about].format(owner=owner))}</p><button>{escape(said['button'])}</button></form>"
        for about, address in (
            ("organization", f"{server}/organizations/{owner}/settings/apps/new"),
            ("person", f"{server}/settings/apps/new"),
        )
    )
    return (
        f'<!doctype html>\n<html lang="vi">\n<meta charset="utf-8">\n<title>{escape(said["title"])}</title>\n'
        f"<h1>{escape(said['title'])}</h1>\n<p>{escape(said['about'])}</p>\n{forms}\n</html>"
    )


def _told(check: Check, table: str) -> str:
    said = words()["checks"][check.name].get(table, {})
    text = said.get(f"{check.state}-{check.why}" if check.why else check.state, "")
    if not text and check.state == "unknown":
        text = words()["text"][f"unknown_{table}"]
    return str(text).format(**{k: whole(int(v)) if v.isdecimal() else v for k, v in check.params.items()})


def _part(state: State, checks: list[Check]) -> list[str]:
    if not checks:
        return []
    said = words()["text"]
    lines = ["", said[state].format(count=len(checks))]
    for check in checks:
        lines.append(f"  {said['marks'][state]} {words()['checks'][check.name]['title']}: {sentence(check)}")
        if mended := cure(check):
            lines.append(f"      {said['by'][check.by if state == 'missing' else state]}: {mended}")
    return lines


def _count(checks: list[Check]) -> str:
    counts = {state: sum(check.state == state for check in checks) for state in ORDER}
    return str(words()["text"]["fine" if not counts["missing"] else "count"].format(**counts))


def _row(check: Check, remedy: Remedy) -> dict[str, str]:
    return {"id": check.name, "part": remedy.part, "message": change(remedy)}
