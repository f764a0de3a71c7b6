import gzip
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import parts
from sangkien.domain.parts import Part

TOLD = json.dumps({"version": 1, "ideas": [{"code": "2019-B8M4-R0XT"}]}).encode()


def named(**changes: Any) -> dict[str, Any]:
    return {"address": "2019.json.gz", "ideas": 1, "sha256": "0" * 64} | changes


def part_of(data: bytes, ideas: int = 1) -> Part:
    return Part(address="2019.json", ideas=ideas, sha256=hashlib.sha256(data).hexdigest())


def test_a_register_names_its_parts() -> None:
    assert parts.parts({"ideas": [], "parts": [named()]}) == (Part(**named()),)
    assert parts.parts({"ideas": []}) == ()


@pytest.mark.parametrize(
    "told",
    [
        named(address=address)
        for address in (
            "../2019.json", "/etc/2019.json", "a/2019.json", "a\\2019.json", "2019.json/..", "..", "", "2019",
            "https://vi-du.example/2019.json", "2019.json\n", "2019.json.gz.exe", 7, None,
        )
    ] + [named(ideas="1"), named(ideas=True), named(sha256="0"), named(sha256=None), "2019.json", None],
)  # fmt: skip
def test_a_part_that_stands_elsewhere_is_refused(told: Any) -> None:
    with pytest.raises(ValueError, match=r"part|beside"):
        parts.parts({"ideas": [], "parts": [told]})


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_whatever_stands_for_parts_is_parts_or_refused(told: Any) -> None:
    try:
        assert parts.parts({"parts": told}) == ()
    except ValueError:
        assert told != []


@pytest.mark.parametrize("data", [TOLD, gzip.compress(TOLD, mtime=0)])
def test_a_part_is_read_packed_or_plain(data: bytes) -> None:
    assert parts.read_part(part_of(data), data) == json.loads(TOLD)


@pytest.mark.parametrize(
    ("part", "data"),
    [
        (part_of(TOLD), TOLD + b" "),
        (part_of(TOLD, ideas=2), TOLD),
        (part_of(b"[]", ideas=0), b"[]"),
        (part_of(b'{"ideas":7}', ideas=7), b'{"ideas":7}'),
        (part_of(b"no json"), b"no json"),
        (part_of(gzip.compress(TOLD, mtime=0)[:-9]), gzip.compress(TOLD, mtime=0)[:-9]),
        (part_of(b"\x1f\x8bno gzip"), b"\x1f\x8bno gzip"),
    ],
)
def test_a_part_that_is_not_what_was_published_is_refused(part: Part, data: bytes) -> None:
    with pytest.raises(ValueError, match=r"altered|gzip|large|Expecting"):
        parts.read_part(part, data)


def test_what_unpacks_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_BYTES", 1000)
    with pytest.raises(ValueError, match="too large"):
        parts.read(gzip.compress(bytes(1001), mtime=0))
