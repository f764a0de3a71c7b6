import contextlib
import datetime
import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.domain.digest import scored_digest
from sangkien.domain.review import Review, from_rest
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import Tally, tally

RUBRIC_RECORD: dict[str, Any] = {
    "id": "2019-1",
    "criteria": [
        {"id": "tinh-moi", "label": "Tính mới", "max_score": 60, "pass_score": 30},
        {"id": "tinh-kinh-te", "label": "Tính kinh tế", "max_score": 40, "pass_score": 20},
    ],
    "quorum": "2/3",
    "min_ballots": 2,
    "pass_total": 60,
    "majority": "1/2",
    "ratings": [
        {"id": "xuat-sac", "label": "Xuất sắc", "min_total": 85, "min_scores": {"tinh-moi": 50}},
        {"id": "dat", "label": "Đạt", "min_total": 60},
    ],
}
RUBRIC = Rubric.from_record(RUBRIC_RECORD)
DAY = "2019-06-10"
IDEA: dict[str, Any] = {
    "code": "2019-B8M4-R0XT",
    "title": "Tưới nhỏ giọt",
    "unit": "xa-thu-2010",
    "authors": [{"person": "p-0a1b2c3d", "share": 100}],
}
DIGEST = scored_digest(IDEA)


def seat(number: int, **changes: Any) -> dict[str, Any]:
    term = {"from": "2019-01-01", "to": None, "github_id": 1000 + number, "person": f"p-0000000{number}"}
    return {
        "seat": f"ghe-{number}",
        "role": changes.pop("role", "uy-vien"),
        "voting": changes.pop("voting", True),
        "terms": [term | changes],
    }


def council(*seats: dict[str, Any]) -> dict[str, Any]:
    return {"id": "hd", "seats": list(seats or (seat(1), seat(2), seat(3)))}


def body(moi: object = 50, kinh_te: object = 30, verdict: str = "cong-nhan", *more: str) -> str:
    lines = ["```phieu-cham", "bo-tieu-chi: 2019-1", f"tinh-moi: {moi}", f"tinh-kinh-te: {kinh_te}"]
    return "\n".join([*lines, f"ket-luan: {verdict}", *more, "```"])


def review(number: int, account: int, text: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": number,
        "user": {"id": account, "type": "User", "login": f"u{account}"},
        "body": text,
        "state": "COMMENTED",
        "submitted_at": f"2019-06-01T00:00:{number % 60:02d}Z",
        "commit_id": "c1",
    } | changes


def counted(*reviews: dict[str, Any], digests: dict[str, str] | None = None, of: dict[str, Any] | None = None) -> Tally:
    return tally(RUBRIC, of or council(), IDEA, from_rest(list(reviews)), digests, DAY)


def aside(result: Tally) -> list[tuple[int, str]]:
    return [(a.review_id, a.reason) for a in result.set_aside]


def members(result: Tally) -> list[tuple[str, int]]:
    return [(sheet.member, sheet.review_id) for sheet in result.count.sheets]


def test_tally_recognises() -> None:
    result = counted(review(1, 1001, body(50, 40)), review(2, 1002, body(60, 30)), review(3, 1003, body(40, 30)))

    assert (result.members, result.count.base, result.count.agree) == (3, 3, 3)
    assert (result.count.result, result.count.why, result.count.rating) == ("cong-nhan", (), "dat")
    assert result.count.total.mean == Fraction(250, 3)


def test_tally_without_reviews() -> None:
    result = counted()

    assert (result.count.result, result.count.rating, result.count.total.mean) == (None, None, None)
    assert result.count.why == ("quorum", "min-ballots")


def test_last_valid_block_decides() -> None:
    result = counted(review(1, 1001, body(10)), review(2, 1001, body(50)), review(3, 1001, "cảm ơn"))

    assert members(result) == [("ghe-1", 2)]
    assert aside(result) == []


def test_later_faulty_block_erases_nothing() -> None:
    result = counted(review(1, 1001, body(50)), review(2, 1001, body("nhiều")))

    assert members(result) == [("ghe-1", 1)]
    assert aside(result) == [(2, "phieu-loi")]


def test_dismissed_decides_and_no_earlier_revives() -> None:
    result = counted(review(1, 1001, body(50)), review(2, 1001, body(40), state="DISMISSED"))

    assert members(result) == []
    assert aside(result) == [(2, "bi-bac")]


@pytest.mark.parametrize("fingerprint", ["000000000000", DIGEST[:11], "xyz"])
def test_wrong_fingerprint_is_stale(fingerprint: str) -> None:
    result = counted(review(1, 1001, body()), review(2, 1001, body(50, 30, "cong-nhan", f"van-tay: {fingerprint}")))

    assert members(result) == []
    assert aside(result) == [(2, "noi-dung-da-doi")]


