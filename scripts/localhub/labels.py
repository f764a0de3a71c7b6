"""Labels of a repository and of an issue."""

import re

from localhub import shapes
from localhub.context import Answer, Context, created, nothing, ok, paged
from localhub.errors import Refusal, invalid, not_found
from localhub.events import announce
from localhub.state import Issue, Label, Repository, Role

COLOR = re.compile(r"[0-9a-fA-F]{6}")


def _named(ctx: Context) -> Label:
    found = ctx.repo.labels.get(str(ctx.places["name"]).lower())
    if found is None:
        raise not_found()
    return found


def _color(ctx: Context) -> str | None:
    color = ctx.text("color", "Label")
    if color is not None and not COLOR.fullmatch(color):
        raise invalid("Label", "color", "invalid")
    return color


def add_label(ctx: Context, repo: Repository, name: str) -> Label:
    """Find a label by name, whatever its case, or make it."""
    key = name.lower()
    if key not in repo.labels:
        repo.labels[key] = Label(ctx.state.next_id(), name)
    return repo.labels[key]


def read_names(ctx: Context) -> list[str]:
    """Read the label names of the body, given as texts or as objects."""
    given = ctx.body.get("labels", [])
    if not isinstance(given, list):
        raise invalid("Label", "labels", "invalid")
    names = [one.get("name") if isinstance(one, dict) else one for one in given]
    if not all(isinstance(name, str) and name for name in names):
        raise invalid("Label", "name", "invalid")
    return [str(name) for name in names]


def list_labels(ctx: Context) -> Answer:
    """Answer with the labels of the repository."""
    return paged(ctx, list(ctx.repo.labels.values()), lambda item: shapes.label(ctx.state, ctx.repo, item))


def get_label(ctx: Context) -> Answer:
    """Answer with one label."""
    return ok(shapes.label(ctx.state, ctx.repo, _named(ctx)))


def create_label(ctx: Context) -> Answer:
    """Make a label."""
    name = ctx.text("name", "Label", required=True) or ""
    if name.lower() in ctx.repo.labels:
        raise invalid("Label", "name", "already_exists")
    item = Label(ctx.state.next_id(), name, _color(ctx) or "ededed", ctx.text("description", "Label", limit=100))
    ctx.repo.labels[name.lower()] = item
    return created(shapes.label(ctx.state, ctx.repo, item))


def edit_label(ctx: Context) -> Answer:
    """Rename or repaint a label."""
    item = _named(ctx)
    name = ctx.text("new_name", "Label") or ctx.text("name", "Label") or item.name
    if name.lower() != item.name.lower() and name.lower() in ctx.repo.labels:
        raise invalid("Label", "name", "already_exists")
    color, description = _color(ctx), ctx.text("description", "Label", limit=100)
    del ctx.repo.labels[item.name.lower()]
    item.name, item.color = name, color or item.color
    item.description = item.description if description is None else description
    ctx.repo.labels[name.lower()] = item
    return ok(shapes.label(ctx.state, ctx.repo, item))


def delete_label(ctx: Context) -> Answer:
    """Remove a label from the repository and from every issue."""
    item = _named(ctx)
    del ctx.repo.labels[item.name.lower()]
    for issue in ctx.repo.issues.values():
        issue.labels = [one for one in issue.labels if one is not item]
    return nothing()


def _shown(ctx: Context, issue: Issue) -> Answer:
    return paged(ctx, issue.labels, lambda item: shapes.label(ctx.state, ctx.repo, item))


def change(ctx: Context, issue: Issue, names: list[str]) -> None:
    """Give an issue exactly these labels and tell of each that came or went."""
    wanted = list({item.id: item for item in (add_label(ctx, ctx.repo, name) for name in names)}.values())
    before, issue.labels = issue.labels, wanted
    gone, come = [one for one in before if one not in wanted], [one for one in wanted if one not in before]
    if gone or come:
        issue.updated_at = ctx.now()
    for action, items in (("unlabeled", gone), ("labeled", come)):
        for item in items:
            announce(ctx, action, issue, label=shapes.label(ctx.state, ctx.repo, item))


def issue_labels(ctx: Context) -> Answer:
    """Answer with the labels of an issue."""
    return _shown(ctx, ctx.issue())


def add_to_issue(ctx: Context) -> Answer:
    """Add labels to an issue."""
    issue, names = ctx.issue(), read_names(ctx)
    ctx.demand(Role.TRIAGE)
    change(ctx, issue, [one.name for one in issue.labels] + names)
    return _shown(ctx, issue)


def set_on_issue(ctx: Context) -> Answer:
    """Replace the labels of an issue."""
    issue, names = ctx.issue(), read_names(ctx)
    change(ctx, issue, names)
    return _shown(ctx, issue)


def clear_issue(ctx: Context) -> Answer:
    """Take every label off an issue."""
    change(ctx, ctx.issue(), [])
    return nothing()


def remove_from_issue(ctx: Context) -> Answer:
    """Take one label off an issue."""
    issue, name = ctx.issue(), str(ctx.places["name"]).lower()
    kept = [one.name for one in issue.labels if one.name.lower() != name]
    if len(kept) == len(issue.labels):
        raise Refusal(404, "Label does not exist")
    change(ctx, issue, kept)
    return _shown(ctx, issue)
