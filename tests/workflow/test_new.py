import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import notation
from sangkien.domain.errors import UsageError
from sangkien.render.interview import Interview
from sangkien.workflow import new
from sangkien.workflow.validate import validate

ANSWERS = [
    "2",  # kind: a new idea
    "1",  # content
    "2",  # unit: the commune, after the district
    "Ngắn",  # too short a title, asked again
    "Che mát vườn ươm bằng lá dừa cũ",
    "Đan lá dừa thành tấm che để cây con khỏi cháy nắng, hết mùa thì ủ làm phân.",
    "Mua lưới che, mỗi năm phải thay. Gọi 0912345678",  # a phone number, asked again
    "Mua lưới che, mỗi năm phải thay.",
    "Lá dừa có sẵn, không tốn tiền.",
    "",  # no step at all, asked again
    "Đan lá thành tấm.",
    "Gác lên giàn tre.",
    "",
    "Trong xã chưa ai làm.",
    "Không tốn tiền.",
    "0",
    "2",  # not yet applied
    "1",  # a person
    "Trần Mẫu Hoa",
]


def talk(answers: Sequence[str]) -> tuple[Interview, list[str], Iterator[str]]:
    told: list[str] = []
    waiting = iter(answers)

    def ask(question: str) -> str:
        told.append(question)
        return next(waiting)

    return Interview(ask=ask, tell=told.append), told, waiting


def chooser(symbols: str) -> new.Choose:
    waiting = iter(symbols)
    return lambda _: next(waiting)


def test_new_idea_writes_what_the_gate_takes(repository: Path) -> None:
    store = Store(repository)
    interview, told, waiting = talk(ANSWERS)
    # The first code holds denied letters, the second is taken.
    drawn = chooser("1234abcd" + "ZZZ4KQ7" + "7K3QF2T")

    written = new.new_idea(store, new.open_desk(store), interview, on=datetime.date(2019, 3, 20), choose=drawn)

    assert written == new.Written(path="ideas/2019/7k/7k3qf2ty/idea.yml", code="2019-7K3Q-F2TY")
    assert list(waiting) == []
    assert validate(store, Pool(1)).findings == ()
    idea = notation.parse((repository / written.path).read_bytes()).record
    assert idea["how_to"] == "Đan lá thành tấm.\nGác lên giàn tre."
    assert idea["applied"] is False
    person = notation.parse((repository / "content/register/people/12/p-1234abcd.yml").read_bytes()).record
    assert person["display"] == "hidden"
    assert all("Trần Mẫu Hoa" not in line for line in told)


def test_new_idea_outside_every_round(repository: Path) -> None:
    store = Store(repository)
    interview, told, _ = talk([])

    written = new.new_idea(store, new.open_desk(store), interview, on=datetime.date(2031, 1, 1), choose=chooser(""))

    assert written is None
    assert "2031-01-01" in told[0]


def test_new_idea_that_needs_clearance_is_sent_to_the_counter(repository: Path) -> None:
    store = Store(repository)
    interview, _, _ = talk(["2", "2"])

    written = new.new_idea(store, new.open_desk(store), interview, on=datetime.date(2019, 3, 20), choose=chooser(""))

    assert written is None


def test_a_plan_is_begun_from_another_year_and_never_written_over(repository: Path) -> None:
    store = Store(repository)
    desk = new.open_desk(store)

    path = new.new_plan(store, desk, "ke-hoach-2019", 2020)

    assert path == "content/register/plans/ke-hoach-2020.yml"
    assert "due: 2020-06-15" in (repository / path).read_text(encoding="utf-8")
    assert validate(store, Pool(1), [path]).findings == ()
    for source in ("ke-hoach-2019", "khong-co"):
        with pytest.raises(UsageError):
            new.new_plan(store, desk, source, 2020)
