"""From a posted form about an idea that stands to the thanks its sender gets; stored first, as an idea is."""

import time
from typing import Any

from sangkien.adapters.marks import Sent
from sangkien.domain import posting, slip
from sangkien.domain.finding import Finding
from sangkien.domain.paper import Act
from sangkien.relay.ground import Ground
from sangkien.relay.multipart import Form as Posted
from sangkien.relay.refusal import RefusedError
from sangkien.relay.sending import Answer, proven, stored
from sangkien.relay.service import Service
from sangkien.workflow.likewise import Form

_ACTS: dict[Form, Act] = {"application": "append", "follow": "ask"}


async def tell_applied(service: Service, posted: Posted, network: str) -> Answer:
    """Take word of a place where an idea was taken up."""
    return await _tell(service, "application", posted, network)


async def wish_to_follow(service: Service, posted: Posted, network: str) -> Answer:
    """Take the wish of somebody to do likewise."""
    return await _tell(service, "follow", posted, network)


async def _tell(service: Service, form: Form, posted: Posted, network: str) -> Answer:
    request = posting.request_of(posted.fields)
    if request is None:
        raise RefusedError(400, "bad_form")
    mark = slip.mark(service.secret, f"{form} {request}")
    if code := service.marks.code_of(mark):
        return 201, await service.by_hand(_thanks, service.ground, code)  # asked again, since our answer was lost
    service.turnstile.send(network, time.monotonic())
    ground = service.ground
    sent, findings = await service.by_hand(_judged, service, ground, form, posted, mark)
    if sent is None:
        return 422, {"findings": ground.likewise_rows(form, findings)}
    service.turnstile.accept(time.monotonic())
    code = await stored(service, service.marks.accept(sent))
    return 201, await service.by_hand(_thanks, ground, code)


def _judged(
    service: Service, ground: Ground, form: Form, posted: Posted, mark: str
) -> tuple[Sent | None, tuple[Finding, ...]]:
    day = service.day()
    proof = proven(service, posted.fields.get("altcha", ""))
    read = posting.read_likewise(posted.fields, ground.likewise.templates[form])
    taken = ground.likewise.take(form, read, day, mark)
    if taken.paper is None:
        return None, taken.findings
    made = Sent(mark=mark, day=day, act=_ACTS[form], paper=taken.paper, proof=proof.key, proof_until=proof.until)
    return made, ()


def _thanks(ground: Ground, code: str) -> dict[str, Any]:
    return {"code": code, "title": ground.likewise.title(code), "address": ground.address(code)}
