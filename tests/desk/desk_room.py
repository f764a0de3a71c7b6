"""A desk to try things at: a hub with the project's own records, people, and a clone as a workflow has it."""

import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from localhub import Hub
from places import ROOT
from sangkien.adapters.git import Git
from sangkien.adapters.github import GitHub
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli.desk import neighbours
from sangkien.domain.form import Answer, Box, body_of, read_template
from sangkien.domain.passages import Nearest
from sangkien.workflow.filing import Result
from sangkien.workflow.identity import REGISTERS, Identity
from sangkien.workflow.intake import Intake
from sangkien.workflow.reception import Reception
from sangkien.workflow.sweep import Swept, sweep
from sangkien.workflow.validate_pr import Gatekeeper, Verdict

REPO = "mau/sang-kien"
TODAY = "2026-11-23"
SCORE_PAGE = "https://trang.example/cham-diem/#kho=mau"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
# Accounts: the secretary's seat and the chair's are those of the sample council.
CHAIR, SECRETARY, PROPOSER, STRANGER = "chu-tich", "thu-ky", "nguoi-gui", "khach"
ACCOUNTS = {CHAIR: 1001, SECRETARY: 1003, PROPOSER: 5001, STRANGER: 5002, "mau": 9000}
RIGHTS = {"contents": "write", "pull_requests": "write", "issues": "write", "statuses": "write"}

IDEA: Mapping[str, Answer] = {
    "kind": "Cách làm mới",
    "title": "Ủ lá chôm chôm thành phân cho vườn tiêu",
    "content": "Sản xuất, kinh doanh và hộ gia đình",
    "field": "Nông nghiệp",
    "unit": "xa Gia Kiem",
    "authors": "Trần Thị Ví Dụ 60%\nTập thể: Tổ ủ phân Mẫu 40%",
    "before": "Lá chôm chôm rụng thì gom lại đốt, khói cả xóm, đất vườn ngày càng chai.",
    "after": "Lá được ủ với phân chuồng và nấm đối kháng, ba tháng thành phân, mỗi gốc đỡ hai ký phân mua.",
    "how_to": "1. Gom lá khô\n2. Rải từng lớp với phân chuồng\n3. Tưới ẩm, đậy bạt, ba tháng đảo hai lần",
    "cost": "350.000 đồng cho một khối",
    "tinh-moi": "Trong ấp chưa ai ủ lá chôm chôm.",
    "agreement": [Box(label="Trong các tác giả có người chưa đủ 18 tuổi.", checked=False)],
}


def form_body(form: str, answers: Mapping[str, Answer]) -> str:
    """Fill in one of the project's forms as GitHub writes it."""
    return body_of(read_template((FORMS / form).read_text(encoding="utf-8")), answers)


def idea_body(**changed: Answer) -> str:
    return form_body("1-y-hay.yml", {**IDEA, **changed})


