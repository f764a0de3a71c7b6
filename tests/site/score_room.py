"""A site with a score page: an open round, sealed ones, and keys that open what is sealed."""

from pathlib import Path
from typing import Any

import pyrage
import yaml
from playwright.sync_api import Page, expect
from site_tools import mkdocs
from site_world import COUNCIL, World, small_world

from places import ROOT
from sangkien.domain import ballot, idea_code
from sangkien.domain.ballot import Ballot
from sangkien.domain.rubric import Rubric

FIVE, ODD = "nam-tieu-chi", "diem-le"
CODE = idea_code.make(2026, "7K3QF2T")
DIGEST = "0123456789abcdef" * 4
MARKS = ("25", "12,5", "12/15", "20.25", "11")
KEYS = tuple(pyrage.x25519.Identity.generate() for _ in range(2))


def score_world() -> World:
    """Make a small world with the sample's five criteria, a rubric of odd numbers, and rounds of every sort."""
    world = small_world()
    sample = yaml.safe_load((ROOT / "content/register/rubrics/2019-1.yml").read_text(encoding="utf-8"))
    for key in ("version", "sample", "id", "valid_from"):
        sample.pop(key)
    world.put("rubric", FIVE, **sample)
    world.put(
        "rubric", ODD, name="Bộ có điểm lẻ", quorum="1/2", min_ballots=1, pass_total=10, majority="1/2",
        criteria=[
            {"id": "le", "label": "Điểm lẻ", "max_score": "12.75", "pass_score": "6.38"},
            {"id": "chan", "label": "Điểm chẵn", "max_score": 7, "pass_score": 0},
        ],
    )  # fmt: skip
    recipients = [str(key.to_public()) for key in KEYS]
    add_round(world, "dot-mo", "open", FIVE)
    add_round(world, "dot-le", "open", ODD)
    add_round(world, "dot-kin", "sealed", FIVE, seal={"recipients": recipients})
    add_round(world, "dot-chua-khoa", "sealed", FIVE)
    return world


def add_round(world: World, key: str, ballots: str, rubric: str, **fields: Any) -> None:
    world.put(
        "round", key, name=f"Đợt <{key}>", unit="xa-suoi-mau-2010", rubric=rubric, council=COUNCIL,
        opens_on="2019-02-01", closes_on="2019-05-31", ballots=ballots, publish="on-decision", **fields,
    )  # fmt: skip


WORLD = score_world()


def build(world: World, root: Path) -> Path:
    """Build the world's site with the score page of this repository."""
    world.files["content/cham-diem/index.md"] = (ROOT / "content/cham-diem/index.md").read_bytes()
    world.write(root)
    mkdocs(root, root / "site")
    return root / "site"


def rubric_of(key: str) -> Rubric:
    """Give the program's own view of a rubric."""
    return Rubric.from_record(WORLD.records[f"content/register/rubrics/{key}.yml"])


def fragment(**changes: str | None) -> str:
    """Write a link's fragment as the bot does; None leaves a part out."""
    parts: dict[str, str | None] = {
        "kho": "xa%2Fban-lam-viec", "so": "12", "ma-so": CODE, "van-tay": DIGEST, "dot": "dot-mo", "thanh-vien": "1004",
    }  # fmt: skip
    parts |= {key.replace("_", "-"): value for key, value in changes.items()}
    return "#" + "&".join(f"{key}={value}" for key, value in parts.items() if value is not None)


def fill(page: Page, verdict: str = "cong-nhan", remarks: str = "", marks: tuple[str, ...] = MARKS) -> None:
    for field, mark in zip(page.locator(".sk-mark input").all(), marks, strict=True):
        field.fill(mark)
    page.locator(f"input[value={verdict}]").check()
    if remarks:
        page.get_by_label("Nhận xét", exact=True).fill(remarks)


def copied(page: Page) -> str:
    page.locator("[data-copy]").click()
    expect(page.get_by_text("Đã chép.")).to_be_visible()
    text = str(page.evaluate("navigator.clipboard.readText()"))
    assert page.locator("#khoi-phieu").input_value() == text
    return text


def read(text: str, rubric: str = FIVE) -> Ballot:
    reading = ballot.read(text, rubric_of(rubric))
    assert reading.findings == ()
    assert reading.ballot
    return reading.ballot


def unsealed(text: str) -> str:
    """Open a sealed block with each key; both must find the same."""
    reading = ballot.read(text, rubric_of(FIVE))
    assert reading.findings == ()
    assert reading.ballot is None
    found: set[str] = {pyrage.decrypt(reading.sealed.encode(), [key]).decode() for key in KEYS}
    assert len(found) == 1
    return found.pop()
