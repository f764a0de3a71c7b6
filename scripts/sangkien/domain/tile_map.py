"""The map of tiles: one for each place in force on a day, with what was honoured there under any of its names."""

from dataclasses import dataclass
from itertools import pairwise
from math import isqrt

from sangkien.domain import views
from sangkien.domain.register import Register

SHADES = 4
_AHEAD = "9999-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One place; column and row count from its group's upper left corner, where the group has a map."""

    unit: str
    ideas: int
    column: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The places under one unit; a map when each knows its own spot, else a list in the order of names."""

    parent: str
    tiles: tuple[Tile, ...]
    columns: int  # 0 where there is no map

    @property
    def is_map(self) -> bool:
        return self.columns > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """All tiles; `outside` counts ideas of no tile, `shared` those of a place that was divided among several."""

    day: str
    groups: tuple[Group, ...]
    outside: int
    shared: int

    @property
    def most(self) -> int:
        """The highest number on a tile."""
        return max((tile.ideas for group in self.groups for tile in group.tiles), default=0)


def tile_map(register: Register, day: str) -> TileMap:
    """Lay out the lowest territories in force on a day."""
    in_force = {key: unit for key, unit in register.units.items() if _in_force(unit, day) and _is_land(unit, register)}
    parents = {key: _parent(unit, day, in_force) for key, unit in in_force.items()}
    divided = set(parents.values())
    gathered: dict[str, list[Tile]] = {}
    seen: dict[str, int] = {}
    for key, unit in in_force.items():
        if key in divided:
            continue
        codes = {idea.code for idea in (*unit.ideas, *unit.below, *unit.earlier)}
        for code in codes:
            seen[code] = seen.get(code, 0) + 1
        spot = unit.record.get("tile", {"column": -1, "row": -1})
        tile = Tile(unit=key, ideas=len(codes), column=spot["column"], row=spot["row"])
        gathered.setdefault(parents[key], []).append(tile)
    return TileMap(
        day=day,
        groups=tuple(_group(parent, tiles) for parent, tiles in gathered.items()),
        outside=len(register.ideas) - len(seen),
        shared=sum(times > 1 for times in seen.values()),
    )


def steps(most: int) -> tuple[tuple[int, int], ...]:
    """Divide 1 … `most` into at most four ranges, each wider than the one before by about the same ratio.

    Few places have many ideas: ranges of one width would leave all but those in the lowest.
    """
    ends = sorted({isqrt(isqrt(most**part - 1)) + 1 for part in range(1, SHADES + 1)}) if most else []
    return tuple((low + 1, high) for low, high in pairwise([0, *ends]))


def shade(ideas: int, ranges: tuple[tuple[int, int], ...]) -> int:
    """Give the shade of a number: 0 for none, `SHADES` for the highest range however many there are."""
    place = next((n for n, (low, high) in enumerate(ranges) if low <= ideas <= high), None)
    return 0 if place is None else SHADES - len(ranges) + 1 + place


def _group(parent: str, tiles: list[Tile]) -> Group:
    spots = {(tile.column, tile.row) for tile in tiles}
    left, top = min(tile.column for tile in tiles), min(tile.row for tile in tiles)
    if left < 0 or len(spots) < len(tiles):  # one without a spot, or two on one
        return Group(parent=parent, tiles=tuple(tiles), columns=0)
    moved = (
        Tile(unit=tile.unit, ideas=tile.ideas, column=tile.column - left, row=tile.row - top)
        for tile in sorted(tiles, key=lambda tile: (tile.row, tile.column))
    )
    return Group(parent=parent, tiles=tuple(moved), columns=max(tile.column for tile in tiles) - left + 1)


def _in_force(unit: views.Unit, day: str) -> bool:
    return unit.record["valid_from"] <= day <= unit.record.get("valid_to", _AHEAD)


def _is_land(unit: views.Unit, register: Register) -> bool:
    levels = register.lists["levels"] if register.lists else ()
    return any(level["id"] == unit.record["level"] and level["group"] == "dia-ban" for level in levels)


def _parent(unit: views.Unit, day: str, in_force: dict[str, views.Unit]) -> str:
    return next(
        (
            parent["unit"]
            for parent in unit.record.get("parents", ())
            if parent["from"] <= day <= parent.get("to", _AHEAD) and parent["unit"] in in_force
        ),
        "",
    )
