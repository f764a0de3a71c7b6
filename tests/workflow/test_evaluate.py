"""Scorecards, shortlists and the package, as people and programs read them; `SANGKIEN_GOLDEN=write` writes anew."""

import csv
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from judging import set_lists
from places import ROOT
from sangkien.adapters import archive
from sangkien.adapters.spreadsheet import read as read_sheets
from sangkien.adapters.workbook import Bindery
from sangkien.domain import kit
from sangkien.domain.errors import UsageError
from sangkien.render.evaluation import Found, Teller
from sangkien.workflow.evaluate import Assessor
from surveying import surveyed

GOLDEN = Path(__file__).parent / "golden"
UNIT, HIGH = "xa-thu-2010", "huyen-thu-2003"
OPEN, HIDDEN = "p-0a1b2c3d", "p-4e5f6g7h"
DAY = "2019-12-31"
EVALUATIONS = """evaluations:
  - id: tap-the
    name: Tập thể thử
    of: don-vi
    conditions:
      - id: ke-hoach
        name: Có kế hoạch
        measure: ke-hoach
      - id: tham-gia
        name: Đông người tham gia
        measure: nguoi-tham-gia
        figure: nguoi-tham-gia
        at_least: 50
      - id: y-da-gui
        name: Có ý gửi
        measure: y-da-gui
        at_least: 2
    rule:
      - - ke-hoach
        - tham-gia
      - - y-da-gui
    confirmed: false
    from: 2017-08-28
  - id: ca-nhan
    name: Cá nhân thử
    of: ca-nhan
    title: tieu-bieu
    conditions:
      - id: ghi-nhan
        name: Có ý được ghi nhận
        measure: y-duoc-ghi-nhan
      - id: ap-dung
        name: Ý ấy có nơi áp dụng
        measure: y-duoc-ap-dung
    rule:
      - - ghi-nhan
        - ap-dung
    from: 2017-08-28
report_figures:
  - id: nguoi-tham-gia
    name: Số người tham gia
    measure: người
    section: chi-dao
    from: 2017-08-28
"""


@pytest.fixture
def judged(repository: Path) -> Path:
    """Give the small repository with conditions, and a higher level's answer that would be a formula."""
    set_lists(repository, EVALUATIONS)
    answer = 'status: khong-cong-nhan\nanswered_on: 2019-09-01\nanswer: "=1+1"\n'
    nomination = repository / "content/register/nominations/dn-1.yml"
    nomination.write_text(nomination.read_text(encoding="utf-8").replace("status: da-gui\n", answer), encoding="utf-8")
    return repository


def golden(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def assessor(root: Path, *, without_samples: bool = False) -> Assessor:
    return Assessor(surveyed(root), DAY, without_samples=without_samples)


def packed(root: Path) -> dict[str, bytes]:
    return dict(
        assessor(root).package(UNIT, 2019, "https://thu.example/", lambda unit, period: f"{unit} {period}".encode())
    )


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))


