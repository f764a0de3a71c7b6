import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import hub as invention
import jsonschema
import pytest
import yaml

from many_registers import HOUSE, IDEAS, Memory, NoPress, read_all, registers, told_of, write
from places import ROOT
from sangkien.adapters.pool import Pool
from sangkien.adapters.site_folder import SiteFolder
from sangkien.domain.finding import Code
from sangkien.domain.hub import Hub
from sangkien.workflow.hub import build
from sangkien.workflow.publish import Unseen

EXAMPLES = sorted((ROOT / "tests" / "examples" / "hub").glob("*.yml"))


def built(hub: Hub) -> dict[str, bytes]:
    output = Memory()
    build(hub, HOUSE, NoPress(), output, Pool(1), Unseen())
    return output.files


def text(files: dict[str, bytes], path: str) -> str:
    return files[path].decode()


def test_invented_registers_have_the_published_shape(tmp_path: Path) -> None:
    schema = json.loads((ROOT / "content" / "du-lieu" / "register.schema.json").read_bytes())
    files = write(tmp_path, registers())

    validator = jsonschema.Draft202012Validator(schema)
    for place in sorted(tmp_path.rglob("*.json*")):
        data = place.read_bytes()
        validator.validate(json.loads(gzip.decompress(data) if place.suffix == ".gz" else data))
    assert len(list(Path(files[2]).parent.iterdir())) > 1


def test_hub_lists_every_honour_at_its_own_site(tmp_path: Path) -> None:
    told = registers()
    hub = read_all(write(tmp_path, told))
    files = built(hub)

    assert hub.findings == ()
    assert len(hub.honours) == 3 * IDEAS
    for number, one in enumerate(told, 1):
        page = text(files, f"noi/tinh-{number}-example/index.html")
        for idea in one["ideas"]:
            to = f'href="https://tinh-{number}.example/{idea["address"]}"'
            assert to in page
            assert to in text(files, f"nam/{idea['conclusions'][0]['recognised_on'][:4]}/index.html")
    days = [honour.on for honour in hub.honours]
    assert days == sorted(days, reverse=True)
    assert f">{3 * IDEAS}<" in text(files, "index.html").replace("strong", "")


def test_hub_is_the_same_whatever_the_order_and_the_hands(tmp_path: Path) -> None:
    files = write(tmp_path / "so", registers())
    several = read_all([*reversed(files), files[0]], processes=2)
    for processes, hub in ((1, read_all(files)), (2, several)):
        output = SiteFolder(tmp_path / f"gom-{processes}")
        build(hub, HOUSE, NoPress(), output, Pool(processes), Unseen())

    first, second = (
        {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        for folder in (tmp_path / "gom-1", tmp_path / "gom-2")
    )
    assert first == second
    assert len(first) > 20


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda path: path.stem)
def test_hub_finds_each_fault_and_builds_the_rest(case: Path, tmp_path: Path) -> None:
    """An example is named for its code; without `old` it is a file of its own, `copy_of` names what it begins as."""
    example: Any = yaml.safe_load(case.read_bytes())
    files = write(tmp_path, registers())
    place = tmp_path / example["file"]
    before = tmp_path / example.get("copy_of", example["file"])
    new = example["new"]
    if "old" in example:
        assert before.read_text(encoding="utf-8").count(example["old"]) == 1
        new = before.read_text(encoding="utf-8").replace(example["old"], new)
    place.parent.mkdir(exist_ok=True)
    place.write_text(new, encoding="utf-8")
    named = [*files, str(place)] if "copy_of" in example else files

    hub = read_all(named)

    found_in = str(tmp_path / example.get("found_in", example["file"]))
    assert [f.code.value for f in hub.findings] == [case.stem]
    assert "copy_of" in example or hub.findings[0].where.file == found_in
    assert hub.findings[0].where.pointer == example.get("path", "")
    assert len(hub.honours) == (3 if "copy_of" in example else 2) * IDEAS
    assert told_of(read_all(list(reversed(named)))) == told_of(hub)
    assert "index.html" in built(hub)


def test_every_code_of_a_hub_has_an_example() -> None:
    assert {c.value for c in Code if c.value.startswith("E8")} == {case.stem for case in EXAMPLES}


def test_all_faults_are_shown_at_once(tmp_path: Path) -> None:
    told = registers()
    told[0]["site"] = {}
    told[0]["ideas"][2]["title"] = ""
    told[0]["ideas"][4]["title"] = 7
    told[1]["ideas"][0]["address"] = "https://noi-khac.example/"
    hub = read_all(write(tmp_path, told))

    found = [(f.code.value, Path(f.where.file).parent.name, f.where.pointer) for f in hub.findings]
    assert found == [
        ("E802", "tinh-1", "site.name"),
        ("E802", "tinh-1", "ideas[2].title"),
        ("E804", "tinh-1", "site.url"),
        ("E802", "tinh-2", "ideas[0].address"),
    ]
    assert [place.url for place in hub.places] == ["https://tinh-3.example/"]


