"""Answers become records: plain values in, plain values out."""

from collections import defaultdict
from typing import Any

import pytest

from offices import OFFICES, TODAY, books_of
from places import ROOT
from sangkien.domain import notation
from sangkien.domain.books import Books
from sangkien.domain.finding import Code
from sangkien.domain.notation import Document
from sangkien.domain.setup import Founding, check
from sangkien.render import setup


@pytest.fixture(scope="module")
def kit() -> Books:
    return books_of(ROOT)


def founding(kit: Books, **said: Any) -> Founding:
    return Founding(setup.complete(said, kit, TODAY), kit, TODAY, setup.record_words())


def faults(kit: Books, **said: Any) -> set[tuple[Code, str]]:
    document = Document(file="a.yml", record=said, text=notation.write(said))
    found = check(document, setup.complete(said, kit, TODAY), kit, defaultdict(str))
    return {(finding.code, finding.where.pointer) for finding in found}


def test_who_says_nothing_gets_a_closed_desk_with_sealed_ballots(kit: Books) -> None:
    made = founding(kit)

    assert made.movement()["topology"] == "closed"
    assert made.round()["ballots"] == "sealed"
    assert made.movement()["unit"] == "xa-mau-2026"
    assert [content["id"] for content in made.contents()] == ["nd1", "nd2", "nd3", "nd4", "nd5"]
    assert made.movement()["clearance_contents"] == ["nd4"]
    assert faults(kit) == set()


def test_units_above_hold_since_the_same_day(kit: Books) -> None:
    above, own = founding(kit, **OFFICES["commune"]).units()

    assert (above["id"], own["id"]) == ("tinh-cao-nguyen-2025", "xa-suoi-mo-2025")
    assert own["parents"] == [{"unit": above["id"], "from": "2025-07-01"}]


def test_papers_begin_with_what_is_known_of_the_office_and_invent_nothing(kit: Books) -> None:
    commune, school = (founding(kit, **OFFICES[name]).letterhead() for name in ("commune", "school"))

    assert commune == {
        "version": 1,
        "id": "dau-giay-xa-suoi-mo-2025",
        "unit": "xa-suoi-mo-2025",
        "valid_from": "2025-07-01",
        "body": "Ủy ban Mặt trận Tổ quốc Việt Nam xã Suối Mơ",
        "place": "Suối Mơ",
    }
    assert (school["body"], "place" in school) == ("Trường Mai Anh", False)


def test_own_criteria_keep_the_rules_of_counting_on_their_own_total(kit: Books) -> None:
    rubric = founding(kit, **OFFICES["company"]).rubric()

    assert [(c["id"], c["max_score"], c["pass_score"]) for c in rubric["criteria"]] == [
        ("moi-o-cong-ty", 40, 20),
        ("co-loi", 40, 20),
    ]
    assert (rubric["pass_total"], rubric["quorum"]) == (48, "2/3")  # 60 of 100 is 48 of 80
    assert [rating["min_total"] for rating in rubric["ratings"]] == [68, 56, 48]
    assert not any("min_scores" in rating for rating in rubric["ratings"])


def test_a_new_place_reports_from_now_on_and_an_organisation_as_it_says(kit: Books) -> None:
    rules = founding(kit, **OFFICES["commune"]).lists()["report_calendar"]

    assert {rule["kind"] for rule in rules} == {"sau-thang", "nam", "nam-nam"}
    assert {rule["from"] for rule in rules} == {TODAY}
    assert [rule["ends_in"] for rule in rules if "ends_in" in rule] == [[2030]]
    assert not any("report_calendar" in founding(kit, **OFFICES[name]).lists() for name in ("school", "company"))
    assert all("inspection_items" in founding(kit, **said).lists() for said in OFFICES.values())


