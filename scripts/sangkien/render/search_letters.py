"""The folding of the search, handed to the browser: one table, so that both sides read a word alike."""

import json

from sangkien.domain.search_terms import FINAL_Y, MARKS, WORD

_HEAD = "// Written by `sangkien sync` from scripts/sangkien/domain/search_terms.py; not to be changed here.\n"


def letters_module() -> str:
    """Write the marks and the shapes of words as a module."""
    values = {"MARKS": MARKS, "WORD": WORD, "FINAL_Y": FINAL_Y}
    lines = (f"export const {name} = {json.dumps(value)};\n" for name, value in values.items())
    return f"{_HEAD}\n{''.join(lines)}"
