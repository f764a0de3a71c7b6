import pytest

from sangkien.domain.layout import is_record_area


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/register/templates/bao-cao.docx", False),
        ("content/register/templates/bao-cao.yml", True),
        ("content/register/bao-cao.docx", True),
        ("content/register/clubs/.gitkeep", False),
        ("ideas/2019/x.yml", True),
        ("content/huong-dan/index.md", False),
    ],
)
def test_only_records_may_stand_among_records_and_templates_beside_them(path: str, *, expected: bool) -> None:
    assert is_record_area(path) == expected
