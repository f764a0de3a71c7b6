"""What the rules of a branch forbid to whoever pushes to it."""

from typing import Any

from localhub.context import Context
from localhub.errors import Refusal
from localhub.mergeability import rules_for
from localhub.state import Repository, Role

ROLE_IDS = {2: Role.MAINTAIN, 4: Role.WRITE, 5: Role.ADMIN}


def bypasses(ctx: Context, repo: Repository, ruleset: dict[str, Any]) -> bool:
    """Tell whether the asker is named among those the ruleset lets pass."""
    for actor in ruleset.get("bypass_actors") or []:
        kind, number = actor.get("actor_type"), actor.get("actor_id")
        if kind == "Integration" and ctx.token is not None and ctx.token.kind == "app":
            return True
        if kind == "OrganizationAdmin" and repo.role_of(ctx.viewer) >= Role.ADMIN:
            return True
        if kind == "RepositoryRole" and repo.role_of(ctx.viewer) >= ROLE_IDS.get(number, Role.ADMIN):
            return True
        if kind == "User" and ctx.viewer is not None and ctx.viewer.id == number:
            return True
    return False


def check_move(ctx: Context, ref: str, after: str | None, repo: Repository | None = None) -> None:
    """Refuse a move of a branch that its rules forbid."""
    repo = repo or ctx.repo
    found = violation(ctx, repo, ref, repo.git.ref(ref), after)
    if found:
        raise Refusal(422, f"Repository rule violations found\n\n{found}\n")


def violation(ctx: Context, repo: Repository, ref: str, before: str | None, after: str | None) -> str | None:
    """Say in GitHub's words what forbids the move of a ref, if anything does."""
    if not ref.startswith("refs/heads/"):
        return None
    for rule, ruleset in rules_for(repo, ref.removeprefix("refs/heads/")):
        says = _says(repo, rule, before, after)
        if says and not bypasses(ctx, repo, ruleset):
            return says
    return None


def _says(repo: Repository, rule: dict[str, Any], before: str | None, after: str | None) -> str | None:
    kind = rule["type"]
    if before is None:
        return "Cannot create ref due to creations being restricted." if kind == "creation" else None
    if after is None:
        return "Cannot delete this branch" if kind == "deletion" else None
    says = {
        "update": "Cannot update this protected ref.",
        "pull_request": "Changes must be made through a pull request.",
    }
    if kind == "required_status_checks":
        wanted = [check["context"] for check in (rule.get("parameters") or {}).get("required_status_checks", [])]
        green = {s.context for s in repo.statuses.get(after, []) if s.state == "success"}
        lacking = [context for context in wanted if context not in green]
        return f'Required status check "{lacking[0]}" is expected.' if lacking else None
    if kind == "non_fast_forward":
        return None if repo.git.is_ancestor(before, after) else "Cannot force-push to this branch"
    return says.get(kind)
