"""LibreOffice, which makes a PDF of a Word file as an office would by its own hand."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sangkien.domain.errors import OutsideError

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 300  # seconds, for all files together


def program() -> str | None:
    """Find LibreOffice."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def as_pdf(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make a PDF of each Word file, by name without its ending; raises OutsideError where that fails."""
    return converted(files, "pdf")


def converted(files: Mapping[str, bytes], form: str) -> dict[str, bytes]:
    """Let LibreOffice write each Word file in a form of its own: `pdf`, or `docx` as it saves one.

    It starts once for all of them, with a profile of its own: one that is open on this computer is left alone.
    """
    found = program()
    if found is None:
        raise OutsideError("libreoffice", "soffice: not found")
    with tempfile.TemporaryDirectory() as name:
        place, made_at = Path(name), Path(name, "made")
        sources = []
        for stem, data in files.items():
            source = place / f"{stem}.docx"
            source.write_bytes(data)
            sources.append(str(source))
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = [found, profile, "--headless", "--convert-to", form, "--outdir", str(made_at), *sources]
        try:
            run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise OutsideError("libreoffice", str(error)) from error
        made = {stem: made_at / f"{stem}.{form}" for stem in files}
        if run.returncode or not all(path.is_file() for path in made.values()):
            raise OutsideError("libreoffice", run.stderr.strip() or run.stdout.strip())
        return {stem: path.read_bytes() for stem, path in made.items()}
