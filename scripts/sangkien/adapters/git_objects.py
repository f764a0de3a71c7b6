"""git's objects by their ids, through one `git cat-file --batch` for each process."""

import os
import subprocess
from pathlib import Path
from threading import Lock

from sangkien.domain.errors import OutsideError

_STRIDE = 1 << 16  # bytes thrown away at once


class GitObjects:
    """The object store of one repository; a forked process opens a line of its own."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._line = _Line(root)

    def read(self, key: str, most: int | None = None) -> bytes:
        """Read an object, or its first `most` bytes; raises OutsideError where it is not to be had."""
        if self._line.owner != os.getpid():
            self._line.forget()
            self._line = _Line(self._root)
        return self._line.read(key, most)

    def close(self) -> None:
        """Let git go."""
        self._line.close()


class _Line:
    """One running git: asked by name, it answers in the order of questions."""

    def __init__(self, root: Path) -> None:
        self.owner = os.getpid()
        self._turn = Lock()  # threads share the line: a question and its answer stay together
        (questions, to), (answers, theirs) = os.pipe(), os.pipe()
        command = ["git", "-C", str(root), "cat-file", "--batch"]
        try:
            self._git = subprocess.Popen(command, stdin=questions, stdout=theirs)
        except FileNotFoundError as error:
            raise OutsideError("git", str(error)) from error
        finally:
            os.close(questions)
            os.close(theirs)
        self._to = open(to, "wb", 0)  # noqa: PTH123, SIM115  # the same
        self._from = open(answers, "rb", _STRIDE)  # noqa: PTH123, SIM115  # a pipe's end, held as long as the line

    def read(self, key: str, most: int | None) -> bytes:
        with self._turn:
            try:
                self._to.write(f"{key}\n".encode())
            except OSError as error:
                raise OutsideError("git", f"cat-file: {error}") from error
            answer = self._from.readline().split()
            if len(answer) != 3:
                raise OutsideError("git", f"cat-file: {key}: {b' '.join(answer).decode() or 'no answer'}")
            size = int(answer[2])
            wanted = size if most is None else min(size, most)
            data = self._from.read(wanted)
            left = size - wanted + 1  # and the line's end
            while left > 0 and (passed := self._from.read(min(left, _STRIDE))):
                left -= len(passed)
        if len(data) != wanted or left:
            raise OutsideError("git", f"cat-file: {key}: cut off")
        return data

    def close(self) -> None:
        self._to.close()
        self._from.close()
        self._git.wait()

    def forget(self) -> None:
        """Let go of a line that another process holds: while our end is open, its git would never end."""
        self._to.close()
        self._from.close()
        self._git.returncode = 0  # no child of ours to wait for
