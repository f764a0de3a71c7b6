"""The gate at pull requests, against a hub that answers as GitHub does."""

from collections.abc import Iterator

import pytest
from desk_room import PROPOSER, SECRETARY, STRANGER, DeskRoom, form_body, idea_body, run

from sangkien.adapters.github import GitHub
from sangkien.domain import idea_code, lot, notation
from sangkien.domain.desk import Change

pytest_plugins = ["desk_fixtures"]

CODE = next(lot.codes(2026, "by hand"))
FOLDER = idea_code.folder(CODE)
PERSON = lot.person("by hand", 0)
PEOPLE = f"content/register/people/{PERSON[2:4]}/{PERSON}.yml"


def idea(**changed: object) -> bytes:
    record: dict[str, object] = {
        "version": 1, "sample": True, "code": CODE, "kind": "cach-lam-moi",
        "title": "Phơi tiêu trên giàn lưới hai tầng", "content": "nd2",
        "field": "nong-nghiep", "unit": "xa-gia-kiem-2025", "round": "dot-mau-2026",
        "submitted_on": "2026-11-20", "authors": [{"person": PERSON, "share": 100}],
        "summary": "Giàn lưới hai tầng giúp tiêu khô đều, không lẫn sạn, mưa kéo bạt che kịp.",
        "before": "Phơi tiêu trên sân, gà bới, mưa chạy không kịp, lẫn sạn đá.",
        "after": "Phơi trên giàn lưới hai tầng, khô đều, mưa kéo bạt là xong.",
        "how_to": "Đóng khung\\nCăng lưới\\nTrải mỏng", "cost": {"amount": 900000}, "applied": True,
        "statements": dict.fromkeys(
            ("tinh-moi", "tinh-phu-hop", "tinh-tap-the", "thiet-thuc-hieu-qua", "tinh-kinh-te"), "Có ghi ở trên."
        ),
        "source": {"door": "yeu-cau-keo"},
    }  # fmt: skip
    return notation.write({**record, **changed}).encode()


def person(**changed: object) -> bytes:
    record = {
        "version": 1, "id": PERSON, "kind": "ca-nhan", "name": "Phạm Thị Thử Nghiệm", "unit": "xa-gia-kiem-2025",
        "display": "hidden", "consents": [],
    }  # fmt: skip
    return notation.write({**record, **changed}).encode()


TELLING = "Gọi bà Phạm Thị Thử Nghiệm, 0912 345 678."
GOOD = {f"{FOLDER}/idea.yml": idea(), PEOPLE: person()}


def codes(room: DeskRoom, number: int) -> set[str]:
    return {finding.code.value for finding in room.judge(number).errors}


def test_an_idea_by_hand_from_a_fork(room: DeskRoom) -> None:
    number = room.propose(GOOD)

    assert room.judge(number).findings == ()

    assert room.statuses(number) == {"ideas/validate": "success", "council/score": "pending"}
    (told,) = room.remarks(number)
    for expected in (
        "Hồ sơ hợp lệ",
        "giàn lưới hai tầng",
        "900.000 đồng",
        "```phieu-cham",
        f"ma-so: {CODE}",
        "cham-diem",
    ):
        assert expected in told
    assert "Phạm Thị Thử Nghiệm" not in told
    assert len(told) < 65_536
    room.judge(number)
    assert len(room.remarks(number)) == 1


def test_a_form_s_pull_request_shows_its_nearest_neighbours(room: DeskRoom) -> None:
    twin = room.file_issue(idea_body(), title="một")
    room.intake(twin)
    first = room.pulls()[0]["number"]
    other = room.file_issue(idea_body(title="U la chom chom thanh phan bon"), title="hai")
    room.intake(other)
    second = max(pull["number"] for pull in room.pulls())

    verdict = room.judge(second)

    assert verdict.errors == []
    told = room.remarks(second)[0]
    code = next(pull["title"] for pull in room.pulls() if pull["number"] == first)[-14:]
    assert code in told
    assert "đang mở" in told
    assert "%" not in told.split("Những ý gần nhất")[1].split("Phiếu chấm")[0]


