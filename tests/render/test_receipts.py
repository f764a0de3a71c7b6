"""What each form is answered with, as people read it."""

from pathlib import Path

from sangkien.render import desk

GOLDEN = Path(__file__).parent / "golden" / "loi-bao-nhan.md"
_CODES = {"problem": "bt-2026-12", "club": "clb-2026-12", "meeting": "clb-2026-12", "outreach": "tt-2026-12",
          "model": "mh-2026-12"}  # fmt: skip


def test_the_receipts_of_what_people_tell_of_an_idea_s_life() -> None:
    kinds = ("application", "visit", *_CODES)

    assert "\n".join(desk.receipt(kind, _CODES.get(kind, "2026-7K3Q-F2TZ"), 13) for kind in kinds) == GOLDEN.read_text(
        encoding="utf-8"
    )
