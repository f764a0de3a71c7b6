"""A strict reader of multipart/form-data: known fields, each once, none longer than it may be, file names unheeded."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from sangkien.relay.refusal import RefusedError

_HEADERS = (b"content-disposition", b"content-type")
_MOST_HEADERS, _LONGEST_HEADER = 2, 1024


@dataclass(slots=True)
class Form:
    """What was posted: texts and files by field."""

    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    """What the parser calls as it goes; raises RefusedError at the first thing amiss."""

    limits: Mapping[str, int]
    file_names: Collection[str]
    most_file: int
    form: Form = field(default_factory=Form)
    ended: bool = False
    _name: str = ""
    _is_file: bool = False
    _data: bytearray = field(default_factory=bytearray)
    _header: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _headers: dict[bytes, bytes] = field(default_factory=dict)

    def callbacks(self) -> dict[str, Callable[..., None]]:
        return {
            "on_part_begin": self.part_begin,
            "on_part_data": self.part_data,
            "on_part_end": self.part_end,
            "on_header_field": self.header_field,
            "on_header_value": self.header_value,
            "on_header_end": self.header_end,
            "on_headers_finished": self.headers_finished,
            "on_end": self.end,
        }

    def part_begin(self) -> None:
        self._headers, self._data = {}, bytearray()

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def header_end(self) -> None:
        name = bytes(self._header).lower()
        if name not in _HEADERS or name in self._headers:
            raise RefusedError(400, "bad_form")
        self._headers[name] = bytes(self._value)
        self._header, self._value = bytearray(), bytearray()

    def headers_finished(self) -> None:
        kind, options = parse_options_header(self._headers.get(_HEADERS[0]))
        try:
            self._name = options.get(b"name", b"").decode("ascii")
        except UnicodeDecodeError as error:
            raise RefusedError(400, "bad_form") from error
        self._is_file = b"filename" in options
        known = self._name in (self.file_names if self._is_file else self.limits)
        if kind != b"form-data" or not known or self._name in self.form.fields or self._name in self.form.files:
            raise RefusedError(400, "bad_form")

    def part_data(self, data: bytes, start: int, end: int) -> None:
        most = self.most_file if self._is_file else self.limits[self._name]
        if len(self._data) + end - start > most:
            raise RefusedError(413, "too_big")
        self._data += data[start:end]

    def part_end(self) -> None:
        if self._is_file:
            if self._data:  # a file field nothing was chosen for
                self.form.files[self._name] = bytes(self._data)
            return
        try:
            self.form.fields[self._name] = self._data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RefusedError(400, "bad_form") from error

    def end(self) -> None:
        self.ended = True


async def read_form(
    stream: AsyncIterator[bytes],
    content_type: str,
    limits: Mapping[str, int],
    file_names: Collection[str],
    most_file: int,
) -> Form:
    """Read a form as it comes in; raises RefusedError."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise RefusedError(415, "bad_form")
    reader = _Reader(limits, file_names, most_file)
    try:
        parser = MultipartParser(
            boundary,
            reader.callbacks(),  # type: ignore[arg-type]  # named one by one there
            max_header_count=_MOST_HEADERS,
            max_header_size=_LONGEST_HEADER,
        )
        async for chunk in stream:
            parser.write(chunk)
        parser.finalize()
    except FormParserError as error:
        raise RefusedError(400, "bad_form") from error
    if not reader.ended:
        raise RefusedError(400, "bad_form")
    return reader.form
