"""Refs and branches."""

import re

import pygit2

from localhub import guards, pushes, shapes_git
from localhub.context import Answer, Context, created, nothing, ok, paged
from localhub.errors import Refusal, not_found

REF = re.compile(r"refs/(heads|tags)/[^\s~^:?*\[\\]+")


def _name(ctx: Context) -> str:
    return f"refs/{ctx.places['ref']}"


def _commit(ctx: Context) -> str:
    sha = str(ctx.body.get("sha", ""))
    if not re.fullmatch(r"[0-9a-f]{40}", sha):
        raise Refusal(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    if ctx.repo.git.object(sha, pygit2.Object) is None:
        raise Refusal(422, "Object does not exist")
    return sha


def get_ref(ctx: Context) -> Answer:
    """Answer with one ref."""
    sha = ctx.repo.git.ref(_name(ctx))
    if sha is None:
        raise not_found()
    return ok(shapes_git.ref(ctx.state, ctx.repo, _name(ctx), sha))


def matching_refs(ctx: Context) -> Answer:
    """Answer with the refs that begin so."""
    refs = list(ctx.repo.git.refs(f"refs/{ctx.places.get('ref', '')}").items())
    return paged(ctx, refs, lambda item: shapes_git.ref(ctx.state, ctx.repo, *item))


def create_ref(ctx: Context) -> Answer:
    """Make a branch or a tag."""
    name = ctx.text("ref", "Reference", required=True) or ""
    if not REF.fullmatch(name) or ".." in name or name.endswith(("/", ".lock", ".")):
        raise Refusal(422, "Reference name must start with 'refs/' and be valid.")
    sha = _commit(ctx)
    if ctx.repo.git.ref(name) is not None:
        raise Refusal(422, "Reference already exists")
    guards.check_move(ctx, name, sha)
    pushes.move(ctx, ctx.repo, name, sha)
    return created(shapes_git.ref(ctx.state, ctx.repo, name, sha))


def update_ref(ctx: Context) -> Answer:
    """Move a ref, forward only unless forced."""
    name, sha = _name(ctx), _commit(ctx)
    before = ctx.repo.git.ref(name)
    if before is None:
        raise Refusal(422, "Reference does not exist")
    if not ctx.body.get("force") and not ctx.repo.git.is_ancestor(before, sha):
        raise Refusal(422, "Update is not a fast forward")
    guards.check_move(ctx, name, sha)
    pushes.move(ctx, ctx.repo, name, sha)
    return ok(shapes_git.ref(ctx.state, ctx.repo, name, sha))


def delete_ref(ctx: Context) -> Answer:
    """Delete a branch or a tag."""
    name = _name(ctx)
    if ctx.repo.git.ref(name) is None:
        raise Refusal(422, "Reference does not exist")
    if name == f"refs/heads/{ctx.repo.default_branch}":
        raise Refusal(422, "Cannot delete the default branch")
    guards.check_move(ctx, name, None)
    pushes.move(ctx, ctx.repo, name, None)
    return nothing()


def list_branches(ctx: Context) -> Answer:
    """Answer with the branches."""
    rows = [(n.removeprefix("refs/heads/"), sha) for n, sha in ctx.repo.git.refs("refs/heads/").items()]
    return paged(ctx, rows, lambda item: shapes_git.branch(ctx.state, ctx.repo, *item))


def get_branch(ctx: Context) -> Answer:
    """Answer with one branch."""
    name = str(ctx.places["branch"])
    sha = ctx.repo.git.branch(name)
    commit = ctx.repo.git.commit(sha) if sha else None
    if commit is None:
        raise Refusal(404, "Branch not found")
    return ok(shapes_git.full_branch(ctx.state, ctx.repo, name, commit))
