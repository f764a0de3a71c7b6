"""Blobs, trees and commits as git knows them."""

import base64
import binascii
from datetime import datetime

import pygit2
from pygit2.enums import FileMode, ObjectType

from localhub import shapes_git
from localhub.context import Answer, Context, Doc, created, ok
from localhub.errors import Refusal, not_found
from localhub.repository import Entry, Person
from localhub.shapes import node_id
from localhub.state import User

MODES = {"100644": FileMode.BLOB, "100755": FileMode.BLOB_EXECUTABLE, "040000": FileMode.TREE}
MODES |= {"160000": FileMode.COMMIT, "120000": FileMode.LINK}
KINDS = {ObjectType.BLOB: "blob", ObjectType.TREE: "tree", ObjectType.COMMIT: "commit"}


def _url(ctx: Context, kind: str, sha: str) -> str:
    return f"{ctx.state.api_url}/repos/{ctx.repo.full_name}/git/{kind}s/{sha}"


def create_blob(ctx: Context) -> Answer:
    """Store a file's content."""
    content = ctx.text("content", "Blob", limit=40_000_000) or ""
    if ctx.body.get("encoding", "utf-8") == "base64":
        try:
            data = base64.b64decode(content, validate=False)
        except binascii.Error as problem:
            raise Refusal(422, "Invalid Base64 content") from problem
    else:
        data = content.encode()
    sha = ctx.repo.git.write_blob(data)
    return created({"sha": sha, "url": _url(ctx, "blob", sha)})


def get_blob(ctx: Context) -> Answer:
    """Answer with a file's content."""
    blob = ctx.repo.git.object(str(ctx.places["sha"]), pygit2.Blob)
    if not isinstance(blob, pygit2.Blob):
        raise not_found()
    if "raw" in ctx.headers.get("Accept", ""):
        return Answer(blob.data, content_type="application/vnd.github.raw; charset=utf-8")
    sha = str(blob.id)
    return ok(
        {
            "sha": sha,
            "node_id": node_id("B", sha),
            "size": blob.size,
            "url": _url(ctx, "blob", sha),
            "content": base64.encodebytes(blob.data).decode(),
            "encoding": "base64",
        }
    )


def create_tree(ctx: Context) -> Answer:
    """Store a tree, alone or laid over another one."""
    base = ctx.body.get("base_tree")
    git = ctx.repo.git
    if base is not None and git.commit(str(base)) is None and git.object(str(base), pygit2.Tree) is None:
        raise not_found()
    entries = [_entry(ctx, row) for row in ctx.body.get("tree", [])]
    if not entries:
        raise Refusal(422, "Invalid tree info")
    try:
        sha = ctx.repo.git.write_tree(entries, str(base) if base else None)
    except (OSError, KeyError, ValueError, pygit2.GitError) as problem:
        raise Refusal(422, "GitRPC::BadObjectState") from problem
    return created(_tree(ctx, sha, recursive=False))


def _entry(ctx: Context, row: Doc) -> Entry:
    path, mode = row.get("path"), MODES.get(str(row.get("mode")))
    if not path or mode is None or path.startswith("/") or ".git" in path.split("/"):
        raise Refusal(422, "tree.path contains a malformed path component" if mode is not None else "Invalid tree info")
    if "content" in row:
        return path, mode, ctx.repo.git.write_blob(str(row["content"]).encode())
    if "sha" not in row:
        raise Refusal(422, "Must supply either tree.sha or tree.content")
    sha = row["sha"]
    if sha is not None and mode != FileMode.COMMIT and ctx.repo.git.object(sha, pygit2.Object) is None:
        raise Refusal(422, f"tree.sha {sha} is not a valid blob")
    return path, mode, sha


def get_tree(ctx: Context) -> Answer:
    """Answer with a folder, or with all under it."""
    name = str(ctx.places["sha"])
    tree = ctx.repo.git.object(name, pygit2.Tree)
    commit = None if tree else ctx.repo.git.commit(name)
    if tree is None and commit is None:
        raise not_found()
    return ok(_tree(ctx, str(commit.tree_id) if commit else name, recursive=bool(ctx.query.get("recursive"))))


def _tree(ctx: Context, sha: str, *, recursive: bool) -> Doc:
    rows: list[Doc] = []

    def add(tree: pygit2.Tree, prefix: str) -> None:
        for name, mode, kind, inner, size in ctx.repo.git.folder(tree):
            word = KINDS[kind]
            row: Doc = {"path": prefix + name, "mode": f"{mode:06o}", "type": word, "sha": inner}
            if kind == ObjectType.BLOB:
                row["size"] = size
            if kind != ObjectType.COMMIT:
                row["url"] = _url(ctx, word, inner)
            rows.append(row)
            if recursive and kind == ObjectType.TREE:
                add(ctx.repo.git.repo[inner].peel(pygit2.Tree), f"{prefix}{name}/")

    add(ctx.repo.git.repo[sha].peel(pygit2.Tree), "")
    return {"sha": sha, "url": _url(ctx, "tree", sha), "tree": rows, "truncated": False}


def signer(ctx: Context, who: User | None = None) -> Person:
    """Give the person GitHub writes into a commit made over the API."""
    who = who or ctx.me
    return Person(who.name or who.login, shapes_git.email_of(who), ctx.now())


def person(ctx: Context, name: str, default: Person) -> Person:
    """Read an author or committer of the body."""
    given = ctx.body.get(name)
    if not given:
        return default
    try:
        date = datetime.fromisoformat(given["date"]) if given.get("date") else default.date
        return Person(given["name"], given["email"], date)
    except (KeyError, TypeError, ValueError) as problem:
        raise Refusal(422, f"Invalid request.\n\nFor 'properties/{name}', {given} is not valid.") from problem


def create_commit(ctx: Context) -> Answer:
    """Store a commit."""
    message = ctx.text("message", "Commit", required=True) or ""
    tree, parents = str(ctx.body.get("tree", "")), [str(p) for p in ctx.body.get("parents", [])]
    if ctx.repo.git.object(tree, pygit2.Tree) is None:
        raise Refusal(422, "Tree SHA does not exist")
    if any(ctx.repo.git.object(parent, pygit2.Commit) is None for parent in parents):
        raise Refusal(422, "Parent SHA does not exist or is not a commit object")
    author = person(ctx, "author", signer(ctx))
    sha = ctx.repo.git.write_commit(tree, parents, message, author, person(ctx, "committer", author))
    return created(shapes_git.git_commit(ctx.state, ctx.repo, ctx.repo.git.repo[sha].peel(pygit2.Commit)))


def get_commit(ctx: Context) -> Answer:
    """Answer with a commit."""
    found = ctx.repo.git.object(str(ctx.places["sha"]), pygit2.Commit)
    if not isinstance(found, pygit2.Commit):
        raise not_found()
    return ok(shapes_git.git_commit(ctx.state, ctx.repo, found))
