"""JSON of accounts, repositories, labels and reactions, as GitHub writes them."""

import base64
from datetime import datetime
from typing import Any

from localhub.state import Label, Reaction, Repository, Role, State, User

Doc = dict[str, Any]
EMOJI = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


def stamp(moment: datetime | None) -> str | None:
    """Write a moment the way the API does."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def node_id(kind: str, number: int | str) -> str:
    """Make an opaque name for GraphQL."""
    return f"{kind}_{base64.urlsafe_b64encode(f'{kind}:{number}'.encode()).decode().rstrip('=')}"


def user(state: State, who: User) -> Doc:
    """Describe an account in brief."""
    url = f"{state.api_url}/users/{who.login}"
    return {
        "login": who.login,
        "id": who.id,
        "node_id": node_id({"Bot": "BOT", "Organization": "O"}.get(who.type, "U"), who.id),
        "avatar_url": f"{state.url}/avatars/{who.id}",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{state.url}/{who.login}",
        "followers_url": f"{url}/followers",
        "following_url": f"{url}/following{{/other_user}}",
        "gists_url": f"{url}/gists{{/gist_id}}",
        "starred_url": f"{url}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{url}/subscriptions",
        "organizations_url": f"{url}/orgs",
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events{{/privacy}}",
        "received_events_url": f"{url}/received_events",
        "type": who.type,
        "user_view_type": "public",
        "site_admin": False,
    }


def full_user(state: State, who: User) -> Doc:
    """Describe an account at length."""
    return user(state, who) | {
        "name": who.name,
        "company": None,
        "blog": "",
        "location": None,
        "email": None,
        "hireable": None,
        "bio": None,
        "twitter_username": None,
        "public_repos": sum(r.owner is who and not r.private for r in state.repositories.values()),
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": "2020-01-01T00:00:00Z",
        "updated_at": "2020-01-01T00:00:00Z",
    }


def permissions(role: Role) -> dict[str, bool]:
    """Spell a role out as GitHub's five switches."""
    return {
        "admin": role >= Role.ADMIN,
        "maintain": role >= Role.MAINTAIN,
        "push": role >= Role.WRITE,
        "triage": role >= Role.TRIAGE,
        "pull": role >= Role.READ,
    }


ARCHIVE_LINKS = {
    "archive_url": "{archive_format}{/ref}",
    "assignees_url": "assignees{/user}",
    "blobs_url": "git/blobs{/sha}",
    "branches_url": "branches{/branch}",
    "collaborators_url": "collaborators{/collaborator}",
    "comments_url": "comments{/number}",
    "commits_url": "commits{/sha}",
    "compare_url": "compare/{base}...{head}",
    "contents_url": "contents/{+path}",
    "contributors_url": "contributors",
    "deployments_url": "deployments",
    "downloads_url": "downloads",
    "events_url": "events",
    "forks_url": "forks",
    "git_commits_url": "git/commits{/sha}",
    "git_refs_url": "git/refs{/sha}",
    "git_tags_url": "git/tags{/sha}",
    "hooks_url": "hooks",
    "issue_comment_url": "issues/comments{/number}",
    "issue_events_url": "issues/events{/number}",
    "issues_url": "issues{/number}",
    "keys_url": "keys{/key_id}",
    "labels_url": "labels{/name}",
    "languages_url": "languages",
    "merges_url": "merges",
    "milestones_url": "milestones{/number}",
    "notifications_url": "notifications{?since,all,participating}",
    "pulls_url": "pulls{/number}",
    "releases_url": "releases{/id}",
    "stargazers_url": "stargazers",
    "statuses_url": "statuses/{sha}",
    "subscribers_url": "subscribers",
    "subscription_url": "subscription",
    "tags_url": "tags",
    "teams_url": "teams",
    "trees_url": "git/trees{/sha}",
}