@pytest.mark.parametrize("fingerprint", [DIGEST[:12], DIGEST, DIGEST[:12].upper()])
def test_right_fingerprint_counts(fingerprint: str) -> None:
    result = counted(review(1, 1001, body(50, 30, "cong-nhan", f"van-tay: {fingerprint}")))

    assert members(result) == [("ghe-1", 1)]


@pytest.mark.parametrize(
    ("digests", "kept"), [({"c1": DIGEST}, True), ({"c1": "0" * 64}, False), ({}, False), (None, True)]
)
def test_commit_with_another_digest_is_stale(digests: dict[str, str] | None, *, kept: bool) -> None:
    result = counted(review(1, 1001, body()), digests=digests)

    assert (members(result), aside(result)) == (([("ghe-1", 1)], []) if kept else ([], [(1, "noi-dung-da-doi")]))


def test_withdrawn_counts_as_absent_and_stays_in_the_base() -> None:
    result = counted(review(1, 1001, body()), review(2, 1001, body(0, 0, "rut-phieu")))

    assert (result.count.base, members(result), aside(result)) == (3, [], [(2, "rut-phieu")])


def test_recused_leaves_the_base_and_abstained_fills_the_quorum() -> None:
    result = counted(
        review(1, 1001, body(0, 0, "khong-tham-gia", "ly-do: cùng tổ")), review(2, 1002, body(0, 0, "phieu-trang"))
    )

    assert (result.recused, result.abstained, result.count.base) == (("ghe-1",), ("ghe-2",), 2)
    assert (result.count.quorum_needed, result.count.quorum_have) == (2, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "p-0a1b2c3d"},
        {"conflicts": ["p-0a1b2c3d"]},
        {"conflicts": ["xa-thu-2010"]},
        {"conflicts": ["2019-B8M4-R0XT"]},
        {"conflicts": ["2019 b8m4 roxt"]},
    ],
)
def test_conflicted_leaves_the_base_and_is_set_aside(changes: dict[str, Any]) -> None:
    result = counted(review(1, 1001, body()), of=council(seat(1, **changes), seat(2)))

    assert (result.conflicted, result.count.base) == (("ghe-1",), 1)
    assert aside(result) == [(1, "xung-dot-loi-ich")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"user": {"id": 9, "type": "User"}}, "ngoai-hoi-dong"),
        ({"user": None}, "ngoai-hoi-dong"),
        ({"user": {"id": 1001, "type": "Bot"}}, "may"),
        ({"editor": {"id": 7}}, "nguoi-khac-sua"),
        ({"editor": {"login": "u7", "databaseId": 7}}, "nguoi-khac-sua"),
        ({"editor": None, "last_edited_at": "2019-06-01T01:00:00Z"}, "nguoi-khac-sua"),
        ({"body": body(50, 30, "cong-nhan", "ma-so: 2019-7K3Q-F2TY")}, "phieu-loi"),
        ({"body": body() + "\n" + body()}, "phieu-loi"),
        ({"body": body(50, 30, "cong-nhan", "ghe: ghe-2")}, "sai-ghe"),
    ],
)
def test_set_aside_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    result = counted(review(1, 1001, body(), **changes))

    assert (members(result), aside(result)) == ([], [(1, reason)])


def test_code_is_compared_forgivingly() -> None:
    result = counted(review(1, 1001, body(50, 30, "cong-nhan", "ma-so: 2019 b8m4 roxt")))

    assert members(result) == [("ghe-1", 1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"editor": {"id": 1001}, "last_edited_at": "2019-06-01T01:00:00Z"},
        {"editor": {"login": "u1001", "databaseId": 1001}},
        {"editor": None, "last_edited_at": None},
    ],
)
def test_own_edit_counts(changes: dict[str, Any]) -> None:
    assert members(counted(review(1, 1001, body(), **changes))) == [("ghe-1", 1)]


def test_former_code_names_the_same_idea() -> None:
    listed = from_rest([review(1, 1001, body(50, 30, "cong-nhan", "ma-so: 2019-7K3Q-F2TY"))])
    result = tally(RUBRIC, council(), IDEA | {"alias": ["2019-7K3Q-F2TY"]}, listed, None, DAY)

    assert members(result) == [("ghe-1", 1)]


def test_pending_review_is_not_there() -> None:
    assert members(counted(review(1, 1001, body(), state="PENDING"))) == []


