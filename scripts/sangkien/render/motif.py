"""A quiet drawing for each record, always the same for the same code: basalt, pepper or rambutan.

It stands on every page, so it is drawn with few letters: whole numbers, each from where the pen stood, corns as round
ends of lines without length, a rambutan's hairs as the dashes of its outline. Colours come from the style sheet.
"""

import hashlib
import math
import re

from markupsafe import Markup


def motif(key: str) -> Markup:
    """Draw the motif of a code as inline SVG."""
    body = _across(_seed(key), 1)
    return Markup(f'<svg class=sk-motif viewBox="0 0 96 96" aria-hidden=true>{body}</svg>')  # noqa: S704  # of numbers


def band(key: str) -> Markup:
    """Draw the same motif three times as wide, for the head of a card; it is cropped to a card of any width."""
    size = 'viewBox="0 0 288 96" preserveAspectRatio="xMidYMid slice"'
    body = _across(_seed(key), 3)
    return Markup(f"<svg class=sk-motif {size} aria-hidden=true>{body}</svg>")  # noqa: S704  # of numbers alone


def backdrop(key: str, columns: int, rows: int, shades: tuple[str, str, str]) -> str:
    """Draw the motif over a large ground as a picture that stands alone, in colours of its own."""
    seed = _seed(key)
    one, two, three = shades
    style = (
        f".m1,.f1{{fill:{one}}}.m2,.f2{{fill:{two}}}.m3{{fill:{three}}}.f1{{stroke:{two}}}.f2{{stroke:{one}}}"
        f".f1,.f2{{stroke-width:14;stroke-dasharray:1.8 4.483}}"
        f".c1,.c2{{fill:none;stroke-width:9.6;stroke-linecap:round;stroke:{one}}}.c2{{stroke-width:8.6;stroke:{two}}}"
    )
    strips = (_across(seed[:1] + seed[1 + row :] + seed[1 : 1 + row], columns) for row in range(rows))
    body = "".join(f'<g transform="translate(0 {_STEP * row})">{strip}</g>' for row, strip in enumerate(strips))
    width, height = 96 * columns, _STEP * rows
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<style>{style}</style>{_UNQUOTED.sub(_QUOTED, body)}</svg>"
    )


_STEP = 111  # three rows of lava, so that one strip ends where the next begins
_UNQUOTED, _QUOTED = re.compile(r"=([\w.]+)"), r'="\1"'  # a picture of its own is read more strictly than a page


def _seed(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


def _across(seed: bytes, squares: int) -> str:
    """Fill squares of 96 with one kind of drawing; columns of lava run on from one to the next."""
    kind, seed = seed[0] % 3, seed[1:]
    if kind == 0:
        return _basalt(seed, squares)
    draw = _pepper if kind == 1 else _rambutan
    parts = [draw(seed[n:] + seed[:n]) for n in range(squares)]
    return "".join(f'<g transform="translate({96 * n})">{part}</g>' if n else part for n, part in enumerate(parts))


class _Pen:
    """A path that goes from place to place; the first one is told from the corner."""

    def __init__(self) -> None:
        self.path = ""
        self._x = self._y = 0

    def go(self, x: int, y: int, then: str) -> None:
        """Move and draw a shape that leads back to its start."""
        down = y - self._y
        self.path += f"{'m' if self.path else 'M'}{x - self._x}{'' if down < 0 else ' '}{down}{then}"
        self._x, self._y = x, y


# Six-sided columns of three sizes, each begun at its left corner.
_HEXAGONS = ((20, "l10-17h20l10 17-10 17h-20z"), (18, "l9-16h18l9 16-9 16h-18z"), (17, "l8-15h17l9 15-9 15h-17z"))


def _basalt(seed: bytes, squares: int) -> str:
    """Draw six-sided columns of cooled lava seen from above, in three shades; every other one may be missing."""
    pens = (_Pen(), _Pen(), _Pen())
    for place in range(9 * squares):
        shade = seed[place % 31] % 5
        if shade > 2 and place % 2:
            continue
        column, row = divmod(place, 3)
        radius, shape = _HEXAGONS[shade % 3]
        pens[shade % 3].go(16 + 32 * column - radius, 11 + 37 * row + 18 * (column % 2), shape)
    return "".join(f'<path class=m{n} d="{pen.path}"/>' for n, pen in enumerate(pens, 1) if pen.path)


def _pepper(seed: bytes) -> str:
    """Draw two hanging strings of pepper corns under a leaf."""
    ripe, green = _Pen(), _Pen()
    lean = seed[0] % 14 - 7
    for x, bend, count, start in ((34, lean, 10 + seed[4] % 3, 5), (62, -lean, 8 + seed[5] % 3, 11)):
        for k in range(count):
            pen = ripe if seed[(start + 2 * k) % 31] % 4 else green
            side = 5 if k % 2 else -5
            pen.go(x + round(bend * math.sin(k / count * math.pi)) + side, 22 + k * 62 // count, "h0")
    leaf = f"M18 10C34 {4 + seed[1] % 6} 62 {2 + seed[2] % 8} 80 16C60 {26 + seed[3] % 6} 36 26 18 10"
    corns = "".join(f'<path class=c{n} d="{pen.path}"/>' for n, pen in enumerate((ripe, green), 1) if pen.path)
    return f'<path class=m3 d="{leaf}"/>{corns}'


def _rambutan(seed: bytes) -> str:
    """Draw rambutans: a round fruit in its hairs, as many as its radius, since a dash and a gap make 2π."""
    turned = seed[1] % 2
    fruits = (
        (33 + seed[5] % 6, 42 + seed[6] % 6, 17 + seed[2] % 6),
        (70, 66 + seed[7] % 4, 12 + seed[3] % 5),
        (26, 82, 8),
    )
    drawn = "".join(
        f"<circle class=f{1 + n % 2} cx={96 - x if turned else x} cy={y} r={size} />"
        for n, (x, y, size) in enumerate(fruits[: 2 + seed[4] % 2])
    )
    leaf = "M44 6C30 2 14 8 8 22C24 28 40 22 44 6" if turned else "M52 6C66 2 82 8 88 22C72 28 56 22 52 6"
    return f'<path class=m3 d="{leaf}"/>{drawn}'
