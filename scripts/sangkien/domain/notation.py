"""The YAML of the records, read strictly and written in one canonical way.

Reading walks the parser's event stream once, so that depth, anchors, tags and repeated keys are judged before
anything is built. Plain scalars are `null`, `true`, `false`, whole numbers or text; days, decimals and words such
as `no` stay exactly as written. The same reader serves the gate, the site and the recount; what stands in the very
form that we write takes a shorter way to the same record.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import yaml

from sangkien.domain import canonical_yaml, plain_yaml
from sangkien.domain.canonical_yaml import NotCanonical
from sangkien.domain.finding import Code, Finding, Location, Path

MAX_BYTES = 64 * 1024
MAX_DEPTH = canonical_yaml.MAX_DEPTH

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS: Mapping[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_EMOJI_JOINERS = "\u200d\ufe0f"
# C0 and C1 controls except tab and line feed, soft hyphen, zero-width and bidi characters, separators, BOM, tags.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

_HALVES = re.compile("[\ud800-\udfff]")  # UTF-8 has none; JSON may name them


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read: its record (None when unreadable), what is wrong with its text, and the text."""

    file: str
    record: Any = None
    findings: tuple[Finding, ...] = ()
    text: str = ""

    def place(self, path: Path) -> tuple[int, int]:
        """Give line and column of the value at `path`, or of the nearest one around it."""
        places, _ = _places(self.text)
        for length in range(len(path), -1, -1):
            if (at := places.get(path[:length])) is not None:
                return at
        return (1, 1)

    def finding(self, code: Code, path: Path = (), /, **params: str) -> Finding:
        """Make a finding about the value at `path` of this file."""
        line, column = self.place(path)
        return Finding(code=code, where=Location(file=self.file, line=line, column=column, path=path), params=params)

    def finding_within(self, code: Code, path: Path, offset: int, /, **params: str) -> Finding:
        """Make a finding about one place in the text at `path`, on its own line where that can be known."""
        found = self.finding(code, path, **params)
        _, blocks = _places(self.text)
        if path not in blocks:
            return found
        text: Any = self.record
        for step in path:
            text = text[step]
        line = blocks[path] + text.count("\n", 0, offset)
        return replace(found, where=replace(found.where, line=line, column=1))


class _Refusal(Exception):  # noqa: N818  # it is caught here and never leaves
    def __init__(self, code: Code, mark: Any, **params: str) -> None:
        super().__init__(code)
        self.code, self.mark, self.params = code, mark, params


