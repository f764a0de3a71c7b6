"""The plain pages: lists, conversations, changes."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, redirect, request, send_from_directory
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as BaseResponse

from localhub import comments, issues, labels, merging, pages_code, pages_forms, pages_runs, pulls, reviews
from localhub.mergeability import latest_statuses, verdict
from localhub.shapes_pulls import diff_base
from localhub.state import Comment, Issue, Repository, Review, Role, State
from localhub.web import COOKIE, Web, guard, issue_path, same_site, state_of

YEAR = 365 * 24 * 3600


def mount(app: Flask, state: State) -> None:
    """Give the application its pages."""
    web = Web(state)
    pages = Blueprint("pages", __name__, template_folder="templates")
    Lists(web).mount(pages)
    Talk(web).mount(pages)
    pages_forms.Forms(web).mount(pages)
    pages_code.Code(web).mount(pages)
    pages_runs.Runs(web).mount(pages)

    @pages.before_request
    def lock() -> None:
        state.lock.acquire()

    @pages.teardown_request
    def unlock(_: BaseException | None) -> None:
        state.lock.release()

    @pages.before_request
    def only_from_here() -> None:
        if request.method == "POST" and not same_site():
            abort(403)

    pages.after_request(guard)
    app.register_blueprint(pages)


class Lists:
    """Repositories, issues, pull requests; and the choice of who one is."""

    def __init__(self, web: Web):
        self.web = web

    def mount(self, pages: Blueprint) -> None:
        """Give the lists their addresses."""
        pages.add_url_rule("/", "home", self.home)
        pages.add_url_rule("/_/<file>", "static", self.static)
        pages.add_url_rule("/_/as", "become", self.become, methods=["POST"])
        pages.add_url_rule("/avatars/<int:number>", "avatar", self.avatar)
        pages.add_url_rule("/<owner>", "owner", self.owner)
        pages.add_url_rule("/<owner>/<name>", "repo", self.repo)
        pages.add_url_rule("/<owner>/<name>/issues", "issues", self.issues)
        pages.add_url_rule("/<owner>/<name>/pulls", "pulls", self.pulls)

    def home(self) -> Response:
        """Show the repositories."""
        return self._repositories("", list(self.web.state.repositories.values()))

    def owner(self, owner: str) -> Response:
        """Show a person's repositories."""
        found = self.web.state.user(owner)
        if found is None:
            abort(404)
        return self._repositories(found.login, [r for r in self.web.state.repositories.values() if r.owner is found])

    def _repositories(self, owner: str, repos: list[Repository]) -> Response:
        seen = [repo for repo in repos if repo.role_of(self.web.viewer()) >= Role.READ]
        return self.web.page("home.html", owner=owner, repositories=seen)

    def static(self, file: str) -> Response:
        """Send the style sheet."""
        return send_from_directory(f"{__file__.rpartition('/')[0]}/static", file)

    def become(self) -> BaseResponse:
        """Remember who the viewer wants to be."""
        if self.web.state.user(request.form.get("login", "")) is None:
            abort(400)
        response = redirect(_local(request.form.get("back", "/")), 303)
        response.set_cookie(COOKIE, request.form["login"], max_age=YEAR, httponly=True, samesite="Lax")
        return response

    def avatar(self, number: int) -> Response:
        """Draw the first letter of a name."""
        user = self.web.state.user_by_id(number)
        if user is None:
            abort(404)
        drawing = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" '
            'fill="hsl({hue} 45% 40%)"/><text x="20" y="27" font-size="20" font-family="sans-serif" fill="#fff" '
            'text-anchor="middle">{letter}</text></svg>'
        )
        svg = drawing.format(hue=number * 47 % 360, letter=escape(user.login[:1].upper()))
        return Response(svg, mimetype="image/svg+xml", headers={"Cache-Control": "max-age=3600"})

    def repo(self, owner: str, name: str) -> Response:
        """Show what is open in a repository."""
        repo = self.web.repo(owner, name)
        rows = [issue for issue in reversed(repo.issues.values()) if issue.state == "open"]
        pinned = [issue for issue in repo.issues.values() if issue.pinned]
        words: dict[str, Any] = {
            "plain": _rows(i for i in rows if not i.pull),
            "pulls": _rows(i for i in rows if i.pull),
        }
        return self.web.page("repo.html", repo=repo, pinned=_rows(pinned), **words)

    def issues(self, owner: str, name: str) -> Response:
        """List issues."""
        return self._list(owner, name, pulls=False)

    def pulls(self, owner: str, name: str) -> Response:
        """List pull requests."""
        return self._list(owner, name, pulls=True)

    def _list(self, owner: str, name: str, *, pulls: bool) -> Response:
        repo = self.web.repo(owner, name)
        state, label = request.args.get("state", "open"), request.args.get("label", "")
        found = [
            issue
            for issue in reversed(repo.issues.values())
            if (issue.pull is not None) is pulls
            and state in {"all", issue.state}
            and (not label or label in {one.name for one in issue.labels})
        ]
        return self.web.page("list.html", repo=repo, rows=_rows(found), pulls=pulls, state=state, label=label)


