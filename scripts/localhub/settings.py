"""What an administrator sets: Actions, variables, secrets, Pages, alerts."""

import base64
from datetime import datetime

from localhub import environments, shapes
from localhub.context import Answer, Context, Doc, created, nothing, ok
from localhub.errors import Refusal, invalid, not_found
from localhub.state import Variable

PUBLIC_KEY = base64.b64encode(b"localhub keeps names, no secrets").decode()
ALLOWED = {"all", "local_only", "selected"}


def _base(ctx: Context) -> str:
    return f"{ctx.state.api_url}/repos/{ctx.repo.full_name}"


def get_actions(ctx: Context) -> Answer:
    """Answer with whether and which actions may run."""
    kept = ctx.repo.settings
    if not kept.actions_enabled:
        return ok({"enabled": False})
    doc: Doc = {"enabled": True, "allowed_actions": kept.allowed_actions}
    if kept.allowed_actions == "selected":
        doc["selected_actions_url"] = f"{_base(ctx)}/actions/permissions/selected-actions"
    return ok(doc | {"sha_pinning_required": kept.sha_pinning_required})


def set_actions(ctx: Context) -> Answer:
    """Set whether and which actions may run."""
    kept = ctx.repo.settings
    if not isinstance(ctx.body.get("enabled"), bool):
        raise Refusal(422, 'Invalid request.\n\n"enabled" wasn\'t supplied.')
    if ctx.body.get("allowed_actions", "all") not in ALLOWED:
        raise invalid("Repository", "allowed_actions", "invalid")
    kept.actions_enabled = ctx.body["enabled"]
    kept.allowed_actions = ctx.body.get("allowed_actions", kept.allowed_actions)
    kept.sha_pinning_required = bool(ctx.body.get("sha_pinning_required", kept.sha_pinning_required))
    return nothing()


def get_workflow_rights(ctx: Context) -> Answer:
    """Answer with what a workflow's token may do when the workflow does not say."""
    kept = ctx.repo.settings
    approve = kept.workflows_may_approve
    return ok({"default_workflow_permissions": kept.workflow_rights, "can_approve_pull_request_reviews": approve})


def set_workflow_rights(ctx: Context) -> Answer:
    """Set what a workflow's token may do when the workflow does not say."""
    kept = ctx.repo.settings
    rights = ctx.body.get("default_workflow_permissions", kept.workflow_rights)
    if rights not in {"read", "write"}:
        raise invalid("Repository", "default_workflow_permissions", "invalid")
    kept.workflow_rights = rights
    approve = ctx.body.get("can_approve_pull_request_reviews", kept.workflows_may_approve)
    kept.workflows_may_approve = bool(approve)
    return nothing()


def _variables(ctx: Context) -> dict[str, Variable]:
    if "environment" in ctx.places:
        return environments.environment(ctx).variables
    return ctx.repo.settings.variables


def _variable(name: str, item: Variable) -> Doc:
    moments = {"created_at": shapes.stamp(item.created_at), "updated_at": shapes.stamp(item.updated_at)}
    return {"name": name, "value": item.value, **moments}


def list_variables(ctx: Context) -> Answer:
    """Answer with the variables."""
    rows = [_variable(name, item) for name, item in sorted(_variables(ctx).items())]
    return ok({"total_count": len(rows), "variables": rows})


def get_variable(ctx: Context) -> Answer:
    """Answer with one variable."""
    name = str(ctx.places["name"]).upper()
    if name not in _variables(ctx):
        raise not_found()
    return ok(_variable(name, _variables(ctx)[name]))


def create_variable(ctx: Context) -> Answer:
    """Make a variable."""
    name = (ctx.text("name", "Variable", required=True) or "").upper()
    if name in _variables(ctx):
        raise Refusal(409, "Already exists - Variable already exists")
    _variables(ctx)[name] = Variable(ctx.text("value", "Variable") or "", ctx.now(), ctx.now())
    return Answer({}, 201)


def edit_variable(ctx: Context) -> Answer:
    """Change a variable."""
    name, kept = str(ctx.places["name"]).upper(), _variables(ctx)
    if name not in kept:
        raise not_found()
    item = kept.pop(name)
    item.value, item.updated_at = ctx.text("value", "Variable") or item.value, ctx.now()
    kept[(ctx.text("name", "Variable") or name).upper()] = item
    return nothing()


