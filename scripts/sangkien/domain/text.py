"""Vietnamese text: one canonical form, folding for comparison, sorting, slugs, initials."""

import re
import unicodedata
from functools import cache

# The alphabet's order; the tone comes after the letter (a ă â b c d đ e ê … o ô ơ … u ư …).
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng


def canonical(text: str) -> str:
    """Bring a text to the form that is stored and digested: NFC, LF, no outer white space."""
    if text.isascii() and "\r" not in text:
        return text.strip()
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def fold(text: str) -> str:
    """Fold a text for comparison: lower case, no marks, đ as d, white space squeezed."""
    bare = text.translate(_BARE).lower()
    if not bare.isascii():  # marks that stand alone, or letters of other alphabets
        bare = _without_marks(bare)
    return " ".join(bare.split())


def _without_marks(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(c for c in bare if not unicodedata.combining(c))


_BARE = {
    ord(letter): bare
    for low in range(0xC0, 0x1EFA)
    if len(bare := _without_marks(letter := chr(low))) == 1 and letter.isalpha() and bare.isascii()
}


def marks(text: str) -> str:
    """Give the marks of a text without their places, so that `hoà` and `hòa` have the same; đ counts as one."""
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(sorted(c for c in parts if unicodedata.combining(c) or c == "đ"))


def fold_letters(text: str) -> str:
    """Fold a text letter by letter, so that every place in it stays where it was (NFC in, same length out)."""
    bare = text if text.isascii() else text.translate(_BARE)
    lower = bare.lower()
    return lower if len(lower) == len(text) else bare


_AT = re.compile("[@＠]")
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s.\-()]{0,2}\d){8,}")


def discreet(text: str, most: int = 60) -> str:
    """Quote a value in a message: on one line, short, whatever may be a phone, an ID or an e-mail blotted out."""
    words = _LONG_NUMBER.sub("…", " ".join(text.split())).split(" ")
    line = " ".join("…" if _AT.search(word, 1, len(word) - 1) else word for word in words)
    return line if len(line) <= most else line[: most - 1] + "…"


def slug(text: str) -> str:
    """Make an ASCII kebab-case slug: `Tính mới` → `tinh-moi`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def sort_key(text: str) -> tuple[str, str, str]:
    """Sort as a Vietnamese dictionary does: letters first, tones only between equal letters."""
    ranks = [_rank(char) for char in unicodedata.normalize("NFC", text.lower())]
    return "".join([letter for letter, _ in ranks]), "".join([tone for _, tone in ranks]), text


def heading_letter(word: str) -> str:
    """Give the letter a word stands under in an index, without its tone: `Ánh` → `A`, `Ẩn` → `Â`, `Đào` → `Đ`."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", word)[:1])
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)).upper()


@cache
def _rank(char: str) -> tuple[str, str]:
    """Give the place of a letter and that of its tone as characters, which compare as their numbers do."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[part] for part in reversed(parts) if part in _TONES), 0)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    if letter in _LETTER_RANK:
        return chr(100 + _LETTER_RANK[letter]), chr(tone)
    if letter.isdigit():
        return chr(50 + int(unicodedata.digit(letter, 0))), ""
    if letter.isspace():
        return "\0", ""
    return (_after(ord(letter[0])), "") if letter.isalpha() else ("", "")


def _after(place: int) -> str:
    """Give a character behind our own letters, in the order of Unicode; halves of pairs are no characters."""
    place += 1000
    return chr(min(place + 0x800 if place >= 0xD800 else place, 0x10FFFF))


def name_key(name: str) -> tuple[object, ...]:
    """Sort people as Vietnamese lists do: given name (last word), then family and middle names."""
    words = name.split() or [""]
    return sort_key(words[-1]), sort_key(" ".join(words[:-1]))


def initials(name: str) -> str:
    """Shorten a person's name to initials: `Trần Thị Mẫu` → `T.T.M.`."""
    return "".join(f"{word[0].upper()}." for word in canonical(name).split())
