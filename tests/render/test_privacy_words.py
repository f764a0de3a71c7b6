"""What the office reads when somebody is erased, or when it looks through consents."""

import os
from dataclasses import replace
from pathlib import Path

from sangkien.domain.consents import Audit
from sangkien.domain.traces import Rewriting, Search, Trace
from sangkien.render.erasure import checklist, script, summary
from sangkien.render.privacy import audit

GOLDEN = Path(__file__).parent / "golden"
RECORD = "content/register/people/0a/p-0a1b2c3d.yml"
MAIN, PULL = "refs/heads/main", "refs/pull/9/head"
SEARCH = Search(
    person="p-0a1b2c3d",
    traces=(
        Trace(kind="record", key="a" * 40, path=RECORD, commits=("b" * 40, "c" * 40), refs=(MAIN, PULL)),
        Trace(kind="file", key="d" * 40, path="content/tin-tuc/….md", commits=("e" * 40,), refs=(MAIN,)),
        Trace(kind="file", key="f" * 40, reachable=False),
        Trace(kind="message", key="e" * 40, commits=("e" * 40,), refs=(MAIN,)),
        Trace(kind="tag", key="1" * 40),
        Trace(kind="ref-name", key="2" * 40),
        Trace(kind="file-name", key="3" * 40),
        Trace(kind="work-tree", key="", path="content/tin-tuc/….md"),
        Trace(kind="issue", key="12"),
        Trace(kind="comment", key="12"),
        Trace(kind="review", key="9"),
        Trace(kind="fork", key="ai-do/sang-kien"),
    ),
    numbers=(9, 12, 31),
)
REWRITING = Rewriting(blobs={"a" * 40: b"clean"}, paths=(RECORD, "content/mot bai.md"), makers=("e" * 40,))


def agree(text: str, name: str) -> None:
    golden = GOLDEN / name
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def written(search: Search, rewriting: Rewriting, *, asked: bool = True) -> str:
    return checklist(
        search,
        day="2026-11-29",
        remote="https://github.com/mau/sang-kien.git",
        folder="/ngoai kho/p-0a1b2c3d",
        page="https://sang-kien.example/tac-gia/p-0a1b2c3d/",
        asked=asked,
        rewriting=rewriting,
    )


def test_the_checklist() -> None:
    agree(written(replace(SEARCH, mirrored=True), REWRITING), "viec-can-lam.md")


def test_history_is_rewritten_where_all_of_it_is_seen() -> None:
    text = written(SEARCH, REWRITING)

    assert "git clone --mirror https://github.com/mau/sang-kien.git p-0a1b2c3d.git" in text
    assert "lam-sach.sh" not in text


def test_where_nothing_is_left_nothing_is_to_be_rewritten() -> None:
    text = written(Search(person="p-0a1b2c3d"), Rewriting())

    assert "lam-sach.sh" not in text
    assert "git push" not in text
    assert "Không thấy lời nào còn tên." in text
    assert "Chưa dò được bằng máy" in written(Search(person="p-0a1b2c3d"), Rewriting(), asked=False)


def test_the_commands_hold_paths_as_a_shell_takes_them() -> None:
    agree(script(REWRITING), "lam-sach.sh")


def test_the_summary() -> None:
    assert summary(SEARCH)[0] == f"  bản cũ của hồ sơ người: {RECORD} (aaaaaaaaaaaa)"
    assert summary(SEARCH)[-1] == "Còn 11 chỗ phải dọn."  # a fork is named, but what it holds is not known
    assert summary(Search(person="p-0a1b2c3d")) == ["Không thấy chỗ nào còn sót của p-0a1b2c3d."]


def test_the_audit_is_figures_and_ids() -> None:
    shown = {"full": 25, "initials": 4, "hidden": 3, "photo": 2, "thanks": 1, "collective": 1, "erased": 1}
    many = tuple(f"p-0000000{n}" for n in range(8))
    found = Audit(shown=shown, errors=("p-0a1b2c3d",), outdated=many, minors=many[:2], unthanked=many[3:4], years=3)
    agree(audit(found), "su-dong-y.txt")
    assert audit(Audit(shown=shown)).endswith("\n\nKhông có gì phải sửa.")
