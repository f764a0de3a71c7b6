"""Templates are files of an office that nobody reads mark by mark: how far they reach, and how they fail."""

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from sangkien.adapters import word
from sangkien.domain.errors import UsageError
from sangkien.render.papers.frame import Picture

_ATTACHED = RELATIONSHIP_TYPE.SETTINGS.replace("settings", "attachedTemplate")


def template(folder: Path, mark: str, **parts: tuple[str, str]) -> Path:
    """Write a template of one paragraph; `parts` tell what one of its parts leads to outside, and as what."""
    drawn = docx.Document()
    drawn.add_paragraph(mark)
    drawn.core_properties.author = drawn.core_properties.last_modified_by = "Mẫu Văn Thư"
    for part, (kind, to) in parts.items():
        own: Any = drawn.part if part == "document" else drawn.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
        key = own.relate_to(to, kind, is_external=True)
        if kind == _ATTACHED:
            own.element.insert(0, parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{key}"/>'))
    path = folder / "mau.docx"
    drawn.save(str(path))
    return path


@pytest.mark.parametrize(
    "mark",
    [
        "{{ qr.tpl.docx.save(to) }}",
        "{{ (qr|attr('tpl')).save(to) }}",
        "{{ ([qr]|map(attribute='tpl')|first).save(to) }}",
        "{{ names.append('x') }}",
        "{{ 1 / 0 }}",
        "{{ to + 1 }}",
        "{% include '/etc/passwd' %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ to",
    ],
)
def test_marks_reach_the_values_alone_and_fail_as_one_paper(mark: str, tmp_path: Path) -> None:
    drawn, to = io.BytesIO(), tmp_path / "made"
    Image.new("1", (2, 2)).save(drawn, "PNG")
    values = {"qr": Picture(data=drawn.getvalue(), width=9), "to": str(to), "names": ["x"]}

    with pytest.raises(UsageError, match="paper-template"):
        word.fill(template(tmp_path, mark), values)

    assert not to.exists()
    assert values["names"] == ["x"]


def test_a_paper_calls_for_nothing_elsewhere_and_names_no_clerk(tmp_path: Path) -> None:
    attached = template(tmp_path, "{{ told }}", settings=(_ATTACHED, "https://xa.example/mau.dotm"))
    filled = docx.Document(io.BytesIO(word.fill(attached, {"told": "Xong"})))

    assert filled.paragraphs[0].text == "Xong"
    assert (filled.core_properties.author, filled.core_properties.last_modified_by) == ("", "")
    assert not any(relation.is_external for part in filled.part.package.iter_parts() for relation in part.rels.values())

    linked = template(tmp_path, "{{ told }}", document=(RELATIONSHIP_TYPE.IMAGE, "https://xa.example/dau.png"))
    with pytest.raises(UsageError, match="paper-template") as caught:
        word.fill(linked, {"told": "Xong"})
    assert caught.value.params == {"template": "mau.docx", "text": "https://xa.example/dau.png"}


def test_a_file_that_is_no_word_file_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(b"")

    with pytest.raises(UsageError, match="paper-template"):
        word.fill(path, {})
