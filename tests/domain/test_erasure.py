from typing import Any

import pytest

from sangkien.domain import erasure, naming
from sangkien.domain.traces import addresses, numbers, spellings, without

WORD = "Tác giả đã yêu cầu ẩn danh"


def person(**more: Any) -> Any:
    consent = {"form": "dong-y-1", "scope": ["full", "photo"], "date": "2019-03-01", "how": "giay", "kept_at": "Tủ 3"}
    return {
        "version": 1, "id": "p-0a1b2c3d", "kind": "ca-nhan", "name": "Nguyễn Mẫu An", "noindex": True,
        "stratum": "nong-dan", "occupation": "trồng tiêu", "unit": "xa-1", "minor": True, "display": "full",
        "consents": [consent], "guardian": {"relation": "cha-me", "date": "2019-03-01", "how": "giay"},
        "contact": "sealed", "contact_opened": [{"date": "2019-04-01", "reason": "báo tin"}],
    } | more  # fmt: skip


def test_erasing_leaves_what_counts_need_and_nothing_that_leads_to_somebody() -> None:
    after = erasure.erased(person(), "2026-11-29", WORD)

    assert after == {
        "version": 1, "id": "p-0a1b2c3d", "kind": "ca-nhan", "name": WORD, "stratum": "nong-dan", "unit": "xa-1",
        "display": "hidden", "erased_on": "2026-11-29",
        "consents": [{"form": "dong-y-1", "scope": ["full", "photo"], "date": "2019-03-01", "how": "giay",
                      "kept_at": "Tủ 3", "withdrawn_on": "2026-11-29"}],
    }  # fmt: skip
    assert erasure.left_in(after) == []
    assert naming.credit(after) == naming.Credit(shown="hidden", erased=True)


def test_erasing_again_changes_nothing() -> None:
    once = erasure.erased(person(), "2026-11-29", WORD)

    assert erasure.erased(once, "2027-01-01", WORD) == once
    assert erasure.withdrawn(erasure.withdrawn(person(), "2026-11-29"), "2027-01-01") == erasure.withdrawn(
        person(), "2026-11-29"
    )


def test_taking_consent_back_hides_and_keeps_the_record() -> None:
    after = erasure.withdrawn(person(), "2026-11-29")

    assert {key: after[key] for key in ("name", "display", "contact")} == {
        "name": "Nguyễn Mẫu An",
        "display": "hidden",
        "contact": "sealed",
    }
    assert after["consents"][0]["withdrawn_on"] == after["guardian"]["withdrawn_on"] == "2026-11-29"
    assert naming.shown_as(after) == "hidden"


@pytest.mark.parametrize("field", erasure.PERSONAL)
def test_whatever_stays_in_an_erased_record_is_found(field: str) -> None:
    after = erasure.erased(person(), "2026-11-29", WORD)

    assert erasure.left_in({**after, field: person()[field]}) == [field]
    assert erasure.left_in({**after, "display": "full", "consents": person()["consents"]}) == ["display", "consents"]


@pytest.mark.parametrize(
    ("scope", "more", "had"),
    [
        (["full"], {}, True),
        (["initials"], {}, False),
        (["photo"], {"kind": "tap-the"}, True),
    ],
)
def test_only_who_was_named_in_full_had_a_page(scope: list[str], more: Any, had: bool) -> None:
    before = person(consents=[{"form": "f", "scope": scope, "date": "2019-03-01", "how": "giay"}], **more)

    assert not erasure.had_page(before)
    assert erasure.had_page(erasure.erased(before, "2026-11-29", WORD)) == had


def test_a_name_is_looked_for_in_every_way_it_is_written() -> None:
    forms = spellings(["Nguyễn Mẫu An", "Lê"])

    assert {"Nguyễn Mẫu An", "NGUYỄN MẪU AN", "Nguyen Mau An", "NGUYEN MAU AN"} < set(forms)
    assert not any(form.lower() == "lê" for form in forms)  # it stands in too many words
    assert addresses(["Nguyễn Mẫu An", "Lê"]) == ("nguyen-mau-an",)
    for form in forms:
        assert without(f"của {form}, ấp 2".encode(), forms, "…").decode() == "của …, ấp 2"


def test_numbers_of_issues_and_pull_requests_are_read_from_git() -> None:
    messages = ["idea 2019-B8M4-R0XT (#31)", "Merge pull request #7 from x/idea/7", "none"]
    refs = [
        "refs/heads/idea/12",
        "refs/remotes/origin/record/13",
        "refs/pull/40/head",
        "refs/heads/main",
        "refs/tags/9",
    ]

    assert numbers(messages, refs) == (7, 12, 13, 31, 40)
