"""A desk whose council sits: five members, an idea received, ballots open or sealed."""

import base64
import datetime
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from desk_room import ACCOUNTS, REPO, SECRETARY, TODAY, DeskRoom, idea_body, open_room, prepare

from localhub import Hub
from sangkien.adapters.sealing import Keyring, new_key, seal
from sangkien.adapters.store import Store
from sangkien.domain import notation
from sangkien.domain.digest import scored_digest
from sangkien.render.council import Places
from sangkien.workflow.tally import Counted, Teller

CHAIR, VICE, FARMERS, SCHOOLS = "chu-tich", "kinh-te", "hoi-nong-dan", "giao-duc"
MEMBERS = {CHAIR: 1001, VICE: 1002, SECRETARY: 1003, FARMERS: 1004, SCHOOLS: 1005}
ROUND = "content/register/rounds/dot-mau-2026.yml"
GOOD = {
    "tinh-moi": "25",
    "tinh-phu-hop": "12,5",
    "tinh-tap-the": "12",
    "thiet-thuc-hieu-qua": "20",
    "tinh-kinh-te": "12",
}
SCORE_PAGE = "https://trang.example/cham-diem/#kho=mau%2Fsang-kien"


def council_source(folder: Path, **round_: Any) -> Path:
    """Copy what a desk reads, with the open round changed."""
    prepare(folder)
    place = folder / ROUND
    place.write_text(yaml.safe_dump(yaml.safe_load(place.read_text()) | round_, allow_unicode=True), encoding="utf-8")
    return folder


def sealed_source(folder: Path) -> tuple[Path, str, str]:
    """Give such a source with a sealed round, and the private keys of the desk and of the chair."""
    desk, chair = new_key(), new_key()
    return council_source(folder, ballots="sealed", seal={"recipients": [desk[1], chair[1]]}), desk[0], chair[0]


class Clock:
    """The desk's clock: it starts at the same moment in every test, runs on, and can be moved ahead."""

    def __init__(self) -> None:
        self._start, self.ahead = time.monotonic(), 0.0

    def __call__(self) -> datetime.datetime:
        passed = time.monotonic() - self._start + self.ahead
        return datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC) + datetime.timedelta(seconds=passed)


@dataclass
class CouncilRoom(DeskRoom):
    """A desk, and ways to act as a council."""

    now: Clock | None = None
    keys: str = ""
    recipients: Sequence[str] = field(default_factory=tuple)
    today: str = TODAY

    def received(self, **changed: Any) -> int:
        """Bring one idea before the council; gives its pull request."""
        issue = self.file_issue(idea_body(**changed))
        self.intake(issue)
        number = max(int(pull["number"]) for pull in self.pulls())
        self.judge(number)
        self.comment(SECRETARY, number, "/tiep-nhan")
        self.attend(number)
        return number

    def offer(self, path: str, text: str, branch: str, login: str = SECRETARY) -> int:
        """Open a pull request that adds one file, on a branch of the repository; gives its number."""
        head = self.ask("mau", "GET", "/git/ref/heads/main")["object"]["sha"]
        self.ask(login, "POST", "/git/refs", {"ref": f"refs/heads/{branch}", "sha": head})
        content = base64.b64encode(text.encode()).decode()
        self.ask(login, "PUT", f"/contents/{path}", {"message": "x", "content": content, "branch": branch})
        pull = self.ask(login, "POST", "/pulls", {"title": "Hồ sơ thêm", "head": branch, "base": "main"})
        return int(pull["number"])

    def comment(self, login: str, number: int, body: str) -> int:
        return int(self.ask(login, "POST", f"/issues/{number}/comments", {"body": body})["id"])

    def idea(self, number: int) -> Any:
        """Read the idea of a pull request as the program does."""
        (text,) = (text for path, text in self.files(number).items() if path.endswith("idea.yml"))
        return notation.parse(text.encode()).record

    def block(self, verdict: str = "cong-nhan", marks: dict[str, str] | None = None, **more: str) -> str:
        lines = ["bo-tieu-chi: 2019-1", *(f"{k}: {v}" for k, v in (GOOD if marks is None else marks).items())]
        lines += [f"ket-luan: {verdict}", *(f"{key.replace('_', '-')}: {value}" for key, value in more.items())]
        return "\n".join(["```phieu-cham", *lines, "```"])

    def sealed(
        self, login: str, number: int, verdict: str = "cong-nhan", marks: dict[str, str] | None = None, **more: str
    ) -> str:
        record = self.idea(number)
        bound = {"ma_so": record["code"], "van_tay": scored_digest(record), "thanh_vien": str(MEMBERS[login])}
        text = self.block(verdict, marks, **(bound | more))
        return f"```phieu-kin\n{seal(text, self.recipients).strip()}\n```"

    def review(self, login: str, number: int, body: str, event: str = "COMMENT", commit: str | None = None) -> int:
        data = {"body": body, "event": event} | ({"commit_id": commit} if commit else {})
        return int(self.ask(login, "POST", f"/pulls/{number}/reviews", data)["id"])

    def vote(
        self, login: str, number: int, verdict: str = "cong-nhan", marks: dict[str, str] | None = None, **more: str
    ) -> int:
        make = (
            self.sealed(login, number, verdict, marks, **more)
            if self.recipients
            else self.block(verdict, marks, **more)
        )
        return self.review(login, number, make)

    def next_second(self) -> None:
        """Let what is said next be later: a forge writes down whole seconds."""
        assert self.now
        self.now.ahead += 1

    def teller(self, keys: str | None = None) -> Teller:
        self.refresh()
        forge, store = self.forge(), Store(self.clone)
        gate = self.gatekeeper(forge, store)
        places = Places(home=f"{self.hub.url}/{REPO}", score_page=SCORE_PAGE)
        return Teller(forge, store, Keyring(self.keys if keys is None else keys), gate.findings, places, self.today)

    def count(self, woken_by: int | None = None) -> Counted:
        done = self.teller().sweep(woken_by)
        assert not done.troubles, done.troubles
        return done

    def tally_comment(self, number: int) -> str:
        (body,) = (r for r in self.remarks(number) if r.startswith("<!-- sangkien:tally -->"))
        return body

    def conclusions(self) -> dict[str, Any]:
        """Read the conclusions of 2026's ideas on main, by folder and file."""
        self.refresh()
        found = sorted(self.clone.glob("ideas/2026/*/*/conclusions/*.yml"))
        return {f"{p.parent.parent.name}/{p.name}": yaml.safe_load(p.read_text()) for p in found}

    def description(self, number: int, context: str) -> str:
        head = self.ask("mau", "GET", f"/pulls/{number}")["head"]["sha"]
        found = self.ask("mau", "GET", f"/commits/{head}/status")["statuses"]
        return str(next(s["description"] for s in found if s["context"] == context))


def open_council(hub: Hub, source: Path, folder: Path, keys: str = "", now: Clock | None = None) -> CouncilRoom:
    room = open_room(hub, source, folder)
    for login, number in MEMBERS.items():
        if login not in ACCOUNTS:
            hub.add_user(login, id=number)
        hub.add_collaborator(REPO, login, "write")
    round_ = yaml.safe_load((source / ROUND).read_text())
    recipients = round_.get("seal", {}).get("recipients", ())
    return CouncilRoom(hub, room.clone, keys=keys, recipients=recipients, now=now)


def figures(text: str) -> list[str]:
    """List the decimals in a text that could be marks."""
    return re.findall(r"\d+,\d+", text)
