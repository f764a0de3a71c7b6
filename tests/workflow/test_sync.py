import json
from pathlib import Path

import pytest

from sangkien.adapters.codegen import record_types
from sangkien.adapters.store import Store
from sangkien.domain.schema import SchemaSet
from sangkien.workflow.reading import read_registers
from sangkien.workflow.sync import issue_forms_of, sync


@pytest.mark.long
def test_sync_writes_then_is_fresh(repository: Path) -> None:
    store = Store(repository)

    assert sync(store, record_types, write=True) != []
    assert sync(store, record_types, write=False) == []


@pytest.mark.long
def test_sync_sees_a_field_added_to_one_schema(repository: Path) -> None:
    store = Store(repository)
    sync(store, record_types, write=True)
    path = repository / "schemas" / "idea.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["properties"]["weather"] = {"type": "string", "title": "Thời tiết", "description": "Trời hôm ấy."}
    path.write_text(json.dumps(schema), encoding="utf-8")

    stale = sync(store, record_types, write=False)

    assert stale == ["scripts/sangkien/domain/records.py", "content/du-lieu/cac-truong.md"]
    assert "weather: NotRequired[str]" not in store.text(stale[0])
    sync(store, record_types, write=True)
    assert "weather: NotRequired[str]" in store.text(stale[0])
    assert "Thời tiết" in store.text(stale[1])


def test_a_closed_desk_s_people_are_told_who_reads_them(repository: Path, schemas: SchemaSet) -> None:
    movement = repository / "content/register/movement.yml"
    movement.write_text(movement.read_text(encoding="utf-8").replace("topology: open", "topology: closed"), "utf-8")

    forms = issue_forms_of(schemas, read_registers(Store(repository), schemas).books)

    notice = forms[".github/ISSUE_TEMPLATE/1-y-hay.yml"]
    assert "Chỉ văn phòng, hội đồng và những người được mời" in notice
    assert "mọi người xem được ngay" not in notice
