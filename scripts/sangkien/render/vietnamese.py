"""Numbers, days and fixed words as they are written in Vietnamese."""

from decimal import Decimal
from urllib.parse import urlsplit

KINDS = {"sang-kien": "Sáng kiến", "y-tuong-moi": "Ý tưởng mới", "cach-lam-moi": "Cách làm mới"}
DECISION_KINDS = {
    "cong-nhan": "Công nhận",
    "khen-thuong": "Biểu dương, khen thưởng",
    "dinh-chinh": "Đính chính",
    "thu-hoi": "Thu hồi",
}
COMMENT_KINDS = {
    "giam-sat": "Giám sát",
    "gop-y": "Góp ý dự thảo",
    "phan-bien": "Phản biện xã hội",
    "tham-muu": "Tham mưu, đề xuất",
}
REVIEW_KINDS = {"so-ket": "Sơ kết", "tong-ket": "Tổng kết"}
TASK_STATUSES = {"cho": "Chưa làm", "dang-lam": "Đang làm", "xong": "Xong", "bo": "Không làm nữa"}
# What stands where no name may: by whether it is a collective's, and whether its owner asked to be forgotten.
NAMELESS = {
    (False, False): "Tác giả không công khai tên",
    (True, False): "Tập thể không công khai tên",
    (False, True): "Tác giả đã yêu cầu ẩn danh",
    (True, True): "Tập thể đã yêu cầu ẩn danh",
}
STILL = {"con-lam": "Còn làm", "lam-rong-hon": "Làm rộng hơn", "da-thoi": "Đã thôi"}
CORRECTION_BY = {"nguoi-de-xuat": "Người đề xuất", "thu-ky": "Thư ký hội đồng"}
UNIT_GROUPS = {
    "dia-ban": "Địa bàn",
    "khu-dan-cu": "Khu dân cư",
    "to-ho": "Nhóm hộ gia đình",
    "co-quan": "Cơ quan",
    "truong-hoc": "Trường học",
    "doanh-nghiep": "Doanh nghiệp",
    "luc-luong-vu-trang": "Lực lượng vũ trang",
    "to-chuc-thanh-vien": "Tổ chức thành viên",
    "kieu-bao": "Cộng đồng người Việt ở nước ngoài",
}
ROLES = {
    "chu-tich": "Chủ tịch",
    "pho-chu-tich": "Phó Chủ tịch",
    "thu-ky": "Thư ký",
    "phan-bien": "Phản biện",
    "uy-vien": "Ủy viên",
}


def whole(number: int) -> str:
    """Write a whole number: `1.234.567`."""
    return f"{number:,}".replace(",", ".")


def decimal(text: str | int) -> str:
    """Write a decimal as recorded: `12.5` → `12,5`."""
    head, _, tail = str(text).partition(".")
    return whole(int(head)) + (f",{tail}" if tail else "")


def money(amount: int) -> str:
    """Write an amount of money: `1.234.567 đồng`."""
    return f"{whole(amount)} đồng"


def day(date: str) -> str:
    """Write a day as letters of offices do: `05/7/2026`, with a zero before months 1 and 2 alone."""
    year, month, day_ = date.split("-")
    return f"{day_}/{month if month in ('01', '02') else month.lstrip('0')}/{year}"


def hour(time: str) -> str:
    """Write an hour: `08:30` → `8 giờ 30`."""
    hours, minutes = time.split(":")
    return f"{int(hours)} giờ" + (f" {minutes}" if minutes != "00" else "")


def host(link: str) -> str:
    """Name the place a link leads to: `https://www.bao.example/bai` → `bao.example`; nowhere, the link itself."""
    try:
        named = urlsplit(link).hostname
    except ValueError:  # `https://[a`: a form lets it pass, and a browser follows it nowhere
        named = None
    return (named or link).removeprefix("www.")


def span(start: str, end: str | None, *, approximate: bool = False) -> str:
    """Write a time from day to day, or since a day; approximate ends of a year stand for the year alone."""

    def word(date: str) -> str:
        return f"khoảng năm {date[:4]}" if approximate and date[5:] in ("01-01", "12-31") else day(date)

    return f"{word(start)} – {word(end)}" if end else f"từ {word(start)}"


def change(before: str, after: str) -> str:
    """Tell how far a measure went up or down: `giảm 60%`; empty when it cannot be told."""
    was, is_ = Decimal(before), Decimal(after)
    if not was or was == is_:
        return ""
    percent = abs(is_ - was) * 100 / was
    text = decimal(f"{percent.quantize(Decimal('0.1')).normalize():f}")
    return f"{'giảm' if is_ < was else 'tăng'} {text}%"


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def listed(words: list[str]) -> str:
    """Join words as a sentence does: `a, b và c`."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " và " + words[-1] if words else ""


def shortened(text: str, limit: int) -> str:
    """Shorten a text to one line of at most `limit` characters, at a word where one ends."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:.") + "…"
