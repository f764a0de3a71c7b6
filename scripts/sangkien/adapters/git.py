"""git by its command line: blobs by content and by id."""

import base64
import hashlib
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from sangkien.adapters.interrupt import held
from sangkien.domain.desk import Commit
from sangkien.domain.errors import OutsideError


class Git:
    """The history of one repository; a folder without git has none."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def blob_id(self, text: str) -> str:
        """Compute the id git gives to a file of this text (UTF-8)."""
        data = text.encode("utf-8")
        return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    def blob(self, object_id: str) -> bytes | None:
        """Read a blob; None when the repository does not hold it, or there is no git here."""
        return self._ask("cat-file", "blob", object_id)

    def tree(self, area: str) -> str | None:
        """Give the id of a folder in the last commit; None where there is none."""
        said = self._ask("rev-parse", "--verify", "--quiet", f"HEAD:./{area}")
        return said.decode("ascii").strip() if said else None

    def folders(self, tree: str, *, deep: bool) -> dict[str, str]:
        """List the folders of a tree, each with its own id; the deep ones too where they are asked for."""
        said = self._ask("ls-tree", *(["-r"] if deep else []), "-d", "-z", "--full-tree", tree) or b""
        rows = (row.decode("utf-8", "surrogateescape").split("\t", 1) for row in said.split(b"\0") if row)
        return {name: about.split(" ")[2] for about, name in rows}

    def changes(self, area: str) -> list[str] | None:
        """List the files under a folder that are not as in the last commit; None when git cannot tell."""
        tracked = ("diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "HEAD", "--", area)
        others = ("ls-files", "-z", "--others", "--exclude-standard", "--", area)
        with held(), ThreadPoolExecutor(2) as pool:  # each waits for the disk: side by side they take half as long
            said = list(pool.map(lambda words: self._ask(*words), (tracked, others)))
        names: set[str] = set()
        for output in said:
            if output is None:
                return None
            names.update(name.decode("utf-8", "surrogateescape") for name in output.split(b"\0") if name)
        return sorted(names)

    def _ask(self, *words: str) -> bytes | None:
        try:
            run = subprocess.run(["git", "-C", str(self.root), *words], capture_output=True, check=False)
        except FileNotFoundError:
            return None
        return run.stdout if run.returncode == 0 else None

    def head(self) -> Commit:
        """Give the commit the work tree was checked out from; raises OutsideError where there is none."""
        command = ["git", "-C", str(self.root), "log", "-1", "--format=%H %T"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            raise OutsideError("git", run.stderr.strip())
        key, tree = run.stdout.split()
        return Commit(key=key, tree=tree, message="")

    def newest_day(self) -> str:
        """Give the day of the last commit (UTC); empty where there is none."""
        said = self._ask("log", "-1", "--date=format:%Y-%m-%d", "--format=%cd")
        return said.decode("ascii").strip() if said else ""

    def forward(self, token: str = "") -> None:
        """Bring the work tree to what its remote has; a token lets it in where the remote is on the web.

        Raises OutsideError when the remote cannot be reached, or when here and there have parted.
        """
        remote = (self._ask("remote", "get-url", "origin") or b"").decode("utf-8", "replace").strip()
        _reach(["git", "-C", str(self.root), "pull", "--quiet", "--ff-only", "--no-rebase"], remote, token)

    def clone(self, address: str, token: str = "") -> None:
        """Make the work tree, from a repository on the web; raises OutsideError."""
        _reach(["git", "clone", "--quiet", address, str(self.root)], address, token)


def _reach(command: list[str], address: str, token: str) -> None:
    """Run git where it talks to an address, with a token for it."""
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    remote = urlsplit(address)
    if token and remote.scheme in ("http", "https"):
        word = base64.b64encode(f"x-access-token:{token}".encode()).decode("ascii")
        environment |= {
            "GIT_CONFIG_COUNT": "1",  # by the environment: a command line can be read by all
            "GIT_CONFIG_KEY_0": f"http.{remote.scheme}://{remote.netloc}/.extraheader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {word}",
        }
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, env=environment, timeout=600
        )
    except subprocess.TimeoutExpired as error:
        raise OutsideError("git", "no answer") from error
    if run.returncode:
        raise OutsideError("git", run.stderr.strip()[-300:])
