"""Opening an issue with one of the repository's forms."""

import re

from flask import Blueprint, Response, abort, redirect, request
from pygit2 import Blob, Tree
from werkzeug.wrappers import Response as BaseResponse

from localhub import forms, issues
from localhub.forms import Form, FormError
from localhub.state import Repository, Role
from localhub.web import Web, issue_path

FILE = re.compile(r"[\w.-]+\.ya?ml")


class Forms:
    """The pages that ask."""

    def __init__(self, web: Web):
        self.web = web

    def mount(self, pages: Blueprint) -> None:
        """Give the forms their addresses."""
        pages.add_url_rule("/<owner>/<name>/issues/new/choose", "choose", self.choose)
        pages.add_url_rule("/<owner>/<name>/issues/new", "new", self.new, methods=["GET", "POST"])

    def _text(self, repo: Repository, file: str) -> str | None:
        head = repo.git.branch(repo.default_branch)
        found = repo.git.blob_at(head, f"{forms.FOLDER}/{file}") if head else None
        return found.data.decode("utf-8", "replace") if isinstance(found, Blob) else None

    def _files(self, repo: Repository) -> list[str]:
        head = repo.git.branch(repo.default_branch)
        folder = repo.git.blob_at(head, forms.FOLDER) if head else None
        names = [row[0] for row in repo.git.folder(folder)] if isinstance(folder, Tree) else []
        return [name for name in names if FILE.fullmatch(name) and name not in {"config.yml", "config.yaml"}]

    def choose(self, owner: str, name: str) -> Response:
        """List the forms and the other ways."""
        repo = self.web.repo(owner, name)
        found, broken = [], []
        for file in self._files(repo):
            try:
                found.append((file, forms.read(self._text(repo, file) or "")))
            except FormError as problem:
                broken.append(f"{file}: {problem}")
        chooser = forms.read_chooser(self._text(repo, "config.yml"))
        blank = chooser.blank or repo.role_of(self.web.viewer()) >= Role.WRITE
        return self.web.page("choose.html", repo=repo, forms=found, broken=broken, links=chooser.links, blank=blank)

    def new(self, owner: str, name: str) -> BaseResponse:
        """Show a form, or take its answers."""
        repo, file = self.web.repo(owner, name), request.args.get("template")
        if file is None:
            return self._blank(repo)
        text = self._text(repo, file) if FILE.fullmatch(file) else None
        if text is None:
            abort(404)
        try:
            form = forms.read(text)
        except FormError as problem:
            return self.web.page("broken.html", 422, repo=repo, problem=f"{file}: {problem}")
        if request.method == "POST":
            return self._open(repo, form)
        return self._ask(repo, form)

    def _blank(self, repo: Repository) -> BaseResponse:
        chooser = forms.read_chooser(self._text(repo, "config.yml"))
        if not chooser.blank and repo.role_of(self.web.viewer()) < Role.WRITE:
            return redirect(f"/{repo.full_name}/issues/new/choose")
        blank = forms.Element("textarea", 0, "body", label="Nội dung")
        form = Form("Vấn đề mới", "", elements=(blank,))
        return self._open(repo, form, blank=True) if request.method == "POST" else self._ask(repo, form)

    def _ask(self, repo: Repository, form: Form, problem: str | None = None) -> Response:
        answers = {key: request.form.getlist(key) for key in request.form}
        if request.method == "GET":
            for element in form.elements:
                answers[element.name] = _prefilled(element)
        title = request.form.get("title") or request.args.get("title") or form.title
        status = 200 if problem is None else 422
        return self.web.page("form.html", status, repo=repo, form=form, answers=answers, title=title, problem=problem)

    def _open(self, repo: Repository, form: Form, *, blank: bool = False) -> BaseResponse:
        answers = {key: request.form.getlist(key) for key in request.form}
        title = request.form.get("title", "").strip()
        open_questions = [] if repo.private else forms.missing(form, answers)
        if not title or open_questions:
            words = ", ".join(open_questions if title else ["Tiêu đề", *open_questions])
            return self._ask(repo, form, f"Xin điền nốt: {words}")
        body = answers.get("field-0", [""])[0] if blank else forms.body(form, answers)
        ctx = self.web.context(repo, {"title": title, "body": body})
        made: list[str] = []

        def run() -> None:
            words = ctx.text("title", "Issue", required=True, limit=256) or ""
            known = [name for name in form.labels if name.lower() in repo.labels]
            made.append(issue_path(repo, issues.open_issue(ctx, words, ctx.text("body", "Issue"), known)))

        problem = self.web.act(run)
        return self._ask(repo, form, problem) if problem else redirect(made[0], 303)


def _prefilled(element: forms.Element) -> list[str]:
    if element.kind in {"input", "textarea"}:
        return [request.args.get(element.id or "", element.value)]
    if element.kind == "dropdown" and element.default is not None and 0 <= element.default < len(element.options):
        return [element.options[element.default]]
    return []
