"""Environments, and the branches allowed to deploy to them."""

from localhub import shapes
from localhub.context import Answer, Context, Doc, nothing, ok
from localhub.errors import Refusal, invalid, not_found
from localhub.state import Environment, User


def demand_plan(ctx: Context) -> None:
    """Hide what a private repository gets only on a paid plan."""
    if ctx.repo.private and ctx.repo.owner.plan == "free":
        raise not_found()


def environment(ctx: Context) -> Environment:
    """Find the environment the path names."""
    demand_plan(ctx)
    found = ctx.repo.settings.environments.get(str(ctx.places["environment"]).lower())
    if found is None:
        raise not_found()
    return found


def _url(ctx: Context, item: Environment) -> str:
    return f"{ctx.state.api_url}/repos/{ctx.repo.full_name}/environments/{item.name}"


def _shape(ctx: Context, item: Environment) -> Doc:
    rules: list[Doc] = []
    if item.wait_timer:
        rules.append({"type": "wait_timer", "wait_timer": item.wait_timer})
    if item.reviewers:
        reviewers = [{"type": "User", "reviewer": shapes.user(ctx.state, who)} for who in item.reviewers]
        more = {"prevent_self_review": item.prevent_self_review, "reviewers": reviewers}
        rules.append({"type": "required_reviewers", **more})
    if item.branch_policy:
        rules.append({"type": "branch_policy"})
    for place, rule in enumerate(rules):
        rule |= {"id": item.id * 10 + place, "node_id": shapes.node_id("GA", item.id * 10 + place)}
    return {
        "id": item.id,
        "node_id": shapes.node_id("EN", item.id),
        "name": item.name,
        "url": _url(ctx, item),
        "html_url": f"{ctx.state.url}/{ctx.repo.full_name}/deployments/activity_log?environments_filter={item.name}",
        "created_at": shapes.stamp(item.created_at),
        "updated_at": shapes.stamp(item.created_at),
        "can_admins_bypass": True,
        "protection_rules": rules,
        "deployment_branch_policy": item.branch_policy,
    }


def list_environments(ctx: Context) -> Answer:
    """Answer with the environments."""
    demand_plan(ctx)
    items = list(ctx.repo.settings.environments.values())
    return ok({"total_count": len(items), "environments": [_shape(ctx, item) for item in items]})


def get_environment(ctx: Context) -> Answer:
    """Answer with one environment."""
    return ok(_shape(ctx, environment(ctx)))


def put_environment(ctx: Context) -> Answer:
    """Make an environment or set its protections anew; what is not named is cleared, as on GitHub."""
    demand_plan(ctx)
    name = str(ctx.places["environment"])
    policy = ctx.body.get("deployment_branch_policy")
    if policy is not None and policy.get("protected_branches") == policy.get("custom_branch_policies"):
        words = "protected_branches and custom_branch_policies cannot have the same value"
        raise Refusal(422, "Validation Failed", [words])
    environments = ctx.repo.settings.environments
    item = environments.setdefault(name.lower(), Environment(ctx.state.next_id(), name, ctx.now()))
    item.wait_timer = int(ctx.body.get("wait_timer") or 0)
    item.prevent_self_review = bool(ctx.body.get("prevent_self_review"))
    item.reviewers = [_reviewer(ctx, int(row["id"])) for row in ctx.body.get("reviewers") or []]
    item.branch_policy = policy
    return ok(_shape(ctx, item))


def _reviewer(ctx: Context, number: int) -> User:
    found = ctx.state.user_by_id(number)
    if found is None:
        raise invalid("Environment", "reviewers", "invalid")
    return found


def delete_environment(ctx: Context) -> Answer:
    """Remove an environment."""
    del ctx.repo.settings.environments[environment(ctx).name.lower()]
    return nothing()


def _policy(number: int, name: str) -> Doc:
    return {"id": number, "node_id": shapes.node_id("GP", number), "name": name, "type": "branch"}


def list_policies(ctx: Context) -> Answer:
    """Answer with the branch names allowed to deploy."""
    rows = [_policy(number, name) for number, name in environment(ctx).policies.items()]
    return ok({"total_count": len(rows), "branch_policies": rows})


def create_policy(ctx: Context) -> Answer:
    """Allow one more branch name; the same name again changes nothing."""
    item = environment(ctx)
    name = ctx.text("name", "DeploymentBranchPolicy", required=True) or ""
    if not (item.branch_policy or {}).get("custom_branch_policies"):
        raise not_found()
    if name in item.policies.values():
        return Answer(None, 303)
    number = ctx.state.next_id()
    item.policies[number] = name
    return ok(_policy(number, name))


def delete_policy(ctx: Context) -> Answer:
    """Allow one branch name less."""
    if environment(ctx).policies.pop(int(ctx.places["id"]), None) is None:
        raise not_found()
    return nothing()
