"""Merging a pull request, and the issues it closes."""

import re

from localhub import guards, pushes
from localhub.context import Answer, Context, nothing, ok
from localhub.errors import Refusal, not_found
from localhub.gitdata import signer
from localhub.issues import set_state
from localhub.mergeability import forbids_method, merged_tree, missing, rules_for
from localhub.repository import Person
from localhub.shapes_pulls import diff_base
from localhub.state import Issue, Pull

CLOSING = re.compile(r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b", re.IGNORECASE)
WEB_FLOW = ("GitHub", "noreply@github.com")


def is_merged(ctx: Context) -> Answer:
    """Answer 204 when merged, 404 when not."""
    _, pull = ctx.pull()
    if pull.merged_at is None:
        raise not_found()
    return nothing()


def merge(ctx: Context) -> Answer:
    """Merge, if the head is the expected one, nothing conflicts and the rules are met."""
    issue, pull = ctx.pull()
    method = ctx.body.get("merge_method") or "merge"
    if method not in {"merge", "squash", "rebase"}:
        raise Refusal(422, f"Invalid request.\n\n{method} is not a member of ['merge', 'squash', 'rebase'].")
    if issue.state == "closed" or pull.draft:
        raise Refusal(405, "Pull Request is not mergeable" if not pull.draft else "Pull Request is still a draft")
    if ctx.repo.options.get({"merge": "allow_merge_commit"}.get(method, f"allow_{method}_merge")) is False:
        words = {"merge": "Merge commits", "squash": "Squash merges", "rebase": "Rebase merges"}
        raise Refusal(405, f"{words[method]} are not allowed on this repository.")
    if forbids_method(ctx.repo, pull, method):
        raise Refusal(405, f"Repository rule violations found\n\nThe merge method {method} is not allowed here.\n\n")
    if ctx.body.get("sha") not in {None, "", pull.head_sha}:
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")
    tree = merged_tree(ctx.repo, pull)
    if tree is None:
        raise Refusal(405, "Pull Request is not mergeable")
    lacking = missing(ctx.repo, issue, pull)
    if lacking and not _bypassed(ctx, pull):
        raise Refusal(405, f"Repository rule violations found\n\n{lacking[0]}\n\n")
    sha = _write(ctx, issue, pull, method, tree)
    _finish(ctx, issue, pull, sha)
    return ok({"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


def _bypassed(ctx: Context, pull: Pull) -> bool:
    sets = {ruleset["id"]: ruleset for _, ruleset in rules_for(ctx.repo, pull.base_ref)}
    return all(guards.bypasses(ctx, ctx.repo, ruleset) for ruleset in sets.values())


def _write(ctx: Context, issue: Issue, pull: Pull, method: str, tree: str) -> str:
    git, base = ctx.repo.git, ctx.repo.git.branch(pull.base_ref) or ""
    title, message = ctx.text("commit_title", "PullRequest"), ctx.text("commit_message", "PullRequest")
    committer = Person(*WEB_FLOW, ctx.now())
    if method == "merge":
        title = title or f"Merge pull request #{issue.number} from {pull.head_owner.login}/{pull.head_ref}"
        message = issue.title if message is None else message
        return git.write_commit(tree, [base, pull.head_sha], _join(title, message), signer(ctx), committer)
    commits = list(git.log(pull.head_sha, diff_base(ctx.repo, pull)))[::-1]
    if method == "rebase":
        for item in commits:
            replayed = git.replayed_tree(str(item.id), base)
            if replayed is None:
                raise Refusal(405, "This branch can't be rebased")
            author = Person(item.author.name, item.author.email, ctx.now())
            base = git.write_commit(replayed, [base], item.message, author, committer)
        return base
    options = ctx.repo.options
    alone = len(commits) == 1 and options.get("squash_merge_commit_title", "COMMIT_OR_PR_TITLE") != "PR_TITLE"
    words = commits[0].message.split("\n", 1)[0] if alone else issue.title
    title = title or f"{words} (#{issue.number})"
    if message is None:
        message = _squash_message(issue, [item.message for item in commits], options.get("squash_merge_commit_message"))
    return git.write_commit(tree, [base], _join(title, message), signer(ctx, issue.user), committer)


def _squash_message(issue: Issue, messages: list[str], style: str | None) -> str:
    if style in {"BLANK", "PR_BODY"}:
        return (issue.body or "") if style == "PR_BODY" else ""
    if len(messages) == 1:
        return messages[0].partition("\n")[2].strip()
    return "\n\n".join(f"* {message.strip()}" for message in messages)


def _join(title: str, message: str) -> str:
    return f"{title}\n\n{message}" if message else title


def _finish(ctx: Context, issue: Issue, pull: Pull, sha: str) -> None:
    pull.merged_at, pull.merged_by, pull.merge_commit_sha = ctx.now(), ctx.me, sha
    set_state(ctx, issue, "closed")
    pushes.move(ctx, ctx.repo, f"refs/heads/{pull.base_ref}", sha)
    if pull.base_ref == ctx.repo.default_branch:
        for number in CLOSING.findall(issue.body or ""):
            named = ctx.repo.issues.get(int(number))
            if named is not None and named.pull is None:
                set_state(ctx, named, "closed", "completed")
    if ctx.repo.options.get("delete_branch_on_merge") and pull.head_repo is ctx.repo:
        pushes.move(ctx, ctx.repo, f"refs/heads/{pull.head_ref}", None)
