"""What a unit is called in the middle of a sentence."""

from collections.abc import Mapping

from sangkien.domain import records as r
from sangkien.render import vietnamese as vi

# Groups whose level is too wide a word to stand before a name: people say the name alone.
_NAMED_ALONE = {"luc-luong-vu-trang", "to-chuc-thanh-vien"}


def unit_name(unit: r.UnitRecord, levels: Mapping[str, r.Level]) -> str:
    """Name a unit with its level, unless its name says it: `xã Suối Mẫu`."""
    level, name = levels.get(unit["level"]), unit["name"]
    if level is None or level["group"] in _NAMED_ALONE:
        return name
    called = level["name"].lower()
    if called == vi.UNIT_GROUPS[level["group"]].lower() or name.lower().startswith(called):
        return name
    return f"{level['name']} {name}"
