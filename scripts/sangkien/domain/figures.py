"""The figures of a report: which there are, where each stands in it, and how each is known.

Of what stands in the register nothing is nought. Of what offices write down or tell, nothing said is no figure at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sangkien.domain.figure_ids import REPORTED
from sangkien.domain.records import ListsRecord

Known = Literal["theo-so", "theo-bao-cao", "chi-bao-cao"]
GUIDANCE, IDEAS, OUTREACH, SUPPORT, HONOUR, CHECKS = (
    "chi-dao", "noi-dung", "tuyen-truyen", "ho-tro", "bieu-duong", "kiem-tra",
)  # fmt: skip
SECTIONS = (GUIDANCE, IDEAS, OUTREACH, SUPPORT, HONOUR, CHECKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: by the register alone, by records or the office's word, or by its word alone.

    `of` is the kind of record it leads to. A stock is what there is at the end of a period; all else is what happened
    in it. `parts` name the ways it is parted. Figures that offices alone tell bring name and measure from their list.
    """

    id: str
    section: str
    of: str = ""
    known: Known = "theo-so"
    stock: bool = False
    parts: tuple[str, ...] = ()
    name: str = ""
    measure: str = ""


def _in(section: str, of: str, *ids: str, parts: tuple[str, ...] = (), stock: bool = False) -> Iterator[Figure]:
    for key in ids:
        known: Known = "theo-bao-cao" if key in REPORTED else "theo-so"
        yield Figure(id=key, section=section, of=of, known=known, stock=stock, parts=parts)


# In the order a report tells them.
CATALOGUE: tuple[Figure, ...] = (
    *_in(GUIDANCE, "plan", "ke-hoach"),
    *_in(GUIDANCE, "emulation_round", "dot-thi-dua", "so-ket-tong-ket"),
    *_in(GUIDANCE, "policy_comment", "giam-sat-gop-y", parts=("loai",)),
    *_in(IDEAS, "idea", "sang-kien-va-mo-hinh-moi"),
    *_in(IDEAS, "idea", "y-da-gui", parts=("noi-dung", "loai")),
    *_in(IDEAS, "idea", "y-da-xet"),
    *_in(IDEAS, "idea", "y-duoc-ghi-nhan", parts=("noi-dung", "loai", "linh-vuc", "xep-loai")),
    *_in(IDEAS, "idea", "luot-ghi-nhan", "y-duoc-cap-tren-ghi-nhan", "y-duoc-ap-dung", "y-bi-thu-hoi"),
    *_in(IDEAS, "decision", "dinh-chinh"),
    *_in(IDEAS, "person", "tac-gia-ca-nhan", parts=("tang-lop",)),
    *_in(IDEAS, "person", "tac-gia-tap-the"),
    *_in(OUTREACH, "outreach", "tuyen-truyen", parts=("hinh-thuc", "doi-tuong")),
    *_in(OUTREACH, "outreach", "luot-nguoi-nghe"),
    *_in(SUPPORT, "idea", "noi-ap-dung", "noi-nhan-rong", "y-duoc-nhan-rong", "lan-hoi-tham", "con-lam-sau-hoi-tham"),
    *_in(SUPPORT, "invitation", "don-vi-duoc-moi", "don-vi-nhan-lam"),
    *_in(SUPPORT, "problem", "bai-toan-da-neu", "bai-toan-da-giai"),
    *_in(SUPPORT, "referral", "de-xuat-khcn", "de-xuat-co-trien-vong"),
    *_in(SUPPORT, "sponsorship", "nguon-luc", "nguon-luc-tien", "nguon-luc-da-dung"),
    *_in(SUPPORT, "club", "cau-lac-bo", "thanh-vien-cau-lac-bo", stock=True),
    *_in(SUPPORT, "club", "buoi-sinh-hoat"),
    *_in(HONOUR, "commendation", "bieu-duong", parts=("hinh-thuc",)),
    *_in(HONOUR, "person", "ca-nhan-duoc-bieu-duong", "tap-the-duoc-bieu-duong", "nguoi-cua-don-vi-duoc-bieu-duong"),
    *_in(HONOUR, "commendation", "bieu-duong-bi-thu-hoi"),
    *_in(HONOUR, "nomination", "de-nghi-cap-tren", "de-nghi-duoc-ghi-nhan"),
    *_in(HONOUR, "ceremony", "le-bieu-duong", "nguoi-du-le"),
    *_in(HONOUR, "model", "mo-hinh-moi"),
    *_in(HONOUR, "model", "mo-hinh", "ho-tham-gia-mo-hinh", stock=True),
    *_in(HONOUR, "model", "noi-nhan-rong-mo-hinh"),
    *_in(CHECKS, "inspection", "kiem-tra"),
    *_in(CHECKS, "unit", "don-vi-duoc-kiem-tra"),
    *_in(CHECKS, "inspection", "dieu-can-lam", "dieu-da-lam"),
)
NEW, HONOURED = ("sang-kien-va-mo-hinh-moi",), ("tap-the-duoc-bieu-duong", "ca-nhan-duoc-bieu-duong")
# What stands above all else in a report: each the sum of its figures, which share nothing.
HEADLINES = (NEW, HONOURED)


def figures(lists: ListsRecord | None, day: str) -> tuple[Figure, ...]:
    """Give all figures of a report up to a day: those of a part that offices alone tell stand at its end."""
    told = [
        Figure(
            id=one["id"],
            section=one["section"],
            known="chi-bao-cao",
            stock=one.get("stock", False),
            name=one["name"],
            measure=one["measure"],
        )
        for one in (lists.get("report_figures", ()) if lists else ())
        if one["from"] <= day <= one.get("to", day)
    ]
    return tuple(sorted((*CATALOGUE, *told), key=lambda figure: SECTIONS.index(figure.section)))