def test_own_contents_bring_nothing_of_the_movement_they_replace(kit: Books) -> None:
    made = founding(kit, **{**OFFICES["company"], "legal_bases": "keep"})

    assert "clearance_contents" not in made.movement()
    assert not {"titles", "evaluations"} & {*made.lists()}
    assert {basis["offered"] for basis in made.legal_bases()} == {"moi-noi"}


def test_legal_bases_that_hold_everywhere_wait_for_the_office(kit: Books) -> None:
    bases = {basis["id"]: basis for basis in founding(kit).legal_bases()}

    assert not any(basis["confirmed"] for basis in bases.values())
    assert "de-an-15-mttw" in bases
    assert "nd-13-2023" not in bases  # no longer in force
    assert "nq-694-ubtvqh14" not in bases  # about the kit's own district


def test_the_offices_level_may_recognise_and_commend(kit: Books) -> None:
    lists = founding(kit, **OFFICES["school"]).lists()

    assert "truong" in lists["competences"][0]["issuer_levels"]
    assert "truong" in lists["awards"][0]["issuer_levels"]
    assert lists["levels"][-1] == {"id": "lop", "name": "lớp", "group": "truong-hoc"}


def test_only_an_open_desk_tells_where_its_repository_is(kit: Books) -> None:
    assert "repository" not in founding(kit).movement()
    assert founding(kit, topology="open").movement()["repository"] == "https://github.com/to-chuc/sang-kien"


def test_everything_that_does_not_go_together_is_said_at_once(kit: Books) -> None:
    assert faults(
        kit,
        level="hanh-tinh",
        parents=["thien-ha | Ngân Hà"],
        since="2026-05-01",
        opens_on="2026-02-01",
        closes_on="2026-01-01",
        fields=["Kho", "kho"],
        criteria=["Mới | 10 | 20 | Mới chưa?"],
        seats=["uy-vien | Một | 7", "uy-vien | Hai | 7", "chu-tich | Ba"],
    ) == {
        (Code.NOT_A_CHOICE, "level"),
        (Code.NOT_A_CHOICE, "parents[0]"),
        (Code.DATES_OUT_OF_ORDER, "opens_on"),
        (Code.DATES_OUT_OF_ORDER, "closes_on"),
        (Code.REPEATED_ENTRY, "fields[1]"),
        (Code.RUBRIC_SENSE, "criteria[0]"),
        (Code.MISSING_FIELD, "seats"),
        (Code.SEAT_SENSE, "seats[1]"),
    }


@pytest.mark.parametrize(
    ("said", "told", "not_told"),
    [
        ({}, ["Lập kho kín", "PUBLIC_DEPLOY_KEY", "Cất khóa niêm phong phiếu"], ["Tên miền riêng"]),
        ({"plan": "paid"}, ["môi trường **desk**", "Source: GitHub Actions"], ["PUBLIC_DEPLOY_KEY"]),
        ({"topology": "open", "ballots": "open"}, ["Lập kho mở"], ["Cất khóa niêm phong phiếu", "Lập kho kín"]),
        ({"address": "https://y.example/"}, ["`y.example` chỉ tới `to-chuc.github.io.`"], []),
        ({"hosting": "may-chu-rieng", "address": "https://y.example/"}, ["Máy chủ riêng"], ["Tên miền riêng"]),
        ({"relay": "https://gui.example/"}, ["lien-he.key"], []),
    ],
)
def test_first_steps_fit_the_topology_and_the_plan(
    kit: Books, said: dict[str, Any], told: list[str], not_told: list[str]
) -> None:
    steps = setup.first_steps(founding(kit, **said))

    assert [words for words in told if words not in steps] == []
    assert [words for words in not_told if words in steps] == []


def test_what_was_answered_reaches_pages_as_text(kit: Books) -> None:
    pages = dict(setup.pages(founding(kit, **OFFICES["company"]), ""))

    assert "&lt;b&gt;đỡ&lt;/b&gt;" in pages["content/phong-trao/nam-noi-dung.md"]
    assert not any("<b>" in text for text in pages.values())
