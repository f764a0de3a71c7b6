"""The repository that shows the site, by git's command line; nothing of the desk's own repository is in reach of it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from sangkien.domain.errors import OutsideError
from sangkien.domain.showcase import AUTHOR, MOMENT, Held, is_address, without_users

# Who may push is git's own affair: its helpers, its keys. Everything else that could steer or log it stays out.
_KEPT = (
    "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
    "GIT_SSL_CAINFO",
)  # fmt: skip
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "file:ssh:https:http", "LC_ALL": "C"}
_OWN = ("-c", "core.hooksPath=/dev/null", "-c", "push.gpgSign=false", "-c", "push.followTags=false", "-c", "gc.auto=0")
_READ = ("rev-parse", "--verify", "--quiet")


class Showcase:
    """One branch of a repository elsewhere; a repository of its own in `room` stands between it and the desk."""

    def __init__(self, target: str, branch: str, room: Path, desk: Path) -> None:
        self.is_here = not is_address(target) or target.startswith("file://")
        self._target = target if is_address(target) else str(Path(target).resolve())
        self._ref = f"refs/heads/{branch}"
        self._own, self._desk = room / "showcase.git", desk
        self._git("init", "--quiet", "--bare", "--template=", "--initial-branch=site")

    def look(self) -> Held:
        """See what stands there; raises OutsideError."""
        told = self._git("ls-remote", "--quiet", "--heads", "--tags", "--", self._target)
        refs = {name: key for key, name in (line.split("\t") for line in told.decode().splitlines())}
        tip = refs.get(self._ref, "")
        known = not self._of_the_desk().isdisjoint(refs.values())
        if tip and not known:
            self._fetch()
            tip = self._git(*_READ, "refs/seen").decode().strip()
        listed = self._git("ls-tree", "-z", "--name-only", tip) if tip and not known else b""
        names = frozenset(name.decode("utf-8", "replace") for name in listed.split(b"\0") if name)
        return Held(refs=refs, tip=tip, names=names, known=known)

    def pack(self, site: Path, message: str) -> str:
        """Make the one commit of a folder: the same for the same files, whoever makes it and when."""
        command = ["git", *_OWN, "fast-import", "--quiet", "--done", "--force"]
        environment = _environment() | {"GIT_DIR": str(self._own)}
        with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            assert run.stdin is not None  # noqa: S101  # asked for above
            assert run.stderr is not None  # noqa: S101
            with suppress(BrokenPipeError), run.stdin as into:  # it says itself why it stopped
                _tell(into, site, message)
            said = run.stderr.read()
        if run.returncode:
            raise OutsideError("git", _clean(said))
        return self._git(*_READ, "refs/site").decode().strip()

    def push(self, commit: str, instead_of: str) -> None:
        """Put a commit in the place of the one that was seen, whole or not at all; raises OutsideError."""
        lease = f"--force-with-lease={self._ref}:{instead_of}"
        to = ("--", self._target, f"{commit}:{self._ref}")
        self._git("push", "--quiet", "--no-verify", "--no-thin", lease, *to)

    def forget(self) -> None:
        """Clear a repository on this computer of all that none of its branches and tags shows."""
        there = Path(self._target.removeprefix("file://"))
        there = there / ".git" if (there / ".git").exists() else there
        _run(there, "reflog", "expire", "--expire=now", "--all")
        _run(there, "repack", "-a", "-d", "--quiet")
        _run(there, "prune", "--expire=now")

    def _fetch(self) -> None:
        """Bring the commit and its folders, without the files: what is there already need not be sent again."""
        for name, value in (("url", self._target), ("promisor", "true"), ("partialclonefilter", "blob:none")):
            self._git("config", f"remote.there.{name}", value)
        less = ("--no-tags", "--depth=1", "--filter=blob:none")
        self._git("fetch", "--quiet", *less, "there", f"+{self._ref}:refs/seen")

    def _of_the_desk(self) -> frozenset[str]:
        """List the desk's commits; a single one is not asked for, since a partial clone would go and look for it."""
        command = ["git", "-C", str(self._desk), "rev-list", "--all", "HEAD"]
        told = subprocess.run(command, env=_environment(), capture_output=True, check=False).stdout
        return frozenset(told.decode("ascii").split())

    def _git(self, *words: str) -> bytes:
        return _run(self._own, *words)


def _run(where: Path, *words: str) -> bytes:
    """Run git on one repository, wherever it is called; raises OutsideError."""
    command = ["git", *_OWN, *words]
    environment = _environment() | {"GIT_DIR": str(where)}
    run = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if run.returncode:
        raise OutsideError("git", _clean(run.stderr))
    return run.stdout


def _environment() -> dict[str, str]:
    return {n: value for n, value in os.environ.items() if not n.startswith("GIT_") or n in _KEPT} | _QUIET


def _tell(into: IO[bytes], site: Path, message: str) -> None:
    into.write(b"commit refs/site\n")
    into.writelines(f"{role} {AUTHOR} {MOMENT}\n".encode() for role in ("author", "committer"))
    into.write(_data(message.encode()))
    for path, place in _files(site):
        into.write(b'M 100644 inline "%s"\n' % path.replace(b"\\", b"\\\\").replace(b'"', b'\\"'))
        into.write(_data(place.read_bytes()))
    into.write(b"\ndone\n")


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _files(site: Path) -> Iterator[tuple[bytes, Path]]:
    for folder, folders, names in os.walk(site):
        folders.sort()
        for name in sorted(names):
            place = Path(folder, name)
            yield os.fsencode(place.relative_to(site).as_posix()), place


def _clean(said: bytes) -> str:
    return without_users(said.decode("utf-8", "replace").strip())
