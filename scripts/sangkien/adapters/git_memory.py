"""All that git remembers: every object, ref and log, also what nothing leads to any more."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from sangkien.domain.errors import OutsideError
from sangkien.domain.traces import Seen

_EVERY = ("--all", "--reflog")


class GitMemory:
    """The whole memory of one repository, bare or with a work tree."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def versions(self, path: str) -> list[Seen]:
        """List every text a file ever had, in all refs and logs."""
        return self._raw("--", path)

    def places(self, blob: str) -> list[Seen]:
        """List where a blob ever stood."""
        return [seen for seen in self._raw(f"--find-object={blob}") if seen.blob == blob]

    def read(self, key: str) -> bytes:
        """Read an object as it is kept."""
        kind = self._said("cat-file", "-t", key).strip()
        return self._bytes("cat-file", kind, key)

    def holding(self, words: Sequence[bytes]) -> Iterator[tuple[str, str, bytes]]:
        """Look through every object there is for any of the words: kind, id, and all it holds."""
        command = ["git", "-C", str(self.root), "cat-file", "--batch-all-objects", "--batch", "--buffer", "--unordered"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as git:
            assert git.stdout is not None  # noqa: S101  # it is a pipe
            while header := git.stdout.readline().split():
                key, kind, size = (part.decode() for part in header)
                data = git.stdout.read(int(size))
                git.stdout.read(1)
                if any(word in data for word in words):
                    yield kind, key, data
        if git.returncode:
            raise OutsideError("git", "cat-file --batch-all-objects")

    def refs(self, holding: str = "") -> list[str]:
        """List the names of all refs, or of those that lead to a commit."""
        given = [f"--contains={holding}"] if holding else []
        return self._said("for-each-ref", "--format=%(refname)", *given).split("\n")[:-1]

    def head(self, ref: str) -> str:
        """Give what a ref points at."""
        return self._said("rev-parse", ref).strip()

    def reached(self) -> set[str]:
        """List every object that a ref or a log leads to."""
        listed = self._said("rev-list", "--objects", "--no-object-names", *_EVERY)
        return set(listed.split())

    def message(self, commit: str) -> str:
        """Read a commit's words."""
        return self._said("log", "-1", "--format=%B", commit, "--")

    def text(self, path: str) -> bytes | None:
        """Read a file of the newest commit; None where it is not there."""
        run = self._run("cat-file", "blob", f"HEAD:{path}")
        return None if run.returncode else run.stdout

    def remote(self) -> str:
        """Give the address the repository came from, without anybody's key; empty where there is none."""
        run = self._run("remote", "get-url", "origin")
        address = run.stdout.decode("utf-8", "replace").strip() if not run.returncode else ""
        scheme, at, rest = address.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}" if at and scheme != "ssh" else address

    def is_whole(self) -> bool:
        """Tell whether all of the history is here: a shallow or partial clone left some of it where it came from."""
        shallow = self._said("rev-parse", "--is-shallow-repository").strip() == "true"
        return not shallow and bool(self._run("config", "--get-regexp", r"^remote\..*\.promisor$").returncode)

    def is_mirror(self) -> bool:
        """Tell whether every ref of where it came from is here, those of pull requests too."""
        return self._run("config", "--type=bool", "remote.origin.mirror").stdout.strip() == b"true"

    def _raw(self, *words: str) -> list[Seen]:
        how = ("--full-history", "-m", "--raw", "--no-abbrev", "--no-renames", "-z", "--format=%x01%H")
        fields = [field.strip("\n") for field in self._said("log", *_EVERY, *how, *words).split("\0")]
        found: dict[Seen, None] = {}
        commit, blobs = "", list[str]()
        for part in fields:
            if part.startswith("\1"):
                commit = part[1:]
            elif part.startswith(":"):
                blobs = [blob for blob in part.split(" ")[2:4] if blob.strip("0")]
            elif part:
                found |= {Seen(commit, part, blob): None for blob in blobs}
        return list(found)

    def _said(self, *words: str) -> str:
        return self._bytes(*words).decode("utf-8", "surrogateescape")

    def _bytes(self, *words: str) -> bytes:
        run = self._run(*words)
        if run.returncode:
            raise OutsideError("git", run.stderr.decode("utf-8", "replace").strip().split("\n")[0][:200])
        return run.stdout

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(["git", "-C", str(self.root), *words], capture_output=True, check=False)
        except FileNotFoundError as error:
            raise OutsideError("git", str(error)) from error
