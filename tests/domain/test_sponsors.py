from typing import Any

import pytest

from sangkien.domain.sponsors import may_thank


def donor(*scope: str, **more: Any) -> Any:
    consent = {"form": "f", "scope": list(scope), "date": "2019-01-01", "how": "giay"} | more.pop("consent", {})
    return {
        "id": "p-1", "kind": "ca-nhan", "name": "Tên Mẫu Thử", "unit": "xa-1", "display": "full", "consents": [consent],
    } | more  # fmt: skip


MINOR = {"minor": True}
GUARDIAN = {"guardian": {"relation": "cha-me", "date": "2019-01-01", "how": "giay"}}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (donor("full", "sponsor"), True),
        (donor("full"), False),
        (donor("sponsor"), False),
        (donor("initials", "sponsor", display="initials"), False),
        (donor("full", "sponsor", display="hidden"), False),
        (donor("full", "sponsor", consent={"withdrawn_on": "2020-01-01"}), False),
        (donor("full", "sponsor", **MINOR), False),
        (donor("full", "sponsor", **MINOR, **GUARDIAN), True),
        (donor("full", "sponsor", **MINOR, guardian=GUARDIAN["guardian"] | {"withdrawn_on": "2020-01-01"}), False),
        (donor("full", "sponsor", erased_on="2020-01-01"), False),
        (donor("full", "sponsor", kind="tap-the"), True),
        (donor(kind="tap-the", consents=[]), False),
        (None, False),
    ],
)
def test_may_thank(person: Any, expected: bool) -> None:
    assert may_thank(person) is expected
