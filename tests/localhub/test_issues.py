"""Issues, comments, labels and reactions."""

from functools import partial

from hub_room import Room, refused

pytest_plugins = ["hub_fixtures"]


def test_close_reopen_and_list(room: Room) -> None:
    repo = room.as_("mau")
    first = repo.create_issue("Một", body="a", labels=["loại: mới"])
    repo.create_issue("Hai")
    first.edit(state="closed", state_reason="not_planned")
    assert [i.title for i in repo.get_issues()] == ["Hai"]
    assert [i.title for i in repo.get_issues(state="all", labels=["loại: mới"])] == ["Một"]
    assert [i.number for i in repo.get_issues(state="all", sort="created", direction="asc")] == [1, 2]
    first.update()
    assert first.state_reason == "not_planned"
    assert first.closed_by
    assert first.closed_by.login == "mau"
    first.edit(state="open")
    first.update()
    assert first.state_reason == "reopened"


def test_strangers_may_write_but_not_label(room: Room) -> None:
    repo = room.as_("khach")
    issue = repo.create_issue("Của khách", labels=["mới"])
    assert issue.labels == []
    issue.edit(body="sửa")
    refused(403, partial(issue.add_to_labels, "mới"))
    other = repo.get_issue(room.as_("mau").create_issue("Của mẫu").number)
    refused(403, partial(other.edit, title="không được"))


def test_locked_issue_takes_no_strangers_words(room: Room) -> None:
    number = room.as_("mau").create_issue("Khoá").number
    room.as_("lan").get_issue(number).lock("resolved")
    refused(403, partial(room.as_("khach").get_issue(number).create_comment, "xin chào"))
    assert room.as_("lan").get_issue(number).create_comment("vẫn được").body == "vẫn được"


def test_labels_come_and_go(room: Room) -> None:
    repo = room.as_("hoa")
    issue = repo.create_issue("Nhãn")
    issue.add_to_labels("một", "hai")
    issue.remove_from_labels("một")
    issue.set_labels("hai", "ba")
    assert [label.name for label in issue.get_labels()] == ["hai", "ba"]
    assert refused(404, partial(issue.remove_from_labels, "một"))["message"] == "Label does not exist"
    made = room.as_("mau").create_label("bốn", "00ff00", "Thứ tư")
    refused(422, partial(room.as_("mau").create_label, "Bốn", "00ff00"))
    made.edit("năm", "0000ff")
    assert room.as_("mau").get_label("năm").color == "0000ff"


def test_comments_and_reactions(room: Room) -> None:
    issue = room.as_("mau").create_issue("Bàn")
    mine = room.as_("khach").get_issue(issue.number).create_comment("một")
    refused(403, partial(room.as_("hoa").get_issue(issue.number).get_comment(mine.id).edit, "khác"))
    mine.edit("hai")
    assert [c.body for c in issue.get_comments()] == ["hai"]
    assert mine.create_reaction("heart").content == "heart"
    issue.create_reaction("+1")
    assert [r.content for r in issue.get_reactions()] == ["+1"]
    mine.delete()
    assert list(issue.get_comments()) == []


def test_body_limit_counts_characters(room: Room) -> None:
    repo = room.as_("mau")
    issue = repo.create_issue("Dài", body="ệ" * 65_536)
    for action in (
        partial(repo.create_issue, "Dài", body="a" * 65_537),
        partial(issue.edit, body="a" * 65_537),
        partial(issue.create_comment, "a" * 65_537),
    ):
        assert "65536" in refused(422, action)["errors"][0]["message"]


def test_number_sequence_is_shared_with_pulls(room: Room) -> None:
    repo = room.as_("mau")
    repo.create_issue("Một")
    room.file_on_branch("x", "x.txt")
    pull = repo.create_pull(base="main", head="x", title="Hai")
    assert pull.number == 2
    assert repo.get_issue(2).pull_request is not None
    assert repo.get_issue(2).as_pull_request().head.ref == "x"
