"""A clerk's sheet at the desk: one pull request a row, an old list in one, nothing twice; every name is made up."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner
from desk_room import REPO, RIGHTS, SECRETARY, TODAY, DeskRoom, run

from messy_sheets import FIRST, HEAD, SECOND, text, xlsx
from sangkien.adapters import spreadsheet
from sangkien.adapters.git import Git
from sangkien.adapters.github import GitHub
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.domain.paper import Paper
from sangkien.domain.row_reader import Terms
from sangkien.render import importing as told
from sangkien.render.forms import Maker
from sangkien.workflow import recognised
from sangkien.workflow.carry import Carried, Carrier
from sangkien.workflow.import_ import Importer, Words
from sangkien.workflow.new import open_desk

pytest_plugins = ["desk_fixtures"]

TERMS = Terms(file="a.xlsx", entered_by="xa-gia-kiem-2025", today=TODAY, labels={})


def importer(room: DeskRoom) -> Importer:
    desk = open_desk(Store(room.clone))
    words = Words(vocabulary=told.vocabulary(Maker(desk.schemas, desk.books)), cells=told.cell_words())
    return Importer(Store(room.clone), Pool(1), words, b"k")


def papers(room: DeskRoom, *rows: object) -> list[Paper]:
    by = importer(room)
    reading = by.read(spreadsheet.read(xlsx([HEAD, *rows])), TERMS)  # type: ignore[list-item]  # rows as tests write them
    assert reading.errors == []
    return list(by.papers(reading.entries))


def carry(room: DeskRoom, found: list[Paper], most: int = 100, forge: GitHub | None = None) -> Carried:
    pauses: list[None] = []
    carrier = Carrier(forge or room.forge(), Git(room.clone).head(), lambda: pauses.append(None))
    done = carrier.carry(found, most)
    assert len(pauses) == max(len(done.filed) - 1, 0)
    return done


def test_each_row_is_a_pull_request_the_gate_takes(room: DeskRoom) -> None:
    found = papers(room, FIRST, SECOND)

    assert carry(room, found).filed == [paper.code for paper in found]

    pulls = {pull["head"]["ref"]: pull for pull in room.pulls()}
    assert set(pulls) == {paper.branch for paper in found}
    for paper in found:
        pull = pulls[paper.branch]
        assert room.files(pull["number"]) == paper.files
        assert pull["title"] == f"Ý {paper.code}"
        verdict = room.judge(pull["number"])
        assert (verdict.kind, verdict.errors) == ("idea", [])
        assert room.labels(pull["number"]) == {"chờ tiếp nhận"}
        told_of = " ".join((pull["title"], pull["body"], *room.remarks(pull["number"])))
        assert "Ví Dụ" not in told_of
        assert "Mẫu Hoa" not in told_of


def test_the_command_files_by_the_environment_and_says_what_it_did(room: DeskRoom, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx([HEAD, FIRST]))
    token = room.hub.mint_token(REPO, dict(RIGHTS), kind="app", login="sang-kien[bot]")
    here = {"GITHUB_REPOSITORY": REPO, "GITHUB_TOKEN": token, "GITHUB_API_URL": room.hub.api_url}
    words = ["--root", str(room.clone), "import", str(tmp_path / "a.xlsx"), "--by", "xa gia kiem"]

    first, again = (CliRunner(env=here).invoke(main, words) for _ in range(2))

    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "Đã lập 1 hồ sơ mới; 0 hồ sơ đã lập từ trước giữ nguyên." in first.output
    assert "Đã lập 0 hồ sơ mới; 1 hồ sơ đã lập từ trước giữ nguyên." in again.output
    assert len(room.pulls()) == 1


def test_a_long_list_goes_on_where_it_ended_and_files_nothing_twice(room: DeskRoom) -> None:
    found = papers(room, FIRST, SECOND)
    first, second = carry(room, found, most=1), carry(room, found, most=1)
    assert (first.filed, first.left) == ([found[0].code], [found[1].code])
    assert (second.stood, second.filed, second.left) == ([found[0].code], [found[1].code], [])
    heads = {pull["head"]["ref"]: pull["head"]["sha"] for pull in room.pulls()}

    again = carry(room, papers(room, FIRST, SECOND))
    mended = carry(room, papers(room, FIRST, [*SECOND[:10], "Đan lá thành tấm rồi gác lên giàn", *SECOND[11:]]))

    assert (again.filed, again.stood) == ([], [paper.code for paper in found])
    assert mended.filed == [found[1].code]
    now = {pull["head"]["ref"]: pull["head"]["sha"] for pull in room.pulls()}
    assert [ref for ref in heads if heads[ref] != now[ref]] == [found[1].branch]
    assert len(now) == 2


def test_what_somebody_closed_or_the_council_has_is_left_alone(room: DeskRoom) -> None:
    found = papers(room, FIRST, SECOND)
    carry(room, found)
    closed, received = (next(p["number"] for p in room.pulls() if p["head"]["ref"] == x.branch) for x in found)
    room.ask("mau", "PATCH", f"/pulls/{closed}", {"state": "closed"})
    room.judge(received)
    room.ask(SECRETARY, "POST", f"/issues/{received}/comments", {"body": "/tiep-nhan"})
    assert room.attend(received) == {received: "received"}

    mended = [replace(paper, files={**paper.files, "ideas/x": "x"}) for paper in found]
    done = carry(room, mended)

    assert (done.closed, done.stood, done.filed) == ([found[0].code], [found[1].code], [])


def test_a_run_cut_off_anywhere_is_taken_up(room: DeskRoom) -> None:
    rows = [[number, f"Lối tưới thứ {number} cho vườn tiêu", *FIRST[2:]] for number in range(1, 5)]
    for after, paper in enumerate(papers(room, *rows), 1):
        forge, left = room.forge(), iter(range(after))

        def cut(whole: Any, left: Iterator[int] = left) -> Any:
            def call(*words: object, **more: object) -> object:
                if next(left, None) is None:
                    raise KeyboardInterrupt
                return whole(*words, **more)

            return call

        for name in ("branch", "write_branch", "open_pull", "open_pulls"):
            setattr(forge, name, cut(getattr(forge, name)))
        with suppress(KeyboardInterrupt):
            carry(room, [paper], forge=forge)
        carry(room, [paper])

        (pull,) = (pull for pull in room.pulls() if pull["head"]["ref"] == paper.branch)
        assert room.files(pull["number"]) == paper.files


ROUND = {
    "version": 1, "sample": True, "id": "dot-2017", "name": "Đợt năm 2017", "unit": "huyen-thong-nhat-2003",
    "rubric": "2019-1", "council": "hd-thong-nhat-2019", "opens_on": "2017-01-01", "closes_on": "2017-10-31",
    "before_register": True, "ballots": "open", "publish": "on-decision",
}  # fmt: skip
DECISION = {
    "version": 1, "sample": True, "id": "qd-mau-2017-1", "kind": "cong-nhan", "number": "05/QĐ-MẪU",
    "date": "2017-12-20", "issuer": "huyen-thong-nhat-2003", "body": "Ban Thường trực (mẫu)",
    "signer": {"position": "Chủ tịch (mẫu)"}, "legal_bases": [], "council": "hd-thong-nhat-2019",
}  # fmt: skip
OLD = [
    ("STT", "Họ và tên tác giả", "Đơn vị", "Tên sáng kiến"),
    ("1", "Trần Thị Ví Dụ", "xã Gia Kiệm", "Chòi canh chim bằng lon nước ngọt cũ"),
    ("2", "Hội Phụ nữ xã", "Gia Kiệm", "Sổ góp gạo nuôi heo đất của chị em"),
]


def old_paper(room: DeskRoom) -> Paper:
    Store(room.clone).write("content/register/rounds/dot-2017.yml", yaml.safe_dump(ROUND, allow_unicode=True))
    run("git", "add", "-A", cwd=room.clone)
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "round", cwd=room.clone)
    run("git", "push", "-q", "origin", "HEAD:main", cwd=room.clone)
    by = importer(room)
    old = recognised.open_list(
        yaml.safe_dump(DECISION, allow_unicode=True).encode(), "qd.yml", {"dot-2017": ROUND}, "dot-2017"
    )
    filled = replace(TERMS, fill={"kind": "Cách làm mới", "content": "nd2", "field": "Nông nghiệp"})
    reading = by.read(spreadsheet.read(text(OLD).encode()), old.terms(filled))
    assert list(recognised.faults(by, Store(room.clone), Pool(1), reading, old)) == []
    return recognised.paper(by, reading, old)


def by_hand(room: DeskRoom, files: Mapping[str, str], branch: str) -> int:
    """Open a pull request as a person with the right to write does, from a branch of the repository itself."""
    folder = room.clone.parent / branch.replace("/", "-")
    address = f"{room.hub.url}/mau/sang-kien.git".replace("://", f"://{SECRETARY}:{room.hub.user_token(SECRETARY)}@")
    run("git", "clone", "-q", address, str(folder), cwd=room.clone.parent)
    for path, written in files.items():
        place = Path(folder, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(written, encoding="utf-8")
    run("git", "checkout", "-q", "-b", branch, cwd=folder)
    run("git", "add", "-A", cwd=folder)
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x", cwd=folder)
    run("git", "push", "-q", "origin", branch, cwd=folder)
    body = {"title": "Một danh sách", "head": branch, "base": "main", "body": "x"}
    return int(room.ask(SECRETARY, "POST", "/pulls", body)["number"])


def test_an_old_list_is_one_pull_request_whoever_sends_it(room: DeskRoom) -> None:
    paper = old_paper(room)
    carry(room, [paper])
    (pull,) = room.pulls()

    assert pull["title"] == "Nhập danh sách theo quyết định qd-mau-2017-1"
    for number in (pull["number"], by_hand(room, paper.texts, "import/tay")):
        verdict = room.judge(number)
        assert (verdict.kind, verdict.errors) == ("import", [])
        assert room.statuses(number) == {"ideas/validate": "success", "council/score": "success"}


def test_nobody_else_brings_conclusions(room: DeskRoom) -> None:
    paper = old_paper(room)
    forgeries = (
        ("import/dem", "by_decision: qd-mau-2017-1\n", "", "E710"),  # one that says it was counted
        ("import/ngay", "concluded_on: 2017-12-20", "concluded_on: 2017-12-19", "E512"),
        ("y-tay", "", "", "E710"),  # one that is no import
    )
    for branch, old, new, code in forgeries:
        files = {
            path: said.replace(old, new) if "/conclusions/" in path else said for path, said in paper.texts.items()
        }

        assert code in {finding.code.value for finding in room.judge(by_hand(room, files, branch)).errors}, branch
