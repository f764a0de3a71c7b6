"""Whether a pull request can be merged: conflicts, required statuses and reviews."""

from fnmatch import fnmatch
from typing import Any

from localhub.state import Issue, Pull, Repository, Role, Status

Rule = dict[str, Any]


def latest_statuses(repo: Repository, sha: str) -> dict[str, Status]:
    """Give the last status of each context on a commit."""
    return {status.context: status for status in repo.statuses.get(sha, [])}


def combined_state(repo: Repository, sha: str) -> str:
    """Boil the statuses of a commit down to one word."""
    states = {status.state for status in latest_statuses(repo, sha).values()}
    if states & {"failure", "error"}:
        return "failure"
    return "success" if states == {"success"} else "pending"


def rules_for(repo: Repository, branch: str) -> list[tuple[Rule, dict[str, Any]]]:
    """List the active rules on a branch, each with the ruleset it comes from."""
    found = []
    for ruleset in repo.rulesets.values():
        if ruleset["enforcement"] == "active" and ruleset["target"] == "branch" and _covers(ruleset, repo, branch):
            found += [(rule, ruleset) for rule in ruleset["rules"]]
    return found


def _covers(ruleset: dict[str, Any], repo: Repository, branch: str) -> bool:
    names = (ruleset.get("conditions") or {}).get("ref_name") or {}

    def hit(pattern: str) -> bool:
        if pattern in {"~ALL", "~DEFAULT_BRANCH"}:
            return pattern == "~ALL" or branch == repo.default_branch
        return fnmatch(f"refs/heads/{branch}", pattern)

    return any(map(hit, names.get("include", []))) and not any(map(hit, names.get("exclude", [])))


def missing(repo: Repository, issue: Issue, pull: Pull) -> list[str]:
    """Say in GitHub's words what the rules of the base branch still ask for."""
    says: list[str] = []
    verdicts = latest_statuses(repo, pull.head_sha)
    for rule, _ in rules_for(repo, pull.base_ref):
        parameters = rule.get("parameters") or {}
        if rule["type"] == "required_status_checks":
            if parameters.get("strict_required_status_checks_policy") and is_behind(repo, pull):
                says.append("Head branch is out of date. Update it and try the merge again.")
            for check in parameters.get("required_status_checks", []):
                status = verdicts.get(check["context"])
                foreign = status is not None and check.get("integration_id") and not status.by_app
                if status is None or foreign or status.state == "pending":
                    says.append(f'Required status check "{check["context"]}" is expected.')
                elif status.state != "success":
                    says.append(f'Required status check "{check["context"]}" is failing.')
        elif rule["type"] == "pull_request":
            wanted = parameters.get("required_approving_review_count", 0)
            if approvals(repo, issue, pull) < wanted:
                says.append(f"At least {wanted} approving review is required by reviewers with write access.")
    return says


def is_behind(repo: Repository, pull: Pull) -> bool:
    """Tell whether the base branch has commits the head lacks."""
    tip = repo.git.branch(pull.base_ref)
    return tip is not None and not repo.git.is_ancestor(tip, pull.head_sha)


def forbids_method(repo: Repository, pull: Pull, method: str) -> bool:
    """Tell whether the rules of the base branch exclude a way to merge."""
    for rule, _ in rules_for(repo, pull.base_ref):
        allowed = (rule.get("parameters") or {}).get("allowed_merge_methods")
        if rule["type"] == "pull_request" and allowed and method not in allowed:
            return True
        if rule["type"] == "required_linear_history" and method == "merge":
            return True
    return False


def approvals(repo: Repository, issue: Issue, pull: Pull) -> int:
    """Count the writers whose last verdict is an approval."""
    verdicts: dict[int, str] = {}
    for review in pull.reviews:
        if review.state in {"APPROVED", "CHANGES_REQUESTED", "DISMISSED"} and review.user.id != issue.user.id:
            verdicts[review.user.id] = review.state if repo.role_of(review.user) >= Role.WRITE else ""
    return list(verdicts.values()).count("APPROVED")


def merged_tree(repo: Repository, pull: Pull) -> str | None:
    """Merge head into base and give the tree, or None on a conflict or without a base branch."""
    base = repo.git.branch(pull.base_ref)
    return repo.git.merged_tree(base, pull.head_sha) if base else None


def verdict(repo: Repository, issue: Issue, pull: Pull) -> tuple[bool | None, str]:
    """Give the two words of the API: mergeable and mergeable_state."""
    if issue.state == "closed":
        return None, "unknown"
    if merged_tree(repo, pull) is None:
        return False, "dirty"
    if pull.draft:
        return True, "draft"
    if missing(repo, issue, pull):
        return True, "blocked"
    if repo.statuses.get(pull.head_sha) and combined_state(repo, pull.head_sha) != "success":
        return True, "unstable"
    return True, "clean"
