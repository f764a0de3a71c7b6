"""git by its command line: blobs by content and by id."""

import hashlib
import subprocess
from pathlib import Path


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
        command = ["git", "-C", str(self.root), "cat-file", "blob", object_id]
        try:
            run = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            return None
        return run.stdout if run.returncode == 0 else None