def minimal_repo(state: State, repo: Repository) -> Doc:
    """Describe a repository in brief."""
    url = f"{state.api_url}/repos/{repo.full_name}"
    return {
        "id": repo.id,
        "node_id": node_id("R", repo.id),
        "name": repo.name,
        "full_name": repo.full_name,
        "private": repo.private,
        "owner": user(state, repo.owner),
        "html_url": f"{state.url}/{repo.full_name}",
        "description": repo.description,
        "fork": repo.parent is not None,
        "url": url,
        **{name: f"{url}/{rest}" for name, rest in ARCHIVE_LINKS.items()},
    }


def repository(state: State, repo: Repository, viewer: User | None = None) -> Doc:
    """Describe a repository as lists do."""
    web = f"{state.url}/{repo.full_name}"
    open_issues = sum(issue.state == "open" for issue in repo.issues.values())
    forks = len(state.forks_of(repo))
    return (
        minimal_repo(state, repo)
        | {
            "created_at": stamp(repo.created_at),
            "updated_at": stamp(repo.pushed_at or repo.created_at),
            "pushed_at": stamp(repo.pushed_at or repo.created_at),
            "git_url": f"{web}.git",
            "ssh_url": f"{web}.git",
            "clone_url": f"{web}.git",
            "svn_url": web,
            "homepage": None,
            "mirror_url": None,
            "size": 0,
            "stargazers_count": 0,
            "watchers_count": 0,
            "watchers": 0,
            "language": None,
            "has_issues": True,
            "has_projects": False,
            "has_downloads": False,
            "has_wiki": False,
            "has_pages": False,
            "has_discussions": False,
            "forks_count": forks,
            "forks": forks,
            "archived": False,
            "disabled": False,
            "open_issues_count": open_issues,
            "open_issues": open_issues,
            "license": None,
            "allow_forking": bool(repo.options.get("allow_forking", True)),
            "is_template": False,
            "web_commit_signoff_required": False,
            "topics": [],
            "visibility": "private" if repo.private else "public",
            "default_branch": repo.default_branch,
            "permissions": permissions(repo.role_of(viewer)),
        }
        | {name: value for name, value in repo.options.items() if name.startswith("has_")}
    )


MERGE_OPTIONS: Doc = {
    "allow_rebase_merge": True,
    "allow_squash_merge": True,
    "allow_merge_commit": True,
    "allow_auto_merge": False,
    "allow_update_branch": False,
    "delete_branch_on_merge": False,
    "use_squash_pr_title_as_default": False,
    "squash_merge_commit_title": "COMMIT_OR_PR_TITLE",
    "squash_merge_commit_message": "COMMIT_MESSAGES",
    "merge_commit_title": "MERGE_MESSAGE",
    "merge_commit_message": "PR_TITLE",
}


def full_repository(state: State, repo: Repository, viewer: User | None) -> Doc:
    """Describe a repository at length."""
    doc = repository(state, repo, viewer) | {"network_count": 0, "subscribers_count": 0}
    if repo.role_of(viewer) >= Role.WRITE:
        doc |= MERGE_OPTIONS | {k: v for k, v in repo.options.items() if k in MERGE_OPTIONS}
    if repo.owner.type == "Organization":
        doc["organization"] = user(state, repo.owner)
    if repo.parent is not None:
        doc |= {"parent": repository(state, repo.parent, viewer), "source": repository(state, repo.parent, viewer)}
    return doc


def label(state: State, repo: Repository, item: Label) -> Doc:
    """Describe a label."""
    return {
        "id": item.id,
        "node_id": node_id("LA", item.id),
        "url": f"{state.api_url}/repos/{repo.full_name}/labels/{item.name}",
        "name": item.name,
        "description": item.description,
        "color": item.color,
        "default": False,
    }


def reaction(state: State, item: Reaction) -> Doc:
    """Describe a reaction."""
    return {
        "id": item.id,
        "node_id": node_id("REA", item.id),
        "user": user(state, item.user),
        "content": item.content,
        "created_at": stamp(item.created_at),
    }


def reaction_counts(url: str, items: list[Reaction]) -> Doc:
    """Count reactions by kind."""
    counts = {name: sum(item.content == name for item in items) for name in EMOJI}
    return {"url": f"{url}/reactions", "total_count": len(items), **counts}
