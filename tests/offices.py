"""Invented offices that set the kit up, and the words of the kit's own office that none of them may find."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.domain import layout, notation
from sangkien.domain.books import Books
from sangkien.workflow.reading import load_schemas, read_registers

TODAY = "2026-11-23"
OFFICES: Mapping[str, Mapping[str, Any]] = {
    "commune": {
        "name": "Suối Mơ",
        "level": "xa",
        "since": "2025-07-01",
        "parents": ["tinh | Cao Nguyên"],
        "repository": "mat-tran-suoi-mo/sang-kien",
        "plan": "free",
        "closes_on": "2027-05-31",
    },
    "school": {
        "name": "Mai Anh",
        "level": "truong",
        "levels": ["lop | lớp | truong-hoc"],
        "since": "2010-09-05",
        "topology": "open",
        "ballots": "open",
        "publish": "on-conclusion",
        "repository": "truong-mai-anh/sang-kien",
        "fields": ["Dạy học", "Chủ nhiệm"],
    },
    "company": {
        "name": "Dệt Sao Mai",
        "level": "cong-ty",
        "since": "2015-03-01",
        "repository": "det-sao-mai/sang-kien",
        "address": "https://yhay.saomai.example/",
        "plan": "paid",
        "contents": ["An toàn | Làm sao để không ai bị thương.", "Năng suất | Làm nhanh hơn, <b>đỡ</b> hỏng."],
        "criteria": ["Mới ở công ty | 40 | 20 | Đã ai làm chưa?", "Có lợi | 40 | 20 | Số đo nào cho thấy?"],
        "legal_bases": "none",
        "seats": ["chu-tich | Giám đốc | 1001", "thu-ky | Thư ký công đoàn | 1002", "uy-vien | Quản đốc | 1003"],
        "relay": "https://gui.saomai.example/",
    },
}


def run(root: Path, *words: str, **environment: str) -> Result:
    """Run the command line on a repository."""
    return CliRunner(env=environment).invoke(main, ["--root", str(root), *words], catch_exceptions=False)


def answers_file(place: Path, answers: Mapping[str, Any]) -> Path:
    place.write_text(notation.write(dict(answers)), encoding="utf-8")
    return place


def found_office(room: Path, name: str, source: Path = ROOT) -> Path:
    """Found one of the offices in a folder of its own; gives its repository."""
    room.mkdir(parents=True, exist_ok=True)
    answers = answers_file(room / "answers.yml", OFFICES[name])
    done = run(source, "init", str(room / "office"), "--answers", str(answers), "--on", TODAY)
    assert done.exit_code == 0, done.output
    return room / "office"


def books_of(root: Path) -> Books:
    store = Store(root)
    return read_registers(store, load_schemas(store)).books


def words_of_the_sample() -> set[str]:
    """Gather what only the kit's own office is called: units, people, councils, rounds, papers, ideas."""
    store, words = Store(ROOT), set[str]()
    for path in store.files(layout.REGISTER):
        place, record = layout.place_of(path), store.read(path).record
        keys: Sequence[str] = ("id", "name", "number")
        if place is None or place.kind in {"content", "field", "lists", "member_org", "rubric"}:
            continue
        if place.kind == "movement":
            keys = ("site_title", "site_description", "organiser", "site_url", "intake")
        elif place.kind == "legal_basis":
            keys = () if "offered" in record else ("id", "number")
        words |= {record[key] for key in keys if isinstance(record.get(key), str)}  # a report's number is no word
    return words | {place.parent.name for place in (ROOT / layout.IDEAS).glob("*/*/*/idea.yml")}


def mentions(root: Path, words: Iterable[str]) -> Iterator[str]:
    """List every file of a repository that holds one of the words, and the word."""
    wanted = frozenset(word.casefold() for word in words)
    for file in sorted(root.rglob("*")):
        if file.is_file() and ".git" not in file.relative_to(root).parts:
            yield from (f"{file.relative_to(root)}: {word}" for word in _found(file.read_bytes(), wanted))


@cache  # the offices have most files in common
def _found(data: bytes, words: frozenset[str]) -> list[str]:
    text = data.decode("utf-8", "replace").casefold()
    return [word for word in sorted(words) if word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
