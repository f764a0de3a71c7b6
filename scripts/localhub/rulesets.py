"""Rulesets of a repository."""

from typing import Any

from localhub import shapes
from localhub.context import Answer, Context, Doc, created, nothing, ok, paged
from localhub.errors import Refusal, invalid, not_found
from localhub.guards import bypasses
from localhub.mergeability import rules_for
from localhub.state import Role

RULES = {
    "creation", "update", "deletion", "required_linear_history", "merge_queue", "required_deployments",
    "required_signatures", "pull_request", "required_status_checks", "non_fast_forward", "commit_message_pattern",
    "commit_author_email_pattern", "committer_email_pattern", "branch_name_pattern", "tag_name_pattern", "workflows",
    "code_scanning", "copilot_code_review",
}  # fmt: skip
ACTORS = {"Integration", "OrganizationAdmin", "RepositoryRole", "Team", "DeployKey", "User"}


def demand_plan(ctx: Context) -> None:
    """Refuse what a private repository gets only on a paid plan."""
    if ctx.repo.private and ctx.repo.owner.plan == "free":
        plan = "Team" if ctx.repo.owner.type == "Organization" else "Pro"
        raise Refusal(403, f"Upgrade to GitHub {plan} or make this repository public to enable this feature.")


def _ruleset(ctx: Context) -> Doc:
    found = ctx.repo.rulesets.get(int(ctx.places["id"]))
    if found is None:
        raise not_found()
    return found


def _brief(ctx: Context, item: Doc) -> Doc:
    url = f"{ctx.state.api_url}/repos/{ctx.repo.full_name}/rulesets/{item['id']}"
    html = f"{ctx.state.url}/{ctx.repo.full_name}/rules/{item['id']}"
    names = ("id", "name", "target", "enforcement", "created_at", "updated_at")
    return {name: item[name] for name in names} | {
        "source_type": "Repository",
        "source": ctx.repo.full_name,
        "node_id": shapes.node_id("RRS", item["id"]),
        "_links": {"self": {"href": url}, "html": {"href": html}},
    }


def _full(ctx: Context, item: Doc) -> Doc:
    doc = _brief(ctx, item) | {"conditions": item["conditions"], "rules": item["rules"]}
    if ctx.may(Role.ADMIN):
        doc["bypass_actors"] = item["bypass_actors"]
    return doc | {"current_user_can_bypass": "always" if bypasses(ctx, ctx.repo, item) else "never"}


def list_rulesets(ctx: Context) -> Answer:
    """Answer with the rulesets in brief."""
    demand_plan(ctx)
    return paged(ctx, list(ctx.repo.rulesets.values()), lambda item: _brief(ctx, item))


def get_ruleset(ctx: Context) -> Answer:
    """Answer with one ruleset and its rules; who may bypass it only administrators see."""
    demand_plan(ctx)
    return ok(_full(ctx, _ruleset(ctx)))


def _read(ctx: Context, old: Doc) -> Doc:
    new: dict[str, Any] = dict(old)
    new |= {name: ctx.body[name] for name in old if name in ctx.body and name not in {"id", "created_at"}}
    if not isinstance(new["name"], str) or not new["name"]:
        raise invalid("RepositoryRuleset", "name", "missing_field")
    if any(one["name"] == new["name"] and one["id"] != new["id"] for one in ctx.repo.rulesets.values()):
        raise Refusal(422, "Validation Failed", ["Name must be unique"])
    if new["enforcement"] not in {"disabled", "active"} or new["target"] not in {"branch", "tag", "push"}:
        raise Refusal(422, "Validation Failed", ["Enforcement evaluate is not available on this plan"])
    for rule in new["rules"]:
        if rule.get("type") not in RULES:
            raise Refusal(422, "Validation Failed", [f"Invalid rule '{rule.get('type')}': "])
    for actor in new["bypass_actors"]:
        kind = actor.get("actor_type")
        personal = ctx.repo.owner.type != "Organization"
        if kind not in ACTORS or (personal and kind in {"Integration", "Team", "OrganizationAdmin"}):
            raise Refusal(422, "Validation Failed", [f"Actor {kind} cannot bypass rules of a user-owned repository"])
        actor.setdefault("actor_id", None)
        actor.setdefault("bypass_mode", "always")
    return new | {"updated_at": shapes.stamp(ctx.now())}


def create_ruleset(ctx: Context) -> Answer:
    """Make a ruleset."""
    demand_plan(ctx)
    made = shapes.stamp(ctx.now())
    empty: Doc = {
        "id": ctx.state.next_id(),
        "name": None,
        "target": "branch",
        "enforcement": None,
        "bypass_actors": [],
        "conditions": None,
        "rules": [],
        "created_at": made,
        "updated_at": made,
    }
    item = _read(ctx, empty)
    ctx.repo.rulesets[item["id"]] = item
    return created(_full(ctx, item))


def update_ruleset(ctx: Context) -> Answer:
    """Change a ruleset; what is not named stays."""
    demand_plan(ctx)
    item = _read(ctx, _ruleset(ctx))
    ctx.repo.rulesets[item["id"]] = item
    return ok(_full(ctx, item))


def delete_ruleset(ctx: Context) -> Answer:
    """Remove a ruleset."""
    demand_plan(ctx)
    del ctx.repo.rulesets[_ruleset(ctx)["id"]]
    return nothing()


def branch_rules(ctx: Context) -> Answer:
    """Answer with the rules that bind one branch."""
    demand_plan(ctx)
    source = {"ruleset_source_type": "Repository", "ruleset_source": ctx.repo.full_name}
    found = rules_for(ctx.repo, str(ctx.places["branch"]))
    return paged(ctx, found, lambda pair: pair[0] | source | {"ruleset_id": pair[1]["id"]})
