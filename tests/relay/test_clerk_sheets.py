"""What a clerk brings is read with bounds, told cell by cell, and handed in once."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from clerk_room import UNIT, Browser, clerk, shown, signed_in
from openpyxl import load_workbook
from relay_room import Relay, free_port, serving, settings_file

from messy_sheets import FIRST, HEAD, SECOND, text, xlsx
from sangkien.domain import notation
from sangkien.domain.paper import Errand
from sangkien.relay import handing_in

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.long  # real servers and processes: together they take longer than one should

Cells = Sequence[object]
LOST = (*FIRST[:5], "xã Không Đâu", *FIRST[6:])


@pytest.fixture(scope="module")
def shared(relay: Relay) -> Browser:
    return signed_in(relay)


@pytest.fixture
def browser(shared: Browser) -> Browser:
    """Give a clerk with nothing on the table."""
    shared.post("bo", token=shared.token())
    return shared


def named(base: Cells, title: str) -> list[object]:
    return [base[0], title, *base[2:]]


def waiting(relay: Relay, code: str) -> Errand | None:
    return relay.service.outbox.waiting(f"idea:{code}")


def records(errand: Errand | None) -> list[dict[str, Any]]:
    assert errand
    return [notation.parse(text.encode()).record for text in errand.paper.texts.values()]


def test_sound_rows_go_and_the_others_are_told_of(browser: Browser) -> None:
    sheet = xlsx([HEAD, named(FIRST, "Ủ lá cho vườn tiêu"), named(SECOND, "Che vườn ươm bằng lá dừa"), LOST])

    told = shown(browser.bring(sheet))

    assert "Đọc được 3 dòng: 2 dòng đã ổn, 1 chỗ phải sửa" in told
    assert "Danh sách · F4 Chưa biết đơn vị" in told
    codes = browser.codes
    assert [waiting(browser.relay, code) for code in codes] == [None, None]

    told = shown(browser.hand_in())

    assert "2 dòng đã gửi" in told
    assert "Không còn dòng nào để gửi" in told
    for code in codes:
        idea, *people = sorted(records(waiting(browser.relay, code)), key=lambda record: "title" not in record)
        assert idea["source"] == {"door": "bang-tinh", "entered_by": UNIT}
        assert {person["display"] for person in people} == {"hidden"}


def test_the_same_rows_are_never_handed_in_twice(browser: Browser) -> None:
    first, second = named(FIRST, "Lưới che rau mùa mưa"), named(SECOND, "Bể lọc nước bằng cát sỏi")
    sheet = xlsx([HEAD, first])
    browser.bring(sheet)
    browser.hand_in()
    (code,) = browser.codes
    errand = waiting(browser.relay, code)

    again = shown(browser.bring(sheet))
    more = shown(browser.bring(xlsx([HEAD, first, second])))
    browser.hand_in()

    assert "1 dòng đã gửi" in again
    assert "Không còn dòng nào để gửi" in again
    assert "Gửi 1 dòng đã ổn" in more
    assert waiting(browser.relay, code) == errand
    assert len(browser.codes) == 2


def test_what_is_handed_in_can_be_followed_with_the_pin_on_the_slip(browser: Browser) -> None:
    browser.bring(sheet := xlsx([HEAD, named(FIRST, "Xe đẩy rác bằng thùng phuy cũ")]))
    browser.hand_in()
    (code,) = browser.codes
    service = browser.relay.service
    slips = browser.get("giay-hen.pdf")

    assert slips.content.startswith(b"%PDF")
    assert slips.headers["cache-control"] == "no-store"
    (pin,) = handing_in.pins(service.slips, service.secret, browser.rows).values()
    state = browser.relay.phone.look({"code": code, "pin": pin})
    assert (state["state"], state["can"]) == ("queued", ["edit", "withdraw", "erase"])
    browser.bring(sheet)
    assert handing_in.pins(service.slips, service.secret, browser.rows) == {code: pin}
    browser.bring(xlsx([HEAD, named(FIRST, "Xe đẩy rác bằng thùng phuy cũ"), SECOND]))
    assert handing_in.pins(service.slips, service.secret, browser.rows) == {}
    kept = service.settings.root / ".cache" / "press"
    assert not [path for path in kept.glob("*.pdf") if path.read_bytes() == slips.content]


def test_what_must_not_be_taken_comes_back_nowhere(browser: Browser) -> None:
    head = [*HEAD, "Số điện thoại", "<script>alert(1)</script>"]
    formula = '=HYPERLINK("http://evil.example","x")'
    sheet = text([head, [*named(LOST, formula), "0912345678", "@SUM(A1)"]]).encode()

    page = browser.bring(sheet)

    assert "Cột này ghi điện thoại" in shown(page)
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    marked = browser.get("can-sua.xlsx")
    assert marked.headers["cache-control"] == "no-store"
    book = load_workbook(io.BytesIO(marked.content))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert formula in [cell.value for cell in cells if cell.data_type == "s"]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "0912345678" not in page.text
    with zipfile.ZipFile(io.BytesIO(marked.content)) as parts:
        assert not [name for name in parts.namelist() if b"0912345678" in parts.read(name)]
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def bomb() -> bytes:
    """Make a small workbook that says it holds more than is ever unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"\0" * (201 * 1024 * 1024))
    return made.getvalue()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"PK\x03\x04 broken", "tệp hỏng hoặc dở dang"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Chưa đọc được tệp bảng tính"),
        (text([HEAD, *([FIRST] * 1001)]).encode(), "hơn 1000 dòng"),
        (b"a," * 100_000, "tối đa 1000 dòng, 200 cột; cả tệp tối đa 5 MB"),
        (b'"' + b"x" * 3_000_000, "tệp hỏng hoặc dở dang"),
    ],
    ids=["no-zip", "picture", "long", "wide", "one-cell"],
)
def test_what_is_no_sheet_of_ours_is_told_so(browser: Browser, file: bytes, said: str) -> None:
    told = shown(browser.bring(file))

    assert said in told
    assert browser.rows == ()


