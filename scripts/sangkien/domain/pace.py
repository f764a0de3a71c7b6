"""How often something may be done, and how long to wait before it is tried again."""

from collections import OrderedDict, deque

_LEAST, _MOST = 2.0, 3600.0  # seconds before the second try, and between late ones


def pause(tries: int, dice: float) -> float:
    """Give the seconds to wait after so many failures; the dice (0 to 1) keep many from coming back at once."""
    return float(min(_MOST, _LEAST * 2 ** min(tries, 20))) * (0.5 + dice / 2)


class Window:
    """Lets each key through `limit` times in `seconds`; of more keys than `most`, the oldest is forgotten.

    Moments are seconds of a clock that never goes back.
    """

    def __init__(self, limit: int, seconds: float, most: int = 20_000) -> None:
        self._limit, self._seconds, self._most = limit, seconds, most
        self._taken: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def take(self, key: str, now: float) -> bool:
        """Count one more of a key; False when that is too many."""
        began, count = self._taken.pop(key, (now, 0))
        if now - began >= self._seconds:
            began, count = now, 0
        self._taken[key] = (began, count + 1)
        if len(self._taken) > self._most:
            self._taken.popitem(last=False)
        return count < self._limit

    def give_back(self, key: str) -> None:
        """Count one less of a key, which was not to be counted after all."""
        if key in self._taken:
            began, count = self._taken[key]
            self._taken[key] = (began, count - 1)

    def is_spent(self, key: str, now: float) -> bool:
        """Tell whether a key has no more left."""
        began, count = self._taken.get(key, (now, 0))
        return now - began < self._seconds and count >= self._limit


class Stride:
    """Keeps what is done in a row within several limits, each so many times in so many seconds."""

    def __init__(self, *limits: tuple[int, float]) -> None:
        self._limits = [(count, seconds) for count, seconds in limits if count]
        self._done: deque[float] = deque(maxlen=max((count for count, _ in self._limits), default=1))

    def wait(self, now: float) -> float:
        """Give the seconds until the next may be done."""
        waits = [self._done[-count] + seconds - now for count, seconds in self._limits if len(self._done) >= count]
        return max(0.0, *waits) if waits else 0.0

    def step(self, now: float) -> None:
        """Note that one was done."""
        self._done.append(now)
