"""Who may ask, how often and how much: addresses, origins, windows of time, memory."""

import hmac
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.requests import Request

from sangkien.domain.pace import Window
from sangkien.relay.refusal import RefusedError
from sangkien.relay.settings import Settings

_HOUR, _DAY = 3600.0, 86400.0
_GUESSES_OF_A_CODE, _GUESSES_OF_AN_ADDRESS = 10, 30  # in an hour
_LOOKS = 600  # in an hour: challenges, likenesses, and what else an address may ask for
_ALL = ""


def network_of(request: Request, proxies: int) -> str:
    """Name where a request comes from: a whole address, or the /64 one household has of IPv6.

    Behind so many proxies of ours, the address is the one the outermost of them saw.
    """
    seen = request.client.host if request.client else ""
    if proxies:
        forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
        seen = forwarded[-proxies].strip() if len(forwarded) >= proxies else seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return "?"
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def is_loopback(request: Request) -> bool:
    """Tell whether a request was made on this very machine, by no proxy."""
    host = request.client.host if request.client else ""
    return host in ("127.0.0.1", "::1") and "x-forwarded-for" not in request.headers


def check_origin(request: Request, origin: str) -> None:
    """Refuse what another site's page sends."""
    named = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if (named != origin) if named is not None else (site != "same-origin"):
        raise RefusedError(403, "origin")
    if site not in (None, "same-origin"):
        raise RefusedError(403, "origin")


def is_operator(request: Request, token: str) -> bool:
    """Tell whether somebody may read the figures: the operator by token, or who is on the machine."""
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token:
        return hmac.compare_digest(shown.encode(), token.encode()) or is_loopback(request)
    return is_loopback(request)


class Turnstile:
    """Counts what each address and all together do."""

    def __init__(self, settings: Settings) -> None:
        self._sends = Window(settings["limits.per_address"], _HOUR)
        self._hour, self._day = Window(settings["limits.per_hour"], _HOUR), Window(settings["limits.per_day"], _DAY)
        self._looks = Window(max(_LOOKS, 10 * settings["limits.per_address"]), _HOUR)
        self._of_code, self._of_address = Window(_GUESSES_OF_A_CODE, _HOUR), Window(_GUESSES_OF_AN_ADDRESS, _HOUR)

    def send(self, network: str, now: float) -> None:
        """Let somebody send; raises RefusedError when they did too often."""
        if not self._sends.take(network, now):
            raise RefusedError(429, "too_many")

    def accept(self, now: float) -> None:
        """Count something accepted; raises RefusedError when all together sent too much."""
        if self._hour.is_spent(_ALL, now) or self._day.is_spent(_ALL, now):
            raise RefusedError(429, "too_many_all")
        self._hour.take(_ALL, now)
        self._day.take(_ALL, now)

    def look(self, network: str, now: float) -> None:
        """Let somebody look; raises RefusedError when they did too often."""
        if not self._looks.take(network, now):
            raise RefusedError(429, "too_many")

    def may_guess(self, code: str, network: str, now: float) -> None:
        """Let somebody try a PIN; raises RefusedError after too many wrong ones."""
        if self._of_code.is_spent(code, now) or self._of_address.is_spent(network, now):
            raise RefusedError(429, "no_more_guesses")

    def guessed_wrong(self, code: str, network: str, now: float) -> None:
        """Count a wrong PIN."""
        self._of_code.take(code, now)
        self._of_address.take(network, now)


@dataclass(slots=True)
class Room:
    """Bytes that may be held in memory for what is being sent."""

    left: int

    @contextmanager
    def held(self, size: int) -> Iterator[None]:
        """Hold so many bytes; raises RefusedError when there is no room."""
        if size > self.left:
            raise RefusedError(503, "busy")
        self.left -= size
        try:
            yield
        finally:
            self.left += size
