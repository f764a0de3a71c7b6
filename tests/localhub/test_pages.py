"""The plain pages: forms write GitHub's bodies, people talk and review."""

import io
import zipfile
from pathlib import Path

import pytest
import requests
from hub_room import REPO, Room

from localhub import forms

pytest_plugins = ["hub_fixtures"]
TEMPLATE = """
name: Gửi một ý
description: Một ý
title: "[Ý] "
labels: ["ý mới", "không có"]
body:
  - type: markdown
    attributes: {value: "**Đọc** trước"}
  - type: input
    id: ten
    attributes: {label: Tên, placeholder: ngắn}
    validations: {required: true}
  - type: textarea
    id: ke
    attributes: {label: Kể, value: sẵn}
  - type: textarea
    id: so
    attributes: {label: Số liệu, render: text}
  - type: textarea
    attributes: {label: Trống}
  - type: dropdown
    id: loai
    attributes: {label: Loại, multiple: true, options: [Một, Hai, Ba]}
  - type: dropdown
    attributes: {label: Mức, options: [Cao, Thấp], default: 1}
  - type: checkboxes
    attributes:
      label: Đồng ý
      options: [{label: "Tôi đã đọc", required: true}, {label: "Cho dùng <b>"}]
"""
BODY = """### Tên

Tưới <i>nhỏ giọt</i>

### Kể

dòng một\r\ndòng hai

### Số liệu

```text
1 2
```

### Trống

_No response_

### Loại

Một, Ba

### Mức

Thấp

### Đồng ý

- [x] Tôi đã đọc
- [ ] Cho dùng <b>"""
ANSWERS = {
    "title": ["[Ý] Tưới"],
    "field-1": ["Tưới <i>nhỏ giọt</i>"],
    "field-2": ["dòng một\r\ndòng hai"],
    "field-3": ["1 2"],
    "field-4": [""],
    "field-5": ["Ba", "Một"],
    "field-6": ["Thấp"],
    "field-7": ["0"],
}


def test_body_is_written_as_github_writes_it() -> None:
    form = forms.read(TEMPLATE)
    assert forms.body(form, ANSWERS) == BODY
    assert forms.missing(form, {}) == ["Tên", "Tôi đã đọc"]


@pytest.fixture
def site(room: Room) -> str:
    repo = room.as_("mau")
    repo.create_label("ý mới", "00ff00")
    repo.create_file(".github/ISSUE_TEMPLATE/y.yml", "m", TEMPLATE)
    links = "contact_links: [{name: Hỏi, url: 'https://x.example/', about: Hỏi đáp}]\n"
    repo.create_file(".github/ISSUE_TEMPLATE/config.yml", "m", "blank_issues_enabled: false\n" + links)
    return f"{room.hub.url}/{REPO}"


def someone(room: Room, login: str) -> requests.Session:
    session = requests.Session()
    session.cookies.set("localhub_user", login)
    session.headers["Origin"] = room.hub.url
    return session


def test_form_opens_an_issue_in_the_chosen_name(room: Room, site: str) -> None:
    khach = someone(room, "khach")
    page = khach.get(f"{site}/issues/new?template=y.yml&ten=T%C6%B0%E1%BB%9Bi").text
    assert 'value="Tưới"' in page
    assert "<strong>Đọc</strong>" in page
    assert "sẵn</textarea>" in page
    answer = khach.post(f"{site}/issues/new?template=y.yml", data=ANSWERS)
    assert (answer.status_code, answer.url) == (200, f"{site}/issues/1")
    assert "<i>" not in answer.text
    issue = room.as_("mau").get_issue(1)
    assert (issue.body, issue.title, issue.user.login) == (BODY, "[Ý] Tưới", "khach")
    assert [label.name for label in issue.labels] == ["ý mới"]


def test_open_questions_are_asked_again(room: Room, site: str) -> None:
    answer = someone(room, "khach").post(f"{site}/issues/new?template=y.yml", data=ANSWERS | {"field-1": [""]})
    assert answer.status_code == 422
    assert "Xin điền nốt: Tên" in answer.text
    assert "dòng hai" in answer.text


def test_chooser(room: Room, site: str) -> None:
    page = someone(room, "khach").get(f"{site}/issues/new/choose").text
    assert "issues/new?template=y.yml" in page
    assert "https://x.example/" in page
    assert "không theo mẫu" not in page
    assert "không theo mẫu" in someone(room, "lan").get(f"{site}/issues/new/choose").text


def test_talk(room: Room, site: str) -> None:
    khach = someone(room, "khach")
    room.as_("khach").create_issue("Của <khách>", body="@lan ơi")
    page = khach.get(f"{site}/issues/1").text
    assert "Của &lt;khách&gt;" in page
    assert 'href="/lan"' in page
    khach.post(f"{site}/issues/1/comment", data={"body": "**đậm**"})
    khach.post(f"{site}/issues/1/words", data={"title": "Mới", "body": "sửa"})
    khach.post(f"{site}/issues/1/comment", data={"body": "", "state": "closed"})
    issue = room.as_("mau").get_issue(1)
    assert (issue.title, issue.body, issue.state, issue.comments) == ("Mới", "sửa", "closed", 1)
    refused = someone(room, "hoa").post(f"{site}/issues/1/comment", data={"body": " "})
    assert refused.status_code == 422


