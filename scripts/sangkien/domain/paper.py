"""Records ready to go on a branch, and what is to be done with them at the desk."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Content = str | bytes  # a text, or a picture

# propose: the files are all there is on the branch; amend: they replace those of the same path on it; withdraw: they
# are the stub that takes the idea's place (none: it is made of what stands there); erase: the secretary is asked;
# resume: propose, unless it came before the outbox was lost and restored; append: the one file gets the next free
# number of its kind beside the idea; ask: the one file is the body of an issue for the secretary.
Act = Literal["propose", "amend", "withdraw", "erase", "resume", "append", "ask"]


@dataclass(frozen=True, slots=True)
class Paper:
    """Records ready to go on a branch."""

    kind: str
    code: str
    branch: str
    files: Mapping[str, Content]
    number: int = 0

    @property
    def texts(self) -> dict[str, str]:
        """Give the files that are texts."""
        return {path: content for path, content in self.files.items() if isinstance(content, str)}

    @property
    def digest(self) -> str:
        hashed = hashlib.sha256()
        for path, content in sorted(self.files.items()):
            hashed.update(f"{path}\n{len(content)}\n".encode())
            hashed.update(content if isinstance(content, bytes) else content.encode("utf-8"))
        return hashed.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A paper to be brought to the desk; `number` is this very putting of it, `tries` how often it was refused."""

    number: int
    key: str
    act: Act
    paper: Paper
    put_on: str = ""
    tries: int = field(default=0, compare=False)


def branch_of(prefix: str, code: str) -> str:
    """Name the branch of an idea that came without a form's number: `idea/2026-7k3qf2tz`."""
    year, first, second = code.split("-")
    return f"{prefix}{year}-{first}{second}".lower()


def errand_of(code: str) -> str:
    """Name what is to be done about an idea at the relay: a later word takes the place of an earlier one."""
    return f"idea:{code}"
