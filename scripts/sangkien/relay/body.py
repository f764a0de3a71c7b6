"""How a request's body is taken in: of the size it says, no more, and not for ever."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from starlette.requests import Request

from sangkien.relay.refusal import RefusedError

_SECONDS = 60.0


def size(request: Request, most: int) -> int:
    """Give the size a body is said to have; what does not say so is not read."""
    said = one(request, "content-length")
    if not (said.isascii() and said.isdecimal() and len(said) < 12) or "transfer-encoding" in request.headers:
        raise RefusedError(411, "bad_form")
    if int(said) > most:
        raise RefusedError(413, "too_big")
    return int(said)


def one(request: Request, name: str) -> str:
    """Give a header that must be there once."""
    values = request.headers.getlist(name)
    if len(values) != 1:
        raise RefusedError(411 if name == "content-length" else 415, "bad_form")
    return values[0]


async def parts(request: Request, most: int) -> AsyncIterator[bytes]:
    """Give a body piece by piece, so many bytes at most."""
    left = most
    async for chunk in request.stream():
        left -= len(chunk)
        if left < 0:
            raise RefusedError(413, "too_big")
        yield chunk


@contextlib.asynccontextmanager
async def deadline() -> AsyncIterator[None]:
    """Bound how long a body may take to come."""
    try:
        async with asyncio.timeout(_SECONDS):
            yield
    except TimeoutError as error:
        raise RefusedError(408, "slow") from error
