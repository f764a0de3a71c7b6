import json
from pathlib import Path

from click.testing import CliRunner, Result

from sangkien.adapters.sealing import new_key, seal
from sangkien.cli import main

PERSON = "p-0a1b2c3d"
RECORD = f"content/register/people/0a/{PERSON}.yml"
GOLDEN = Path(__file__).parent / "golden" / "dieu-dang-giu.txt"


def held(root: Path, *words: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, ["--root", str(root), "held", *words, "--on", "2026-11-29"])


def test_all_that_is_held_is_told_in_words(repository: Path) -> None:
    run = held(repository, PERSON)

    assert run.exit_code == 0
    assert run.output == GOLDEN.read_text(encoding="utf-8")


def test_it_says_nothing_of_others(repository: Path) -> None:
    """Of other authors, other seats and other people's names not even the ids are handed over."""
    data = json.loads(held(repository, PERSON, "--format", "json").output)
    text = json.dumps(data["records"], ensure_ascii=False)

    assert "p-4e5f6g7h" in (repository / "ideas/2019/b8/b8m4r0xt/idea.yml").read_text(encoding="utf-8")
    assert "p-4e5f6g7h" not in text
    assert "github_id" not in text
    assert {record["kind"] for record in data["records"]} >= {"person", "idea", "commendation", "data_request"}
    assert len(data["elsewhere"]) == 5


def test_a_gift_is_held_of_who_gave_it(repository: Path) -> None:
    data = json.loads(held(repository, "p-7h8j9k0m", "--format", "json").output)

    assert [(record["kind"], record["record"]["id"]) for record in data["records"]] == [
        ("person", "p-7h8j9k0m"),
        ("sponsorship", "gs-1"),
    ]


def test_several_ids_are_one_person_only_when_named(repository: Path) -> None:
    both = json.loads(held(repository, PERSON, "p-4e5f6g7h", "--format", "json").output)

    assert [record["record"]["id"] for record in both["records"] if record["kind"] == "person"] == [
        PERSON,
        "p-4e5f6g7h",
    ]
    assert held(repository, "p-zzzzzzzz").exit_code == 2


def test_a_contact_is_told_with_its_key_alone(repository: Path, tmp_path: Path) -> None:
    private, public = new_key()
    armour = "".join(f"  {line}\n" for line in seal("0900 000 000", [public]).splitlines())
    with (repository / RECORD).open("a", encoding="utf-8") as record:
        record.write(f"contact: |\n{armour}")
    key, other = tmp_path / "key.txt", tmp_path / "other.txt"
    key.write_text(private, encoding="utf-8")
    other.write_text(new_key()[0], encoding="utf-8")

    told = [held(repository, PERSON, *words).output for words in ((), ("--key", str(key)), ("--key", str(other)))]

    assert ["0900 000 000" in text for text in told] == [False, True, False]
    assert not any("BEGIN AGE" in text for text in told)
    assert len(set(told)) == 3
    opened = (repository / RECORD).read_text(encoding="utf-8").partition("contact_opened:")[2]
    assert opened.count("date: 2026-11-29") == 1
