"""The map of tiles as a page shows it: a list of links that a style sheet lays out as a map."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from sangkien.domain import address
from sangkien.domain.tile_map import Group, Tile, TileMap, shade, steps
from sangkien.render import vietnamese as vi
from sangkien.render.charts import Row, Table, folded
from sangkien.render.headline import Words, most_ideas
from sangkien.render.page import write
from sangkien.render.wording import Wording

_ROOM = 3  # columns of a map that a phone has room for


def tiles(tiled: TileMap, wording: Wording) -> Markup:
    """Write the tiles, group by group, what the shades mean, and the table of the same numbers."""
    ranges = steps(tiled.most)
    every = [tile for group in tiled.groups for tile in group.tiles]
    names = named((tile.unit for tile in every), wording)
    table = Table(
        caption="Số ý được ghi nhận ở mỗi nơi hiện nay",
        heads=("Nơi", "Số ý"),
        rows=tuple(
            Row(label=names[tile.unit], value=tile.ideas)
            for tile in sorted(every, key=lambda tile: -tile.ideas)  # names are in order already
        ),
    )
    body = write(
        "tiles.html.j2",
        groups=[_group(group, ranges, wording) for group in tiled.groups],
        headed=len(tiled.groups) > 1,
        shades=[(0, "chưa có ý nào"), *((shade(high, ranges), _range(low, high)) for low, high in ranges)],
    )
    return Markup(body) + folded(table)  # noqa: S704  # written by a template


def says(tiled: TileMap, wording: Wording) -> str:
    """Say where on the map most is."""
    every = [(wording.unit(tile.unit), tile.ideas) for group in tiled.groups for tile in group.tiles]
    return most_ideas(every, Words(each="nơi", within="ở"))


def named(units: Iterable[str], wording: Wording) -> dict[str, Markup]:
    """Link to units; those that share a name are told apart by their years."""
    keys = list(units)
    shared = Counter(wording.unit(key) for key in keys)
    return {
        key: Markup("{} <small>({})</small>").format(
            _link(key, wording), wording.years_of(wording.register.units[key].record)
        )
        if shared[wording.unit(key)] > 1
        else _link(key, wording)
        for key in keys
    }


def _link(key: str, wording: Wording) -> Markup:
    return Markup('<a href="~/{}{}/">{}</a>').format(address.UNITS, key, vi.capital(wording.unit(key)))


def _group(group: Group, ranges: tuple[tuple[int, int], ...], wording: Wording) -> dict[str, Any]:
    wide = " sk-tiles--wide" if group.columns > _ROOM else ""
    return {
        "parent": vi.capital(wording.unit(group.parent)),
        "classes": f"sk-tiles sk-tiles--map{wide}" if group.is_map else "sk-tiles",
        "tiles": [_tile(tile, ranges, wording, placed=group.is_map) for tile in group.tiles],
    }


def _tile(tile: Tile, ranges: tuple[tuple[int, int], ...], wording: Wording, *, placed: bool) -> dict[str, Any]:
    classes = f"sk-tile sk-tile--{shade(tile.ideas, ranges)}"
    return {
        "unit": tile.unit,
        "name": vi.capital(wording.unit(tile.unit)),
        "ideas": tile.ideas,
        "classes": f"{classes} sk-x{tile.column} sk-y{tile.row}" if placed else classes,
    }


def _range(low: int, high: int) -> str:
    return f"{vi.whole(low)} ý" if low == high else f"{vi.whole(low)}–{vi.whole(high)} ý"