def delete_variable(ctx: Context) -> Answer:
    """Remove a variable."""
    if _variables(ctx).pop(str(ctx.places["name"]).upper(), None) is None:
        raise not_found()
    return nothing()


def _secrets(ctx: Context) -> dict[str, datetime]:
    if "environment" in ctx.places:
        return environments.environment(ctx).secrets
    return ctx.repo.settings.secrets


def _secret(name: str, moment: datetime) -> Doc:
    return {"name": name, "created_at": shapes.stamp(moment), "updated_at": shapes.stamp(moment)}


def list_secrets(ctx: Context) -> Answer:
    """Answer with the names of the secrets."""
    rows = [_secret(name, moment) for name, moment in sorted(_secrets(ctx).items())]
    return ok({"total_count": len(rows), "secrets": rows})


def get_secret(ctx: Context) -> Answer:
    """Answer with a secret's name and age."""
    name = str(ctx.places["name"]).upper()
    if name not in _secrets(ctx):
        raise not_found()
    return ok(_secret(name, _secrets(ctx)[name]))


def public_key(ctx: Context) -> Answer:
    """Answer with the key secrets are to be sealed with."""
    _ = _secrets(ctx)
    return ok({"key_id": "1", "key": PUBLIC_KEY})


def put_secret(ctx: Context) -> Answer:
    """Keep a secret's name; its value is thrown away."""
    ctx.text("encrypted_value", "Secret", required=True)
    name = str(ctx.places["name"]).upper()
    fresh = name not in _secrets(ctx)
    _secrets(ctx)[name] = ctx.now()
    return Answer({}, 201) if fresh else nothing()


def delete_secret(ctx: Context) -> Answer:
    """Forget a secret's name."""
    if _secrets(ctx).pop(str(ctx.places["name"]).upper(), None) is None:
        raise not_found()
    return nothing()


def get_pages(ctx: Context) -> Answer:
    """Answer with the site the repository publishes."""
    environments.demand_plan(ctx)
    if ctx.repo.settings.pages is None:
        raise not_found()
    return ok(_pages(ctx, ctx.repo.settings.pages))


def _pages(ctx: Context, kept: Doc) -> Doc:
    return {
        "url": f"{_base(ctx)}/pages",
        "status": None,
        "cname": kept.get("cname"),
        "custom_404": False,
        "html_url": f"{ctx.state.url}/pages/{ctx.repo.full_name}/",
        "build_type": kept.get("build_type", "legacy"),
        "source": kept.get("source") or {"branch": ctx.repo.default_branch, "path": "/"},
        "public": True,
        "https_enforced": True,
    }


def create_pages(ctx: Context) -> Answer:
    """Begin to publish."""
    if ctx.repo.private and ctx.repo.owner.plan == "free":
        raise Refusal(422, "Your current plan does not support GitHub Pages for this repository.")
    if ctx.repo.settings.pages is not None:
        raise Refusal(409, "GitHub Pages is already enabled.")
    if ctx.body.get("build_type") != "workflow" and not ctx.body.get("source"):
        raise Refusal(422, 'Invalid request.\n\n"source" wasn\'t supplied.')
    ctx.repo.settings.pages = dict(ctx.body)
    return created(_pages(ctx, ctx.repo.settings.pages))


def edit_pages(ctx: Context) -> Answer:
    """Change how the site is published."""
    environments.demand_plan(ctx)
    if ctx.repo.settings.pages is None:
        raise not_found()
    ctx.repo.settings.pages |= ctx.body
    return nothing()


def delete_pages(ctx: Context) -> Answer:
    """Stop to publish."""
    if ctx.repo.settings.pages is None:
        raise not_found()
    ctx.repo.settings.pages = None
    return nothing()


def get_alerts(ctx: Context) -> Answer:
    """Answer 204 when vulnerability alerts are on, 404 when off."""
    if not ctx.repo.settings.alerts:
        raise not_found()
    return nothing()


def set_alerts(ctx: Context) -> Answer:
    """Turn vulnerability alerts on or off."""
    ctx.repo.settings.alerts = ctx.method == "PUT"
    return nothing()