@pytest.mark.parametrize(
    ("changes", "links", "expected"),
    [
        ({**GOOD, ".github/workflows/x.yml": b"on: push\n"}, {}, {"E701"}),
        ({**GOOD, "content/register/movement.yml": b"version: 1\n"}, {}, {"E701"}),
        ({**GOOD, "content/huong-dan/la.md": b"# x\n"}, {}, {"E701"}),
        ({**GOOD, "ideas/2026/00/00000000/idea.yml": idea()}, {}, {"E703"}),
        ({"ideas/2019/mm/mmvcns1b/idea.yml": b"version: 1\n"}, {}, {"E704"}),
        ({PEOPLE: person()}, {f"{FOLDER}/idea.yml": "../../../../schemas/idea.schema.json"}, {"E702"}),
        ({**GOOD, f"{FOLDER}/idea.yml": b"x: " + b"a" * 1_000_000}, {}, {"E101"}),
        ({**GOOD, f"{FOLDER}/note.txt": b"x"}, {}, {"E112"}),
        ({f"{FOLDER}/idea.yml": idea(), PEOPLE: person(id="p-00000000")}, {}, {"E302"}),
        ({**GOOD, "content/register/people/00/p-00000000.yml": person(id="p-00000000")}, {}, {"E706"}),
        ({**GOOD, f"{FOLDER}/conclusions/hd-mau-2026-1.yml": b"version: 1\n"}, {}, {"E710"}),
        ({f"{FOLDER}/idea.yml": idea(before=TELLING), PEOPLE: person()}, {}, {"E331", "E335"}),
        ({"ideas/2019/mm/mmvcns1b/idea.yml": None}, {}, {"E709"}),
        ({"content/register/rounds/dot-2018-1.yml": b"version: 1\n", "README.md": b"x"}, {}, {"E707"}),
    ],
)  # fmt: skip
def test_what_a_pull_request_may_not_do(
    room: DeskRoom, changes: dict[str, bytes | None], links: dict[str, str], expected: set[str]
) -> None:
    number = room.propose(changes, links=links)

    assert expected <= codes(room, number)
    assert room.statuses(number)["ideas/validate"] == "failure"
    (told,) = room.remarks(number)
    assert "0912" not in told
    assert "Phạm Thị" not in told


def test_names_in_a_pull_request_are_not_repeated(room: DeskRoom) -> None:
    name = "Phạm Thị Thử Nghiệm"
    faulty = idea(kind=name, unit=name, field=name, **{name: name, "submitted_on": name})
    number = room.propose({f"{FOLDER}/idea.yml": faulty, f"{FOLDER}/{name}.txt": b"x", PEOPLE: person()})

    assert {"E112", "E202", "E204", "E207"} <= codes(room, number)
    assert name not in room.remarks(number)[0]


def test_an_executable_file_is_refused(room: DeskRoom) -> None:
    number = room.propose(GOOD)
    fork = next(p for p in room.clone.parent.glob("fork-*"))
    (fork / FOLDER / "idea.yml").chmod(0o755)
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qam", "x", cwd=fork)
    run("git", "push", "-q", "origin", "HEAD", cwd=fork)

    assert "E702" in codes(room, number)


def test_existing_people_stay_as_they_are(room: DeskRoom) -> None:
    there = next(iter((room.clone / "content/register/people").rglob("p-*.yml")))
    path = there.relative_to(room.clone).as_posix()
    data = there.read_bytes().replace(b"display: full", b"display: hidden") + b"# x\n"

    number = room.propose({**GOOD, path: data})

    assert "E705" in codes(room, number)


def test_code_and_pages_are_none_of_its_business(room: DeskRoom) -> None:
    number = room.propose({"content/tin-tuc/bai.md": b"# x\n"})

    assert room.judge(number).kind == "code"
    assert room.statuses(number) == {"ideas/validate": "success", "council/score": "success"}
    assert room.remarks(number) == []


def test_a_register_is_judged_with_all_that_leans_on_it(room: DeskRoom) -> None:
    field = (room.clone / "content/register/fields/nong-nghiep.yml").read_text()
    number = room.propose({"content/register/fields/nong-nghiep.yml": field.replace("order: 1", "order: 77").encode()})
    assert room.judge(number).errors == []
    assert room.statuses(number) == {"ideas/validate": "success", "council/score": "success"}

    number = room.propose({"content/register/fields/nong-nghiep.yml": b"version: 1\n"})
    assert "E201" in codes(room, number)


HOSTILE = (
    "${{ github.token }} `rm -rf /` $(id) ::set-output name=x::y @everyone @mau fixes #1 closes mau/sang-kien#2 GH-3 "
    "[skip ci] <script>alert(1)</script> <img src=x onerror=1> ![x](https://evil.example/x.png) [y](javascript:1) "
    "https://example.org/mau/sang-kien/issues/1 ~~~ ``` <!-- --> | a | b | # h1"
)


