"""Whether what sound settings lead to can be served: the registers, and how they fit together."""

import datetime

from sangkien.adapters.store import Store
from sangkien.relay.settings import Fault, Settings
from sangkien.workflow import reading


def faults(settings: Settings) -> list[Fault]:
    """Look into the checkout."""
    store = Store(settings.root)
    books = reading.read_registers(store, reading.load_schemas(store)).books
    movement = books.movement
    if movement is None:
        return [Fault(key="no_movement", params={"path": settings.root})]
    found = []
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    if not any(r["opens_on"] <= today <= r["closes_on"] for r in books.rounds.values()):
        found.append(Fault(key="no_round", params={}, mild=True))
    local = settings["host"] in ("127.0.0.1", "::1", "localhost")
    if movement["topology"] == "closed" and not settings.secure:
        found.append(Fault(key="closed_http", params={}, mild=local))
    said = movement.get("relay", "")
    if said and said != settings["address"]:
        found.append(Fault(key="relay_differs", params={"said": said, "value": settings["address"]}, mild=True))
    return found
