from sangkien.domain.assignment import chosen
from sangkien.domain.council import Holder, holders
from sangkien.domain.rubric import Rubric

RUBRIC = Rubric.from_record(
    {"id": "r", "criteria": [], "quorum": "1/2", "min_ballots": 2, "pass_total": 0, "majority": "1/2"}
)
IDEA = {"code": "2026-7K3Q-F2TZ", "field": "nong-nghiep", "unit": "xa", "authors": [{"person": "p-0a1b2c3d"}]}


def seats(*fields: list[str]) -> tuple[Holder, ...]:
    council = {
        "seats": [
            {
                "seat": f"ghe-{n}",
                "role": "uy-vien",
                "voting": True,
                "fields": known,
                "terms": [{"from": "2026-01-01", "github_id": n}],
            }
            for n, known in enumerate(fields, 1)
        ]
    }
    return holders(council, "2026-06-01")


def names(found: tuple[Holder, ...]) -> list[str]:
    return [holder.seat for holder in found]


def test_everybody_where_the_round_names_no_number() -> None:
    assert names(chosen(seats([], [], []), IDEA, RUBRIC, None, (), (), {})) == ["ghe-1", "ghe-2", "ghe-3"]


def test_who_knows_the_field_goes_first_then_who_has_least() -> None:
    four = seats([], ["nong-nghiep"], [], [])
    assert names(chosen(four, IDEA, RUBRIC, 2, (), (), {"ghe-1": 3, "ghe-3": 1, "ghe-4": 2})) == ["ghe-2", "ghe-3"]


def test_never_fewer_than_a_result_needs() -> None:
    assert len(chosen(seats([], [], [], [], []), IDEA, RUBRIC, 1, (), (), {})) == 3


def test_who_was_asked_stays_though_the_load_moved() -> None:
    four = seats([], [], [], [])
    assert names(chosen(four, IDEA, RUBRIC, 2, ("ghe-4", "ghe-3"), (), {"ghe-4": 9})) == ["ghe-3", "ghe-4"]


def test_never_who_stepped_back_or_is_an_author() -> None:
    council = seats([], [], [])
    author = Holder(seat="ghe-9", role="uy-vien", voting=True, github_id=9, person="p-0a1b2c3d", conflicts=frozenset())
    assert names(chosen((author, *council), IDEA, RUBRIC, None, (), ("ghe-2",), {})) == ["ghe-1", "ghe-3"]
