"""Accounts, repositories, collaborators, forks."""

from localhub import shapes
from localhub.context import Answer, Context, nothing, ok, paged
from localhub.errors import Refusal, invalid, not_found
from localhub.repository import GitStore
from localhub.state import Repository, Role, State, User

REQUESTS_PER_HOUR = 5000
ROLES = {"pull": Role.READ, "read": Role.READ, "triage": Role.TRIAGE, "push": Role.WRITE, "write": Role.WRITE}
ROLES |= {"maintain": Role.MAINTAIN, "admin": Role.ADMIN}
OPTIONS = {"has_issues", "has_projects", "has_wiki", "allow_forking", *shapes.MERGE_OPTIONS}


def me(ctx: Context) -> Answer:
    """Answer with the asker's own account."""
    if ctx.by_app:
        raise Refusal(403, "Resource not accessible by integration")
    plan = {"name": ctx.me.plan, "space": 976562499, "private_repos": 10000, "collaborators": 0}
    private = {"private_gists": 0, "total_private_repos": 0, "owned_private_repos": 0, "disk_usage": 0}
    more = {"collaborators": 0, "two_factor_authentication": True, "plan": plan}
    return ok(shapes.full_user(ctx.state, ctx.me) | private | more | {"user_view_type": "private"})


def get_user(ctx: Context) -> Answer:
    """Answer with an account by name or number."""
    if "id" in ctx.places:
        found = ctx.state.user_by_id(int(ctx.places["id"]))
    else:
        found = ctx.state.user(str(ctx.places["login"]))
    if found is None:
        raise not_found()
    return ok(shapes.full_user(ctx.state, found))


def get_organization(ctx: Context) -> Answer:
    """Answer with an organisation; its plan is told only to those who manage a repository of it."""
    found = ctx.state.user(str(ctx.places["login"]))
    if found is None or found.type != "Organization":
        raise not_found()
    url = f"{ctx.state.api_url}/orgs/{found.login}"
    brief = shapes.full_user(ctx.state, found)
    names = [
        "login",
        "id",
        "node_id",
        "avatar_url",
        "html_url",
        "type",
        "name",
        "public_repos",
        "public_gists",
        "followers",
        "following",
    ]
    links = {f"{name}_url": f"{url}/{name}" for name in ("events", "hooks", "issues", "repos")}
    links |= {"members_url": f"{url}/members{{/member}}", "public_members_url": f"{url}/public_members{{/member}}"}
    more: shapes.Doc = {"url": url, "description": None, "archived_at": None, "is_verified": False}
    more |= {"name": found.name or found.login, "has_organization_projects": True, "has_repository_projects": True}
    owned = [repo for repo in ctx.state.repositories.values() if repo.owner is found]
    if any(repo.role_of(ctx.viewer) >= Role.ADMIN for repo in owned):
        more["plan"] = {"name": found.plan, "space": 976562499, "private_repos": 10000}
        more["default_repository_permission"] = found.base_role
    return ok({name: brief[name] for name in [*names, "created_at", "updated_at"]} | links | more)


def get_repo(ctx: Context) -> Answer:
    """Answer with a repository."""
    return ok(shapes.full_repository(ctx.state, ctx.repo, ctx.viewer))


def repo_by_id(ctx: Context) -> Answer:
    """Answer with a repository by its number."""
    for repo in ctx.state.repositories.values():
        if repo.id == int(ctx.places["id"]) and ctx.may(Role.READ, repo):
            return ok(shapes.full_repository(ctx.state, repo, ctx.viewer))
    raise not_found()


def edit_repo(ctx: Context) -> Answer:
    """Change the repository's settings."""
    ctx.repo.options |= {name: value for name, value in ctx.body.items() if name in OPTIONS}
    ctx.repo.description = ctx.body.get("description", ctx.repo.description)
    branch = ctx.body.get("default_branch", ctx.repo.default_branch)
    if ctx.repo.git.branch(branch) is None:
        raise invalid("Repository", "default_branch", "invalid")
    ctx.repo.default_branch = branch
    ctx.repo.private = bool(ctx.body.get("private", ctx.body.get("visibility", "") == "private" or ctx.repo.private))
    return get_repo(ctx)


def repos_of(ctx: Context) -> Answer:
    """Answer with the repositories of an account that the asker may see."""
    login = str(ctx.places["login"]) if "login" in ctx.places else ctx.me.login
    items = [r for r in ctx.state.repositories.values() if r.owner.login.lower() == login.lower()]
    items = [repo for repo in items if ctx.may(Role.READ, repo)]
    return paged(ctx, items, lambda repo: shapes.repository(ctx.state, repo, ctx.viewer))