@dataclass
class DeskRoom:
    """The hub, a clone of its repository, and ways to act as somebody."""

    hub: Hub
    clone: Path
    waits: list[float] = field(default_factory=list)
    behind: float = 0  # seconds the client's clock is behind the hub's

    def ask(self, login: str, verb: str, path: str, data: Any = None, *, raw: bool = False) -> Any:
        """Call the API as a person."""
        answer = requests.request(
            verb,
            f"{self.hub.api_url}/repos/{REPO}{path}",
            json=data,
            headers={"Authorization": f"Bearer {self.hub.user_token(login)}"},
            timeout=20,
        )
        if raw:
            return answer
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def file_issue(self, body: str, login: str = PROPOSER, title: str = "Gửi một ý") -> int:
        return int(self.ask(login, "POST", "/issues", {"title": title, "body": body})["number"])

    def forge(self, permissions: Mapping[str, str] = RIGHTS) -> GitHub:
        token = self.hub.mint_token(REPO, dict(permissions), kind="app", login="sang-kien[bot]")
        return GitHub(REPO, token, self.hub.api_url, base="main", sleep=self.waits.append, clock=self.clock)

    def clock(self) -> float:
        return time.time() - self.behind

    def refresh(self) -> None:
        """Bring the clone to the newest main, as a fresh checkout is."""
        run("git", "pull", "-q", "--ff-only", cwd=self.clone)

    def intake(self, number: int | None = None, *, fresh: bool = True) -> dict[int, Result]:
        if fresh:
            self.refresh()
        step = Intake(self.forge(), Store(self.clone), Pool(1), Git(self.clone).head(), TODAY)
        return {at: step.take(at) for at in ([number] if number else step.waiting("2026-01-01"))}

    def judge(self, number: int) -> Verdict:
        self.refresh()
        return self.gatekeeper(self.forge(), Store(self.clone)).judge(number)

    def gatekeeper(self, forge: GitHub, store: Store) -> Gatekeeper:
        """Give the gatekeeper as the command line makes it, with what was read before at hand."""
        kept = Parcels(store.root), Identity(store, Git(store.root), REGISTERS)
        return Gatekeeper(forge, store, Pool(1), self.near, SCORE_PAGE, kept)

    def sweep(self) -> Swept:
        self.refresh()
        store, head = Store(self.clone), Git(self.clone).head()
        return sweep(
            Intake(self.forge(), store, Pool(1), head, TODAY),
            self.gatekeeper(self.forge(), store),
            Reception(self.forge(), store, TODAY),
            "2026-01-01",
        )

    def near(self, idea: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Sequence[Nearest]:
        return neighbours(Store(self.clone))(idea, others)

    def attend(self, number: int | None = None) -> dict[int, str]:
        self.refresh()
        step = Reception(self.forge(), Store(self.clone), TODAY)
        return {at: step.attend(at) for at in ([number] if number else step.waiting("2026-01-01"))}

    def propose(
        self, changes: Mapping[str, bytes | None], login: str = PROPOSER, *, links: Mapping[str, str] | None = None
    ) -> int:
        """Open a pull request by hand from a person's fork; a link is made where `links` says so."""
        self.ask(login, "POST", "/forks", {})
        name = f"{login}/{REPO.partition('/')[2]}"
        folder = self.clone.parent / f"fork-{login}-{len(list(self.clone.parent.iterdir()))}"
        address = f"{self.hub.url}/{name}.git".replace("://", f"://{login}:{self.hub.user_token(login)}@")
        run("git", "clone", "-q", address, str(folder), cwd=self.clone.parent)
        for path, data in changes.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if data is None:
                place.unlink()
            else:
                place.write_bytes(data)
        for path, target in (links or {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).symlink_to(target)
        branch = f"y-{folder.name}"
        run("git", "checkout", "-q", "-b", branch, cwd=folder)
        run("git", "add", "-A", cwd=folder)
        run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x", cwd=folder)
        run("git", "push", "-q", "origin", branch, cwd=folder)
        body = {"title": "Một ý", "head": f"{login}:{branch}", "base": "main", "body": "Gửi bằng tay"}
        return int(self.ask(login, "POST", "/pulls", body)["number"])

    def statuses(self, number: int) -> dict[str, str]:
        head = self.ask("mau", "GET", f"/pulls/{number}")["head"]["sha"]
        found = self.ask("mau", "GET", f"/commits/{head}/status")["statuses"]
        return {status["context"]: status["state"] for status in found}

    def issue(self, number: int) -> Any:
        return self.ask("mau", "GET", f"/issues/{number}")

    def pulls(self, state: str = "open") -> list[Any]:
        found: list[Any] = self.ask("mau", "GET", f"/pulls?state={state}&per_page=100")
        return found

    def remarks(self, number: int) -> list[str]:
        return [c["body"] for c in self.ask("mau", "GET", f"/issues/{number}/comments?per_page=100")]

    def labels(self, number: int) -> set[str]:
        return {label["name"] for label in self.issue(number)["labels"]}

    def branches(self) -> set[str]:
        return {branch["name"] for branch in self.ask("mau", "GET", "/branches?per_page=100")}

    def files(self, pull: int) -> dict[str, str]:
        """Give the files of a pull request with their text."""
        head = self.ask("mau", "GET", f"/pulls/{pull}")["head"]["sha"]
        run("git", "fetch", "-q", "origin", f"refs/pull/{pull}/head", cwd=self.clone)
        names = [f["filename"] for f in self.ask("mau", "GET", f"/pulls/{pull}/files?per_page=100")]
        return {name: run("git", "show", f"{head}:{name}", cwd=self.clone) for name in names}


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def prepare(folder: Path) -> Path:
    """Copy what a desk reads into a folder."""
    for part in ("content/register", "schemas", "ideas", ".github"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def open_room(hub: Hub, source: Path, folder: Path) -> DeskRoom:
    for login, number in ACCOUNTS.items():
        hub.add_user(login, id=number)
    hub.add_repository(REPO, source=source)
    hub.add_collaborator(REPO, SECRETARY, "write")
    hub.add_collaborator(REPO, CHAIR, "write")
    clone = folder / "clone"
    address = f"{hub.url}/{REPO}.git".replace("://", f"://mau:{hub.user_token('mau')}@")
    run("git", "clone", "-q", address, str(clone), cwd=folder)
    return DeskRoom(hub, clone)
