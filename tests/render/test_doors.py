"""Where the two buttons of an idea lead."""

from typing import Any

import pytest

from sangkien.render.doors import doors

CODE = "2019-MMVC-NS1B"
REPOSITORY = "https://forge.example/xa/sang-kien"
RELAY = "https://gui.example/"


@pytest.mark.parametrize(
    ("movement", "follow", "applied"),
    [
        (None, "~/gui/#lam-theo", "~/gui/#da-lam"),
        ({"topology": "open"}, "~/gui/#lam-theo", "~/gui/#da-lam"),
        ({"topology": "closed", "repository": REPOSITORY}, "~/gui/#lam-theo", "~/gui/#da-lam"),
        (
            {"topology": "open", "repository": REPOSITORY, "relay": RELAY},
            f"{REPOSITORY}/issues/new?template=6-muon-lam-theo.yml&code={CODE}",
            f"{REPOSITORY}/issues/new?template=2-ap-dung.yml&code={CODE}",
        ),
        (
            {"topology": "closed", "repository": REPOSITORY, "relay": RELAY},
            f"{RELAY}lam-theo/?ma={CODE}",
            f"{RELAY}da-lam/?ma={CODE}",
        ),
    ],
)
def test_doors_fit_the_topology(movement: Any, follow: str, applied: str) -> None:
    found = doors(movement, CODE)

    assert found is not None
    assert (found.follow, found.applied) == (follow, applied)
    assert found.leads_away == follow.startswith("https:")


def test_a_site_handed_over_has_no_doors() -> None:
    movement: Any = {"topology": "open", "handover": {"on": "2027-06-30", "now_at": "Văn phòng Mẫu"}}

    assert doors(movement, CODE) is None
