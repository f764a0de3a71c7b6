"""From a posted form to the slip its sender gets: nothing is answered before it is on the disk."""

import asyncio
import os
import time
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from sangkien.adapters.bounded import BusyError
from sangkien.adapters.proof import Proof
from sangkien.adapters.slips import Accepted, SpentError
from sangkien.domain import idea_code, posting, slip
from sangkien.domain.errors import FullError
from sangkien.domain.finding import Finding, Location
from sangkien.domain.paper import Paper, errand_of
from sangkien.domain.posting import Photo, Posting
from sangkien.relay.ground import Ground
from sangkien.relay.multipart import Form
from sangkien.relay.refusal import RefusedError
from sangkien.relay.service import Service

Answer = tuple[int, dict[str, Any]]

_SALT_BYTES = 16


async def send(service: Service, form: Form, network: str) -> Answer:
    """Take an idea."""
    request = posting.request_of(form.fields)
    if request is None:
        raise RefusedError(400, "bad_form")
    mark = slip.mark(service.secret, request)
    if code := service.slips.code_of(mark):
        return 201, _receipt(service, code, request)  # asked again, since our answer was lost
    service.turnstile.send(network, time.monotonic())
    ground = service.ground
    accepted, read, findings = await service.by_hand(_judged, service, ground, form, request, mark)
    if accepted is None:
        return refused(ground, read, findings)
    accepted = replace(accepted, paper=await _developed(service, accepted.paper, read))
    service.turnstile.accept(time.monotonic())
    try:
        kept = await stored(service, service.slips.accept(accepted))
    except KeyError as error:  # another idea drew the same code at this very moment: the next try draws another
        raise RefusedError(503, "busy") from error
    return 201, _receipt(service, kept, request)


async def stored(service: Service, future: "Future[str]") -> str:
    """Wait until what was accepted is on the disk; raises RefusedError."""
    try:
        kept = await asyncio.wrap_future(future)
    except SpentError as error:
        raise RefusedError(403, "proof") from error
    except FullError as error:
        service.journal.tell("full", why=error.text[:200])
        raise RefusedError(507, "full") from error
    service.journal.count("accept", "stored")
    service.wake()
    return kept


def _judged(
    service: Service, ground: Ground, form: Form, request: str, mark: str
) -> tuple[Accepted | None, Posting, tuple[Finding, ...]]:
    """Do all that takes computing, in one go: hopping from thread to thread would take longer than the work."""
    day = service.day()
    proof = proven(service, form.fields.get("altcha", ""))
    admission = ground.admission
    read = posting.read(form.fields, form.files, admission.template, admission.choices, amending=False)
    draws = admission.codes(day, slip.seed(service.secret, request), service.slips.has)
    code, seed = next(draws, ("", ""))
    if not code:
        raise RefusedError(503, "busy")
    taken = admission.take(read, day, code, seed)
    if taken.paper is None:
        return None, read, taken.findings
    salt = os.urandom(_SALT_BYTES)
    hashed = slip.hashed(slip.pin(service.secret, request), salt)
    accepted = Accepted(
        mark=mark,
        salt=salt,
        pin=hashed,
        day=day,
        key=errand_of(code),
        paper=taken.paper,
        proof=proof.key,
        proof_until=proof.until,
    )
    return accepted, read, ()


def proven(service: Service, solved: str) -> Proof:
    """Check a solved challenge that was not used yet; raises RefusedError."""
    proof = service.proofs.check(solved)
    if proof is None or service.slips.is_spent(proof.key):
        raise RefusedError(403, "proof")
    return proof


def refused(ground: Ground, read: Posting, findings: tuple[Finding, ...]) -> Answer:
    """Say what is to be mended, each under its question."""
    keyed = [replace(f, where=Location(path=(ground.admission.key_of(f),))) for f in findings]
    if not read.answers.get("summary"):  # then it is the opening of another answer, where the same is said
        keyed = [f for f in keyed if f.where.path != ("summary",)] or keyed
    return 422, {"findings": ground.finding_rows(keyed)}


async def _developed(service: Service, paper: Paper, read: Posting) -> Paper:
    """Put pictures of our own making in the place of those that were sent."""
    made: dict[str, str | bytes] = {}
    folder = idea_code.folder(paper.code)
    for photo in read.photos:
        made[f"{folder}/images/anh-{photo.place}.webp"] = await _picture(service, photo)
    return replace(paper, files={**paper.files, **made}) if made else paper


async def _picture(service: Service, photo: Photo) -> bytes:
    try:
        data = await service.darkroom.develop(photo.data)
    except BusyError as error:
        raise RefusedError(503, "busy") from error
    if data is None:
        raise RefusedError(415, "not_a_picture")
    return data


def _receipt(service: Service, code: str, request: str) -> dict[str, Any]:
    address = f"{service.settings['address']}theo-doi/"
    return {"code": code, "pin": slip.pin(service.secret, request), "address": address}
