"""What was found, as tables in Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import report
from report import PRINTS, SEARCH

_ROWS = (
    ("ours cold", "ours, cold (without prints)"),
    ("ours warm", "ours, warm (without prints)"),
    ("ours changed", "ours, warm, one idea changed (without prints)"),
    ("hugo", "Hugo"),
    ("material", "plain mkdocs-material"),
    ("cp -r, pages", "`cp -r` of the pages"),
    ("cp -r, all", "`cp -r` of the whole site"),
    ("one process writing, pages", "one process writing the pages' bytes"),
    ("pagefind", "Pagefind over the idea pages"),
    ("validate cold", "`sangkien validate`, nothing kept"),
    ("validate warm", "`sangkien validate`, again"),
    ("gate", "gate of one new idea, start to exit"),
)

_OURS = [name for name, _ in _ROWS if name.startswith("ours")]


def whole(found: Mapping[str, Any]) -> str:
    """Write the whole report."""
    sizes = {int(count): size for count, size in found["sizes"].items()}
    about = found["machine"]
    parts = [
        f"# Benchmark of {found['date']}",
        f"{about['cores']} cores ({about['processor']}), {about['memory_gib']} GiB, {about['system']}, files on "
        f"{about['files']}, Python {about['python']}. "
        + ", ".join(f"{name} {version}" for name, version in found["peers"].items())
        + f". Generator {found['generator']}, seed {found['seed']}.",
        (
            "Seconds are wall time, medians; the largest process is `ru_maxrss` of the command and all it waited for. "
            "Ratios are medians of the ratios of neighbouring turns. Prints (share cards, codes, posters) are kept by "
            "digest and told apart. Bytes of one idea: all files of the site, shared out among the ideas."
        ),
        "## Hard lines",
        hard_lines(report.lines(sizes)),
    ]
    for count, size in sizes.items():
        parts += [
            f"## {count:,} ideas",
            f"Load of the machine before: {size['load']}.",
            _times(size),
            _stages(size),
            _weights(size),
            _others(size),
        ]
    parts.append("## Peers' settings")
    parts += [f"{name}:\n\n```\n{text.rstrip()}\n```" for name, text in found["settings"].items()]
    return "\n\n".join(part for part in parts if part) + "\n"


def hard_lines(lines: Iterable[report.Line]) -> str:
    """Write the hard lines, each met or missed."""
    rows = []
    for line in lines:
        sign = "≥" if line.is_least else "<" if line.is_strict else "≤"
        rows.append((line.name, _number(line.value), f"{sign} {_number(line.bound)}", line.verdict))
    return _table(("line", "measured", "bound", "verdict"), rows)


def _times(size: report.Size) -> str:
    rows = []
    for name, label in _ROWS:
        own = name.startswith("ours")
        taken = report.ours(size, name) if own else report.series(size, name)
        if taken:
            against = ("hugo", "material", "cp -r, all") if own else ()
            ratios = [report.ratio(taken, report.series(size, peer)) for peer in against]
            if own:
                ratios[0] = report.against_hugo(size, name)
            memory = report.rss(size, name) or 0
            rows.append(
                (label, _number(report.median(taken)), len(taken), f"{memory / 1e6:.0f}", *map(_number, ratios))
            )
    heads = ("what", "seconds", "turns", "largest process, MB", "/ Hugo", "/ mkdocs-material", "/ `cp -r`")
    return _table(heads, [(*row, *[""] * (len(heads) - len(row))) for row in rows])


def _stages(size: report.Size) -> str:
    """Write what our stages took; search is told where the program tells of it, prints always."""
    names: dict[str, None] = {}
    for turn in size["runs"].get("ours cold", ()):
        names |= dict.fromkeys(turn["stages"])
    rows = [(name, *(_number(report.median(report.stage(size, run, name))) for run in _OURS)) for name in names]
    first = report.stage(size, "ours first", PRINTS)
    told = f"Prints in the run before the turns, made anew where none were kept: {_number(report.median(first))} s."
    if SEARCH not in names:
        told += " Search is not told as a stage of its own: it is in `pages`, and in our time against Hugo's."
    return f"{_table(('our stage', 'cold', 'warm', 'one idea changed'), rows)}\n\n{told}"


def _weights(size: report.Size) -> str:
    rows = []
    for name, told in size["weight"].items():
        rows.append(
            (name, told["ideas"], told["pages"], told["files"], told["bytes"], round(told["idea_page"], 1),
             round(told["frame"], 1))
        )  # fmt: skip
    heads = ("site", "ideas", "pages", "files", "bytes", "bytes of an idea's page", "of these the frame")
    fit = report.in_a_gigabyte(size)
    weight = size["weight"]["ours"]
    each = weight["bytes"] / max(weight["ideas"], 1)
    folders = ", ".join(f"{name} {_folders(told['by_folder'])}" for name, told in size["weight"].items())
    return (
        f"{_table(heads, rows)}\n\n{each:.1f} bytes an idea, all files counted: {fit or 0:,.0f} ideas in 1 GB.\n\n"
        f"Pages by folder: {folders}."
    )


def _folders(counts: Mapping[str, int]) -> str:
    return "(" + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) + ")"


def _others(size: report.Size) -> str:
    lines = []
    for name, told in size.get("search", {}).items():
        lines.append(f"- search, {name}: {told['files']:,} files, {told['bytes']:,} bytes")
    for stage in (SEARCH, "pages"):
        taken = report.stage(size, "ours warm", stage)
        if taken and (against := report.ratio(taken, report.series(size, "pagefind"))):
            what = "our stage of search" if stage == SEARCH else "all our pages, search among them,"
            lines.append(f"- {what} / Pagefind: {_number(against)}")
            break
    for name, told in size.get("novelty", {}).items():
        words = ", ".join(f"{key} {_number(value)}" for key, value in told.items()) if isinstance(told, dict) else ""
        lines.append(f"- novelty, {name}: {words or _number(told)}")
    lines += [f"- {note}" for note in size.get("notes", ())]
    return "\n".join(lines)


def _number(value: float | None) -> str:
    """Write a number to three places after the point, a whole one as it is."""
    if value is None:
        return ""
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100_000 else f"{value:,.3f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])
