"""Who may ask, how often and how much: addresses, origins, windows of time, memory."""

import hmac
import ipaddress
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from starlette.requests import Request

from sangkien.domain.pace import Window
from sangkien.relay.refusal import RefusedError
from sangkien.relay.settings import Settings

_HOUR, _DAY = 3600.0, 86400.0
# Wrong PINs in an hour. A code bears more of them than one address has: nobody shuts an idea's sender out from one.
_GUESSES_OF_A_CODE, _GUESSES_OF_AN_ADDRESS, _GUESSES_OF_BOTH = 300, 30, 10
_LOOKS = 600  # in an hour: challenges, likenesses, and what else an address may ask for
_PART = 4  # of the memory one address may fill
_ALL = ""
_HERE = re.compile(r"(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?")
_OF_PROXIES = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")


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
    named = _HERE.fullmatch(request.headers.get("host", ""))
    return host in ("127.0.0.1", "::1") and bool(named) and not any(name in request.headers for name in _OF_PROXIES)


def check_origin(request: Request, origin: str) -> None:
    """Refuse what another site's page sends."""
    named = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if (named != origin) if named is not None else (site != "same-origin"):
        raise RefusedError(403, "origin")
    if site not in (None, "same-origin"):
        raise RefusedError(403, "origin")


def is_operator(request: Request, token: str) -> bool:
    """Tell whether somebody may read the figures: who has the token, or where there is none, who is on the machine."""
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token:  # then a proxy that hides for whom it asks shows nobody the figures
        return hmac.compare_digest(shown.encode(), token.encode())
    return is_loopback(request)


class Turnstile:
    """Counts what each address and all together do."""

    def __init__(self, settings: Settings) -> None:
        self._sends = Window(settings["limits.per_address"], _HOUR)
        self._hour, self._day = Window(settings["limits.per_hour"], _HOUR), Window(settings["limits.per_day"], _DAY)
        self._looks = Window(max(_LOOKS, 10 * settings["limits.per_address"]), _HOUR)
        self._of_code, self._of_address = Window(_GUESSES_OF_A_CODE, _HOUR), Window(_GUESSES_OF_AN_ADDRESS, _HOUR)
        self._of_both = Window(_GUESSES_OF_BOTH, _HOUR)

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

    def guess(self, code: str, network: str, now: float) -> None:
        """Let somebody try a PIN, which counts as wrong until it was right; raises RefusedError after too many."""
        counted = self._guesses(code, network)
        if any(window.is_spent(key, now) for window, key in counted):
            raise RefusedError(429, "no_more_guesses")
        for window, key in counted:  # before the PIN is looked at: many tried at once are as many tries
            window.take(key, now)

    def guessed_right(self, code: str, network: str) -> None:
        """Take back that a PIN was counted as wrong."""
        for window, key in self._guesses(code, network):
            window.give_back(key)

    def _guesses(self, code: str, network: str) -> Sequence[tuple[Window, str]]:
        of_address = (self._of_address, network)
        return (of_address, (self._of_code, code), (self._of_both, f"{code} {network}")) if code else (of_address,)


class Room:
    """Bytes that may be held in memory for what is being sent, of which one address has a part at most."""

    def __init__(self, size: int) -> None:
        self.left, self._share = size, size // _PART
        self._by: Counter[str] = Counter()

    @contextmanager
    def held(self, size: int, network: str) -> Iterator[None]:
        """Hold so many bytes; raises RefusedError when there is no room."""
        by = self._by[network]
        if size > self.left or (by and by + size > self._share):  # one form alone is always within a share
            raise RefusedError(503, "busy")
        self.left -= size
        self._by[network] += size
        try:
            yield
        finally:
            self.left += size
            self._by[network] -= size
            if not self._by[network]:
                del self._by[network]
