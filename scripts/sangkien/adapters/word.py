"""Papers for Word and LibreOffice, filled into an office's own template; the same values make the same file."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sangkien.domain.errors import UsageError
from sangkien.render.papers.frame import Picture

_BORN = (2019, 1, 1, 0, 0, 0)
_SPELT = (
    b"officedocument/2006/relationships/metadata/core-properties",
    b"package/2006/relationships/metadata/core-properties",
)
# What LibreOffice writes that the format, as Word has it, does not know: a property twice, one switched on by a wrong
# word, a section's end before the style of its paragraph, the side a list begins on, the name of a font's letters.
_UNTIDY = (
    (re.compile(rb"(<w:[bi](?: [^>]*)?/>)\1"), rb"\1"),
    (re.compile(rb'<w:(cantSplit|tblHeader) w:val="true"/>'), rb"<w:\1/>"),
    (re.compile(rb"<w:pPr>(<w:sectPr>.*?</w:sectPr>)(.*?)</w:pPr>", re.DOTALL), rb"<w:pPr>\2\1</w:pPr>"),
    (re.compile(rb'<w:lvlJc w:val="start"/>'), rb'<w:lvlJc w:val="left"/>'),
    (re.compile(rb' w:characterSet="[^"]*"'), b""),
)


class _Marks(ImmutableSandboxedEnvironment):
    """What the marks of a template may reach: a picture is put where it stands, and leads on to no file."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, InlineImage) and super().is_safe_attribute(obj, attr, value)


def fill(template: Path, values: Mapping[str, Any]) -> bytes:
    """Fill a template; what people wrote stays text. Raises UsageError for one that cannot be filled.

    Nobody reads the marks of a Word file before it is merged, so that they reach the values given here and no more.
    """
    made = io.BytesIO()
    try:
        paper = DocxTemplate(io.BytesIO(_readable(template)))
        shown = {name: _drawn(paper, value) for name, value in values.items()}
        paper.render(shown, _Marks(), autoescape=True)
        _by_itself(paper.docx)
        for table in paper.docx.element.body.iter(qn("w:tbl")):
            _fit(table)
        paper.save(made)
    except Exception as error:  # a template is a little program of the office's, which may fail in any way
        raise UsageError("paper-template", template=template.name, text=str(error)) from error
    return dayless(made.getvalue())


def _by_itself(paper: Any) -> None:
    """Let a paper call for nothing that lies elsewhere when it is opened, and bear no name of who drew its template.

    Raises ValueError for a template with a linked picture or the like: the office has to put that into it.
    """
    about = paper.core_properties
    about.author = about.last_modified_by = ""
    for part in paper.part.package.iter_parts():
        for key, relation in [*part.rels.items()]:
            if relation.reltype.endswith("/attachedTemplate"):  # which Word adds by itself, and nobody misses
                part.element.remove(part.element.find(qn("w:attachedTemplate")))
                del part.rels[key]
            elif relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise ValueError(relation.target_ref)


def _fit(table: Any) -> None:
    """Let columns repeated by a loop be as wide as their cells ask, within the width the table had.

    The engine widens a table column by column without looking at what stands in them.
    """
    columns, rows = table.tblGrid.gridCol_lst, table.tr_lst
    asked = [cell.width or 0 for cell in rows[0].tc_lst] if rows else []
    if len(columns) != len(asked) or not all(asked) or asked == [column.w for column in columns]:
        return
    whole = sum(column.w or 0 for column in columns)
    widths = [Length(width * whole // sum(asked)) for width in asked]
    for column, width in zip(columns, widths, strict=True):
        column.w = width
    for row in rows:
        if len(row.tc_lst) == len(widths):
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.width = width


def _drawn(paper: DocxTemplate, value: Any) -> Any:
    """Let a picture among the values be put where its mark stands."""
    if isinstance(value, Picture):
        return InlineImage(paper, io.BytesIO(value.data), width=Mm(value.width))
    return value


def dayless(packed: bytes) -> bytes:
    """Pack a file anew with one fixed day, and nothing of the hour it was made in."""
    return _packed(packed, lambda _, data: data)


def _readable(template: Path) -> bytes:
    """Read a template; LibreOffice has a spelling of its own for one relation, which the engine would not know."""

    def read(name: str, data: bytes) -> bytes:
        if name.startswith("word/") and name.endswith(".xml"):
            return _tidied(data)
        return data.replace(*_SPELT) if name == "_rels/.rels" else data

    return _packed(template.read_bytes(), read)


def _tidied(words: bytes) -> bytes:
    """Put in order what LibreOffice leaves untidy, so that a paper is as sound as of a template Word saved."""
    for untidy, tidy in _UNTIDY:
        words = untidy.sub(tidy, words)
    return words


def _packed(packed: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _BORN), change(name, old.read(name)), zipfile.ZIP_DEFLATED)
    return made.getvalue()