def test_people_s_text_neither_runs_nor_calls(room: DeskRoom) -> None:
    texts = dict.fromkeys(("before", "after", "how_to"), f"{HOSTILE}\n\n# Một\n- hai\n1. ba\n> bốn\n{HOSTILE}")
    number = room.file_issue(idea_body(title="Ủ phân @mau fixes #1 `x` <b>đậm</b>", **texts))
    room.intake(number)
    pull = room.pulls()[0]["number"]
    room.judge(pull)

    for text in (*room.remarks(number), *room.remarks(pull)):
        visible = text.replace("\\", "")
        for call in ("@everyone", "@mau", "fixes #1", "sang-kien#2", "GH-3", "https://evil", "https://example.org"):
            assert call not in visible
        outside_code = [line for line in text.split("\n") if not line.startswith(("<!-- sangkien", "````", "```"))]
        assert not any("<script" in line.replace("\\<", "") for line in outside_code)
        assert "![" not in text
    commit = room.ask("mau", "GET", f"/commits/{room.pulls()[0]['head']['sha']}")["commit"]["message"]
    assert "skip" not in commit


def test_sixty_kilobytes_are_cut_sensibly(room: DeskRoom) -> None:
    room_left = "Một câu dài kể chuyện vườn tiêu. " * 1
    number = room.file_issue(idea_body(before=room_left * 240, after=room_left * 240, how_to=room_left * 240))
    room.intake(number)
    pull = room.pulls()[0]["number"]
    room.judge(pull)

    (told,) = room.remarks(pull)
    assert len(told) < 65_536
    assert "```phieu-cham" in told


def test_an_idea_that_is_too_long_is_asked_back_in_one_comment(room: DeskRoom) -> None:
    number = room.file_issue(idea_body(before="*" * 60_000))

    assert room.intake(number) == {number: "asked-back"}
    (told,) = room.remarks(number)
    assert len(told) < 5_000


def test_a_thousand_faults_are_told_in_one_comment_that_is_taken(room: DeskRoom) -> None:
    phones = " ".join(f"09{n:08d}" for n in range(10_000_001, 10_000_700))
    number = room.file_issue(idea_body(before=phones))

    assert room.intake(number) == {number: "asked-back"}
    (told,) = room.remarks(number)
    assert "chỗ khác" in told
    assert "0910000001" not in told


@pytest.mark.parametrize("words", ["/tiep-nhan", "/Tiếp nhận", " /tiep nhan\n\nCảm ơn bà con"])
def test_the_secretary_receives(room: DeskRoom, words: str) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    pull = room.pulls()[0]["number"]
    room.judge(pull)
    room.ask(SECRETARY, "POST", f"/issues/{pull}/comments", {"body": words})

    assert room.attend(pull) == {pull: "received"}
    assert set(room.attend().values()) == {"nothing"}

    assert "đã tiếp nhận" in room.labels(pull)
    assert "chờ tiếp nhận" not in room.labels(pull) | room.labels(number)
    assert any("Đã tiếp nhận hồ sơ" in text for text in room.remarks(number))
    # From now on the form no longer moves the idea.
    head = room.pulls()[0]["head"]["sha"]
    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"body": idea_body(title="Một tên hoàn toàn khác hẳn")})
    room.intake(number)
    assert room.pulls()[0]["head"]["sha"] == head
    assert any("đã được tiếp nhận" in text for text in room.remarks(number))


