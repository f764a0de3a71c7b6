"""What is wrong with a relay's settings, in words."""

import tomllib
from functools import cache
from importlib import resources


@cache
def _words() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("relay_settings_vi.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["settings"]  # type: ignore[no-any-return]  # our own file


def fault(key: str, /, **params: object) -> tuple[str, str]:
    """Say what is the matter, and how to mend it."""
    entry = _words()[key]
    if "wanted" in params:
        params["wanted"] = _words()["types"][str(params["wanted"])]
    return entry["sentence"].format(**params), entry["cure"].format(**params)