def _collaborator(ctx: Context) -> User:
    found = ctx.state.user(str(ctx.places["login"]))
    if found is None:
        raise not_found()
    return found


def _role_words(role: Role) -> tuple[str, str]:
    """Give the old four-word permission and the exact role."""
    old = {Role.TRIAGE: "read", Role.MAINTAIN: "write"}
    return old.get(role, role.name.lower()).lower(), role.name.lower()


def list_collaborators(ctx: Context) -> Answer:
    """Answer with those who were invited, and the owner."""
    users = [ctx.repo.owner, *(ctx.state.users[login] for login in ctx.repo.collaborators)]

    def shape(who: User) -> shapes.Doc:
        role = ctx.repo.role_of(who)
        more = {"permissions": shapes.permissions(role), "role_name": role.name.lower()}
        return shapes.user(ctx.state, who) | more

    return paged(ctx, [who for who in users if who.type != "Organization"], shape)


def is_collaborator(ctx: Context) -> Answer:
    """Answer 204 for a collaborator, 404 for anyone else."""
    who = _collaborator(ctx)
    if who.id != ctx.repo.owner.id and who.login.lower() not in ctx.repo.collaborators:
        raise not_found()
    return nothing()


def permission(ctx: Context) -> Answer:
    """Answer with what a person may do here."""
    who = _collaborator(ctx)
    role = ctx.repo.role_of(who)
    if role is Role.NONE:
        raise not_found()
    old, exact = _role_words(role)
    more = {"permissions": shapes.permissions(role), "role_name": exact}
    return ok({"permission": old, "role_name": exact, "user": shapes.user(ctx.state, who) | more})


def add_collaborator(ctx: Context) -> Answer:
    """Give a person a role at once; there is no invitation to accept."""
    word = ctx.body.get("permission", "push")
    if word not in ROLES:
        raise invalid("Collaborator", "permission", "invalid")
    ctx.repo.collaborators[_collaborator(ctx).login.lower()] = ROLES[word]
    return nothing()


def remove_collaborator(ctx: Context) -> Answer:
    """Take a person's role away."""
    ctx.repo.collaborators.pop(_collaborator(ctx).login.lower(), None)
    return nothing()


def list_forks(ctx: Context) -> Answer:
    """Answer with the forks."""
    return paged(ctx, ctx.state.forks_of(ctx.repo), lambda repo: shapes.repository(ctx.state, repo, ctx.viewer))


def create_fork(ctx: Context) -> Answer:
    """Copy the repository to the asker's account, or show the copy already there."""
    name = ctx.text("name", "Repository") or ctx.repo.name
    for fork in ctx.state.forks_of(ctx.repo):
        if fork.owner is ctx.me:
            return Answer(shapes.full_repository(ctx.state, fork, ctx.viewer), 202)
    if ctx.repo.owner is ctx.me:
        raise Refusal(403, "You cannot fork your own repository.")
    fork = new_repository(ctx.state, ctx.me, name, ctx.repo.default_branch, private=ctx.repo.private)
    fork.parent = ctx.repo.parent or ctx.repo
    only = "refs/heads/" + (ctx.repo.default_branch if ctx.body.get("default_branch_only") else "*")
    fork.git.fetch(ctx.repo.git.path, f"+{only}:{only}")
    ctx.emit("fork", {"forkee": shapes.repository(ctx.state, fork)})
    return Answer(shapes.full_repository(ctx.state, fork, ctx.viewer), 202)


def new_repository(state: State, owner: User, name: str, default_branch: str, *, private: bool = False) -> Repository:
    """Make an empty repository on disk and remember it."""
    full_name = f"{owner.login}/{name}"
    if state.repository(full_name) is not None:
        raise invalid("Repository", "name", "already_exists", "name already exists on this account")
    git = GitStore.create(state.room / "git" / owner.login / f"{name}.git", default_branch)
    now = state.now().replace(microsecond=0)
    repo = Repository(state.next_id(), owner, name, git, now, private=private, default_branch=default_branch)
    state.repositories[full_name.lower()] = repo
    return repo


def rate_limit(ctx: Context) -> Answer:
    """Answer with how much is left."""
    used = ctx.state.spend(ctx.token, free=True)
    left = max(REQUESTS_PER_HOUR - used, 0)
    row = {"limit": REQUESTS_PER_HOUR, "used": used, "remaining": left, "reset": ctx.state.reset_at()}
    return ok({"resources": {"core": row, "search": row, "graphql": row}, "rate": row})