def test_a_fault_in_a_part_names_the_part(tmp_path: Path) -> None:
    files = write(tmp_path, registers())
    place = Path(files[2])
    told = json.loads(place.read_bytes())
    part = told["parts"][0]
    own = json.loads(gzip.decompress((place.parent / part["address"]).read_bytes()))
    own["ideas"][0]["kind"] = "khac"
    data = json.dumps(own).encode()
    (place.parent / part["address"]).write_bytes(data)
    part["sha256"] = hashlib.sha256(data).hexdigest()
    place.write_text(json.dumps(told), encoding="utf-8")

    (finding,) = read_all(files).findings
    assert finding.where.file == str(place.parent / part["address"])
    assert finding.where.pointer == "ideas[0].kind"


def test_a_missing_part_is_told(tmp_path: Path) -> None:
    files = write(tmp_path, registers())
    part = next(Path(files[2]).parent.glob("*.gz"))
    part.unlink()

    (finding,) = read_all(files).findings
    assert (finding.code, finding.params["part"]) == (Code.REGISTER_PART, part.name)


def test_an_idea_told_twice_stays_where_it_was_honoured_first(tmp_path: Path) -> None:
    told = registers()
    twice = json.loads(json.dumps(told[0]["ideas"][0]))
    twice["conclusions"][0]["recognised_on"] = "2010-01-02"
    told[1]["ideas"].append(twice)
    hub = read_all(write(tmp_path, told))

    kept = [honour.site for honour in hub.honours if honour.code == twice["code"]]
    assert kept == ["https://tinh-2.example/"]
    (finding,) = hub.findings
    assert finding.where.file.endswith("tinh-1/register.json")
    assert (finding.params["count"], finding.params["idea"]) == ("1", twice["code"])


def test_what_was_taken_back_is_no_honour(tmp_path: Path) -> None:
    told = registers()
    gone = told[0]["ideas"][0]
    gone["revoked"] = True
    hub = read_all(write(tmp_path, told))
    files = built(hub)

    assert hub.findings == ()
    assert len(hub.honours) == 3 * IDEAS - 1
    assert not any(gone["code"].encode() in data or gone["address"].encode() in data for data in files.values())


def test_samples_are_marked_or_left_out(tmp_path: Path) -> None:
    told = registers()
    told[0]["ideas"][0]["sample"] = True
    files = write(tmp_path, told)
    page = text(built(read_all(files)), "noi/tinh-1-example/index.html")
    without = built(read_all(files, without_samples=True))

    assert page.count("Hồ sơ mẫu") == 1
    assert "noindex" in page
    assert len(read_all(files, without_samples=True).honours) == 3 * IDEAS - 1
    assert not any("Hồ sơ mẫu".encode() in data or b"noindex" in data for data in without.values())


def test_sites_of_one_name_are_told_apart(tmp_path: Path) -> None:
    told = registers()
    for one in told[:2]:
        one["site"]["name"] = "Bảng vàng"
    files = built(read_all(write(tmp_path, told)))

    assert "Bảng vàng (tinh-1.example)" in text(files, "noi/index.html")
    assert "Bảng vàng (tinh-2.example)" in text(files, "noi/index.html")


def test_long_lists_are_cut_into_pages(tmp_path: Path) -> None:
    told = [invention.register(0, "Mẫu", 450)]
    files = built(read_all(write(tmp_path, told)))

    assert {path for path in files if path.startswith("noi/")} == {
        "noi/index.html", "noi/tinh-1-example/index.html", "noi/tinh-1-example/trang-2/index.html",
        "noi/tinh-1-example/trang-3/index.html",
    }  # fmt: skip
    rows = [
        files[f"noi/tinh-1-example/{page}index.html"].count(b"sk-row__title") for page in ("", "trang-2/", "trang-3/")
    ]
    assert rows == [200, 200, 50]


def test_search_tells_of_every_code_where_it_is(tmp_path: Path) -> None:
    files = built(read_all(write(tmp_path, registers())))
    catalogue = json.loads(files["tim-kiem/muc-luc.json"])
    folder = f"tim-kiem/{catalogue['edition']}"
    rows = [row for number in range(2) for row in json.loads(files[f"{folder}/y/{number}.json"])]
    codes: dict[str, int] = {}
    for number in range(catalogue["codes"]):
        codes |= json.loads(files[f"{folder}/ma/{number}.json"])

    assert {row[0]: place for place, row in enumerate(rows)} == codes
    assert {row[6] for row in rows} == {f"https://tinh-{number}.example/" for number in (1, 2, 3)}


def test_an_empty_register_has_its_place_and_no_ideas(tmp_path: Path) -> None:
    told = registers()[:1]
    told[0]["ideas"] = []
    hub = read_all(write(tmp_path, told))
    files = built(hub)

    assert [(place.url, place.honours) for place in hub.places] == [("https://tinh-1.example/", ())]
    assert "Chưa có ý nào" in text(files, "noi/tinh-1-example/index.html")