def test_all_is_told_as_people_read_it(judged: Path) -> None:
    step = assessor(judged)
    teller = Teller(step.wording, DAY)
    found: dict[str, Found] = {
        "unit": step.unit(UNIT, 2019),
        "person": step.person(OPEN),
        "list": step.shortlist(UNIT, 2019),
    }
    for name, one in found.items():
        golden(f"evaluate-{name}.md", teller.markdown(one))
    told = {name: json.loads(teller.json(one)) for name, one in found.items()}
    golden("evaluate.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.long
def test_the_sample_is_told_as_people_read_it() -> None:
    step = Assessor(surveyed(ROOT), DAY)
    teller = Teller(step.wording, DAY)
    found: tuple[Found, ...] = (step.unit("huyen-thong-nhat-2003", 2019), step.shortlist("huyen-thong-nhat-2003", 2018))
    golden("evaluate-mau.md", "\n".join(map(teller.markdown, found)))


def test_a_sheet_holds_what_the_text_does(judged: Path) -> None:
    step = assessor(judged)
    teller = Teller(step.wording, DAY)
    told: tuple[Found, ...] = (step.unit(UNIT, 2019), step.shortlist(UNIT, 2019))
    for found in told:
        sheet = teller.sheet(found)
        (grid,) = read_sheets(Bindery(judged).bind(sheet))
        assert grid.rows == [list(sheet.headings), *map(list, sheet.rows)]


def test_the_package_is_the_same_twice_and_its_sums_hold(judged: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        archive.pack(packed(judged).items(), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()

    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    assert kit.brought(files.pop("MANIFEST.txt").decode()) == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert files["bao-cao.json"] == b"xa-thu-2010 2019"
    texts = (f"## {name}\n{files[name].decode('utf-8-sig')}" for name in sorted(files))
    golden("evaluate-package.txt", "\n".join(texts).replace("\r\n", "\n"))


def test_without_a_report_none_is_promised(judged: Path) -> None:
    files = dict(assessor(judged).package(UNIT, 2019, ""))
    assert not any("bao-cao.json" in name + data.decode() for name, data in files.items())


def test_no_cell_is_a_formula(judged: Path) -> None:
    (one,) = (row for row in rows(packed(judged), "danh-sach-de-nghi.csv") if row["ma_de_nghi"] == "dn-1")
    assert (one["tra_loi"], one["tinh_trang"], one["trang_thai"]) == ("'=1+1", "Chưa được ghi nhận", "")


def test_a_name_goes_along_only_as_its_owner_lets_it(judged: Path) -> None:
    (idea,) = rows(packed(judged), "danh-sach-y.csv")
    assert (idea["tac_gia_ma"], idea["tac_gia_ten"]) == (f"{OPEN}; {HIDDEN}", "Nguyễn Mẫu An")

    person = judged / f"content/register/people/0a/{OPEN}.yml"
    person.write_text(person.read_text(encoding="utf-8").replace("display: full", "display: hidden"), encoding="utf-8")
    everything = b"".join(packed(judged).values()).decode()
    assert "Mẫu An" not in everything
    assert OPEN in everything


def test_people_are_told_by_their_ids_alone(judged: Path) -> None:
    step = assessor(judged)
    teller = Teller(step.wording, DAY)
    told: tuple[Found, ...] = (step.person(OPEN), step.shortlist(UNIT, 2019))
    for found in told:
        assert "Mẫu An" not in teller.markdown(found) + teller.json(found) + repr(teller.sheet(found))


def test_an_idea_no_longer_honoured_is_in_no_table(judged: Path) -> None:
    decision = judged / "content/register/decisions/qd-1.yml"
    text = decision.read_text(encoding="utf-8").replace("id: qd-1", "id: qd-3").replace("cong-nhan", "thu-hoi")
    decision.with_name("qd-3.yml").write_text(
        text.replace("1/QĐ", "3/QĐ").replace("2019-07-01", "2019-08-01") + "amends: qd-1\nreason: Nhầm.\n",
        encoding="utf-8",
    )
    step = assessor(judged)
    assert step.wording.register.ideas == ()
    assert [result.state for result in step.person(OPEN)[0].results] == ["not-met", "not-met"]
    assert all(rows(packed(judged), name) == [] for name in ("danh-sach-y.csv", "danh-sach-de-nghi.csv"))


def test_samples_are_left_out_when_asked(judged: Path) -> None:
    idea = judged / "ideas/2019/4k/4kq7wdnf/idea.yml"
    idea.write_text(idea.read_text(encoding="utf-8").replace("version: 1\n", "version: 1\nsample: true\n"), "utf-8")
    plan = judged / "content/register/plans/ke-hoach-2019.yml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("version: 1\n", "version: 1\nsample: true\n"), "utf-8")

    def told(*, without_samples: bool) -> list[tuple[str, int]]:
        (card,) = assessor(judged, without_samples=without_samples).unit(UNIT, 2019)
        return [(result.state, result.count.least) for result in card.results]

    assert told(without_samples=False) == [("met", 1), ("unknown", 0), ("met", 2)]
    assert told(without_samples=True) == [("unknown", 0), ("unknown", 0), ("not-met", 1)]


def test_what_cannot_be_judged_is_said(judged: Path) -> None:
    step = assessor(judged)
    group = judged / f"content/register/people/0a/{OPEN}.yml"
    group.write_text(group.read_text(encoding="utf-8").replace("kind: ca-nhan", "kind: tap-the"), encoding="utf-8")
    cases: dict[str, Callable[[], object]] = {
        "evaluate-no-unit": lambda: step.unit("khong-co", 2019),
        "evaluate-nothing": lambda: step.unit(UNIT, 2016),
        "no-person": lambda: step.person("p-khongco1"),
        "evaluate-group": lambda: assessor(judged).person(OPEN),
    }
    for key, ask in cases.items():
        with pytest.raises(UsageError) as refused:
            ask()
        assert refused.value.key == key
