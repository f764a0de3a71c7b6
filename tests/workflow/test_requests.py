from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.workflow.validate import validate

LOG = "content/register/data_requests"


def requests(root: Path, *words: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, ["--root", str(root), "requests", *words])


def new(root: Path, day: str, *words: str) -> Result:
    return requests(root, "new", "p-0a1b2c3d", "--kind", "xoa", "--door", "giay", "--on", day, *words)


def test_a_request_is_written_once_and_listed_by_the_day_it_is_due(repository: Path) -> None:
    for day in ("2026-11-27", "2026-11-23", "2026-11-27"):
        assert new(repository, day).exit_code == 0
    assert requests(repository, "answer", "yc-2026-3", "--on", "2026-11-24").exit_code == 0
    soon = requests(repository, "--on", "2026-11-25")
    late = requests(repository, "--on", "2026-12-02")

    assert sorted(path.name for path in (repository / LOG).iterdir()) == [f"yc-2026-{n}.yml" for n in (1, 2, 3)]
    assert (soon.exit_code, late.exit_code) == (0, 1)
    unsure = "(thời hạn chờ văn phòng đối chiếu)"
    assert soon.output.splitlines() == [
        f"yc-2026-2: xóa, p-0a1b2c3d, nhận 27/11/2026. Trả lời trước hết ngày 01/12/2026. {unsure}",
        f"yc-2026-3: xóa, p-0a1b2c3d, nhận 23/11/2026. Làm xong trước hết ngày 13/12/2026. {unsure}",
    ]
    assert late.output.startswith("QUÁ HẠN · yc-2026-2")


def test_what_no_term_speaks_of_is_listed_last(repository: Path) -> None:
    new(repository, "2025-06-02")
    new(repository, "2026-11-23")
    run = requests(repository, "--on", "2026-11-24")

    assert [line.partition(":")[0] for line in run.output.splitlines()] == ["yc-2026-2", "yc-2025-1"]
    assert run.exit_code == 0


def test_nothing_waits_in_the_sample(repository: Path) -> None:
    assert requests(repository, "--on", "2030-01-01").output == "Không có yêu cầu nào đang chờ.\n"


@pytest.mark.parametrize("who", ["p-zzzzzzzz", "Nguyễn Mẫu An", "../x"])
def test_only_ids_of_people_are_taken(repository: Path, who: str) -> None:
    run = requests(repository, "new", who, "--kind", "xem", "--door", "giay")

    assert run.exit_code == 2
    assert sorted(path.name for path in (repository / LOG).iterdir()) == ["yc-2026-1.yml"]


def test_what_is_done_is_written_down_once(repository: Path) -> None:
    new(repository, "2026-11-23")
    close = ("close", "yc-2026-2", "--outcome", "mot-phan", "--reason", "Quyết định đã ký giữ nguyên.")
    runs = [requests(repository, *close, "--on", day) for day in ("2026-11-25", "2026-11-30")]
    text = (repository / LOG / "yc-2026-2.yml").read_text(encoding="utf-8")

    assert [run.exit_code for run in runs] == [0, 0]
    assert "Đã xong." in runs[0].output
    assert "answered_on: 2026-11-25" in text
    assert "  date: 2026-11-25\n  outcome: mot-phan\n  reason: Quyết định đã ký giữ nguyên." in text
    assert requests(repository, "--on", "2030-01-01").exit_code == 0
    assert validate(Store(repository), Pool(1)).findings == ()
    assert requests(repository, "answer", "yc-1999-1").exit_code == 2
