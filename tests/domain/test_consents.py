from typing import Any

import pytest

from sangkien.domain.consents import audit

LISTS: Any = {
    "consent_forms": [{"id": "cu", "from": "2018-01-01", "to": "2020-12-31"}, {"id": "moi", "from": "2021-01-01"}],
    "minor_review_years": 3,
}
TODAY = "2026-11-29"


def person(key: str, *, form: str = "moi", scope: str = "full", date: str = "2025-01-01", **more: Any) -> Any:
    consent = {"form": form, "scope": [scope], "date": date, "how": "giay", "kept_at": "Tủ 3"} | more.pop("consent", {})
    return {
        "id": key, "kind": "ca-nhan", "name": "Tên Mẫu Thử", "unit": "xa-1", "display": "full", "consents": [consent],
    } | more  # fmt: skip


def test_who_is_shown_how_is_counted() -> None:
    people = [
        person("p-1"),
        person("p-2", display="initials", scope="initials"),
        person("p-3", display="hidden"),
        person("p-4", kind="tap-the", consents=[]),
        person("p-5", display="hidden", erased_on="2026-01-01", consent={"withdrawn_on": "2026-01-01"}),
    ]
    found = audit(people, LISTS, (), TODAY)

    assert found.shown == {"full": 1, "initials": 1, "hidden": 1, "photo": 0, "thanks": 0, "collective": 1, "erased": 1}
    assert (found.errors, found.outdated, found.minors, found.unproven) == ((), (), (), ())


@pytest.mark.parametrize(
    ("one", "where"),
    [
        (person("p-1", consent={"withdrawn_on": "2026-01-01"}), "errors"),
        (person("p-1", scope="initials"), "errors"),
        (person("p-1", minor=True), "errors"),
        (person("p-1", display="hidden", erased_on="2026-01-01"), "errors"),
        (person("p-1", kind="tap-the", consent={"withdrawn_on": "2026-01-01"}), "errors"),
        (person("p-1", form="cu"), "outdated"),
        (person("p-1", form="la"), "outdated"),
        (person("p-1", date="2023-11-28", minor=True, display="hidden"), "minors"),
        (person("p-1", date="2023-11-29", minor=True, display="hidden"), ""),
    ],
)
def test_each_thing_to_do_is_told_once(one: Any, where: str) -> None:
    found = audit([one], LISTS, (), TODAY)

    told = [key for key in ("errors", "outdated", "minors", "unproven") if getattr(found, key) == ("p-1",)]
    assert told == ([where] if where else [])


def test_a_paper_consent_says_where_it_is_kept() -> None:
    one = person("p-1")
    del one["consents"][0]["kept_at"]

    assert audit([one], LISTS, (), TODAY).unproven == ("p-1",)
    one["consents"][0]["how"] = "bieu-mau"
    assert audit([one], LISTS, (), TODAY).unproven == ()


def test_where_no_forms_are_listed_none_is_outdated() -> None:
    one = person("p-1", form="la", minor=True, display="hidden", date="2000-01-01")

    assert audit([one], None, (), TODAY).outdated == ()


@pytest.mark.parametrize(
    ("scope", "gift", "named"),
    [
        (["full"], {"thanks": True}, True),
        (["full"], {}, False),
        (["full", "sponsor"], {"thanks": True}, False),
        (["full", "sponsor"], {"thanks": True, "donor": "p-2"}, False),
    ],
)
def test_who_wishes_thanks_and_cannot_be_named_is_told(scope: list[str], gift: Any, named: bool) -> None:
    found = audit([person("p-1", consent={"scope": scope})], LISTS, [{"donor": "p-1"} | gift], TODAY)

    assert found.unthanked == (("p-1",) if named else ())
    assert found.shown["thanks"] == ("sponsor" in scope)
