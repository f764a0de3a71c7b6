import pytest

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain.books import Books
from sangkien.domain.gazetteer import Gazetteer, choose
from sangkien.domain.schema import SchemaSet
from sangkien.workflow.reading import read_registers


@pytest.fixture(scope="module")
def books(schemas: SchemaSet) -> Books:
    return read_registers(Store(ROOT), schemas).books


NOW, THEN = "2026-11-23", "2019-03-18"


@pytest.mark.parametrize(
    ("text", "day", "unit"),
    [
        ("xã Gia Kiệm", NOW, "xa-gia-kiem-2025"),
        ("xa gia kiem", THEN, "xa-gia-kiem-2003"),
        ("GIA KIỆM", NOW, "xa-gia-kiem-2025"),
        ("Gia Kiệm".encode().decode("utf-8"), NOW, "xa-gia-kiem-2025"),
        ("X. Gia Kiệm, H. Thống Nhất, T. Đồng Nai", THEN, "xa-gia-kiem-2003"),
        ("xa-gia-kiem-2025", NOW, "xa-gia-kiem-2025"),
        ("TT Dầu Giây", "2019-09-01", "thi-tran-dau-giay-2019"),
        ("tt.DauGiay", "2019-09-01", "thi-tran-dau-giay-2019"),
        # An old name stands for the only heir of the day.
        ("xã Quang Trung", NOW, "xa-gia-kiem-2025"),
        ("thị trấn Dầu Giây", NOW, "phuong-dau-giay-2026"),
        ("Dầu Giây", NOW, "phuong-dau-giay-2026"),
        # A name of several levels means the one in force.
        ("Thống Nhất", NOW, "xa-thong-nhat-2025"),
        ("thành phố Đồng Nai", NOW, "thanh-pho-dong-nai-2026"),
        ("tp Đồng Nai", NOW, "thanh-pho-dong-nai-2026"),
    ],
)
def test_find_what_is_certain(books: Books, text: str, day: str, unit: str) -> None:
    assert Gazetteer(books).find(text, day).key == unit


@pytest.mark.parametrize("text", ["", "xã Không Đâu", "Kiệm", "xã", "?!", "12345", "x" * 300, "Thống Nhất"])
def test_find_asks_back_what_is_not(books: Books, text: str) -> None:
    # In 2019 a district and no commune bore the name; what stands for one thing alone is found.
    guess = Gazetteer(books).find(text, NOW if text != "Thống Nhất" else "1990-01-01")

    assert guess.key is None


def test_find_names_what_is_near(books: Books) -> None:
    guess = Gazetteer(books).find("xã Ga Kiệm", NOW)

    assert guess.likely[0] == "xa-gia-kiem-2025"
    assert len(set(guess.likely)) == len(guess.likely)
    assert not guess.named


FIELDS = {"nong-nghiep": "Nông nghiệp", "y-te": "Y tế", "co-khi": "Cơ khí, sản xuất", "giao-duc": "Giáo dục"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nông nghiệp", "nong-nghiep"),
        ("NONG NGHIEP", "nong-nghiep"),
        ("nong-nghiep", "nong-nghiep"),
        ("cơ khí", "co-khi"),
        ("ngành y tế xã", "y-te"),
        ("nông", "nong-nghiep"),
        ("", None),
        ("khác", None),
        ("nông nghiệp và y tế", None),
    ],
)
def test_choose(text: str, key: str | None) -> None:
    assert choose(text, FIELDS).key == key
