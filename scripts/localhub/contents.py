"""Files and folders: read, write, delete, one commit each."""

import base64
import binascii
from urllib.parse import quote

import pygit2
from pygit2.enums import FileMode, ObjectType

from localhub import guards, pushes, shapes_git
from localhub.context import Answer, Context, Doc, ok
from localhub.errors import Refusal, not_found
from localhub.gitdata import person, signer


def _commit(ctx: Context) -> str:
    name = ctx.query.get("ref") or ctx.repo.default_branch
    found = ctx.repo.git.commit(name)
    if found is None:
        raise Refusal(404, f"No commit found for the ref {name}")
    return str(found.id)


def _shape(ctx: Context, path: str, kind: str, sha: str, size: int) -> Doc:
    base = f"{ctx.state.api_url}/repos/{ctx.repo.full_name}"
    web = f"{ctx.state.url}/{ctx.repo.full_name}"
    ref = ctx.query.get("ref") or ctx.body.get("branch") or ctx.repo.default_branch
    url = f"{base}/contents/{quote(path)}?ref={quote(ref)}"
    folder = kind == "dir"
    git_url = f"{base}/git/{'trees' if folder else 'blobs'}/{sha}"
    html_url = f"{web}/{'tree' if folder else 'blob'}/{quote(ref)}/{quote(path)}"
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": sha,
        "size": size,
        "url": url,
        "html_url": html_url,
        "git_url": git_url,
        "download_url": None if folder else f"{web}/raw/{quote(ref)}/{quote(path)}",
        "type": kind,
        "_links": {"self": url, "git": git_url, "html": html_url},
    }


def read(ctx: Context) -> Answer:
    """Answer with a file, or with the list of a folder."""
    path = str(ctx.places.get("path", "")).strip("/")
    found = ctx.repo.git.blob_at(_commit(ctx), path)
    if isinstance(found, pygit2.Tree):
        prefix = f"{path}/" if path else ""
        rows = ctx.repo.git.folder(found)
        kinds = {ObjectType.TREE: "dir", ObjectType.BLOB: "file", ObjectType.COMMIT: "submodule"}
        return ok([_shape(ctx, prefix + name, kinds[kind], sha, size) for name, _, kind, sha, size in rows])
    if not isinstance(found, pygit2.Blob):
        raise not_found()
    if "raw" in ctx.headers.get("Accept", ""):
        return Answer(found.data, content_type="application/vnd.github.raw; charset=utf-8")
    doc = _shape(ctx, path, "file", str(found.id), found.size)
    if found.size > 1_000_000:
        return ok(doc | {"content": "", "encoding": "none"})
    return ok(doc | {"content": base64.encodebytes(found.data).decode(), "encoding": "base64"})


def tarball(ctx: Context) -> Answer:
    """Answer with all files of a ref, packed."""
    found = ctx.repo.git.commit(str(ctx.places.get("ref") or ctx.repo.default_branch))
    if found is None:
        raise not_found()
    name = f"{ctx.repo.owner.login}-{ctx.repo.name}-{str(found.id)[:7]}"
    headers = {"Content-Disposition": f"attachment; filename={name}.tar.gz"}
    return Answer(ctx.repo.git.archive(str(found.id), name), headers=headers, content_type="application/x-gzip")


def write(ctx: Context) -> Answer:
    """Create a file or replace it; the sha of what is replaced must be given."""
    branch, path = _target(ctx)
    message = ctx.text("message", "Commit", required=True) or ""
    try:
        data = base64.b64decode(ctx.text("content", "Content", limit=40_000_000) or "", validate=True)
    except binascii.Error as problem:
        raise Refusal(422, "content is not valid Base64") from problem
    old = _present(ctx, branch, path)
    if isinstance(old, pygit2.Tree):
        raise Refusal(422, "path is a folder")
    if old is not None:
        _check_sha(ctx, path, str(old.id))
    mode = FileMode(old.filemode) if old is not None and old.filemode else FileMode.BLOB
    sha = ctx.repo.git.write_blob(data)
    commit = _save(ctx, branch, path, mode, sha, message)
    doc = {"content": _shape(ctx, path, "file", sha, len(data)), "commit": commit}
    return Answer(doc, 200 if old is not None else 201)


def delete(ctx: Context) -> Answer:
    """Delete a file."""
    branch, path = _target(ctx)
    ctx.body = dict(ctx.query) | ctx.body
    message = ctx.text("message", "Commit", required=True) or ""
    old = _present(ctx, branch, path)
    if not isinstance(old, pygit2.Blob):
        raise not_found()
    _check_sha(ctx, path, str(old.id))
    return ok({"content": None, "commit": _save(ctx, branch, path, FileMode.BLOB, None, message)})


def _target(ctx: Context) -> tuple[str, str]:
    branch = str(ctx.body.get("branch") or ctx.query.get("branch") or ctx.repo.default_branch)
    path = str(ctx.places["path"])
    if ctx.repo.git.branch(branch) is None:
        raise Refusal(404, f"Branch {branch} not found")
    if not path or {"", ".", "..", ".git"} & set(path.split("/")):
        raise Refusal(422, "path contains a malformed path component")
    return branch, path


def _present(ctx: Context, branch: str, path: str) -> pygit2.Object | None:
    return ctx.repo.git.blob_at(ctx.repo.git.branch(branch) or "", path)


def _check_sha(ctx: Context, path: str, present: str) -> None:
    given = ctx.body.get("sha")
    if not given:
        raise Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if given != present:
        raise Refusal(409, f"{path} does not match {given}")


def _save(ctx: Context, branch: str, path: str, mode: FileMode, sha: str | None, message: str) -> Doc:
    parent = ctx.repo.git.branch(branch) or ""
    tree = ctx.repo.git.write_tree([(path, mode, sha)], parent)
    author = person(ctx, "author", signer(ctx))
    commit = ctx.repo.git.write_commit(tree, [parent], message, author, person(ctx, "committer", author))
    found = guards.violation(ctx, ctx.repo, f"refs/heads/{branch}", parent, commit)
    if found:
        raise Refusal(409, f"Repository rule violations found\n\n{found}\n")
    pushes.move(ctx, ctx.repo, f"refs/heads/{branch}", commit)
    return shapes_git.git_commit(ctx.state, ctx.repo, ctx.repo.git.repo[commit].peel(pygit2.Commit))
