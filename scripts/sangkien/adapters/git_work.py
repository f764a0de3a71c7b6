"""git's writing side: a new repository, work on a branch of its own, bundles."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sangkien.domain.errors import OutsideError

_PROGRAM = ("sangkien", "sangkien@localhost")  # who commits where git knows nobody


class Workbench:
    """One work tree and what is done in it; raises OutsideError where git refuses."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def found(self, branch: str, day: str, message: str) -> None:
        """Make the folder a repository with all that stands in it committed, at the beginning of a day."""
        self.run("init", "--quiet", "--initial-branch", branch)
        self.commit(message, {f"GIT_{who}_DATE": f"{day}T00:00:00+00:00" for who in ("AUTHOR", "COMMITTER")})

    def commit(self, message: str, environment: Mapping[str, str] | None = None) -> bool:
        """Commit all that differs; False where nothing does."""
        self.run("add", "--all")
        if not self.run("status", "--porcelain"):
            return False
        self.run(
            "commit", "--quiet", "--no-verify", "--message", message, environment={**self._who(), **(environment or {})}
        )
        return True

    def aside(self, place: Path) -> "Workbench":
        """Check the last commit out at another place, on no branch."""
        self.run("worktree", "prune")
        self.run("worktree", "add", "--quiet", "--detach", str(place), "HEAD")
        return Workbench(place)

    def put_away(self, place: Path) -> None:
        """Remove a work tree; what was committed in it stays."""
        self.run("worktree", "remove", "--force", str(place))

    def name(self, branch: str, other: "Workbench") -> None:
        """Let a branch of the program's own lead to what was committed elsewhere."""
        self.run("branch", "--force", branch, other.run("rev-parse", "HEAD"))

    def push(self, branch: str) -> None:
        """Push a branch that is the program's own to where the repository came from."""
        self.run("push", "--quiet", "--force", "origin", branch)

    def bundle(self, file: Path) -> None:
        """Write the history that leads to the last commit into one file, which can be cloned."""
        branch = self.run("rev-parse", "--abbrev-ref", "HEAD")  # HEAD itself where no branch is checked out
        self.run("bundle", "create", "--quiet", str(file), *dict.fromkeys(("HEAD", branch)))

    def clone(self, address: str, tag: str) -> None:
        """Fetch one state of another repository into this folder."""
        which = ["--branch", tag] if tag else []
        self.run("clone", "--quiet", "--depth", "1", *which, "--", address, ".")

    def run(self, *words: str, environment: Mapping[str, str] | None = None) -> str:
        """Run git; gives what it says."""
        done = subprocess.run(
            ["git", *words], cwd=self.root, env={**os.environ, **(environment or {})}, capture_output=True, check=False
        )
        if done.returncode:
            raise OutsideError("git", done.stderr.decode("utf-8", "replace").strip())
        return done.stdout.decode("utf-8", "replace").strip()

    def _who(self) -> dict[str, str]:
        known = subprocess.run(["git", "config", "user.email"], cwd=self.root, capture_output=True, check=False)
        if known.stdout.strip():
            return {}
        name, address = _PROGRAM
        return {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", address))
        }
