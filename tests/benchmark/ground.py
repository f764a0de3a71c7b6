"""The generated repository that everything is measured on, committed to git as a real one is, and kept if asked."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
_AUTHOR = ("-c", "user.name=bench", "-c", "user.email=bench@example.org")
_MADE_BY = ("crowd.py", "crowd_ground.py", "invention.py", "stencil.py", "words_vi.toml")
_FORMS = ".github/ISSUE_TEMPLATE"  # the desk reads what the forms ask
_AREAS = ("ideas", "content", "schemas", "mkdocs.yml", _FORMS)


def digest(seed: int) -> str:
    """Name a generated repository by all that it is made from, but for the program's own rules."""
    made_from = [HERE / name for name in _MADE_BY]
    made_from += sorted(path for area in ("schemas", "content") for path in (ROOT / area).rglob("*") if path.is_file())
    whole = hashlib.sha256(str(seed).encode())
    for path in (*made_from, ROOT / "mkdocs.yml"):
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


def repository(place: Path, count: int, seed: int) -> Path:
    """Give the repository of so many honoured ideas, made where it is not there yet."""
    ours = hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]  # the theme is found by its place
    root = place / f"{digest(seed)}-{ours}-{count}"
    if (root / ".git" / "made").is_file():
        return root
    shutil.rmtree(root, ignore_errors=True)
    command = [sys.executable, str(HERE / "crowd.py"), str(count), "--seed", str(seed), "--out", str(root)]
    subprocess.run(command, check=True, env=environment())
    shutil.copytree(ROOT / _FORMS, root / _FORMS)
    for words in (("init", "-q"), ("add", "--", *_AREAS), (*_AUTHOR, "commit", "-q", "-m", "Everything"), ("gc", "-q")):
        subprocess.run(["git", "-C", str(root), "-c", "gc.auto=0", *words], check=True, capture_output=True)
    (root / ".git" / "made").touch()
    return root


def environment() -> dict[str, str]:
    """Give the environment in which this tree's own modules are found."""
    paths = [str(ROOT / "scripts"), str(ROOT / "tests"), str(HERE)]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
