"""Papers for Word and LibreOffice, filled into an office's own template; the same values make the same file."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from sangkien.domain.errors import OutsideError
from sangkien.render.papers.frame import Picture

_BORN = (2019, 1, 1, 0, 0, 0)


def fill(template: Path, values: Mapping[str, Any]) -> bytes:
    """Fill a template; what people wrote stays text. Raises OutsideError for one that cannot be filled.

    Nobody reads the marks of a Word file before it is merged, so that they reach the values given here and no more.
    """
    made = io.BytesIO()
    try:
        paper = DocxTemplate(str(template))
        paper.render(
            {name: _drawn(paper, value) for name, value in values.items()}, SandboxedEnvironment(), autoescape=True
        )
        paper.save(made)
    except (PackageNotFoundError, TemplateError) as error:
        raise OutsideError(template.name, str(error)) from error
    return dayless(made.getvalue())


def _drawn(paper: DocxTemplate, value: Any) -> Any:
    """Let a picture among the values be put where its mark stands."""
    if isinstance(value, Picture):
        return InlineImage(paper, io.BytesIO(value.data), width=Mm(value.width))
    return value


def dayless(packed: bytes) -> bytes:
    """Pack a file anew with one fixed day, and nothing of the hour it was made in."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _BORN), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
