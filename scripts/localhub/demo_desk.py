"""The demonstration's desk: a hub with people in every seat of a council, and this repository's workflows."""

import base64
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from localhub import forms
from localhub.demo_plan import REGISTER, Plan, read, write
from localhub.dispatcher import Dispatcher, Run
from localhub.hub import Hub

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
_GLANCE = 1.0  # seconds between two looks at the hub's main branch


def today(root: Path) -> date:
    """Give the day it is where the movement is."""
    movement = read((root / REGISTER / "movement.yml").read_text(encoding="utf-8"))
    return datetime.now(ZoneInfo(movement["time_zone"])).date()


class Desk:
    """People, a repository whose open round is scored in secret, and a clone of it for the site."""

    def __init__(self, room: Path, port: int, relay: str, score_page: str = "") -> None:
        self.room, self.plan = room, Plan(ROOT, today(ROOT))
        self.hub = Hub.start(room / "hub", port=port)
        self.repository: str = self.plan.words["repository"]
        for login, number in self.plan.people.items():
            self.hub.add_user(login, id=number)
        self.hub.add_repository(self.repository, source=ROOT)
        for login in self.plan.people:
            if login != self.plan.proposer:
                self.hub.add_collaborator(self.repository, login, "write")
        self.owner = self.repository.partition("/")[0]
        self.keys = [self._key("ban-lam-viec"), self._key("chu-tich")]
        self._furnish(relay)
        self.clone = self._clone()
        variables = {"SCORE_PAGE": score_page} if score_page else {}
        self.dispatcher = Dispatcher(
            self.hub,
            self.repository,
            room / "runs",
            act=BIN / "act",
            python_bin=BIN,
            secrets={"BALLOT_KEYS": self.keys[0].read_text(encoding="utf-8").strip()},
            variables=variables,
            workers=3,
            only=self.plan.words["workflows"],
        )
        self.dispatcher.__enter__()
        self._closed = threading.Event()
        threading.Thread(target=self._follow, daemon=True).start()

    def sangkien(self, *words: str) -> str:
        """Run the program's command line; gives what it says."""
        done = subprocess.run([str(BIN / "sangkien"), *words], capture_output=True, text=True, check=True)
        return done.stdout

    def _key(self, name: str) -> Path:
        """Make a key for sealed ballots; the public part stands beside it."""
        place = self.room / f"{name}.key"
        place.with_suffix(".pub").write_text(self.sangkien("ballot", "key", str(place)), encoding="utf-8")
        return place

    def _furnish(self, relay: str) -> None:
        """Let invented accounts hold the seats, and a round be scored in secret for keys made just now."""
        recipients = [key.with_suffix(".pub").read_text("utf-8").strip() for key in self.keys]
        for path, record in self.plan.overlay(recipients, relay):
            there = self.ask(self.owner, "GET", f"/contents/{path}")
            self.put_file(path, write(record), there["sha"])

    def put_file(self, path: str, text: str, sha: str | None = None, branch: str = "main", login: str = "") -> None:
        """Write a file on a branch, as the owner or another."""
        data = {"message": path, "content": base64.b64encode(text.encode()).decode(), "branch": branch}
        self.ask(login or self.owner, "PUT", f"/contents/{path}", data | ({"sha": sha} if sha else {}))

    def _clone(self) -> Path:
        place = self.room / "clone"
        token = self.hub.user_token(self.owner)
        address = f"{self.hub.url}/{self.repository}.git".replace("://", f"://{self.owner}:{token}@")
        subprocess.run(["git", "clone", "--quiet", address, str(place)], check=True)
        return place

    def _follow(self) -> None:
        """Keep the clone at the newest main, so that the site shows what the desk decided."""
        while not self._closed.wait(_GLANCE):
            subprocess.run(["git", "-C", str(self.clone), "pull", "--quiet", "--ff-only"], check=False)

    def ask(self, login: str, verb: str, path: str, data: Any = None) -> Any:
        """Call the API as a person."""
        request = urllib.request.Request(  # noqa: S310  # our own hub
            f"{self.hub.api_url}/repos/{self.repository}{path}",
            data=json.dumps(data).encode() if data is not None else None,
            headers={"Authorization": f"Bearer {self.hub.user_token(login)}"},
            method=verb,
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  # the same
            return json.load(answer)

    def say(self, login: str, number: int, text: str) -> None:
        """Comment as a person."""
        self.ask(login, "POST", f"/issues/{number}/comments", {"body": text})

    def remarks(self, number: int) -> list[str]:
        """Give what was said under an issue or pull request."""
        return [str(remark["body"]) for remark in self.ask(self.owner, "GET", f"/issues/{number}/comments")]

    def file(self, answers: Mapping[str, list[str]]) -> int:
        """Fill in the form as the proposer; gives the issue."""
        form = forms.read((ROOT / forms.FOLDER / self.plan.words["template"]).read_text(encoding="utf-8"))
        body = forms.body(form, {element.name: answers.get(element.id or "", []) for element in form.elements})
        filed = self.ask(
            self.plan.proposer, "POST", "/issues", {"title": self.plan.words["form"]["title"], "body": body}
        )
        return int(filed["number"])

    def settle(self) -> list[Run]:
        """Wait until no workflow runs; gives the runs that failed."""
        self.dispatcher.wait_idle(180)
        return [run for run in self.dispatcher.runs if "failure" in run.jobs.values()]

    def close(self) -> None:
        """Stop everything."""
        self._closed.set()
        self.dispatcher.__exit__(None, None, None)
        self.hub.close()
