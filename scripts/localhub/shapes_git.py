"""JSON of commits, files, branches and statuses."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

import pygit2

from localhub.mergeability import combined_state, latest_statuses, rules_for
from localhub.repository import FileChange
from localhub.shapes import Doc, minimal_repo, node_id, stamp, user
from localhub.state import Repository, State, Status, User

NOREPLY = re.compile(r"(?:\d+\+)?(?P<login>[^@]+)@users\.noreply\.github\.com")
UNSIGNED: Doc = {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}


def email_of(who: User) -> str:
    """Give the address GitHub writes into commits made for an account."""
    return f"{who.id}+{who.login}@users.noreply.github.com"


def _account(state: State, email: str) -> User | None:
    found = NOREPLY.fullmatch(email)
    return state.user(found["login"]) if found else None


def person(signature: pygit2.Signature) -> Doc:
    """Describe the author or committer inside a commit."""
    moment = datetime.fromtimestamp(signature.time, timezone(timedelta(minutes=signature.offset)))
    return {"name": signature.name, "email": signature.email, "date": stamp(moment.astimezone(UTC))}


def git_commit(state: State, repo: Repository, item: pygit2.Commit) -> Doc:
    """Describe a commit as the git data API does."""
    base = f"{state.api_url}/repos/{repo.full_name}/git"
    web = f"{state.url}/{repo.full_name}/commit"
    return {
        "sha": str(item.id),
        "node_id": node_id("C", str(item.id)),
        "url": f"{base}/commits/{item.id}",
        "html_url": f"{web}/{item.id}",
        "author": person(item.author),
        "committer": person(item.committer),
        "tree": {"sha": str(item.tree_id), "url": f"{base}/trees/{item.tree_id}"},
        "message": item.message,
        "parents": [{"sha": str(p), "url": f"{base}/commits/{p}", "html_url": f"{web}/{p}"} for p in item.parent_ids],
        "verification": UNSIGNED,
    }


def commit(state: State, repo: Repository, item: pygit2.Commit) -> Doc:
    """Describe a commit as lists do."""
    base = f"{state.api_url}/repos/{repo.full_name}"
    web = f"{state.url}/{repo.full_name}/commit"
    author, committer = _account(state, item.author.email), _account(state, item.committer.email)
    return {
        "sha": str(item.id),
        "node_id": node_id("C", str(item.id)),
        "commit": {
            "author": person(item.author),
            "committer": person(item.committer),
            "message": item.message,
            "tree": {"sha": str(item.tree_id), "url": f"{base}/git/trees/{item.tree_id}"},
            "url": f"{base}/git/commits/{item.id}",
            "comment_count": 0,
            "verification": UNSIGNED,
        },
        "url": f"{base}/commits/{item.id}",
        "html_url": f"{web}/{item.id}",
        "comments_url": f"{base}/commits/{item.id}/comments",
        "author": user(state, author) if author else None,
        "committer": user(state, committer) if committer else None,
        "parents": [{"sha": str(p), "url": f"{base}/commits/{p}", "html_url": f"{web}/{p}"} for p in item.parent_ids],
    }


def full_commit(state: State, repo: Repository, item: pygit2.Commit) -> Doc:
    """Describe a commit with its files."""
    changes = repo.git.changes(str(item.parent_ids[0]) if item.parent_ids else None, str(item.id))
    added, deleted = sum(c.additions for c in changes), sum(c.deletions for c in changes)
    return commit(state, repo, item) | {
        "stats": {"total": added + deleted, "additions": added, "deletions": deleted},
        "files": [file(state, repo, change, str(item.id)) for change in changes],
    }


def file(state: State, repo: Repository, change: FileChange, sha: str) -> Doc:
    """Describe what happened to one file."""
    path = quote(change.path)
    doc: Doc = {
        "sha": change.sha,
        "filename": change.path,
        "status": change.status,
        "additions": change.additions,
        "deletions": change.deletions,
        "changes": change.additions + change.deletions,
        "blob_url": f"{state.url}/{repo.full_name}/blob/{sha}/{path}",
        "raw_url": f"{state.url}/{repo.full_name}/raw/{sha}/{path}",
        "contents_url": f"{state.api_url}/repos/{repo.full_name}/contents/{path}?ref={sha}",
    }
    if change.patch is not None:
        doc["patch"] = change.patch
    if change.previous is not None:
        doc["previous_filename"] = change.previous
    return doc


def ref(state: State, repo: Repository, name: str, sha: str) -> Doc:
    """Describe a ref."""
    kind = "tag" if isinstance(repo.git.repo.get(pygit2.Oid(hex=sha)), pygit2.Tag) else "commit"
    base = f"{state.api_url}/repos/{repo.full_name}/git"
    return {
        "ref": name,
        "node_id": node_id("REF", f"{repo.id}:{name}"),
        "url": f"{base}/{quote(name)}",
        "object": {"sha": sha, "type": kind, "url": f"{base}/{kind}s/{sha}"},
    }


def branch(state: State, repo: Repository, name: str, sha: str) -> Doc:
    """Describe a branch in brief."""
    rules = rules_for(repo, name)
    url = f"{state.api_url}/repos/{repo.full_name}"
    return {
        "name": name,
        "commit": {"sha": sha, "url": f"{url}/commits/{sha}"},
        "protected": bool(rules),
        "protection": {"enabled": bool(rules), "required_status_checks": {"contexts": [], "checks": []}},
        "protection_url": f"{url}/branches/{quote(name)}/protection",
    }


def full_branch(state: State, repo: Repository, name: str, item: pygit2.Commit) -> Doc:
    """Describe a branch with its commit."""
    url = f"{state.api_url}/repos/{repo.full_name}/branches/{quote(name)}"
    return branch(state, repo, name, str(item.id)) | {
        "commit": commit(state, repo, item),
        "_links": {"self": url, "html": f"{state.url}/{repo.full_name}/tree/{quote(name)}"},
    }


def status(state: State, repo: Repository, sha: str, item: Status, *, brief: bool = False) -> Doc:
    """Describe a status."""
    doc: Doc = {
        "url": f"{state.api_url}/repos/{repo.full_name}/statuses/{sha}",
        "avatar_url": f"{state.url}/avatars/{item.creator.id}",
        "id": item.id,
        "node_id": node_id("SC", item.id),
        "state": item.state,
        "description": item.description,
        "target_url": item.target_url,
        "context": item.context,
        "created_at": stamp(item.created_at),
        "updated_at": stamp(item.created_at),
    }
    return doc if brief else doc | {"creator": user(state, item.creator)}


def combined_status(state: State, repo: Repository, sha: str) -> Doc:
    """Describe the verdicts on a commit together."""
    latest = list(latest_statuses(repo, sha).values())
    url = f"{state.api_url}/repos/{repo.full_name}/commits/{sha}"
    statuses: list[Any] = [status(state, repo, sha, one, brief=True) for one in latest]
    return {
        "state": combined_state(repo, sha),
        "statuses": statuses,
        "sha": sha,
        "total_count": len(latest),
        "repository": minimal_repo(state, repo),
        "commit_url": url,
        "url": f"{url}/status",
    }
