"""Where the head of a pull request is kept and found."""

from localhub.state import Issue, Pull, Repository


def keep_head(base: Repository, issue: Issue, pull: Pull) -> None:
    """Hold the head in the base repository, fetched from the fork if it lies in one."""
    ref = f"refs/pull/{issue.number}/head"
    if pull.head_repo is not None and pull.head_repo is not base:
        base.git.fetch(pull.head_repo.git.path, f"+refs/heads/{pull.head_ref}:{ref}")
    else:
        base.git.set_ref(ref, pull.head_sha)


def catch_up(base: Repository, issue: Issue, pull: Pull) -> bool:
    """Take a pull request to its branch's present head; tell whether there still is something to merge."""
    head = pull.head_repo.git.branch(pull.head_ref) if pull.head_repo else None
    tip = base.git.branch(pull.base_ref)
    if pull.merged_at is not None or head is None or tip is None:
        return False
    pull.head_sha, pull.base_sha = head, tip
    keep_head(base, issue, pull)
    return True