def test_seat_out_of_office_and_without_a_vote() -> None:
    seats = council(seat(1, to="2019-06-09"), seat(2, voting=False), seat(3))
    result = counted(review(1, 1001, body()), review(2, 1002, body()), of=seats)

    assert result.members == 1
    assert aside(result) == [(1, "ngoai-hoi-dong"), (2, "khong-bieu-quyet")]


PAPER = council(seat(1, role="thu-ky"), seat(2), seat(3, github_id=None))
ON_PAPER = body(50, 30, "cong-nhan", "ghe: ghe-3")


def test_paper_sheet_counts_once_a_second_person_confirms() -> None:
    result = counted(review(1, 1001, ON_PAPER), review(2, 1002, "```phieu-cham\nxac-nhan: 1\n```"), of=PAPER)

    assert members(result) == [("ghe-3", 1)]


@pytest.mark.parametrize(("confirming", "user"), [("xac-nhan: 1", 1001), ("xac-nhan: 9", 1002), ("xac-nhan: 1", 1003)])
def test_paper_sheet_waits_for_a_second_person(confirming: str, user: int) -> None:
    result = counted(review(1, 1001, ON_PAPER), review(2, user, f"```phieu-cham\n{confirming}\n```"), of=PAPER)

    assert (members(result), aside(result)) == ([], [(1, "cho-xac-nhan")])


def test_paper_sheet_names_its_seat_as_people_write_it() -> None:
    sheet = body(50, 30, "cong-nhan", "Ghế: Ghế 3")
    result = counted(review(1, 1001, sheet), review(2, 1002, "```phieu-cham\nxac-nhan: 1\n```"), of=PAPER)

    assert members(result) == [("ghe-3", 1)]


def test_conflicted_secretary_enters_no_paper_sheet() -> None:
    seats = council(seat(1, role="thu-ky", voting=False, person="p-0a1b2c3d"), seat(2), seat(3, github_id=None))
    result = counted(review(1, 1001, ON_PAPER), review(2, 1002, "```phieu-cham\nxac-nhan: 1\n```"), of=seats)

    assert (members(result), aside(result), result.count.base) == ([], [(1, "xung-dot-loi-ich")], 2)


def test_conflicted_seat_confirms_no_paper_sheet() -> None:
    seats = council(seat(1, role="thu-ky"), seat(2, person="p-0a1b2c3d"), seat(3, github_id=None))
    result = counted(review(1, 1001, ON_PAPER), review(2, 1002, "```phieu-cham\nxac-nhan: 1\n```"), of=seats)

    assert aside(result) == [(1, "cho-xac-nhan")]


def test_only_the_secretary_enters_paper_sheets() -> None:
    assert aside(counted(review(1, 1002, ON_PAPER), of=PAPER)) == [(1, "sai-ghe")]


@pytest.mark.parametrize(
    ("marks", "verdicts", "result", "why"),
    [
        ([(29, 40), (30, 40)], "cc", "khong-cong-nhan", ("gate:tinh-moi",)),
        ([(30, 29), (30, 30)], "cc", "khong-cong-nhan", ("total",)),
        ([(60, 40), (60, 40)], "ck", "khong-cong-nhan", ("majority",)),
        ([(60, 40), (60, 40), (60, 40)], "cbb", "bo-sung", ("majority",)),
        ([(60, 40), (60, 40), (0, 0)], "ccb", "cong-nhan", ()),
        ([(0, 0), (0, 0), (0, 0)], "bbb", "bo-sung", ("gate:tinh-moi", "gate:tinh-kinh-te", "total", "majority")),
        ([(60, 40)], "c", None, ("quorum", "min-ballots")),
    ],
)
def test_result_and_why(marks: list[tuple[int, int]], verdicts: str, result: str | None, why: tuple[str, ...]) -> None:
    said = {"c": "cong-nhan", "b": "bo-sung", "k": "khong-cong-nhan"}
    reviews = [review(n, 1000 + n, body(*m, said[v])) for n, (m, v) in enumerate(zip(marks, verdicts, strict=True), 1)]

    counting = counted(*reviews).count

    assert (counting.result, counting.why) == (result, why)


def test_rating_needs_unrounded_means() -> None:
    reviews = [review(1, 1001, body("49,99", 40)), review(2, 1002, body(50, 40)), review(3, 1003, body(50, 40))]

    assert counted(*reviews).count.rating == "dat"


# An independent count: written from the contract anew, sharing nothing with the code above.


