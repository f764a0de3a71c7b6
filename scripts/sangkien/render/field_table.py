"""The table of every record's fields, drawn from the schemas for the people who fill them in."""

from collections.abc import Iterator, Mapping
from typing import Any

from sangkien.domain.schema import SchemaSet

_HEAD = """---
title: Các mục của từng loại hồ sơ
description: Mỗi loại hồ sơ có những mục nào, mục nào bắt buộc, ghi ra sao.
---

# Các mục của từng loại hồ sơ

Trang này do lệnh `sangkien sync` viết ra từ thư mục `schemas`. Muốn sửa, xin sửa ở đó.
Mục có dấu • là mục bắt buộc.
"""


def field_table(schemas: SchemaSet) -> str:
    """Write one section a kind, one line a field, inner fields indented."""
    parts = [_HEAD]
    for kind in schemas.kinds:
        schema = schemas.schemas[kind]
        lines = "\n".join(_lines(schemas, schema, 0))
        parts.append(f"## {schema['title']} {{#{kind}}}\n\n{schema['description']}\n\n{lines}\n")
    return "\n".join(parts)


def _lines(schemas: SchemaSet, schema: Mapping[str, Any], depth: int) -> Iterator[str]:
    required = set(schema.get("required", ()))
    for key, inner in schema.get("properties", {}).items():
        field = schemas.resolve(inner)
        mark = " •" if key in required else ""
        choices = ", ".join(f"`{const}` {name}" for const, name in schemas.choices(field).items())
        text = f"**{field['title']}**{mark} (`{key}`): {field['description']}"
        yield "    " * depth + f"- {text}" + (f" Chọn: {choices}." if choices else "")
        below = schemas.resolve(field.get("items", field))
        if depth < 2:
            yield from _lines(schemas, below, depth + 1)
