"""One idea's way from a form to an honour, told step by step while the real workflows carry it."""

import re
import time
import urllib.error
import urllib.request
from urllib.parse import parse_qs

from localhub.demo_desk import Desk
from localhub.demo_plan import REGISTER, Voter, write
from localhub.demo_relay import Relay

_LINK = re.compile(r"\]\(\S*#(\S+)\)")
_PATIENCE = 60  # seconds the relay may take to bring an idea to the desk, and the site to show the honour


class Story:
    """Plays every part in turn; what it prints is what a visitor may look up."""

    def __init__(self, desk: Desk, site: str) -> None:
        self.desk, self.site = desk, site
        self.home = f"{desk.hub.url}/{desk.repository}"
        self.step = 0
        self.start = time.monotonic()

    def tell(self, relay: Relay) -> bool:
        """Tell the whole story; False when a step failed, which is said."""
        slip = relay.send(self.desk.plan.answers())
        self._say("filed", f"{relay.address}theo-doi/#{slip.code}")
        pull = self.receive()
        self.score(pull)
        self.open(pull)
        self.conclude(pull)
        if not self._shown(self.decide(pull)):
            return False
        self._say("followed", f"{relay.address}theo-doi/#{slip.code}")
        print(f"     {relay.look(slip)}", flush=True)  # noqa: T201  # for people
        return True

    def receive(self) -> int:
        """Let the secretary receive what the form became; gives the pull request."""
        until = time.monotonic() + _PATIENCE
        while not (pulls := self.desk.ask(self.desk.owner, "GET", "/pulls")) and time.monotonic() < until:
            time.sleep(0.1)
        self._settle()
        (pull,) = pulls
        number = int(pull["number"])
        self._say("taken", f"/pull/{number}")
        self.desk.say("thu-ky", number, "/tiep-nhan")
        self._settle()
        self._say("received", f"/pull/{number}")
        return number

    def score(self, pull: int) -> None:
        """Let the council score: who may, steps back or stays away; the last one slips first."""
        plan = self.desk.plan
        if plan.recused:
            self.desk.say(plan.recused, pull, plan.words["council"]["recusal"])
        *sure, hasty = plan.voters
        for voter in sure:
            self._vote(pull, voter)
        self._vote(pull, hasty, slip=True)
        self._settle()
        self._say("scored", f"/pull/{pull}")
        self._vote(pull, hasty)
        self._settle()
        self._say("mended", f"/pull/{pull}")

    def _vote(self, pull: int, voter: Voter, *, slip: bool = False) -> None:
        """Write a ballot as the score page does, from the member's own link, and seal it."""
        plan, login = self.desk.plan, voter.login
        about = self.link(pull, plan.people[login])
        lines = [f"bo-tieu-chi: {plan.rubric['id']}", f"ma-so: {about['ma-so']}", f"van-tay: {about['van-tay']}"]
        lines += [f"thanh-vien: {about['thanh-vien']}"]
        lines += [f"{key}: {mark}" for key, mark in plan.marks(voter, slip=slip).items()]
        lines += ["ket-luan: cong-nhan", f"nhan-xet: {voter.remark}"]
        place = self.desk.room / f"{login}.md"
        place.write_text("\n".join(["```phieu-cham", *lines, "```"]), encoding="utf-8")
        keys = [key.with_suffix(".pub").read_text(encoding="utf-8").strip() for key in self.desk.keys]
        sealed = self.desk.sangkien("ballot", "seal", str(place), *(word for key in keys for word in ("--to", key)))
        self.desk.ask(login, "POST", f"/pulls/{pull}/reviews", {"body": sealed, "event": "COMMENT"})

    def link(self, pull: int, account: int) -> dict[str, str]:
        """Find a member's link in what the program said."""
        for fragment in _LINK.findall("\n".join(self.desk.remarks(pull))):
            about = {key: values[0] for key, values in parse_qs(fragment).items()}
            if about.get("thanh-vien") == str(account):
                return about
        raise LookupError(f"no link for {account}")

    def open(self, pull: int) -> None:
        """Let the chair open the ballots."""
        self.desk.say("chu-tich", pull, "/mo-phieu")
        self._settle()
        self._say("opened", f"/pull/{pull}")

    def conclude(self, pull: int) -> None:
        """Let the chair conclude."""
        self.desk.say("chu-tich", pull, self.desk.plan.words["council"]["ruling"])
        self._settle()
        self._say("concluded", f"/pull/{pull}")

    def decide(self, pull: int) -> str:
        """Enter the signed decision as the secretary does by hand, and merge it once it is found sound."""
        title = self.desk.ask(self.desk.owner, "GET", f"/pulls/{pull}")["title"]
        code = str(title)[-14:]
        record = self.desk.plan.decision(code)
        path = f"{REGISTER}/decisions/{record['id']}.yml"
        head = self.desk.ask(self.desk.owner, "GET", "/git/ref/heads/main")["object"]["sha"]
        self.desk.ask("thu-ky", "POST", "/git/refs", {"ref": "refs/heads/quyet-dinh", "sha": head})
        self.desk.put_file(path, write(record), branch="quyet-dinh", login="thu-ky")
        about = {"title": record["title"], "head": "quyet-dinh", "base": "main"}
        number = int(self.desk.ask("thu-ky", "POST", "/pulls", about)["number"])
        self._settle()
        self.desk.ask("thu-ky", "PUT", f"/pulls/{number}/merge", {"merge_method": "squash"})
        self._say("decided", f"/pull/{number}")
        return code

    def _shown(self, code: str) -> bool:
        """Wait until the site, built anew from the desk's main branch, honours the idea."""
        address = f"{self.site}ghi-nhan/{code[:4]}/{code[5:].replace('-', '').lower()}/"
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # our own site
                    self._say("shown", address)
                    return True
            except urllib.error.URLError:
                time.sleep(0.3)
        return False

    def _settle(self) -> None:
        for run in self.desk.settle():
            told = self.desk.plan.words["words"]["failed"].format(workflow=run.workflow, log=run.log[-3000:])
            print(told, flush=True)  # noqa: T201  # for people

    def _say(self, key: str, address: str) -> None:
        self.step += 1
        seconds = f"{time.monotonic() - self.start:.0f}"
        told = self.desk.plan.words["words"][key]
        where = address if address.startswith("http") else f"{self.home}{address}"
        print(f"{self.step:3d}. {told:<44} {where}   ({seconds} giây)", flush=True)  # noqa: T201  # this is what it is for
