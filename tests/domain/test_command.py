import unicodedata

import pytest

from sangkien.domain import command
from sangkien.domain.command import Command


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("/tiep-nhan", Command(word="receive", reason="")),
        ("/tiếp nhận", Command(word="receive", reason="")),
        (unicodedata.normalize("NFD", "/trả lại: thiếu số đo"), Command(word="return", reason="thiếu số đo")),
        ("/tra-lai x\r# y", Command(word="return", reason="x\n# y")),
        ("  / Tiep Nhan \r\ncảm ơn", Command(word="receive", reason="cảm ơn")),
        ("/tra-lai: thiếu số đo", Command(word="return", reason="thiếu số đo")),
        ("/TRẢ LẠI\nthiếu số đo\nvà ảnh", Command(word="return", reason="thiếu số đo\nvà ảnh")),
        ("/tra-lai", Command(word="return", reason="")),
        ("xin /tiep-nhan", None),
        ("> /tiep-nhan", None),
        ("`/tiep-nhan`", None),
        ("/tiep-nhan-gia", None),
        ("/ket-luan", None),
        ("", None),
    ],
)
def test_read(body: str, found: Command | None) -> None:
    assert command.read(body) == found
