"""What mkdocs makes of a site, which all stamping begins with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What mkdocs made: the shells by `section depth`, and the written pages with their marks still in them.

    `sources` tells from which file each written page came; `news` are those with a day, the newest first.
    """

    site_name: str
    site_url: str
    shells: Mapping[str, str]
    written: Mapping[str, str]
    sources: Mapping[str, str]
    news: Sequence[Mapping[str, str]] = ()

    def to_json(self) -> str:
        """Write the base down, for the other side of a process."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Base":
        """Read a base written by `to_json`."""
        return cls(**json.loads(text))