def test_review_on_the_page(room: Room, site: str) -> None:
    room.file_on_branch("x", "x.txt", "<b>\n")
    pull = room.as_("mau").create_pull(base="main", head="x", title="T")
    room.as_("mau").get_commit(pull.head.sha).create_status("failure", "https://x.example", "chưa đủ", "ideas/validate")
    lan = someone(room, "lan")
    lan.post(f"{site}/pull/1/review", data={"event": "APPROVE", "body": "tốt"})
    review = pull.get_reviews()[0]
    assert (review.state, review.user.login) == ("APPROVED", "lan")
    lan.post(f"{site}/pull/1/reviews/{review.id}", data={"body": "rất tốt"})
    page = lan.get(f"{site}/pull/1").text
    for words in ("rất tốt", "tán thành", "ideas/validate", "chưa đủ", "đã sửa"):
        assert words in page
    assert "&lt;b&gt;" in lan.get(f"{site}/pull/1/files").text
    own = someone(room, "mau").post(f"{site}/pull/1/review", data={"event": "APPROVE", "body": "giữ lời"})
    assert own.status_code == 422
    assert "giữ lời</textarea>" in own.text


def test_a_file_is_changed_on_its_branch_and_merged_by_who_may(room: Room, site: str) -> None:
    room.file_on_branch("bao-cao/1", "x.yml", "# <b>\nvalue: \n")
    room.as_("mau").create_pull(base="main", head="bao-cao/1", title="T")
    lan, khach = someone(room, "lan"), someone(room, "khach")
    page = lan.get(f"{site}/edit/bao-cao/1/x.yml").text
    assert "# &lt;b&gt;\nvalue: \n</textarea>" in page
    sha = page.partition('name="sha" value="')[2].partition('"')[0]
    change = {"text": "value: 5\r\n", "sha": sha}

    assert khach.post(f"{site}/edit/bao-cao/1/x.yml", data=change).status_code == 422
    assert khach.post(f"{site}/pull/1/merge").status_code == 422
    assert lan.post(f"{site}/edit/bao-cao/1/x.yml", data=change).url == f"{site}/pull/1"
    again = lan.post(f"{site}/edit/bao-cao/1/x.yml", data={**change, "text": "giữ lời"})
    assert (again.status_code, "giữ lời</textarea>" in again.text) == (422, True)  # it was changed since
    assert lan.post(f"{site}/pull/1/merge").ok
    assert lan.get(f"{site}/raw/main/x.yml").text == "value: 5\n"


def test_a_workflow_is_started_on_its_page_and_what_it_keeps_is_fetched(room: Room, site: str, tmp_path: Path) -> None:
    text = "on: {workflow_dispatch: {inputs: {key: {description: Mã <phiên>, required: true}}}}\njobs: {}\n"
    room.as_("mau").create_file(".github/workflows/giay.yml", "m", text)
    page = f"{site}/actions/workflows/giay.yml"
    assert "Mã &lt;phiên&gt;" in requests.get(page, timeout=5).text
    assert someone(room, "khach").post(page, data={"key": "phien-1"}).status_code == 422
    assert "Đã bắt đầu chạy" in someone(room, "lan").post(page, data={"key": "phien-1"}).text

    kept = tmp_path / "kept" / "7" / "1" / "giay-to"
    kept.mkdir(parents=True)
    (kept / "a.txt").write_text("x", encoding="utf-8")
    room.hub.show_artifacts(REPO, tmp_path / "kept")
    fetched = requests.get(f"{site}/actions/runs/7/artifacts/1", timeout=5)
    assert zipfile.ZipFile(io.BytesIO(fetched.content)).namelist() == ["a.txt"]
    assert requests.get(f"{site}/actions/runs/7/artifacts/2", timeout=5).status_code == 404


def test_pages_load_and_leak_nothing(room: Room, site: str) -> None:
    room.file_on_branch("ý/1", "thư mục/x.txt")
    room.hub.add_repository("mau/kin", source=Path(room.path / "source"), private=True)
    khach = someone(room, "khach")
    for path in ("", "/issues?state=all", "/pulls", "/tree/main", "/blob/main/README.md", "/raw/main/README.md",
                 "/tree/ý/1/thư mục", "/commit/main"):  # fmt: skip
        answer = khach.get(site + path)
        assert answer.status_code == 200, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if path != "/raw/main/README.md":
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "<script" not in answer.text
    assert "mau/kin" not in khach.get(room.hub.url).text
    assert khach.get(f"{room.hub.url}/mau/kin").status_code == 404
    elsewhere = khach.post(f"{site}/issues/new", headers={"Origin": "https://x.example"})
    assert elsewhere.status_code == 403


def test_one_can_be_someone_else(room: Room) -> None:
    session = requests.Session()
    answer = session.post(f"{room.hub.url}/_/as", data={"login": "hoa", "back": f"/{REPO}"})
    assert answer.url == f"{room.hub.url}/{REPO}"
    assert '<option value="hoa" selected>' in answer.text
    away = session.post(f"{room.hub.url}/_/as", data={"login": "hoa", "back": "//x.example"}, allow_redirects=False)
    assert away.headers["Location"] == "/"
    assert session.get(f"{room.hub.url}/avatars/1001").headers["Content-Type"].startswith("image/svg+xml")
    assert session.get(f"{room.hub.url}/_/hub.css").status_code == 200
