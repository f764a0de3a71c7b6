"""Run every check of the project, the quick ones first; what `make test` and CI call."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ACTIONS = sorted(str(p.relative_to(ROOT)) for p in (ROOT / ".github" / "actions").glob("*/action.yml"))
CHOOSER = ".github/ISSUE_TEMPLATE/config.yml"
FORMS = sorted(
    str(p.relative_to(ROOT)) for p in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml"
)
WORKFLOWS = sorted(str(p.relative_to(ROOT)) for p in (ROOT / ".github" / "workflows").glob("*.yml"))
SCHEMAS = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "schemas").glob("*.json"))

CHECKS: list[tuple[str, list[str]]] = [
    ("style", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("rings", ["lint-imports"]),
    ("schemas", ["check-jsonschema", "--check-metaschema", *SCHEMAS]),
    ("workflows", ["actionlint", *WORKFLOWS]),
    ("workflow schema", ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS]),
    (
        "workflow time limits",
        ["check-jsonschema", "--builtin-schema", "custom.github-workflows-require-timeout", *WORKFLOWS],
    ),
    ("actions", ["check-jsonschema", "--builtin-schema", "vendor.github-actions", *ACTIONS]),
    ("issue forms", ["check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *FORMS]),
    ("issue chooser", ["check-jsonschema", "--builtin-schema", "vendor.github-issue-config", CHOOSER]),
    ("workflow security", ["zizmor", "--offline", "--quiet", "--persona", "auditor", ".github"]),
    ("generated files", ["sangkien", "sync", "--check"]),
    ("canonical records", ["sangkien", "fmt", "--check"]),
    ("records", ["sangkien", "validate"]),
    ("recount", ["sangkien", "verify", "--all"]),
    ("unit tests", ["pytest", "-q", "-m", "not (site or browser or hub or long or papers)", "-n", "auto"]),
    ("long tests", ["pytest", "-q", "-m", "long", "-n", "auto"]),
    ("paper tests", ["pytest", "-q", "-m", "papers"]),
    ("desk tests", ["pytest", "-q", "-m", "hub and not act and not browser", "-n", "auto"]),
    ("workflow tests", ["pytest", "-q", "-m", "act", "-n", "3"]),
    ("site tests", ["pytest", "-q", "-m", "(site or browser) and not act", "-n", "auto"]),
]
MEMORY = Path("/dev/shm")
ROOM = 6 << 30  # bytes


@contextmanager
def scratch() -> Iterator[dict[str, str]]:
    """Put temporary files into memory where there is room: the tests' repositories are thousands of small files."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM):
        yield {}
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="sangkien-") as folder:
        yield {"TMPDIR": folder}


def main() -> int:
    with scratch() as place:
        return check(
            os.environ | place | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_MKDOCS_2_WARNING": "1"}
        )


def check(environment: dict[str, str]) -> int:
    """Run all checks in turn; 1 when one of them failed."""
    failed = []
    for name, command in CHECKS:
        start = time.monotonic()
        run = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env=environment,
            check=False,
            stdout=None if command[0] == "pytest" else subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        took = time.monotonic() - start
        print(f"{'ok    ' if run.returncode == 0 else 'FAILED'} {name} ({took:.1f} s)", flush=True)
        if run.returncode:
            failed.append(name)
            print(run.stdout or "", flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
