"""The ways in from an idea's page: who wants to do likewise, and who has done so already."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sangkien.domain import address
from sangkien.domain.records import MovementRecord
from sangkien.render import forms

# Where the relay takes the same two forms.
RELAY_FOLLOW, RELAY_APPLIED = "lam-theo/", "da-lam/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Two links for one idea; `leads_away` when they leave the site."""

    follow: str
    applied: str
    leads_away: bool


def doors(movement: MovementRecord | None, code: str) -> Doors | None:
    """Choose the doors of an idea: an open repository's forms, else the relay, else the page that tells where to go.

    A site that was handed over has none.
    """
    if movement and "handover" in movement:
        return None
    if movement and movement["topology"] == "open" and "repository" in movement:
        new = f"{movement['repository']}/issues/new?"
        return Doors(
            follow=new + urlencode({"template": forms.FOLLOW, "code": code}),
            applied=new + urlencode({"template": forms.APPLICATION, "code": code}),
            leads_away=True,
        )
    if movement and "relay" in movement:
        asked = "?" + urlencode({"ma": code})
        relay = movement["relay"]
        return Doors(follow=relay + RELAY_FOLLOW + asked, applied=relay + RELAY_APPLIED + asked, leads_away=True)
    return Doors(follow=f"~/{address.TAKE_PART}#lam-theo", applied=f"~/{address.TAKE_PART}#da-lam", leads_away=False)
