"""An idea refused and heard once more: a second evaluation beside the first, by the desk's own steps."""

import pytest
from council_room import CHAIR, SCHOOLS, VICE, CouncilRoom
from desk_room import SECRETARY

from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.workflow.nominate import Nominator, Wish, Written

pytest_plugins = ["desk_fixtures", "council_fixtures"]

POOR = {
    "tinh-moi": "5",
    "tinh-phu-hop": "8",
    "tinh-tap-the": "8",
    "thiet-thuc-hieu-qua": "13",
    "tinh-kinh-te": "8",
}


def heard(council: CouncilRoom, number: int, verdict: str, marks: dict[str, str] | None = None) -> None:
    """Let four members score, and the chair conclude what they found."""
    for login in (CHAIR, VICE, SECRETARY, SCHOOLS):
        council.vote(login, number, verdict, marks)
    council.count()
    council.comment(CHAIR, number, f"/ket-luan {verdict}\nĐã nghe và đọc đủ số đo.")
    assert council.count(number).results == {number: "concluded"}


def appeal(council: CouncilRoom, code: str) -> Written:
    """Write an appeal in the clone, as a secretary does."""
    council.refresh()
    wish = Wish(code=code, day=council.today, round="dot-mau-2026", reason="Nay đã có số đo.", appeal=True)
    return Nominator(Store(council.clone), Pool(1)).draft(wish)


@pytest.mark.parametrize("outcome", ["cong-nhan", "khong-cong-nhan"])
def test_an_appeal_is_a_second_evaluation_beside_the_first(council: CouncilRoom, outcome: str) -> None:
    first = council.received()
    heard(council, first, "khong-cong-nhan", POOR)
    ((name, before),) = council.conclusions().items()

    written = appeal(council, before["code"])
    assert written.findings == ()
    data = (council.clone / written.path).read_bytes()
    (council.clone / written.path).unlink()
    number = council.propose({written.path: data})
    assert council.judge(number).errors == []
    assert council.statuses(number)["council/score"] == "pending"
    council.comment(SECRETARY, number, "/tiep-nhan")
    assert council.attend(number) == {number: "received"}
    council.count()
    heard(council, number, outcome, POOR if outcome == "khong-cong-nhan" else None)

    after = council.conclusions()
    assert after[name] == before
    again = after[name.replace("-1.yml", "-2.yml")]
    assert (again["outcome"], again["number"], again["pull"]) == (outcome, 2, number)
    assert council.ask("mau", "GET", f"/pulls/{number}")["merged"]
    # One refusal, one appeal: only a refusal of its own may be appealed against once more.
    council.today = "2026-11-24"
    refused = {f.code.value for f in appeal(council, before["code"]).findings}
    assert refused == ({"E345"} if outcome == "cong-nhan" else set())
