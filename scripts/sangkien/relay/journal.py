"""What the relay tells its operator: one JSON line an event, and figures; never an address, a code, a text, a name."""

import json
import sys
import threading
import time
import traceback
from collections import Counter
from pathlib import Path

_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Journal:
    """Writes events and counts them; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[tuple[str, int]] = Counter()
        self._events: Counter[tuple[str, str]] = Counter()
        self._times: Counter[float] = Counter()
        self._seconds = 0.0

    def tell(self, event: str, **about: object) -> None:
        """Write one event; `about` holds our own words and numbers alone."""
        line = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "event": event, **about}
        with self._lock:
            sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")

    def fault(self, error: Exception) -> None:
        """Tell of a fault of the program: its kind and place, since its words may quote what somebody sent."""
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        self.tell("fault", kind=type(error).__name__, where=where)

    def count(self, event: str, outcome: str) -> None:
        """Count an event."""
        with self._lock:
            self._events[event, outcome] += 1

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        with self._lock:
            self._answers[route, status] += 1
            if route == "/gui":
                self._times[next((bound for bound in _BOUNDS if seconds <= bound), float("inf"))] += 1
                self._seconds += seconds

    def figures(self, **gauges: float) -> str:
        """Write every figure as Prometheus reads it."""
        with self._lock:
            rows = ["# TYPE relay_answers_total counter"]
            rows += [
                f'relay_answers_total{{route="{route}",status="{status}"}} {count}'
                for (route, status), count in sorted(self._answers.items())
            ]
            rows += ["# TYPE relay_events_total counter"]
            rows += [
                f'relay_events_total{{event="{event}",outcome="{outcome}"}} {count}'
                for (event, outcome), count in sorted(self._events.items())
            ]
            rows += ["# TYPE relay_send_seconds histogram"]
            total = 0
            for bound in _BOUNDS:
                total += self._times[bound]
                rows.append(f'relay_send_seconds_bucket{{le="{bound}"}} {total}')
            total += self._times[float("inf")]
            rows += [f'relay_send_seconds_bucket{{le="+Inf"}} {total}', f"relay_send_seconds_count {total}"]
            rows.append(f"relay_send_seconds_sum {self._seconds:.6f}")
        for name, value in gauges.items():
            rows += [f"# TYPE relay_{name} gauge", f"relay_{name} {value:g}"]
        return "\n".join(rows) + "\n"
