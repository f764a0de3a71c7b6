import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import sitting
from sangkien.domain.council import holders
from sangkien.domain.finding import Code
from sangkien.domain.rubric import Rubric

RUBRIC = Rubric.from_record(
    {"id": "r", "criteria": [], "quorum": "2/3", "min_ballots": 3, "pass_total": 0, "majority": "1/2"}
)
COUNCIL = {
    "seats": [
        {"seat": f"ghe-{n}", "role": "uy-vien", "voting": True, "terms": [{"from": "2026-01-01", "github_id": n}]}
        for n in range(1, 6)
    ]
}
SEATED = holders(COUNCIL, "2026-11-23")
LINES = {
    "Hội đồng": "hd-mau-2026",
    "ngay": "23/11/2026",
    "Nơi họp": "Phòng 1",
    "chu-tri": "ghe-1",
    "thu-ky": "Ghế 3",
    "co-mat": "ghe-1, ghe-2, ghe-3, ghe-4",
    "vang": "ghe-5 (đi công tác)",
    "2026-7K3Q-F2TZ": "công nhận",
    "2019-b8m4-roxt": "bổ sung: ghi rõ\n  chi phí",
}


def block(**changed: str) -> str:
    lines = {**LINES, **{key.replace("_", "-"): value for key, value in changed.items()}}
    return "\n".join(["```phien-hop", *(f"{key}: {value}" for key, value in lines.items() if value), "```"])


def codes(body: str) -> list[Code]:
    return [finding.code for finding in sitting.read(body)[1]]


def test_a_whole_block() -> None:
    read, findings = sitting.read(block())
    assert findings == ()
    assert read is not None
    assert (read.council, read.day, read.secretary) == ("hd-mau-2026", "2026-11-23", "ghe-3")
    assert read.absent == {"ghe-5": "đi công tác"}
    assert {code: r.outcome for code, r in read.rulings.items()} == {
        "2026-7K3Q-F2TZ": "cong-nhan",
        "2019-B8M4-R0XT": "bo-sung",
    }
    assert read.rulings["2019-B8M4-R0XT"].reasons == "ghi rõ\nchi phí"
    assert sitting.faults(read, SEATED, RUBRIC, "2026-11-23") == []
    assert read.record("phien-1")["agenda"] == ["2026-7K3Q-F2TZ", "2019-B8M4-R0XT"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ngay": "mai"}, Code.SITTING_DAY),
        ({"co_mat": ""}, Code.SITTING_MISSING),
        ({"2026-7K3Q-F2TZ": "tốt"}, Code.SITTING_OUTCOME),
        ({"la-gi": "x"}, Code.SITTING_LINE),
        ({"vang": "ghe-4"}, Code.SITTING_SEAT),
    ],
)
def test_what_is_to_be_mended(changed: dict[str, str], code: Code) -> None:
    assert codes(block(**changed)) == [code]


def test_a_code_mistyped_is_no_line_of_the_block() -> None:
    assert codes(block(**{"2026-7K3Q-F2T0": "công nhận"})) == [Code.SITTING_LINE]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"co_mat": "ghe-1, ghe-3", "vang": ""}, Code.SITTING_QUORUM),
        ({"co_mat": "ghe-1, ghe-2, ghe-3, ghe-4, ghe-9"}, Code.SITTING_SEAT),
        ({"co_mat": "ghe-2, ghe-3, ghe-4, ghe-5", "vang": "ghe-1"}, Code.SITTING_SEAT),
        ({"ngay": "24/11/2026"}, Code.SITTING_DAY),
    ],
)
def test_what_does_not_fit_the_council(changed: dict[str, str], code: Code) -> None:
    read, _ = sitting.read(block(**changed))
    assert read is not None
    assert [f.code for f in sitting.faults(read, SEATED, RUBRIC, "2026-11-23")] == [code]


def test_a_block_in_a_quote_is_none() -> None:
    assert not sitting.is_one("> " + block().replace("\n", "\n> "))


def test_the_blank_holds_nothing_said() -> None:
    blank = sitting.blank("hd", SEATED, ["2026-7K3Q-F2TZ"])
    assert Code.SITTING_OUTCOME in codes(blank)


@given(st.text(max_size=400))
def test_nothing_raises(text: str) -> None:
    sitting.read(f"```phien-hop\n{text}\n```")