def parse(data: bytes, file: str = "") -> Document:  # noqa: PLR0911  # each way a text can be refused
    """Read one YAML file.

    Everything wrong with the characters is collected; the first fault of the notation itself ends the reading,
    since nothing after it can be trusted. Never raises on any bytes.
    """

    def fault(code: Code, line: int = 1, column: int = 1, **params: str) -> Finding:
        return Finding(code=code, where=Location(file=file, line=line, column=column), params=params)

    if len(data) > MAX_BYTES:
        return Document(file=file, findings=(fault(Code.TOO_LARGE, limit=str(MAX_BYTES // 1024)),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Document(file=file, findings=(fault(Code.NOT_UTF8, line),))
    text = text.replace("\r\n", "\n")
    findings = [fault(code, line, column, **params) for code, line, column, params in _bad_characters(text)]
    if any(finding.code is Code.FORBIDDEN_CHARACTER for finding in findings):
        return Document(file=file, findings=tuple(findings))
    try:
        record = _record(text)
    except _Refusal as refusal:
        mark = refusal.mark
        findings.append(fault(refusal.code, mark.line + 1, mark.column + 1, **refusal.params))
        return Document(file=file, findings=tuple(findings))
    except yaml.MarkedYAMLError as error:
        findings.append(fault(Code.NOT_YAML, *_where_it_went_wrong(text, error)))
        return Document(file=file, findings=tuple(findings))
    except yaml.YAMLError:
        findings.append(fault(Code.NOT_YAML))
        return Document(file=file, findings=tuple(findings))
    return Document(file=file, record=record, findings=tuple(findings), text=text)


def _record(text: str) -> Any:
    try:
        return canonical_yaml.read(text)
    except NotCanonical:
        return _Builder().build(text)


@lru_cache(maxsize=8)
def _places(text: str) -> tuple[Mapping[Path, tuple[int, int]], Mapping[Path, int]]:
    """Find where each value of a readable text stands, and the first line of each literal block.

    Few documents are ever asked, those with something to mend.
    """
    builder = _Builder()
    builder.build(text)
    return builder.places, builder.blocks


def is_clean(text: str) -> bool:
    """Tell whether a text holds only what a record may hold, in its one form."""
    return not any(_bad_characters(text)) and not _HALVES.search(text)


def forbidden(text: str) -> str:
    """Give the first character of a text that may stand in no record, by its number; empty when there is none."""
    found = (params for code, _, _, params in _bad_characters(text) if code is Code.FORBIDDEN_CHARACTER)
    return next(found, {}).get("character", "")


def _bad_characters(text: str) -> Iterator[tuple[Code, int, int, dict[str, str]]]:
    for match in _FORBIDDEN.finditer(text):
        if match[0] in _EMOJI_JOINERS and _joins_emoji(text, match.start()):
            continue
        line, column = _line_and_column(text, match.start())
        yield Code.FORBIDDEN_CHARACTER, line, column, {"character": f"U+{ord(match[0]):04X}"}
    if not unicodedata.is_normalized("NFC", text):
        for number, line_text in enumerate(text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line_text):
                yield Code.NOT_NFC, number, 1, {}


def _joins_emoji(text: str, at: int) -> bool:
    """Tell whether a joiner or variation selector stands behind a pictograph, where emoji need it."""
    before = text[at - 1] if at else ""
    return bool(before) and (ord(before) > 0x203B or before in "#*0123456789©®") and not before.isalpha()


def _where_it_went_wrong(text: str, error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Find the line a person would mend, which is not always where the parser gave up."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1
    begun = error.context_mark
    if begun is not None and "scanning" in (error.context or "") and begun.line != mark.line:
        return begun.line + 1, begun.column + 1  # a quote never closed, a key without its colon
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1)
    if "mapping values" in (error.problem or "") and ":" not in lines[line][: mark.column]:
        while line and not lines[line - 1].strip():
            line -= 1
        return max(line, 1), 1  # the line before lacks its colon
    return line + 1, mark.column + 1


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


_Frame = tuple[Any, Path, list[str]]  # a container, its path and, in a mapping, the key that awaits its value


class _Builder:
    """Build plain values from the event stream, noting where each stands."""

    def __init__(self) -> None:
        self.places: dict[Path, tuple[int, int]] = {}
        self.blocks: dict[Path, int] = {}
        self.root: list[Any] = []
        self.frames: list[_Frame] = [(self.root, (), [])]

    def build(self, text: str) -> Any:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open({}, event)
            elif kind is yaml.SequenceStartEvent:
                self._open([], event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.frames.pop()
            elif kind is yaml.AliasEvent:
                raise _Refusal(Code.ANCHOR, event.start_mark)
            elif kind is yaml.DocumentStartEvent and self.root:
                raise _Refusal(Code.SEVERAL_DOCUMENTS, event.start_mark)
        return self.root[0] if self.root else None

    def _scalar(self, event: Any) -> None:
        _refuse_marks(event)
        container, path, keys = self.frames[-1]
        text: str = event.value
        if event.style == '"' and (bad := next(_bad_characters(text), None)):  # written as an escape
            raise _Refusal(bad[0], event.start_mark, **bad[3])
        if type(container) is dict and not keys:
            if text in container:
                raise _Refusal(Code.REPEATED_KEY, event.start_mark, key=text)
            keys.append(text)
            self._note((*path, text), event)
            return
        value: Any = text
        if event.implicit[0]:  # a plain scalar: neither quoted nor a block
            if text in _WORDS:
                value = _WORDS[text]
            elif _WHOLE.fullmatch(text):
                value = int(text)
        at = self._put(value, event)
        if event.style == "|":
            self.blocks[at] = event.start_mark.line + 2

    def _open(self, value: Any, event: Any) -> None:
        _refuse_marks(event)
        if len(self.frames) > MAX_DEPTH:
            raise _Refusal(Code.TOO_DEEP, event.start_mark, limit=str(MAX_DEPTH))
        container, _, keys = self.frames[-1]
        if type(container) is dict and not keys:  # a mapping or a list as a key
            raise _Refusal(Code.NOT_YAML, event.start_mark)
        self.frames.append((value, self._put(value, event), []))

    def _put(self, value: Any, event: Any) -> Path:
        container, path, keys = self.frames[-1]
        if type(container) is dict:
            key = keys.pop()
            container[key] = value
            return (*path, key)  # its place was noted with the key
        at: Path = path if container is self.root else (*path, len(container))
        container.append(value)
        self._note(at, event)
        return at

    def _note(self, at: Path, event: Any) -> None:
        self.places[at] = (event.start_mark.line + 1, event.start_mark.column + 1)


def _refuse_marks(event: Any) -> None:
    if event.anchor is not None:
        raise _Refusal(Code.ANCHOR, event.start_mark)
    if event.tag is not None:
        raise _Refusal(Code.TAG, event.start_mark, tag=str(event.tag))


class _Writer(yaml.SafeDumper):
    """Write lists indented, prose as block scalars, days as they are."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # PyYAML's own signature
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's own signature
        return True


# A day stays plain; everything YAML 1.1 would misread (no, 012, 12:30) is quoted.
_Writer.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Writer.add_representer(
    str,
    lambda writer, text: writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def write(record: Any) -> str:
    """Write a record as canonical YAML, keys in the order they have; `parse(write(r)).record == r`."""
    try:
        return plain_yaml.write(record, _scalar) if record and isinstance(record, dict) else dump(record)
    except plain_yaml.UnsureError:
        return dump(record)


def dump(value: Any) -> str:
    """Write anything by the library alone, in the form records have."""
    return yaml.dump(value, Dumper=_Writer, allow_unicode=True, sort_keys=False, default_flow_style=False, width=2**31)


def _scalar(value: Any) -> list[str]:
    return dump({"k": value}).removeprefix("k:").removeprefix(" ").removesuffix("\n").split("\n")


def head_comment(text: str) -> str:
    """Give the comment lines before the first value, which rewriting keeps."""
    lines = []
    for line in text.split("\n"):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        lines.append(line)
    head = "\n".join(lines).strip()
    return head + "\n" if head else ""


def has_inner_comment(text: str) -> bool:
    """Tell whether comments stand among the values, where rewriting would lose them."""
    body = text[len(head_comment(text)) :]
    if "#" not in body:
        return False
    previous = None
    for token in yaml.scan(body, Loader=yaml.CSafeLoader):
        if previous is not None and "#" in body[previous : token.start_mark.index]:
            return True
        previous = token.end_mark.index
    return False
