"""A small sheet goes from a clerk's page to the desk, and its author comes back with the slip."""

from pathlib import Path

import pytest
from clerk_room import UNIT, signed_in
from desk_room import DeskRoom
from relay_room import at_desk, free_port, serving

from messy_sheets import FIRST, HEAD, SECOND, xlsx
from sangkien.domain import notation
from sangkien.relay import handing_in, service

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.hub


def test_rows_become_pull_requests_that_pass_the_gate(
    desk: DeskRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_LULL", 0.05)
    with serving(at_desk(desk, tmp_path, free_port())) as relay:
        browser = signed_in(relay)
        browser.bring(xlsx([HEAD, FIRST, SECOND]))
        browser.hand_in()
        relay.wait(lambda: relay.service.outbox.counts() == (0, 0))

        pulls = {pull["title"][-14:]: pull for pull in desk.pulls()}
        assert sorted(pulls) == sorted(browser.codes)
        for pull in pulls.values():
            assert "do cán bộ nhập hộ từ bảng tính" in pull["body"]
            assert desk.judge(pull["number"]).errors == []

        row = browser.rows[0]
        (pin,) = handing_in.pins(relay.service.slips, relay.service.secret, [row]).values()
        state = relay.phone.look({"code": row.code, "pin": pin})
        assert (state["state"], state["can"]) == ("waiting", ["edit", "withdraw", "erase"])
        answers = relay.phone.post("/y/doc", token=state["token"]).json()["answers"]
        changed = {**answers, "title": "Ủ lá chôm chôm với men vi sinh", "token": state["token"]}
        sent = relay.phone.ask("POST", "/y/sua", files={key: (None, text) for key, text in changed.items()})
        assert sent.status_code == 200, sent.text
        relay.wait(lambda: relay.service.outbox.counts() == (0, 0))
        files = desk.files(pulls[row.code]["number"])
        (idea,) = [notation.parse(files[path].encode()).record for path in files if path.endswith("/idea.yml")]
        assert idea["title"] == "Ủ lá chôm chôm với men vi sinh"
        assert idea["source"] == {"door": "bang-tinh", "entered_by": UNIT}
