"""Whoever sent an idea comes back with code and PIN: to see where it is, mend it, withdraw it, have a name erased."""

import hmac
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sangkien.adapters.github import GitHub
from sangkien.adapters.slips import SpentError
from sangkien.domain import following, idea_code, layout, notation, posting, slip
from sangkien.domain.desk import IDEA_BRANCH
from sangkien.domain.errors import FullError
from sangkien.domain.following import Deed, Slip, Verdict
from sangkien.domain.paper import Paper, branch_of, errand_of
from sangkien.relay.multipart import Form
from sangkien.relay.refusal import RefusedError
from sangkien.relay.sending import Answer, proven, refused
from sangkien.relay.service import Service
from sangkien.render.relay import sentence
from sangkien.workflow import conversation
from sangkien.workflow.deliver import stub_files
from sangkien.workflow.relay import Taken

_LONGEST = 60  # letters of a code or a PIN as typed
_NO_LOCK = (b"\0" * 16, b"\0" * 32)


async def look(service: Service, given: Mapping[str, Any], network: str) -> Answer:
    """Tell how far an idea has come to who has its code and PIN; says the same of a wrong PIN and of no such code."""
    code, pin = _pair(given)
    now = time.monotonic()
    service.turnstile.look(network, now)
    service.turnstile.guess(code, network, now)
    if not await service.by_hand(_opens, service, code, pin):
        raise RefusedError(403, "wrong_pair")
    service.turnstile.guessed_right(code, network)
    return 200, await service.by_hand(_told, service, code)


async def read_again(service: Service, given: Mapping[str, Any]) -> Answer:
    """Give an idea as it stands, to be written anew."""
    code = _holder(service, given.get("token"))
    standing, _, verdict = await service.by_desk(_standing, service, code)
    _allow(service, code, verdict, "edit", "answer")
    return 200, {"answers": service.ground.admission.answers(standing)}


async def amend(service: Service, form: Form, network: str) -> Answer:
    """Take an idea's new words."""
    code = _holder(service, form.fields.get("token"))
    service.turnstile.send(network, time.monotonic())
    ground = service.ground
    standing, own, verdict = await service.by_desk(_standing, service, code)
    _allow(service, code, verdict, "edit", "answer")
    admission = ground.admission
    read = posting.read(form.fields, {}, admission.template, admission.choices, amending=True)
    taken: Taken = await service.by_hand(admission.amend, read, standing)
    if taken.paper is None:
        return refused(ground, read, taken.findings)
    await service.by_hand(_file_amended, service, taken.paper, own)
    return 200, {"sentence": sentence("amended")}


async def withdraw(service: Service, given: Mapping[str, Any], network: str) -> Answer:
    """Take an idea back."""
    code = _holder(service, given.get("token"))
    service.turnstile.send(network, time.monotonic())
    verdict = await service.by_hand(service.ground.verdict, code)
    _allow(service, code, verdict, "withdraw")
    await _spend(service, given.get("proof"))
    key = await service.by_hand(_file_withdrawal, service, code, service.day())
    return 200, {"sentence": sentence(key)}


async def erase(service: Service, given: Mapping[str, Any], network: str) -> Answer:
    """Ask the secretary to erase a name."""
    code = _holder(service, given.get("token"))
    service.turnstile.send(network, time.monotonic())
    _allow(service, code, await service.by_hand(service.ground.verdict, code), "erase")
    await _spend(service, given.get("proof"))
    await service.by_hand(_file_erasure, service, code, service.day())
    return 200, {"sentence": sentence("erase_asked")}


def _pair(given: Mapping[str, Any]) -> tuple[str, str]:
    texts = [text if isinstance(text := given.get(key), str) else "" for key in ("code", "pin")]
    code = idea_code.read(texts[0][:_LONGEST]) or ""
    return code, slip.read_pin(texts[1][:_LONGEST]) or ""


def _opens(service: Service, code: str, pin: str) -> bool:
    salt, kept = service.slips.lock_of(code) or _NO_LOCK
    return hmac.compare_digest(slip.hashed(pin, salt), kept)  # as long for no such code as for a wrong PIN


def _holder(service: Service, token: object) -> str:
    code = slip.holder(service.secret, token, service.clock()) if isinstance(token, str) else None
    if code is None or service.slips.slip(code) is None:
        raise RefusedError(403, "signed_out")
    return code


