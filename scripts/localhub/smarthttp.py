"""Clone and push over HTTP, done by git's own `http-backend`."""

import os
import subprocess
from typing import Any

from flask import Flask, Response, request

from localhub import guards, pushes, tokens
from localhub.context import Context
from localhub.errors import Refusal
from localhub.state import Repository, Role, State, Token

CHALLENGE = {"WWW-Authenticate": 'Basic realm="GitHub"'}


def mount(app: Flask, state: State) -> None:
    """Give the application the addresses git uses."""

    def serve(owner: str, name: str, rest: str) -> Response:
        try:
            return _serve(state, owner, name, rest)
        except Refusal as refusal:
            return Response(refusal.message, refusal.status, CHALLENGE if refusal.status == 401 else {})

    app.add_url_rule("/<owner>/<name>.git/<path:rest>", "git", serve, methods=["GET", "POST"])


def _serve(state: State, owner: str, name: str, rest: str) -> Response:
    token = tokens.identify(state, request.headers.get("Authorization"))
    repo = state.repository(f"{owner}/{name}")
    writing = "git-receive-pack" in {rest, request.args.get("service", "")}
    if repo is None or not _may(state, token, repo, writing=writing):
        if token is None:
            raise Refusal(401, "Authentication required")
        raise Refusal(403 if repo and writing else 404, "Permission denied" if writing else "Repository not found.")
    if not writing or rest != "git-receive-pack":
        return _backend(repo, rest, token)
    ctx = _context(state, token, repo)
    with state.lock:
        refused = _refused_by_rules(ctx, request.get_data())
        if refused:
            raise Refusal(403, refused)
        before = repo.git.refs()
        response = _backend(repo, rest, token)
        after = repo.git.refs()
        for ref in sorted(before.keys() | after.keys()):
            pushes.follow(ctx, repo, ref, before.get(ref), after.get(ref))
    return response


def _may(state: State, token: Token | None, repo: Repository, *, writing: bool) -> bool:
    if token is not None and token.permissions is not None:
        return tokens.holds(token, repo, "contents:write" if writing else "contents:read")
    viewer = state.user(token.login) if token else None
    return repo.role_of(viewer) >= (Role.WRITE if writing else Role.READ)


def _context(state: State, token: Token | None, repo: Repository) -> Context:
    viewer = state.user(token.login) if token else None
    return Context(state, "POST", request.path, {}, {}, {}, {}, token, viewer, repo)


def _refused_by_rules(ctx: Context, body: bytes) -> str | None:
    """Read the push's commands (pkt-lines before the pack) and look for one the rules forbid."""
    offset = 0
    while (size := int(body[offset : offset + 4] or b"0", 16)) > 4:
        line = body[offset + 4 : offset + size].split(b"\0")[0].decode().strip()
        old, new, ref = line.split(" ", 2)
        gone, fresh = set(new) == {"0"}, set(old) == {"0"}
        found = guards.violation(ctx, ctx.repo, ref, None if fresh else old, None if gone else new)
        if found:
            return f"{ref}: {found}"
        offset += size
    return None


def _backend(repo: Repository, rest: str, token: Token | None) -> Response:
    environment: dict[str, Any] = {
        "PATH": os.environ["PATH"],
        "GIT_PROJECT_ROOT": str(repo.git.path),
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(repo.git.path),
        "PATH_INFO": f"/{rest}",
        "QUERY_STRING": request.query_string.decode(),
        "REQUEST_METHOD": request.method,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": request.headers.get("Content-Length", ""),
        "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
        "REMOTE_USER": token.login if token else "",
        "REMOTE_ADDR": "127.0.0.1",
    }
    run = subprocess.run(
        ["git", "http-backend"], input=request.get_data(), env=environment, capture_output=True, check=False
    )
    head, _, body = run.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
    status = int(headers.pop("Status", "200").split()[0])
    return Response(body, status, headers)
