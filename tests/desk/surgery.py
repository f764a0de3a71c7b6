"""A hub with one repository, and the doctor at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from click.testing import CliRunner, Result
from desk_room import TODAY

from localhub import Hub
from sangkien.adapters.git import Git
from sangkien.adapters.github_settings import GitHubSettings
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.workflow.doctor import Report, examine, mend

APP = 4242
SEATED = {number: f"ghe{number}" for number in (1001, 1002, 1003, 1004, 1005, 1006, 1101, 1102, 1103)}


@dataclass
class Surgery:
    """A hub with one repository, and the doctor at it."""

    hub: Hub
    root: Path
    repository: str
    seated: Mapping[int, str] = field(default_factory=lambda: SEATED)

    def ask(self, verb: str, path: str, data: Any = None) -> Any:
        answer = requests.request(
            verb,
            f"{self.hub.api_url}/repos/{self.repository}{path}",
            json=data,
            headers={"Authorization": f"Bearer {self.hub.user_token('mau')}"},
            timeout=20,
        )
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def board(self, token: str = "") -> GitHubSettings:
        return GitHubSettings(self.repository, token or self.hub.user_token("mau"), self.hub.api_url)

    def look(self, token: str = "") -> Report:
        return examine(self.board(token), Store(self.root), Git(self.root).blob_id, TODAY)

    def fix(self, token: str = "") -> Report:
        return mend(self.board(token), Store(self.root), Git(self.root).blob_id, TODAY)

    def run(self, *arguments: str, **environment: str) -> Result:
        given = {
            "GITHUB_REPOSITORY": self.repository,
            "GITHUB_TOKEN": self.hub.user_token("mau"),
            "GITHUB_API_URL": self.hub.api_url,
        }
        return CliRunner(env={**given, **environment}).invoke(
            main, ["--root", str(self.root), "doctor", *arguments], catch_exceptions=False
        )

    def hire_app(self) -> None:
        """Do what only a person can: the App's variables, its key, the people."""
        for name, value in (("APP_CLIENT_ID", "Iv23.x"), ("APP_ID", str(APP))):
            self.ask("POST", "/actions/variables", {"name": name, "value": value})
        self.ask("PUT", "/environments/desk")
        self.ask("PUT", "/environments/desk/secrets/APP_PRIVATE_KEY", {"encrypted_value": "x", "key_id": "1"})
        for login in self.seated.values():
            self.hub.add_collaborator(self.repository, login, "triage")

    def ruleset(self, name: str) -> Any:
        key = next(one["id"] for one in self.ask("GET", "/rulesets") if one["name"] == name)
        return self.ask("GET", f"/rulesets/{key}")

    def written(self) -> list[str]:
        return [f"{call.method} {call.path}" for call in self.hub.calls if call.method != "GET"]


def open_surgery(
    hub: Hub, root: Path, *, private: bool, plan: str, owner: str = "hoi", seated: Mapping[int, str] = SEATED
) -> Surgery:
    hub.add_user("mau", id=9000, plan=plan)
    if owner != "mau":
        hub.add_user(owner, id=9001, type="Organization", plan=plan)
    for number, login in seated.items():
        hub.add_user(login, id=number)
    repository = hub.add_repository(f"{owner}/sang-kien", source=root, private=private)
    hub.add_collaborator(repository, "mau", "admin")
    return Surgery(hub, root, repository, seated)
