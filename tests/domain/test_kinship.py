"""Near ideas, from plain titles."""

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.kinship import Kinship, packed, words


class Told(NamedTuple):
    """An idea by its day, code, field and words."""

    on: str
    code: str
    field: str
    words: bytes


def idea(code: str, title: str, field: str = "nong-nghiep", on: str = "2019-06-01") -> Told:
    return Told(on, code, field, packed(words(title)))


def kin(ideas: Sequence[Told]) -> dict[str, tuple[str, ...]]:
    by_day = sorted(ideas)
    kinship = Kinship((told.field, told.words) for told in by_day)
    return {told.code: tuple(by_day[n].code for n in kinship.near(k)) for k, told in enumerate(by_day)}


DRIP = idea("A", "Tưới nhỏ giọt bằng chai nhựa cũ")
DRIP_AGAIN = idea("B", "Hồ tiêu tưới nhỏ giọt mùa khô", on="2020-06-01")
NET = idea("C", "Lưới đỡ sầu riêng rụng", on="2019-06-02")
READING = idea("D", "Tủ sách trên xe kem", field="giao-duc")


def test_shared_words_go_before_nearness_in_time() -> None:
    assert kin([DRIP, DRIP_AGAIN, NET, READING])["A"] == ("B", "C")


def test_marks_do_not_matter() -> None:
    bare = idea("B", "Ho tieu tuoi nho giot mua kho", on="2021-06-01")

    assert kin([DRIP, bare, NET])["A"][0] == "B"


def test_an_idea_alone_in_its_field_has_none() -> None:
    assert kin([DRIP, NET, READING])["D"] == ()


def test_another_field_needs_more_in_common() -> None:
    far = idea("E", "Tưới nhỏ giọt cho vườn trường", field="giao-duc")
    same = idea("F", "Tưới nhỏ giọt bằng chai nhựa cũ của trường", field="giao-duc")

    assert kin([DRIP, far])["A"] == ()
    assert kin([DRIP, same])["A"] == ("F",)


@given(st.lists(st.sampled_from(["tưới", "nhỏ", "giọt", "chai", "cũ", "mùa"]), min_size=1), st.permutations(range(6)))
def test_no_idea_is_its_own_kin_and_order_is_nothing(said: list[str], order: list[int]) -> None:
    ideas = [
        idea(str(n), " ".join(said[n:] + said[:n]), field=str(n % 2), on=f"2019-06-0{n % 3 + 1}") for n in range(6)
    ]
    found = kin(ideas)

    assert all(code not in near and len(near) == len(set(near)) <= 3 for code, near in found.items())
    assert kin([ideas[n] for n in order]) == found
