"""Sealed ballots are bound to idea, content, rubric and member; what came too late is put aside."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from sangkien.domain.digest import scored_digest
from sangkien.domain.review import Review
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import Tally, tally
from sangkien.domain.urn import Limits, armoured, cast

RUBRIC = Rubric.from_record(
    {
        "id": "2019-1",
        "criteria": [{"id": "tinh-moi", "label": "Tính mới", "max_score": 30, "pass_score": 15}],
        "quorum": "1/3",
        "min_ballots": 1,
        "pass_total": 15,
        "majority": "1/2",
    }
)
IDEA: dict[str, Any] = {"code": "2026-7K3Q-F2TZ", "title": "Ý", "authors": [], "unit": "xa"}
DIGEST = scored_digest(IDEA)


def seat(number: int, account: int | None, role: str = "uy-vien") -> dict[str, Any]:
    term = {"from": "2026-01-01", "github_id": account}
    return {"seat": f"ghe-{number}", "role": role, "voting": True, "terms": [term]}


COUNCIL = {"seats": [seat(n, 1000 + n) for n in (1, 2, 3)]}
NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
ARMOUR = "-----BEGIN AGE ENCRYPTED FILE-----\n{}\n-----END AGE ENCRYPTED FILE-----"


def review(number: int, account: int, body: str, minutes: int = -60, edited: int | None = None) -> Review:
    return Review(
        id=number,
        user_id=account,
        is_user=True,
        body=body,
        is_dismissed=False,
        submitted_at=NOON + datetime.timedelta(minutes=minutes),
        commit_id="c",
        edited_by_other=False,
        edited_at=None if edited is None else NOON + datetime.timedelta(minutes=edited),
    )


def block(verdict: str = "cong-nhan", **more: str) -> str:
    lines = ["bo-tieu-chi: 2019-1", "tinh-moi: 20", f"ket-luan: {verdict}"]
    return "\n".join(["```phieu-cham", *lines, *(f"{k.replace('_', '-')}: {v}" for k, v in more.items()), "```"])


def bound(account: int, verdict: str = "cong-nhan", **more: str) -> str:
    return block(verdict, **({"ma_so": IDEA["code"], "van_tay": DIGEST, "thanh_vien": str(account)} | more))


def sealed(word: str) -> str:
    return f"```phieu-kin\n{ARMOUR.format(word)}\n```"


def counted(
    reviews: list[Review], opened: dict[str, str], limits: Limits | None = None, *, secret: bool = True
) -> Tally:
    texts = {ARMOUR.format(word): text for word, text in opened.items()}
    said = cast(reviews, RUBRIC, sealed=secret, opened=texts, limits=limits or Limits())
    return tally(RUBRIC, COUNCIL, IDEA, said, {"c": DIGEST}, "2026-11-23")


def aside(result: Tally) -> dict[int, str]:
    return {a.review_id: a.reason for a in result.set_aside}


def test_a_bound_ballot_counts() -> None:
    result = counted([review(1, 1001, sealed("a"))], {"a": bound(1001)})
    assert [sheet.review_id for sheet in result.count.sheets] == [1]


@pytest.mark.parametrize(
    "inside",
    [
        bound(1002),
        bound(1001, ma_so="2019-B8M4-R0XT"),
        bound(1001, van_tay=DIGEST[:12]),
        block(),
        bound(1001, verdict="rut-phieu"),
        bound(1001, verdict="khong-tham-gia", ly_do="x"),
        sealed("b"),
        "",
    ],
)
def test_what_is_not_bound_is_no_ballot(inside: str) -> None:
    result = counted([review(1, 1001, sealed("a"))], {"a": inside})
    assert result.count.sheets == ()
    assert aside(result) == {1: "phieu-loi"}


def test_another_content_makes_it_stale() -> None:
    result = counted([review(1, 1001, sealed("a"))], {"a": bound(1001, van_tay="0" * 64)})
    assert aside(result) == {1: "noi-dung-da-doi"}


def test_what_no_key_opens_is_faulty() -> None:
    assert aside(counted([review(1, 1001, sealed("a"))], {})) == {1: "phieu-loi"}


def test_open_marks_are_no_ballot_in_a_sealed_round_but_stepping_back_is() -> None:
    reviews = [review(1, 1001, block()), review(2, 1002, block("khong-tham-gia", ly_do="x")), review(3, 1003, "ý hay")]
    result = counted(reviews, {})
    assert aside(result) == {1: "khong-kin"}
    assert result.recused == ("ghe-2",)


def test_the_last_before_the_opening_decides_and_a_later_one_erases_nothing() -> None:
    reviews = [review(1, 1001, sealed("a")), review(2, 1001, sealed("b"), minutes=1)]
    result = counted(reviews, {"a": bound(1001), "b": bound(1001, verdict="bo-sung")}, Limits(opening=NOON))
    assert [(s.review_id, s.verdict) for s in result.count.sheets] == [(1, "cong-nhan")]
    assert aside(result) == {2: "sau-mo-phieu"}


def test_one_edited_after_the_opening_is_put_aside_and_no_earlier_one_revives() -> None:
    reviews = [review(1, 1001, sealed("a")), review(2, 1001, sealed("b"), minutes=-30, edited=1)]
    result = counted(reviews, {"a": bound(1001), "b": bound(1001)}, Limits(opening=NOON))
    assert result.count.sheets == ()
    assert aside(result) == {2: "sau-mo-phieu"}


def test_an_edit_before_the_opening_counts() -> None:
    result = counted([review(1, 1001, sealed("a"), edited=-1)], {"a": bound(1001)}, Limits(opening=NOON))
    assert len(result.count.sheets) == 1


def test_after_the_chair_s_word_nothing_counts() -> None:
    reviews = [review(1, 1001, block()), review(2, 1002, block(), minutes=1), review(3, 1003, "cảm ơn", minutes=2)]
    result = counted(reviews, {}, Limits(conclusion=NOON), secret=False)
    assert [sheet.review_id for sheet in result.count.sheets] == [1]
    assert aside(result) == {2: "sau-ket-luan"}


def test_a_late_confirmation_confirms_nothing() -> None:
    seats = [seat(1, 1001, "thu-ky"), seat(2, 1002), seat(3, None)]
    entered = review(1, 1001, block(ghe="ghe-3"))
    confirmed = review(2, 1002, "```phieu-cham\nxac-nhan: 1\n```")
    for late, expected in (
        (confirmed, []),
        (replace(confirmed, submitted_at=NOON + datetime.timedelta(minutes=1)), [1]),
    ):
        said = cast([entered, late], RUBRIC, sealed=False, opened={}, limits=Limits(conclusion=NOON))
        result = tally(RUBRIC, {"seats": seats}, IDEA, said, {"c": DIGEST}, "2026-11-23")
        assert list(aside(result)) == expected


def test_each_armoured_text_is_opened_once() -> None:
    reviews = [review(1, 1001, sealed("a")), review(2, 1002, sealed("a")), review(3, 1003, block())]
    assert armoured(reviews, RUBRIC) == [ARMOUR.format("a")]
