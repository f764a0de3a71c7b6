"""The REST door: finds who asks, checks rights, runs the route's handler, puts the answer as GitHub does."""

import hashlib
import json
import time
from functools import cache
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from localhub import faults, graphql, tokens
from localhub.accounts import REQUESTS_PER_HOUR
from localhub.context import Answer, Context
from localhub.errors import Refusal
from localhub.route import Route
from localhub.routes import ROUTES
from localhub.server import CUT
from localhub.state import Call, State, Token

PREFIX = "/api/v3"
GRAPHQL = "/api/graphql"
DOCS = "https://docs.github.com/rest"


class Api:
    """Serves the routes over one state."""

    def __init__(self, state: State, troubles: faults.Faults):
        self.state = state
        self.troubles = troubles

    def mount(self, app: Flask) -> None:
        """Give the application the addresses of REST and of GraphQL."""
        app.register_error_handler(500, _broken)
        app.add_url_rule(f"{PREFIX}/<path:rest>", "api.rest", self._rest, methods=METHODS)
        app.add_url_rule(GRAPHQL, "api.graphql", lambda: self.serve(QUESTION, {}), methods=["POST"])

    def _rest(self, rest: str) -> Response:
        try:
            route, places = _table().bind("hub").match(f"/{rest}", request.method)
        except HTTPException:
            route, places = UNKNOWN, {}
        return self.serve(route, dict(places))

    def serve(self, route: Route, places: dict[str, Any]) -> Response:
        """Answer one request and write it down."""
        path = request.path.removeprefix(PREFIX)
        trouble = self.troubles.take(request.method, path)
        token: Token | None = None
        try:
            if trouble in {"timeout", "cut"}:
                return self._cut(path, 30.0 if trouble == "timeout" else 0.0)
            if trouble == "slow":
                time.sleep(1)
            token = tokens.identify(self.state, request.headers.get("Authorization"))
            refusal = faults.refusal(trouble, self.state.reset_at()) if trouble else None
            if refusal is not None:
                raise refusal
            with self.state.lock:
                answer = self._run(route, places, token)
        except Refusal as refusal:
            answer = _refused(refusal)
        response = self._put(answer, token)
        self._log(path, response.status_code, token)
        if trouble == "cut-after":
            request.environ[CUT]()
        return response

    def _run(self, route: Route, places: dict[str, Any], token: Token | None) -> Answer:
        repo = None
        if "repo" in places:
            repo = self.state.repository(f"{places['owner']}/{places['repo']}")
            if repo is None:
                raise Refusal(404, "Not Found")
        tokens.check(self.state, token, repo, route.needs, route.role)
        ctx = Context(
            state=self.state,
            method=request.method,
            path=request.path,
            places=places,
            query=request.args.to_dict(),
            headers=dict(request.headers),
            body=_read_body(),
            token=token,
            viewer=self.state.user(token.login) if token else None,
            found=repo,
        )
        if request.method not in {"GET", "HEAD"}:
            _ = ctx.me
        return route.handler(ctx)

    def _put(self, answer: Answer, token: Token | None) -> Response:
        body = b"" if answer.status == 204 else _encode(answer)
        response = Response(body, status=answer.status, content_type=answer.content_type)
        if request.method == "GET" and answer.status == 200:
            tag = f'W/"{hashlib.sha256(body).hexdigest()}"'
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "private, max-age=60, s-maxage=60"
            if tag in request.headers.get("If-None-Match", "").split(", "):
                response = Response(status=304, headers={"ETag": tag})
        used = self.state.spend(token, free=response.status_code == 304)
        response.headers["X-GitHub-Media-Type"] = "github.v3; format=json"
        response.headers["X-RateLimit-Limit"] = str(REQUESTS_PER_HOUR)
        response.headers["X-RateLimit-Remaining"] = str(max(REQUESTS_PER_HOUR - used, 0))
        response.headers["X-RateLimit-Used"] = str(used)
        response.headers["X-RateLimit-Reset"] = str(self.state.reset_at())
        response.headers["X-RateLimit-Resource"] = "core"
        for name, value in answer.headers.items():
            response.headers[name] = value
        return response

    def _cut(self, path: str, wait: float) -> Response:
        time.sleep(wait)
        request.environ[CUT]()
        self._log(path, 0, None)
        return Response()

    def _log(self, path: str, status: int, token: Token | None) -> None:
        login = token.login if token else None
        with self.state.lock:
            self.state.calls.append(Call(request.method, path, status, login, request.args.to_dict()))


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@cache
def _table() -> Map:
    """Put the routes where they are found quickly; done once, for it takes a tenth of a second."""
    rules = [Rule(route.path, endpoint=route, methods=[route.method]) for route in ROUTES]
    return Map(rules, strict_slashes=False, merge_slashes=False, redirect_defaults=False)


def _missing(_: Context) -> Answer:
    raise Refusal(404, "Not Found")


UNKNOWN = Route("*", "", _missing)
QUESTION = Route("POST", "", graphql.answer)


def _broken(_: Exception) -> Response | tuple[str, int]:
    """Tell of a fault of the hub itself; Flask has written its trace to stderr."""
    if not request.path.startswith("/api/"):
        return "Máy gặp lỗi.", 500
    body = json.dumps({"message": "Server Error (a fault of the hub, see its log)"})
    return Response(body, 500, content_type="application/json; charset=utf-8")


def _read_body() -> dict[str, Any]:
    data = request.get_data()
    if not data:
        return {}
    try:
        body = json.loads(data)
    except ValueError as problem:
        raise Refusal(400, "Problems parsing JSON") from problem
    if isinstance(body, list):
        return {"labels": body}  # the label addresses also take a bare list
    if not isinstance(body, dict):
        raise Refusal(400, "Body should be a JSON object")
    return body


def _encode(answer: Answer) -> bytes:
    if isinstance(answer.body, bytes):
        return answer.body
    return json.dumps(answer.body, ensure_ascii=False).encode()


def _refused(refusal: Refusal) -> Answer:
    body: dict[str, Any] = {"message": refusal.message}
    if refusal.errors is not None:
        body["errors"] = refusal.errors
    body |= {"documentation_url": DOCS, "status": str(refusal.status)}
    return Answer(body, refusal.status, refusal.headers)