def brute_force(  # noqa: C901, PLR0912  # plain on purpose: it is read against the contract
    reviews: list[dict[str, Any]],
) -> tuple[str | None, list[str], dict[str, Fraction | None]]:
    latest: dict[int, tuple[str, int, dict[str, Any]]] = {}
    for item in reviews:
        spec = item["spec"]
        if spec["kind"] in ("faulty", "talk") or item["user"]["id"] not in (1001, 1002, 1003):
            continue
        key = (item["submitted_at"], item["id"], item)
        user = item["user"]["id"]
        if user not in latest or key[:2] > latest[user][:2]:
            latest[user] = key
    valid, abstain, recuse = [], 0, 0
    for _, _, item in latest.values():
        spec = item["spec"]
        if item["state"] == "DISMISSED" or spec["stale"] or spec["kind"] == "rut-phieu":
            continue
        if spec["kind"] == "phieu-trang":
            abstain += 1
        elif spec["kind"] == "khong-tham-gia":
            recuse += 1
        else:
            valid.append(spec)
    v, n = 3 - recuse, len(valid)
    why = []
    if n + abstain < math.ceil(Fraction(2, 3) * v):
        why.append("quorum")
    if n < 2:
        why.append("min-ballots")
    means: dict[str, Fraction | None] = {"moi": None, "kt": None, "total": None}
    if n:
        moi = Fraction(sum(s["moi"] for s in valid), 100 * n)
        kt = Fraction(sum(s["kt"] for s in valid), 100 * n)
        means = {"moi": moi, "kt": kt, "total": moi + kt}
        why += ["gate:tinh-moi"] if moi < 30 else []
        why += ["gate:tinh-kinh-te"] if kt < 20 else []
        why += ["total"] if moi + kt < 60 else []
        why += ["majority"] if 2 * sum(s["kind"] == "cong-nhan" for s in valid) <= n else []
    if "quorum" in why or "min-ballots" in why:
        return None, why, means
    if not why:
        return "cong-nhan", why, means
    return ("bo-sung" if 2 * sum(s["kind"] == "bo-sung" for s in valid) > n else "khong-cong-nhan"), why, means


KINDS = ["cong-nhan", "cong-nhan", "bo-sung", "khong-cong-nhan", "phieu-trang", "rut-phieu", "khong-tham-gia"]
SPEC = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*KINDS, "faulty", "talk"]),
        "moi": st.integers(0, 6000),
        "kt": st.integers(0, 4000),
        "stale": st.booleans(),
    }
)


def comma(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def written(spec: dict[str, Any]) -> str:
    if spec["kind"] == "talk":
        return "Tôi sẽ chấm sau."
    more = ["ly-do: cùng tổ"] + ([f"van-tay: {'0' * 12}"] if spec["stale"] else [])
    if spec["kind"] == "faulty":
        return body(comma(spec["moi"]), "99", "cong-nhan", *more)
    return body(comma(spec["moi"]), comma(spec["kt"]), spec["kind"], *more)


@st.composite
def review_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    listed = []
    for number in range(1, draw(st.integers(0, 9)) + 1):
        spec = draw(SPEC)
        made = review(number, draw(st.sampled_from([1001, 1002, 1003, 1003, 77])), written(spec), spec=spec)
        made["state"] = draw(st.sampled_from(["COMMENTED", "APPROVED", "COMMENTED", "DISMISSED"]))
        made["submitted_at"] = f"2019-06-01T00:00:0{draw(st.integers(0, 3))}Z"
        listed.append(made)
    return listed


@pytest.mark.long
@settings(max_examples=300)
@given(reviews=review_lists(), data=st.data())
def test_tally_equals_an_independent_count_in_any_order(reviews: list[dict[str, Any]], data: Any) -> None:
    shuffled = data.draw(st.permutations(reviews))
    result = counted(*shuffled)

    means = {
        "moi": result.count.criteria["tinh-moi"].mean,
        "kt": result.count.criteria["tinh-kinh-te"].mean,
        "total": result.count.total.mean,
    }
    assert (result.count.result, list(result.count.why), means) == brute_force(reviews)
    assert result == counted(*reviews)


@pytest.mark.parametrize(
    "listed", [None, 3, "x", {}, [1], [{"id": 1}], [{"id": "x", "submitted_at": "2019-01-01T00:00:00Z"}]]
)
def test_from_rest_odd_input(listed: Any) -> None:
    with contextlib.suppress(ValueError):
        assert from_rest(listed) == ()


def test_from_rest_orders_by_time_then_id() -> None:
    listed = [
        review(3, 1, "", submitted_at="2019-06-01T07:00:00+07:00"),
        review(2, 1, "", submitted_at="2019-06-01T00:00:00Z"),
    ]

    read: tuple[Review, ...] = from_rest(listed)

    assert [r.id for r in read] == [2, 3]
    assert read[0].submitted_at == datetime.datetime(2019, 6, 1, tzinfo=datetime.UTC)
