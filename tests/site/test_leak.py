"""Nothing that is not public reaches one byte of the site."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from leaky_world import ANNOUNCED, HIDDEN_IDEAS, HIDDEN_PEOPLE, REVIEW_DATA, REVOKED, leaky_world
from site_tools import contents, sangkien, unpacked
from site_world import DRIP, ROUND, SHEETS, SOAP, World, small_world

from sangkien.domain import erasure, idea_code, layout
from sangkien.domain.digest import record_digest, scored_digest
from sangkien.workflow.erase import word_for

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site


@pytest.mark.parametrize("without_samples", [False, True])
def test_nothing_hidden_is_published(stamped: Any, without_samples: bool) -> None:
    files, outcome = stamped(leaky_world(), without_samples=without_samples, site_url="https://vi-du.example/")
    everything = b"\n".join([path.encode() + b"\n" + data for path, data in files.items()])
    everything = re.sub(rb";base64,[\w+/=]+", b"", everything)  # letters by chance

    assert sorted(set(re.findall(rb"[Kk][Ii][Nn][A-Z0-9]\w*", everything))) == []
    assert [word for word in ("kintoken", "SECRET-GPS", "kin.webp", *REVIEW_DATA) if word.encode() in everything] == []
    pages = b"".join(data for path, data in files.items() if path.endswith(".html"))
    assert [figure for figure in ("51,47", "36,28", "87,75") if figure.encode() in pages] == []
    assert [person for person in HIDDEN_PEOPLE if person.encode() in everything] == []
    assert b"yc-2019-7" not in everything
    for code_ in HIDDEN_IDEAS.values():
        assert code_.encode() not in everything
        assert idea_code.compact(code_).encode() not in everything
    # What may be seen of them, so that the test itself is known to look.
    assert everything.count(ANNOUNCED.encode()) == 1
    assert idea_code.compact(ANNOUNCED).encode() not in everything
    assert "Tựa của ý đã thu hồi".encode() in files[f"ghi-nhan/2019/{idea_code.compact(REVOKED)}/index.html"]
    assert "Trùng một ý cũ.".encode() in everything
    assert "K.T." in everything.decode(errors="replace")
    assert outcome.ideas == 3
    assert f"{idea_code.folder(HIDDEN_IDEAS['withdrawn-with-a-slip'])}/idea.yml" in outcome.withheld
    # A record that is withheld as a whole would prove nothing of what is left out of it.
    assert {path.split("/")[2] for path in outcome.withheld if not path.startswith("ideas/")} == {"decisions", "people"}


ERASED = {
    "p-0a1b2c3d": ("Nguyễn Zắcmôn Anquỹ", "tac-gia/p-0a1b2c3d/"),
    "p-2c2c2c2c": ("Tổ Vươnzanh", "tap-the/p-2c2c2c2c/"),
}
TRACES = ("zắcmôn", "zacmon", "anquỹ", "anquy", "vươnzanh", "vuonzanh", "N.Z.A.")


def naming(files: dict[str, bytes]) -> set[str]:
    """List the files in which a name of those erased stands, however it is written, packed or printed."""
    found = set()
    for path, data in files.items():
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                said = b"\n".join(book.read(part) for part in book.namelist())
        else:
            said = data
        text = said.decode("utf-8", "replace")
        if any(trace.lower() in text.lower() for trace in TRACES):
            found.add(path)
    return found


def test_who_is_erased_is_named_nowhere(stamped: Any) -> None:
    world = small_world()
    for key, (name, _) in ERASED.items():
        world.records[layout.path_of("person", key)]["name"] = name
    before, _ = stamped(world, site_url="https://vi-du.example/")
    for key in ERASED:
        record: Any = world.records[layout.path_of("person", key)]
        world.records[layout.path_of("person", key)] = dict(erasure.erased(record, "2026-11-29", word_for(record)))
    after, outcome = stamped(world, site_url="https://vi-du.example/")

    # The scanner sees the names in every kind of place they stood in.
    seen = naming(before)
    assert {path.partition("/")[0] for path in seen} >= {"tac-gia", "tap-the", "ghi-nhan", "tim-kiem", "dot", "don-vi"}
    assert {Path(path).suffix for path in seen} >= {".html", ".json", ".txt", ".png", ".jpg", ".pdf"}
    assert naming(after) == set()
    assert outcome.withheld == ()
    assert outcome.ideas == 3
    pages = [{path for path in files if path.endswith(".html")} for files in (before, after)]
    assert pages[0] == pages[1]  # every address answers as it did
    for key, (_, address) in ERASED.items():
        page = after.pop(f"{address}index.html").decode()
        assert "đã yêu cầu ẩn danh" in page
        assert re.search(r'name="?robots"? content="?noindex', page)
        assert "ghi-nhan/2019" not in page  # nothing leads from who was erased to what they did
        assert [path for path, data in after.items() if key.encode() in data or key in path] == []
    idea = after[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode()
    assert "tác giả không công khai tên" in idea.lower()  # one hidden, one erased: told as one
    assert "Tập thể đã yêu cầu ẩn danh" in after[f"ghi-nhan/2019/{idea_code.compact(SOAP)}/index.html"].decode()


def test_who_hides_later_is_named_nowhere(stamped: Any) -> None:
    world = small_world()
    for key, (name, _) in ERASED.items():
        world.records[layout.path_of("person", key)]["name"] = name
    before, _ = stamped(world, site_url="https://vi-du.example/")
    for key in ERASED:
        world.records[layout.path_of("person", key)]["display"] = "hidden"
    after, outcome = stamped(world, site_url="https://vi-du.example/")

    seen = {path.partition("/")[0] for path in naming(before)}
    assert seen >= {"tac-gia", "tap-the", "ghi-nhan", "bieu-duong", "dot"}
    assert naming(after) == set()
    assert [path for path, data in after.items() if any(k.encode() in data or k in path for k in ERASED)] == []
    assert outcome.ideas == 3
    assert "của 1 tác giả" not in after[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode()


def test_marks_only_where_the_round_publishes_them(stamped: Any) -> None:
    world = small_world()
    world.records[layout.path_of("round", ROUND)]["publish_marks"] = True
    files, _ = stamped(world)
    page = files[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode()

    assert "51,47/60" in page
    assert "87,75/100" in page
    assert not any(word in page for word in ("ghe-1", "880001", "770001"))


def published(files: dict[str, bytes]) -> tuple[dict[str, Any], bytes]:
    """Give the first recognition told of the drip, and all data beside the pages."""
    register = json.loads(files["du-lieu/register.json"])
    idea = next(idea for idea in register["ideas"] if idea["code"] == DRIP)
    return idea["conclusions"][0], b"".join(
        data for path, data in files.items() if path.endswith((".json", ".json.gz"))
    )


def test_closed_register_tells_aggregates_unless_the_round_publishes_marks(stamped: Any) -> None:
    told, data = published(stamped(small_world())[0])

    assert (told["marks"], told["total"]["mean"], "counted" in told) == ("aggregates", "87.75", False)
    assert not any(word.encode() in data for word in REVIEW_DATA)


def test_closed_register_tells_marks_without_members(stamped: Any) -> None:
    orders = set()
    for reason in ("Dễ làm.", "Ít tốn.", "Đỡ mệt.", "Đỡ nước.", "Gọn."):
        world = small_world()
        world.records[layout.path_of("round", ROUND)]["publish_marks"] = True
        world.conclude(DRIP, reasons=reason)
        files, _ = stamped(world)
        told, data = published(files)
        assert sorted(tuple(sheet["marks"].values()) for sheet in told["counted"]) == sorted(s[:2] for s in SHEETS)
        assert all(set(sheet) == {"marks", "total", "verdict"} for sheet in told["counted"])
        assert not any(word in data for word in (b"ghe-", b"8800", b"7700", b"9900", b'"p-', b"github"))
        orders.add(tuple(sheet["total"] for sheet in told["counted"]))

    assert len(orders) > 1  # the place of a sheet does not follow its seat


def test_open_register_tells_who_gave_which_marks(stamped: Any) -> None:
    world = small_world()
    world.records[layout.path_of("movement", "movement")]["topology"] = "open"
    files, _ = stamped(world)
    told, _ = published(files)
    shelf = json.loads(files[f"du-lieu/kiem-dem/{idea_code.compact(DRIP)[:2]}.json.gz"])
    (record,) = (i["conclusions"][0]["record"] for i in shelf["ideas"] if i["code"] == DRIP)

    assert [(s["seat"], *s["marks"].values(), s["total"]) for s in told["counted"]] == [
        (f"ghe-{n}", *sheet) for n, sheet in enumerate(SHEETS, 1)
    ]
    assert "github" not in str(told)
    assert record_digest(record) == told["digest"]


def test_samples_say_so_and_can_be_left_out(stamped: Any) -> None:
    with_samples, _ = stamped(small_world(sample=True))
    without, outcome = stamped(small_world(sample=True), without_samples=True)

    for path, data in with_samples.items():
        if path.endswith(".html"):
            assert re.search(rb'name="?robots"? content="?noindex', data), path
            assert "Trang minh họa".encode() in data, path
    assert outcome.ideas == 0
    for path, data in without.items():
        if path.endswith(".html"):
            assert b"noindex" not in data, path
            assert "hồ sơ mẫu".encode() not in data.lower(), path
            assert b"B8M4-R0XT" not in data, path


def test_withheld_record_is_listed_and_the_rest_is_built(stamped: Any) -> None:
    world = small_world()
    drip = world.records[f"{idea_code.folder(DRIP)}/idea.yml"]
    drip["summary"] = "Xin gọi 0912 345 678 để hỏi thêm về cách làm."
    world.conclude(DRIP)
    files, outcome = stamped(world)

    assert outcome.withheld == (f"{idea_code.folder(DRIP)}/idea.yml",)
    assert outcome.ideas == 2
    assert b"0912" not in b"".join(files.values())


def test_written_page_with_a_phone_number_waits(tmp_path: Path) -> None:
    root = small_world().write(tmp_path / "world")
    guide = root / "content" / "huong-dan" / "index.md"
    guide.parent.mkdir(exist_ok=True)
    guide.write_text("# Hướng dẫn\n\nXin gọi 0912 345 678.\n", encoding="utf-8")
    home = root / "content" / "index.md"
    home.write_text(home.read_text(encoding="utf-8") + "\nHay gọi 0913 456 789.\n", encoding="utf-8")
    run = sangkien(root, "publish", "--out", str(tmp_path / "site"))
    files = {path: unpacked(path, data) for path, data in contents(tmp_path / "site").items()}

    assert run.returncode == 0
    assert "content/huong-dan/index.md" in run.stdout
    assert not any(b"0912" in data or b"0913" in data for data in files.values())
    assert "Trang đang được xem lại".encode() in files["huong-dan/index.html"]
    assert b'href="./ghi-nhan/"' in files["index.html"]


def in_other_words(world: World) -> World:
    """Say everything nobody may see in other words, and sign it anew; of what is told in part the digest is told."""
    told = tuple(f"{idea_code.folder(code)}/" for code in (ANNOUNCED, REVOKED))
    world.records = {p: r if p.startswith(told) else other_words(r) for p, r in world.records.items()}
    for path, record in world.records.items():
        if "/conclusions/" in path and not path.startswith(told):
            record["scored_digest"] = scored_digest(world.records[f"{path.partition('/conclusions/')[0]}/idea.yml"])
            record["digest"] = record_digest(record)
    return world


def other_words(record: Any) -> Any:
    if isinstance(record, dict):
        return {key: other_words(value) for key, value in record.items()}
    if isinstance(record, list):
        return [other_words(value) for value in record]
    return re.sub(r"\b([Kk])in(?=[A-Z0-9])", r"\1hac", record) if isinstance(record, str) else record


def without_hidden_ideas(world: World) -> World:
    """Take every hidden idea out of a world, with its people and wherever it is named."""
    hidden = set(HIDDEN_IDEAS.values())
    folders = tuple(f"{idea_code.folder(code)}/" for code in hidden)
    people = {layout.path_of("person", f"p-{idea_code.compact(code)}") for code in hidden}
    gone = {path for path in world.records if path.startswith(folders) or path in people}
    for path, record in world.records.items():
        if codes := record.get("codes"):
            record["codes"] = [code for code in codes if code not in hidden]
            if not record["codes"]:
                gone.add(path)
        for task in record.get("tasks", ()):
            if task.get("code") in hidden:
                del task["code"]
        for named in ("agenda", "builds_on"):
            if named in record:
                record[named] = [code for code in record[named] if code not in hidden]
        if record.get("code") in hidden:
            gone.add(path)
    world.records = {path: record for path, record in world.records.items() if path not in gone}
    world.files = {path: data for path, data in world.files.items() if not path.startswith(folders)}
    return world


@pytest.mark.parametrize("change", [in_other_words, without_hidden_ideas])
def test_the_site_is_the_same_whatever_is_hidden(stamped: Any, change: Callable[[World], World]) -> None:
    """Not one byte, count, order or day of it may depend on what nobody may see."""
    world, other = leaky_world(), change(leaky_world())
    assert other.records != world.records
    files, _ = stamped(world, site_url="https://vi-du.example/")
    same, _ = stamped(other, site_url="https://vi-du.example/")

    assert {path for path in files.keys() | same.keys() if files.get(path) != same.get(path)} == set()
