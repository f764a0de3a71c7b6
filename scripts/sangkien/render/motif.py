"""A quiet drawing for each record, always the same for the same code: basalt, pepper or rambutan."""

import hashlib
import math

from markupsafe import Markup


def motif(key: str) -> Markup:
    """Draw the motif of a code as inline SVG; colours come from the style sheet."""
    return _drawn(key, "sk-motif", 1)


def band(key: str) -> Markup:
    """Draw the same motif three times as wide, for the head of a card."""
    return _drawn(key, "sk-motif sk-motif--band", 3)


def backdrop(key: str, columns: int, rows: int, shades: tuple[str, str, str]) -> str:
    """Draw the motif over a large ground as a picture that stands alone, in colours of its own."""
    seed = list(hashlib.sha256(key.encode()).digest())
    one, two, three = shades
    colours = f".sk-m1{{fill:{one}}}.sk-m2{{fill:{two}}}.sk-m3{{fill:{three}}}"
    lines = f".sk-mline{{fill:none;stroke:{two};stroke-width:1.6;stroke-linecap:round}}"
    strips = (_across([seed[0], *seed[1 + row :], *seed[1 : 1 + row]], columns) for row in range(rows))
    body = "".join(f'<g transform="translate(0 {_STEP * row})">{strip}</g>' for row, strip in enumerate(strips))
    width, height = 96 * columns, _STEP * rows
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<style>{colours}{lines}</style>{body}</svg>"
    )


_STEP = 103.92  # four columns of lava, so that one strip ends where the next begins
_CROPPED = ' preserveAspectRatio="xMidYMid slice"'  # a band fills a card of any width


def _drawn(key: str, called: str, squares: int) -> Markup:
    seed = list(hashlib.sha256(key.encode()).digest())
    body = _across(seed, squares)
    return Markup(  # noqa: S704  # made of numbers alone
        f'<svg class="{called}" viewBox="0 0 {96 * squares} 96"{_CROPPED if squares > 1 else ""}'
        f' aria-hidden="true" focusable="false">{body}</svg>'
    )


def _across(seed: list[int], squares: int) -> str:
    """Fill squares of 96 with one kind of drawing; columns of lava run on from one to the next."""
    kind, seed = seed[0] % 3, seed[1:]
    if kind == 0:
        return _basalt(seed, squares)
    draw = _pepper if kind == 1 else _rambutan
    parts = (draw([*seed[n:], *seed[:n]]) for n in range(squares))
    return "".join(f'<g transform="translate({96 * n})">{part}</g>' if n else part for n, part in enumerate(parts))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _hexagon(x: float, y: float, radius: float) -> str:
    corners = ((x + radius * math.cos(math.pi * k / 3), y + radius * math.sin(math.pi * k / 3)) for k in range(6))
    return "M" + "L".join(f"{_number(cx)} {_number(cy)}" for cx, cy in corners) + "z"


def _basalt(seed: list[int], squares: int) -> str:
    """Draw six-sided columns of cooled lava seen from above, in three shades."""
    shades: dict[int, list[str]] = {0: [], 1: [], 2: []}
    radius, place = 15.0, 0
    for column in range(-1, 4 * squares + squares // 2):
        for row in range(-1, 4):
            x = 16 + column * radius * 1.5
            y = 14 + row * radius * 1.732 + (column % 2) * radius * 0.866
            shade = seed[place % 30] % 5
            place += 1
            if shade < 3:
                shades[shade].append(_hexagon(x, y, radius - 1.2 - seed[(place + 7) % 30] % 3))
    return "".join(f'<path class="sk-m{shade + 1}" d="{"".join(d)}"/>' for shade, d in shades.items() if d)


def _pepper(seed: list[int]) -> str:
    """Draw two hanging strings of pepper corns under a leaf."""
    shades: dict[int, list[str]] = {1: [], 2: []}

    def hang(x: float, bend: float, count: int, start: int) -> None:
        for k in range(count):
            along = 22 + k * 62 / count
            side = 4.6 if k % 2 else -4.6
            cx = x + bend * math.sin(k / count * math.pi) + side
            radius = 4.2 + seed[(start + k) % 30] % 3 * 0.6
            shade = 1 if seed[(start + 2 * k) % 30] % 4 else 2
            shades[shade].append(f'<circle cx="{_number(cx)}" cy="{_number(along)}" r="{_number(radius)}"/>')

    lean = seed[0] % 14 - 7
    leaf = f"M18 10C34 {4 + seed[1] % 6} 62 {2 + seed[2] % 8} 80 16C60 {26 + seed[3] % 6} 36 26 18 10z"
    hang(34, lean, 11 + seed[4] % 3, 5)
    hang(62, -lean, 8 + seed[5] % 4, 11)
    corns = "".join(f'<g class="sk-m{shade}">{"".join(drawn)}</g>' for shade, drawn in shades.items())
    return f'<path class="sk-m3" d="{leaf}"/>{corns}'


def _rambutan(seed: list[int]) -> str:
    """Draw rambutans: a round fruit with soft bent hairs."""
    parts = []
    turned = seed[1] % 2
    fruits = ((36.0, 44.0, 15.0 + seed[2] % 7), (67.0, 66.0, 11.0 + seed[3] % 6), (28.0, 78.0, 8.0))
    for number, (side, y, size) in enumerate(fruits[: 2 + seed[4] % 2]):
        x = 96 - side if turned else side
        hairs = []
        count = 18 + seed[number] % 6
        for k in range(count):
            angle = 2 * math.pi * k / count + seed[number + 3] / 40
            reach = size + 7 + seed[(number + k) % 30] % 5
            bend = angle + 0.3
            hairs.append(
                f"M{_number(x + size * math.cos(angle))} {_number(y + size * math.sin(angle))}"
                f"Q{_number(x + (size + 5) * math.cos(angle))} {_number(y + (size + 5) * math.sin(angle))}"
                f" {_number(x + reach * math.cos(bend))} {_number(y + reach * math.sin(bend))}"
            )
        parts.append(
            f'<path class="sk-mline" d="{"".join(hairs)}"/>'
            f'<circle class="sk-m{1 + number % 2}" cx="{_number(x)}" cy="{_number(y)}" r="{_number(size)}"/>'
        )
    leaf = "M44 6C30 2 14 8 8 22C24 28 40 22 44 6z" if turned else "M52 6C66 2 82 8 88 22C72 28 56 22 52 6z"
    return f'<path class="sk-m3" d="{leaf}"/>{"".join(parts)}'