def _slip(service: Service, code: str) -> Slip:
    found = service.slips.slip(code)
    assert found is not None  # noqa: S101  # a token is given for one that is there, and none is ever removed
    return found


def _allow(service: Service, code: str, verdict: Verdict, *deeds: Deed) -> None:
    if not set(deeds) & set(following.deeds(_slip(service, code), verdict)):
        raise RefusedError(409, "not_now")


async def _spend(service: Service, solved: object) -> None:
    proof = await service.by_hand(proven, service, solved if isinstance(solved, str) else "")
    try:
        await service.by_hand(service.slips.spend, proof.key, proof.until)
    except SpentError as error:
        raise RefusedError(403, "proof") from error


def _told(service: Service, code: str) -> dict[str, Any]:
    own, verdict = _slip(service, code), service.ground.verdict(code)
    state = own.state
    concluded = state == "concluded" and bool(verdict.outcome)
    if verdict.public:
        shown, words = "public", sentence("public")
    elif concluded:
        shown, words = verdict.outcome, sentence(f"outcome_{verdict.outcome}")
    else:
        shown, words = state, sentence(f"state_{state}")
    return {
        "code": code,
        "state": shown,
        "sentence": words,
        "steps": [
            {"name": sentence(f"step_{step}"), "done": done, "day": day}
            for step, done, day in following.steps(own, verdict)
        ],
        "reason": own.reason or (verdict.reasons if concluded else ""),
        "can": following.deeds(own, verdict),
        "address": service.ground.address(code) if verdict.public else "",
        "token": slip.token(service.secret, code, int(service.clock()) + slip.TOKEN_LIFE),
    }


def _standing(service: Service, code: str) -> tuple[Mapping[str, Any], Slip, Verdict]:
    """Give an idea as it stands: on its way, on its branch, or in the register."""
    own, verdict = _slip(service, code), service.ground.verdict(code)
    path = layout.path_of("idea", code)
    waiting = service.outbox.waiting(errand_of(code))
    if waiting and path in waiting.paper.files:
        content = waiting.paper.files[path]
        data = content.encode() if isinstance(content, str) else content
    elif own.state in ("waiting", "mend", "returned"):
        data = _on_branch(service.forge, code, path) or b""
    else:
        data = service.ground.store.text(path).encode() if service.ground.store.exists(path) else b""
    record = notation.parse(data).record
    if not service.ground.admission.schemas.fits("idea", record):
        raise RefusedError(409, "not_now")
    return record, own, verdict


def _on_branch(forge: GitHub, code: str, path: str) -> bytes | None:
    head = forge.branch(branch_of(IDEA_BRANCH, code))
    return conversation.file_at(forge, forge.commit(head).tree, path) if head else None


def _file_amended(service: Service, paper: Paper, own: Slip) -> None:
    key = errand_of(paper.code)
    waiting = service.outbox.waiting(key)
    if waiting and waiting.act in ("propose", "resume"):  # nothing of it is at the desk yet
        whole = replace(paper, files={**waiting.paper.files, **paper.files})
        _put(service, key, whole, "propose", waiting.put_on)
    else:
        _put(service, key, paper, "amend", "")
    begins_anew = own.state == "concluded"
    service.slips.note(replace(own, state="queued", reason="", pull=0 if begins_anew else own.pull))
    service.wake()


def _file_withdrawal(service: Service, code: str, day: str) -> str:
    own, key = _slip(service, code), errand_of(code)
    waiting = service.outbox.waiting(key)
    path, files = layout.path_of("idea", code), {}
    if waiting and waiting.act in ("propose", "resume"):
        record = notation.parse(str(waiting.paper.files[path]).encode()).record
        files = stub_files(service.ground.admission.schemas, record, day)
    _put(service, key, Paper("withdrawal", code, branch_of(IDEA_BRANCH, code), files), "withdraw", day)
    if own.state != "received":
        service.slips.note(replace(own, state="withdrawn", reason=""))
    service.wake()
    return "withdrawal_asked" if own.state == "received" else "withdrawn"


def _file_erasure(service: Service, code: str, day: str) -> None:
    _put(service, f"erase:{code}", Paper("erasure", code, "", {}), "erase", day)
    service.slips.note(replace(_slip(service, code), erase_on=day))
    service.wake()


def _put(service: Service, key: str, paper: Paper, act: Any, put_on: str) -> None:
    try:
        service.outbox.put(key, paper, act, put_on)
    except FullError as error:
        raise RefusedError(507, "full") from error
