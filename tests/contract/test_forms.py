"""What the vendored schema of issue forms does not see, and what the forms promise to people."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from places import ROOT

FORMS = sorted(p for p in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")
REFUSED_BY_GITHUB = re.compile(r"password|credit card", re.IGNORECASE)


def questions(path: Path) -> list[dict[str, Any]]:
    record = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [block for block in record["body"] if block["type"] != "markdown"]


@pytest.fixture(params=FORMS, ids=lambda path: path.stem)
def form(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_the_forms_stand_in_the_order_people_need_them() -> None:
    """GitHub lists them by their files' names, letter by letter."""
    ideas = ["1-y-hay", "2-ap-dung", "3-sua-rut-xoa"]
    office = ["4-quyet-dinh", "5-bieu-duong"]
    life = ["6-muon-lam-theo", "7-hoi-tham", "8-bai-toan", "9-cau-lac-bo", "9-mo-hinh", "9-viec-phong-trao"]
    assert [path.stem for path in FORMS] == ideas + office + life


def test_ids_and_labels_are_unique_and_well_formed(form: Path) -> None:
    asked = questions(form)
    ids, labels = [q["id"] for q in asked], [q["attributes"]["label"] for q in asked]

    assert asked
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", key) for key in ids)
    assert not any(REFUSED_BY_GITHUB.search(label) for label in labels)
    assert all(label == " ".join(label.split()) for label in labels)


def test_options_are_unique_texts(form: Path) -> None:
    for question in questions(form):
        options = question["attributes"].get("options", [])
        texts = [o["label"] if isinstance(o, dict) else o for o in options]
        assert all(isinstance(text, str) for text in texts), "a bare yes or no is a boolean"
        assert len(set(texts)) == len(texts)
        assert "None" not in texts
        if question["attributes"].get("multiple"):
            assert not any("," in text for text in texts)


def test_nothing_is_ticked_or_chosen_beforehand(form: Path) -> None:
    for question in questions(form):
        attributes = question["attributes"]
        assert not {"default", "value"} & set(attributes)
        if question["type"] == "checkboxes":
            assert not any("required" in option for option in attributes["options"])


def test_no_form_asks_for_contact_data(form: Path) -> None:
    for question in questions(form):
        label = question["attributes"]["label"].lower()
        assert not re.search(r"điện thoại|e-?mail|thư điện tử|căn cước|ngày sinh|zalo", label)


def test_few_questions_must_be_answered() -> None:
    required = {f.stem: sum(bool(q.get("validations", {}).get("required")) for q in questions(f)) for f in FORMS}

    everybody = {"1-y-hay": 10, "2-ap-dung": 4, "3-sua-rut-xoa": 2, "6-muon-lam-theo": 2, "7-hoi-tham": 4}
    everybody |= {"8-bai-toan": 3, "9-cau-lac-bo": 0, "9-mo-hinh": 4, "9-viec-phong-trao": 4}
    assert required == everybody | {"4-quyet-dinh": 8, "5-bieu-duong": 5}


def test_armed_forces_are_not_among_the_choices() -> None:
    (content,) = [q for q in questions(FORMS[0]) if q["id"] == "content"]
    withheld = yaml.safe_load((ROOT / "content/register/contents/nd4.yml").read_text(encoding="utf-8"))["name"]

    assert withheld not in content["attributes"]["options"]


def test_the_notice_fits_the_topology(form: Path) -> None:
    movement = yaml.safe_load((ROOT / "content/register/movement.yml").read_text(encoding="utf-8"))
    notice = yaml.safe_load(form.read_text(encoding="utf-8"))["body"][0]

    assert movement["topology"] == "open"
    assert notice["type"] == "markdown"
    assert "mọi người xem được ngay" in notice["attributes"]["value"]
    assert "đừng ghi" in notice["attributes"]["value"]


def test_chooser_leads_to_pages_that_are() -> None:
    record = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/config.yml").read_text(encoding="utf-8"))

    assert record["blank_issues_enabled"] is False
    for link in record["contact_links"]:
        page, _, anchor = link["url"].removeprefix("https://sang-kien.example/").partition("#")
        file = next(
            f for f in (ROOT / "content" / f"{page.rstrip('/')}.md", ROOT / "content" / page / "index.md") if f.exists()
        )
        assert not anchor or f"{{#{anchor}}}" in file.read_text(encoding="utf-8")
