"""The demonstration: the honour site, a desk on this computer, and a form on its way through the real workflows."""

import json
import subprocess
import sys
import threading
import time
import tomllib
import urllib.request
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from localhub import forms
from localhub.dispatcher import Dispatcher, Run
from localhub.hub import Hub

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("localhub").joinpath("demo.toml").read_text(encoding="utf-8"))


class Desk:
    """A hub with the sample council's people, and a dispatcher that runs this repository's workflows."""

    def __init__(self, room: Path, port: int) -> None:
        self.plan = _words()
        self.hub = Hub.start(room / "hub", port=port)
        self.repository: str = self.plan["repository"]
        for login, number in self.plan["people"].items():
            self.hub.add_user(login, id=number)
        self.hub.add_repository(self.repository, source=ROOT)
        for login in self.plan["people"]:
            if login != self.plan["proposer"]:
                self.hub.add_collaborator(self.repository, login, "write")
        self.dispatcher = Dispatcher(
            self.hub, self.repository, room / "runs", act=BIN / "act", python_bin=BIN, only=self.plan["workflows"]
        )
        self.dispatcher.__enter__()

    def say(self, key: str, **places: object) -> None:
        """Print one of the demonstration's sentences."""
        print(self.plan["words"][key].format(**places), flush=True)  # noqa: T201  # this is what it is for

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

    def file(self, answers: Mapping[str, list[str]]) -> int:
        """Fill in the form as the proposer; gives the issue."""
        form = forms.read((ROOT / forms.FOLDER / self.plan["template"]).read_text(encoding="utf-8"))
        body = forms.body(form, {element.name: answers.get(element.id or "", []) for element in form.elements})
        filed = self.ask(self.plan["proposer"], "POST", "/issues", {"title": self.plan["form"]["title"], "body": body})
        return int(filed["number"])

    def show(self) -> None:
        """File a form and tell what becomes of it."""
        home = f"{self.hub.url}/{self.repository}"
        self.say("open")
        issue = self.file(self.plan["form"]["answers"])
        self.say("filed", address=f"{home}/issues/{issue}")
        start = time.monotonic()
        self.dispatcher.wait_idle(180)
        for run in self.dispatcher.runs:
            self._complain(run)
        pulls = self.ask(self.plan["proposer"], "GET", "/pulls")
        if pulls:
            head = pulls[0]["head"]["sha"]
            states = self.ask(self.plan["proposer"], "GET", f"/commits/{head}/status")["statuses"]
            shown = ", ".join(f"{state['context']} {state['state']}" for state in states)
            self.say("taken", address=f"{home}/pull/{pulls[0]['number']}", seconds=_took(start))
            self.say("checked", states=shown)
        self.say("try", address=f"{home}/issues/new/choose")
        self.say("who")

    def _complain(self, run: Run) -> None:
        if "failure" in run.jobs.values():
            self.say("failed", workflow=run.workflow, log=run.log[-3000:])

    def close(self) -> None:
        """Stop everything."""
        self.dispatcher.__exit__(None, None, None)
        self.hub.close()


def _took(start: float) -> str:
    return f"{time.monotonic() - start:.1f}".replace(".", ",")


def _site(options: list[str]) -> subprocess.Popen[str]:
    """Start the site, and pass on what it says; returns when it is served."""
    site = subprocess.Popen(
        [str(BIN / "sangkien"), "--root", str(ROOT), "demo", *options], stdout=subprocess.PIPE, text=True
    )
    served = threading.Event()

    def pass_on() -> None:
        for line in site.stdout or ():
            print(line, end="", flush=True)  # noqa: T201  # this is what it is for
            if "Ctrl+C" in line:
                served.set()
        served.set()

    threading.Thread(target=pass_on, daemon=True).start()
    served.wait(300)
    return site


def main(options: list[str]) -> int:
    """Serve the site and the desk until somebody stops them."""
    site = _site(options)
    with TemporaryDirectory(prefix="sangkien-demo-") as room:
        desk = Desk(Path(room), 0)
        try:
            desk.show()
            return site.wait()
        except KeyboardInterrupt:
            return site.wait(10)
        finally:
            site.terminate()
            desk.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
