import unicodedata

import pytest

from sangkien.domain import command
from sangkien.domain.command import Command, Ruling


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
        ("/ket-luan", Command(word="conclude", reason="")),
        ("/Kết luận công nhận", Command(word="conclude", reason="công nhận")),
        ("/mở phiếu", Command(word="open", reason="")),
        ("/khong-tham-gia cùng tổ", Command(word="recuse", reason="cùng tổ")),
        ("/ket-luan-lai", None),
        ("", None),
    ],
)
def test_read(body: str, found: Command | None) -> None:
    assert command.read(body) == found


@pytest.mark.parametrize(
    ("body", "ruling"),
    [
        ("/ket-luan", Ruling()),
        ("/ket-luan công nhận", Ruling(outcome="cong-nhan")),
        ("/ket-luan: Không công nhận: chưa đủ số đo", Ruling(outcome="khong-cong-nhan", reasons="chưa đủ số đo")),
        (
            unicodedata.normalize("NFD", "/kết luận bổ sung\nghi chi phí"),
            Ruling(outcome="bo-sung", reasons="ghi chi phí"),
        ),
        ("/ket-luan bo-sung ghi chi phí\nvà ảnh", Ruling(outcome="bo-sung", reasons="ghi chi phí\nvà ảnh")),
        ("/ket-luan\ncong-nhan", Ruling(outcome="cong-nhan")),
        ("/ket-luan\nCông nhận được là nhờ số đo.", Ruling(reasons="Công nhận được là nhờ số đo.")),
        ("/ket-luan\nĐã xem tận nơi.", Ruling(reasons="Đã xem tận nơi.")),
        ("/ket-luan tốt lắm", Ruling(reasons="tốt lắm", known=False)),
        ("/ket-luan rut", Ruling(reasons="rut", known=False)),
        ("/ket-luan cong-nhan-tam", Ruling(reasons="cong-nhan-tam", known=False)),
    ],
)
def test_ruling(body: str, ruling: Ruling) -> None:
    said = command.read(body)
    assert said is not None
    assert command.ruling(said) == ruling