def test_the_secretary_returns_with_a_reason_until_it_is_mended(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    pull = room.pulls()[0]["number"]
    room.ask(SECRETARY, "POST", f"/issues/{pull}/comments", {"body": "/tra-lai"})
    room.attend(pull)
    assert any("Xin ghi lý do" in text for text in room.remarks(pull))

    room.ask(SECRETARY, "POST", f"/issues/{pull}/comments", {"body": "/tra-lai Gọi cho tôi 0912 345 678."})
    assert room.attend(pull) == {pull: "nothing"}
    assert not any("345 678" in text for text in room.remarks(number))

    room.ask(SECRETARY, "POST", f"/issues/{pull}/comments", {"body": "/tra-lai Xin ghi rõ @mau bao nhiêu gốc."})
    assert room.attend(pull) == {pull: "returned"}
    assert room.attend(pull) == {pull: "nothing"}
    room.intake(number)
    room.judge(pull)
    assert "trả lại" in room.labels(pull)
    (told,) = [text for text in room.remarks(number) if "bao nhiêu gốc" in text]
    assert "@mau" not in told

    room.ask(
        PROPOSER, "PATCH", f"/issues/{number}", {"body": idea_body(after="Đã ghi rõ: 120 gốc, đỡ hai ký mỗi gốc.")}
    )
    room.intake(number)
    assert "chờ tiếp nhận" in room.labels(pull)
    assert "trả lại" not in room.labels(pull)


def test_others_are_refused_once_with_one_sentence(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    pull = room.pulls()[0]["number"]
    room.ask(PROPOSER, "POST", f"/issues/{pull}/comments", {"body": "/tiep-nhan"})

    for _ in range(2):
        assert room.attend(pull) == {pull: "nothing"}

    assert len([text for text in room.remarks(pull) if "Chỉ thư ký" in text]) == 1
    assert "đã tiếp nhận" not in room.labels(pull)


def test_an_idea_sent_by_hand_is_withdrawn_by_form(room: DeskRoom) -> None:
    by_hand = room.propose(GOOD)
    wish = {"wish": "Rút một ý đã gửi", "code": CODE}
    stranger = room.file_issue(form_body("3-sua-rut-xoa.yml", wish), login=STRANGER)
    assert room.intake(stranger) == {stranger: "told"}
    own = room.file_issue(form_body("3-sua-rut-xoa.yml", wish))

    assert room.intake(own) == {own: "taken"}

    (pull,) = room.pulls()
    assert pull["number"] != by_hand
    assert set(room.files(pull["number"])) == {f"{FOLDER}/withdrawn.yml"}
    assert room.judge(pull["number"]).errors == []
    assert room.statuses(pull["number"]) == {"ideas/validate": "success", "council/score": "success"}


def test_an_idea_the_council_wants_more_of_may_be_written_anew(room: DeskRoom) -> None:
    room.refresh()
    folders = sorted((room.clone / "ideas").glob("*/*/*/conclusions/*.yml"))
    more = next(f for f in folders if "\noutcome: bo-sung\n" in f.read_text(encoding="utf-8")).parent.parent
    path = f"{more.relative_to(room.clone).as_posix()}/idea.yml"
    text = (room.clone / path).read_text(encoding="utf-8")

    number = room.propose({path: text.replace("summary: ", "summary: Bổ sung số đo. ", 1).encode()})

    assert codes(room, number) == set()


def test_a_status_is_never_borrowed_from_a_pull_request_into_another_branch(room: DeskRoom) -> None:
    """The same commit proposes two ideas to main, but only one to a branch that has the other already."""
    number = room.file_issue(idea_body())
    room.intake(number)
    room.refresh()
    run("git", "fetch", "-q", "origin", f"idea/{number}", cwd=room.clone)
    names = run("git", "diff", "--name-only", "HEAD...FETCH_HEAD", cwd=room.clone).split()
    theirs = {name: run("git", "show", f"FETCH_HEAD:{name}", cwd=room.clone).encode() for name in names}
    both = room.propose({**GOOD, **theirs})
    head = room.ask("mau", "GET", f"/pulls/{both}")["head"]
    body = {"title": "x", "head": f"{PROPOSER}:{head['ref']}", "base": f"idea/{number}", "body": ""}
    sideways = room.ask(PROPOSER, "POST", "/pulls", body)["number"]

    assert "E703" in codes(room, both)
    room.judge(sideways)

    assert room.statuses(both)["ideas/validate"] == "failure"


def test_a_head_that_moves_meanwhile_is_not_judged(room: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = room.propose({**GOOD, ".github/workflows/x.yml": b"on: push\n"})
    fork = next(p for p in room.clone.parent.glob("fork-*"))
    listed = GitHub.changes

    def slowly(forge: GitHub, number: int) -> Iterator[Change]:
        run("git", "rm", "-q", ".github/workflows/x.yml", cwd=fork)
        run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x", cwd=fork)
        run("git", "push", "-q", "origin", "HEAD", cwd=fork)
        return listed(forge, number)

    first = room.ask("mau", "GET", f"/pulls/{evil}")["head"]["sha"]
    monkeypatch.setattr(GitHub, "changes", slowly)
    room.judge(evil)

    assert room.ask("mau", "GET", f"/commits/{first}/status")["statuses"] == []
