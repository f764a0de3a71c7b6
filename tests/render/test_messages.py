from sangkien.domain.finding import Code
from sangkien.render.messages import catalogue, explain


def test_types_are_said_in_vietnamese() -> None:
    said = explain(Code.WRONG_TYPE, label="Số", value="1.250", type="integer null").sentence

    assert said.endswith("(số nguyên hoặc bỏ trống).")


def test_every_type_of_a_schema_has_a_word() -> None:
    assert set(catalogue()["types"]) == {"array", "boolean", "integer", "null", "number", "object", "string"}
