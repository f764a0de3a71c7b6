import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.finding import Code
from sangkien.domain.rules import privacy

ALLOWED = privacy.Allowed.of(["0251 3 000 000", "Phong@Xa-Thu.vn"])
NAMES = privacy.Names(["Nguyễn Mẫu An", "Lê Bình"])


def found(text: str) -> list[Code]:
    return [code for code, _, _ in privacy.in_text(text, ALLOWED, NAMES)]


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912.345.678",
        "0912 345 678",
        "091-234-5678",
        "09 12 34 56 78",
        "+84 912 345 678",
        "(+84) 912345678",
        "84912345678",
        "0084912345678",
        "(0251) 3 123 456",
        "016 1234 5678",
        "0912\u00a0345\u00a0678",
        "ngày 5/9/2019 gọi 0912345678",
        "０９１２３４５６７８",
        "٠٩١٢ ٣٤٥ ٦٧٨",
    ],
)
def test_phone(text: str) -> None:
    assert found(text) == [Code.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "1.200.000 đồng",
        "84.912.345.678 đồng",
        "từ 03.05.2019 - 10.06.2019",
        "2018 2019 2020",
        "0251 3 000 000",
        "mã 2026-7K3Q-F2TZ",
        "20 hộ, 30 công, 40 gốc",
        "30/4/2019",
        "2,5 ha",
        "ab12" * 16,
    ],
)
def test_no_phone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["a@b.vn", "an.mau+x@thu.com.vn", "an (at) thu.vn", "an＠thu.vn"])
def test_email(text: str) -> None:
    assert found(f"gửi về {text} nhé") == [Code.EMAIL]


def test_email_of_the_office_may_stand() -> None:
    assert found("gửi về phong@xa-thu.vn nhé") == []


@pytest.mark.parametrize(
    "text", ["079123456789", "079 123 456 789", "123456789012", "CMND 271234567", "số căn cước: 271234567"]
)
def test_id_number(text: str) -> None:
    assert found(text) == [Code.ID_NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "sinh ngày 5/9/1960",
        "Sinh ngày 05 tháng 7 năm 1960",
        "ngày sinh: 01-02-1990",
        "sinh năm 1985",
        "năm sinh 1985",
        "SN 1970",
        "sinh ngay 5/9/1960",
        "Ngày, tháng, năm sinh: 5.9.1960",
    ],
)
def test_birth_date(text: str) -> None:
    assert found(text) == [Code.BIRTH_DATE]


@pytest.mark.parametrize(
    "text", ["học sinh ngày 5/9/2019", "vệ sinh năm 2019", "học sinh năm 2019", "khánh thành ngày 5/9/1960"]
)
def test_no_birth_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["bác Nguyễn Mẫu An ở", "NGUYỄN MẪU AN", "Nguyen Mau An", "anh Lê Bình"])
def test_person_name(text: str) -> None:
    assert found(text) == [Code.PERSON_NAME]


@pytest.mark.parametrize("text", ["Nguyễn Mẫu", "nguyễn mẫu an", "Le Binh", "Nguyễn, Mẫu An"])
def test_no_person_name(text: str) -> None:
    assert found(text) == []


def test_shown_text_is_masked() -> None:
    assert [shown for _, _, shown in privacy.in_text("0912345678 079123456789 a.mau@thu.vn", ALLOWED, None)] == [
        "091…78",
        "079…89",
        "a.m…vn",
    ]


@given(text=st.text(max_size=200))
def test_any_text(text: str) -> None:
    for _, offset, _ in privacy.in_text(text, ALLOWED, NAMES):
        assert 0 <= offset < len(text)


@given(digits=st.text("0123456789", min_size=8, max_size=8), first=st.sampled_from("35789"))
def test_every_mobile_number_is_found(digits: str, first: str) -> None:
    number = f"0{first}{digits}"

    assert Code.PHONE in found(f"Liên hệ {number[:4]}.{number[4:7]}.{number[7:]} để biết thêm.")
