"""Repositories of git made for tests."""

import os
import subprocess
from pathlib import Path

_NOBODY = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(root: Path, *words: str, data: bytes | None = None) -> str:
    """Run git in a folder and give what it says; no settings of this computer's owner count."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    run = subprocess.run(
        ["git", "-C", str(root), *words], input=data, capture_output=True, check=True, env=os.environ | alone | _NOBODY
    )
    return run.stdout.decode().strip()


def commit_all(root: Path) -> Path:
    """Make a folder a repository with one commit of all that is in it."""
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "uploadpack.allowFilter", "true")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "All")
    return root
