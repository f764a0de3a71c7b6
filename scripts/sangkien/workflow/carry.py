"""Ready papers → pull requests: each call made only if its effect is missing, so that a run may be cut off anywhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sangkien.domain.desk import Commit, Pull
from sangkien.domain.paper import Paper
from sangkien.render import desk as told
from sangkien.workflow.forge import Forge


@dataclass(slots=True)
class Carried:
    """What came of a run, by code: filed now, filed before, closed by somebody, left for the next run."""

    filed: list[str] = field(default_factory=list)
    stood: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Carrier:
    """Files papers on branches made from one commit, no faster than `pause` allows."""

    def __init__(self, forge: Forge, base: Commit, pause: Callable[[], None]) -> None:
        self._forge, self._base, self._pause = forge, base, pause

    def carry(self, papers: Iterable[Paper], most: int) -> Carried:
        """Bring papers to the desk, at most so many new ones; those filed already cost next to nothing."""
        done = Carried()
        open_now = {pull.branch: pull for pull in self._forge.open_pulls() if pull.inside}
        for paper in papers:
            if len(done.filed) >= most:
                done.left.append(paper.code)
                continue
            self._one(paper, open_now.get(paper.branch), done)
        return done

    def _one(self, paper: Paper, pull: Pull | None, done: Carried) -> None:
        head = pull.head if pull else self._forge.branch(paper.branch)
        if head and pull is None and self._forge.pulls_of(paper.branch):
            done.closed.append(paper.code)  # somebody closed or merged it, and may open it again
            return
        stands = head is not None and paper.digest in self._forge.commit(head).message
        if pull and (stands or told.label("received") in pull.labels):
            done.stood.append(paper.code)  # what the council has before it is no longer written over
            return
        if done.filed:
            self._pause()
        if not stands:
            message = told.commit_message(paper.kind, paper.code, paper.digest, paper.number)
            self._forge.write_branch(paper.branch, self._base, paper.files, message, exists=head is not None)
        if pull is None:
            body = told.pull_body("import" if paper.kind == "import" else "clerk")
            self._forge.open_pull(paper.branch, told.title(paper.kind, paper.code), body)
        done.filed.append(paper.code)
