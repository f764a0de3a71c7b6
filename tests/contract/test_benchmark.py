"""The benchmark's arithmetic: what it says of a number must follow from the number."""

from typing import Any

import pytest
import report
import tables
import weight


def turn(seconds: float, rss: int = 100, **stages: float) -> dict[str, Any]:
    return {"seconds": seconds, "rss": rss, "stages": stages}


def size(**runs: list[dict[str, Any]]) -> dict[str, Any]:
    return {"runs": {name.replace("_", " "): turns for name, turns in runs.items()}, "weight": {}, "notes": []}


def test_ratio_is_the_median_of_neighbouring_turns() -> None:
    assert report.ratio([1, 10, 3], [2, 40, 3]) == 0.5
    assert report.ratio([1, 1], [4]) == 0.25
    assert report.ratio([], [1]) is None


def test_prints_are_no_part_of_our_time_and_search_none_of_the_ratio_with_hugo() -> None:
    one = size(ours_warm=[turn(10, prints=4, search=3, pages=2)], hugo=[turn(12)])

    assert report.ours(one, "ours warm") == [6]
    assert report.against_hugo(one, "ours warm") == 0.25
    assert report.stage(one, "ours warm", "pages") == [2]
    assert report.stage(one, "ours warm", "frame") == []


def test_the_largest_process_of_all_turns_counts() -> None:
    assert report.rss(size(ours_warm=[turn(1, 5), turn(1, 9), turn(1, 7)]), "ours warm") == 9
    assert report.rss(size(), "ours warm") is None


def test_a_gigabyte_is_shared_out_at_all_bytes_of_the_site() -> None:
    one = size() | {"weight": {"ours": {"bytes": 20_000, "ideas": 2}}}

    assert report.in_a_gigabyte(one) == 100_000
    assert report.in_a_gigabyte(size()) is None


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (report.Line(name="", value=3.9, bound=4), "met"),
        (report.Line(name="", value=4, bound=4), "missed"),
        (report.Line(name="", value=0.25, bound=0.25, is_strict=False), "met"),
        (report.Line(name="", value=0.26, bound=0.25, is_strict=False), "missed"),
        (report.Line(name="", value=99_999, bound=100_000, is_least=True), "missed"),
        (report.Line(name="", value=100_000, bound=100_000, is_least=True), "met"),
        (report.Line(name="", value=None, bound=4), "not measured"),
    ],
)
def test_verdicts(line: report.Line, verdict: str) -> None:
    assert line.verdict == verdict


def test_lines_across_sizes_need_both() -> None:
    sizes = {
        10_000: size(ours_warm=[turn(2, 100)]),
        100_000: size(ours_warm=[turn(20, 350)], **{"cp -r, pages": []}),
        1_000_000: size(ours_warm=[turn(240, 900)]),
    }
    found = {line.name: line for line in report.lines(sizes)}

    assert found["largest process at 100,000 / at 10,000"].value == 3.5
    assert found["seconds an idea at 1,000,000 / at 100,000"].value == pytest.approx(1.2)
    assert found["100,000: warm, seconds"].verdict == "missed"
    assert found["1,000: cold, seconds"].verdict == "not measured"
    assert "| 100,000: warm, seconds | 20 | < 20 | missed |" in tables.hard_lines(found.values())


def test_the_frame_is_all_but_the_inside_of_main() -> None:
    page = b"<html><main id=a>inside</main><footer>"

    assert weight.frame_of(page) == len(page) - len(b"inside")
    assert weight.frame_of(b"<html>bare") == len(b"<html>bare")
    assert weight.is_idea("ghi-nhan/2026/7k3qf2tz/index.html")
    assert not weight.is_idea("ghi-nhan/2026/7k3qf2tz/chia-se/index.html")
    assert not weight.is_idea("ghi-nhan/trang-2/index.html")