def _rows(found: Any) -> list[dict[str, Any]]:
    return [{"issue": one, "state": state_of(one, one.pull)} for one in found]


def _local(path: str) -> str:
    return path if path.startswith("/") and not path.startswith("//") else "/"


class Talk:
    """An issue or a pull request with all that was said, and places to say more."""

    def __init__(self, web: Web):
        self.web = web

    def mount(self, pages: Blueprint) -> None:
        """Give the conversations their addresses."""
        for kind in ("issues", "pull"):
            base = f"/<owner>/<name>/{kind}/<int:number>"
            pages.add_url_rule(base, f"{kind}_show", self.show)
            for action in ("comment", "state", "words", "labels"):
                view = getattr(self, action)
                pages.add_url_rule(f"{base}/{action}", f"{kind}_{action}", view, methods=["POST"])
            pages.add_url_rule(f"{base}/comments/<int:id>", f"{kind}_recomment", self.recomment, methods=["POST"])
        base = "/<owner>/<name>/pull/<int:number>"
        pages.add_url_rule(f"{base}.diff", "pull_diff", self.diff)
        pages.add_url_rule(f"{base}/files", "pull_files", self.files)
        pages.add_url_rule(f"{base}/merge", "pull_merge", self.merge, methods=["POST"])
        pages.add_url_rule(f"{base}/review", "pull_review", self.review, methods=["POST"])
        pages.add_url_rule(f"{base}/reviews/<int:id>", "pull_rereview", self.rereview, methods=["POST"])

    def show(self, owner: str, name: str, number: int) -> BaseResponse:
        """Show the conversation."""
        repo = self.web.repo(owner, name)
        issue = self.web.issue(repo, number)
        if request.path.casefold() != issue_path(repo, issue).casefold():
            return redirect(issue_path(repo, issue))
        return self._draw(repo, issue)

    def _draw(self, repo: Repository, issue: Issue, problem: str | None = None) -> Response:
        words: dict[str, Any] = {}
        if issue.pull is not None:
            mergeable, verdict_word = verdict(repo, issue, issue.pull)
            commits = list(repo.git.log(issue.pull.head_sha, diff_base(repo, issue.pull)))[::-1]
            statuses = list(latest_statuses(repo, issue.pull.head_sha).values())
            words = {"mergeable": mergeable, "verdict": verdict_word, "statuses": statuses, "commits": commits}
        status = 200 if problem is None else 422
        return self.web.page(
            "talk.html",
            status,
            repo=repo,
            issue=issue,
            pull=issue.pull,
            path=issue_path(repo, issue),
            state=state_of(issue, issue.pull),
            talk=_talk(issue),
            problem=problem,
            drafts={request.path.rpartition("/")[2]: request.form.get("body", "")} if problem else {},
            **words,
        )

    def _done(self, owner: str, name: str, number: int, run: Any) -> BaseResponse:
        repo = self.web.repo(owner, name)
        issue = self.web.issue(repo, number)
        problem = self.web.act(lambda: run(repo, issue))
        return self._draw(repo, issue, problem) if problem else redirect(issue_path(repo, issue), 303)

    def comment(self, owner: str, name: str, number: int) -> BaseResponse:
        """Add a comment, and close or reopen in the same go if wanted."""

        def run(repo: Repository, issue: Issue) -> None:
            ctx = self.web.context(repo, {"body": request.form.get("body", "")}, number=issue.number)
            if ctx.body["body"].strip() or "state" not in request.form:
                comments.create_comment(ctx)
            if "state" in request.form:
                self._set_state(repo, issue)

        return self._done(owner, name, number, run)

    def state(self, owner: str, name: str, number: int) -> BaseResponse:
        """Close or reopen."""
        return self._done(owner, name, number, self._set_state)

    def _set_state(self, repo: Repository, issue: Issue) -> None:
        body = {"state": request.form.get("state", ""), "state_reason": request.form.get("reason") or None}
        ctx = self.web.context(repo, body, number=issue.number)
        if issue.pull is not None:
            pulls.edit_pull(ctx)
        else:
            issues.edit_issue(ctx)

    def words(self, owner: str, name: str, number: int) -> BaseResponse:
        """Change title and body."""

        def run(repo: Repository, issue: Issue) -> None:
            body = {"title": request.form.get("title", issue.title), "body": request.form.get("body", "")}
            issues.edit_issue(self.web.context(repo, body, number=issue.number))

        return self._done(owner, name, number, run)

    def labels(self, owner: str, name: str, number: int) -> BaseResponse:
        """Set the labels."""

        def run(repo: Repository, issue: Issue) -> None:
            ctx = self.web.context(repo, number=issue.number)
            ctx.demand(Role.TRIAGE)
            labels.change(ctx, issue, request.form.getlist("label"))

        return self._done(owner, name, number, run)

    def recomment(self, owner: str, name: str, number: int, id: int) -> BaseResponse:  # noqa: A002
        """Change a comment."""

        def run(repo: Repository, _: Issue) -> None:
            comments.edit_comment(self.web.context(repo, {"body": request.form.get("body", "")}, number=id))

        return self._done(owner, name, number, run)

    def merge(self, owner: str, name: str, number: int) -> BaseResponse:
        """Squash a pull request into its base."""

        def run(repo: Repository, issue: Issue) -> None:
            ctx = self.web.context(repo, {"merge_method": "squash"}, number=issue.number)
            ctx.demand(Role.WRITE)
            merging.merge(ctx)

        return self._done(owner, name, number, run)

    def review(self, owner: str, name: str, number: int) -> BaseResponse:
        """Review a pull request."""

        def run(repo: Repository, issue: Issue) -> None:
            body = {"event": request.form.get("event", "COMMENT"), "body": request.form.get("body", "")}
            reviews.create_review(self.web.context(repo, body, number=issue.number))

        return self._done(owner, name, number, run)

    def rereview(self, owner: str, name: str, number: int, id: int) -> BaseResponse:  # noqa: A002
        """Change a review's words."""

        def run(repo: Repository, issue: Issue) -> None:
            body = {"body": request.form.get("body", "")}
            reviews.edit_review(self.web.context(repo, body, number=issue.number, review=id))

        return self._done(owner, name, number, run)

    def diff(self, owner: str, name: str, number: int) -> Response:
        """Send what a pull request changes as one patch."""
        repo = self.web.repo(owner, name)
        pull = self.web.issue(repo, number).pull
        if pull is None:
            abort(404)
        text = repo.git.diff_text(diff_base(repo, pull), pull.head_sha)
        return Response(text, content_type="text/plain; charset=utf-8")

    def files(self, owner: str, name: str, number: int) -> Response:
        """Show what a pull request changes."""
        repo = self.web.repo(owner, name)
        issue = self.web.issue(repo, number)
        if issue.pull is None:
            abort(404)
        changes = repo.git.changes(diff_base(repo, issue.pull), issue.pull.head_sha)
        words: dict[str, Any] = {"repo": repo, "issue": issue, "pull": issue.pull, "path": issue_path(repo, issue)}
        return self.web.page("files.html", changes=changes, drafts={}, state=state_of(issue, issue.pull), **words)


def _talk(issue: Issue) -> list[Comment | Review]:
    said: list[tuple[Any, Comment | Review]] = [(one.created_at, one) for one in issue.comments]
    reviews = issue.pull.reviews if issue.pull else []
    said += [(one.submitted_at, one) for one in reviews if one.submitted_at is not None]
    return [one for _, one in sorted(said, key=lambda pair: (pair[0], pair[1].id))]
