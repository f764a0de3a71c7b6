"""From a posted form to the slip its sender gets: nothing is answered before it is on the disk."""

import asyncio
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sangkien.adapters.darkroom_pool import BusyError
from sangkien.adapters.proof import Proof
from sangkien.adapters.slips import Accepted, SpentError
from sangkien.domain import idea_code, posting, slip
from sangkien.domain.errors import FullError
from sangkien.domain.finding import Finding, Location
from sangkien.domain.paper import Paper
from sangkien.domain.posting import Photo, Posting
from sangkien.relay.ground import Ground
from sangkien.relay.multipart import Form
from sangkien.relay.refusal import RefusedError
from sangkien.relay.service import Service
from sangkien.workflow.relay import Taken

Answer = tuple[int, dict[str, Any]]

_SALT_BYTES = 16


def errand_key(code: str) -> str:
    """Name what is to be done about an idea: a later word takes the place of an earlier one."""
    return f"idea:{code}"


async def send(service: Service, form: Form, network: str) -> Answer:
    """Take an idea."""
    request = posting.request_of(form.fields)
    if request is None:
        raise RefusedError(400, "bad_form")
    mark = slip.mark(service.secret, request)
    if code := await service.by_hand(service.slips.code_of, mark):
        return 201, _receipt(service, code, request)  # asked again, since our answer was lost
    service.turnstile.send(network, time.monotonic())
    proof = await proven(service, form.fields.get("altcha", ""))
    day, ground = service.day(), service.ground
    read = posting.read(form.fields, form.files, ground.admission.template, ground.admission.choices, amending=False)
    for code, seed in _draws(service, ground, day, request):
        taken: Taken = await service.by_hand(ground.admission.take, read, day, code, seed)
        if taken.paper is None:
            return refused(ground, taken.findings)
        paper = await _developed(service, taken.paper, read)
        service.turnstile.accept(time.monotonic())
        salt = os.urandom(_SALT_BYTES)
        hashed = await service.by_hand(slip.hashed, slip.pin(service.secret, request), salt)
        accepted = Accepted(
            mark=mark,
            salt=salt,
            pin=hashed,
            day=day,
            key=errand_key(code),
            paper=paper,
            proof=proof.key,
            proof_until=proof.until,
        )
        try:
            kept = await asyncio.wrap_future(service.slips.accept(accepted))
        except KeyError:
            continue  # another idea drew the same code meanwhile
        except SpentError as error:
            raise RefusedError(403, "proof") from error
        except FullError as error:
            service.journal.tell("full", why=error.text[:200])
            raise RefusedError(507, "full") from error
        service.journal.count("accept", "stored")
        service.wake()
        return 201, _receipt(service, kept, request)
    raise RefusedError(503, "busy")


async def proven(service: Service, solved: str) -> Proof:
    """Check a solved challenge that was not used yet; raises RefusedError."""
    proof = await service.by_hand(service.proofs.check, solved)
    if proof is None or await service.by_hand(service.slips.is_spent, proof.key):
        raise RefusedError(403, "proof")
    return proof


def refused(ground: Ground, findings: tuple[Finding, ...]) -> Answer:
    """Say what is to be mended, each under its question."""
    keyed = [replace(f, where=Location(path=(ground.admission.key_of(f),))) for f in findings]
    return 422, {"findings": ground.finding_rows(keyed)}


def _draws(service: Service, ground: Ground, day: str, request: str) -> Iterator[tuple[str, str]]:
    seed = slip.seed(service.secret, request)
    return ground.admission.codes(day, seed, lambda code: service.slips.slip(code) is not None)


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