def test_bombs_leave_the_relay_as_it_was(browser: Browser) -> None:
    assert "Tệp lớn quá mức" in shown(browser.bring(bomb()))
    too_big = browser.bring(b"a" * (5 * 1024 * 1024 + 1))

    assert too_big.status_code == 413
    assert "Nhập bảng cho" in shown(too_big)
    assert browser.bring(xlsx([HEAD, FIRST])).status_code == 200


def test_options_are_taken_as_the_command_takes_them(browser: Browser) -> None:
    no_field = [[cell for place, cell in enumerate(row) if place not in (4, 12)] for row in (HEAD, FIRST)]
    sheet = xlsx(no_field)

    missing = shown(browser.bring(sheet))
    assert "Chưa có dòng nào gửi được" in missing
    assert "Gửi 1 dòng" not in missing
    browser.bring(sheet, fills="Lĩnh vực=Nông nghiệp\n", day="2026-11-02", paper="Cặp 03/2026", round="dot-mau-2026")
    (row,) = browser.rows
    (idea,) = [notation.parse(text.encode()).record for path, text in row.paper.texts.items() if "ideas/" in path]
    assert (idea["field"], idea["submitted_on"]) == ("nong-nghiep", "2026-11-02")
    assert idea["source"] == {"door": "giay", "entered_by": UNIT, "paper": "Cặp 03/2026"}

    for wrong in ({"fills": "Màu=xanh"}, {"fills": "Lĩnh vực"}, {"day": "2999-01-01"}, {"day": "hôm nay"}):
        assert browser.bring(sheet, **wrong).status_code == 422
    assert browser.bring(sheet, round="dot-khac").status_code == 400
    assert browser.post("bang", token=browser.token()).status_code == 422


def test_earlier_ideas_are_told_of_only_when_they_are_public(browser: Browser) -> None:
    ground = browser.relay.service.ground
    found = {True: "", False: ""}
    rows: list[list[object]] = []
    for folder in sorted(ground.store.idea_folders()):
        record = ground.store.read(f"{folder}/idea.yml").record
        if isinstance(record, dict) and not found[is_public := ground.verdict(record["code"]).public]:
            found[is_public] = record["code"]
            told = [record[key] for key in ("title", "before", "after", "how_to")]
            rows.append([FIRST[0], told[0], *FIRST[2:8], *told[1:], *FIRST[11:]])
    assert all(found.values())

    page = shown(browser.bring(xlsx([HEAD, *rows])))

    assert found[True] in page
    assert found[False] not in page


def test_a_restart_in_the_middle_loses_nothing_that_was_handed_in(tmp_path: Path, checkout: Path) -> None:
    path = settings_file(tmp_path, checkout, free_port())
    sheet = xlsx([HEAD, FIRST, SECOND])
    with serving(path) as relay:
        browser = Browser(relay)
        browser.enter(*clerk(relay))
        browser.bring(sheet)
        reading, token = "0" * 32, browser.token()
        handing_in.hand_in(relay.service.slips, relay.service.secret, "2026-11-23", browser.rows[:1])  # then it died
    with serving(path) as relay:
        browser.relay = relay
        late = browser.post("gui", token=token, reading=reading)
        again = shown(browser.bring(sheet))
        browser.hand_in()
        left = [waiting(relay, code) for code in browser.codes]

    assert late.status_code == 409
    assert "Trang đã quên bảng này" in shown(late)
    assert "1 dòng đã gửi" in again
    assert "Gửi 1 dòng đã ổn" in again
    assert len(left) == 2
    assert all(left)


def test_the_paper_form_is_for_everybody(relay: Relay) -> None:
    first = relay.phone.ask("GET", "/phieu-giay.pdf")
    again = relay.phone.ask("GET", "/phieu-giay.pdf", headers={"If-None-Match": first.headers["etag"]})

    assert first.content.startswith(b"%PDF")
    assert first.headers["content-type"] == "application/pdf"
    assert (again.status_code, again.content) == (304, b"")
    assert 'href="/phieu-giay.pdf"' in relay.phone.ask("GET", "/").text.replace("=/", '="/').replace("pdf>", 'pdf">')
