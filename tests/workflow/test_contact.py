from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sangkien.adapters.pool import Pool
from sangkien.adapters.sealing import new_key, recipients, seal
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.workflow.validate import validate

PERSON = "p-0a1b2c3d"
RECORD = f"content/register/people/0a/{PERSON}.yml"
WORDS = "0900 000 000, bác An"
PRIVATE, PUBLIC = new_key()


def contact(root: Path, *words: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, ["--root", str(root), "contact", *words])


def show(root: Path, key: Path, *words: str, reason: str = "báo kết quả xét") -> Result:
    return contact(root, "open", PERSON, "--key", str(key), "--reason", reason, "--on", "2026-11-29", *words)


@pytest.fixture
def key(repository: Path, tmp_path: Path) -> Path:
    """Seal a contact in the repository, and give the file of the key that opens it."""
    armour = "".join(f"  {line}\n" for line in seal(WORDS, [PUBLIC]).splitlines())
    with (repository / RECORD).open("a", encoding="utf-8") as record:
        record.write(f"contact: |\n{armour}")
    keep_keys(repository, PUBLIC)
    file = tmp_path / "key.txt"
    file.write_text(PRIVATE, encoding="utf-8")
    return file


def keep_keys(root: Path, *keys: str) -> None:
    file = root / "content/register/movement.yml"
    text = file.read_text(encoding="utf-8").partition("contact_keys:")[0]
    file.write_text(text + "contact_keys:\n" + "".join(f"  - {one}\n" for one in keys), encoding="utf-8")


def sound(root: Path) -> bool:
    return validate(Store(root), Pool(1)).findings == ()


def test_a_contact_is_opened_on_a_screen_alone_and_the_opening_written_down(repository: Path, key: Path) -> None:
    before = (repository / RECORD).read_text(encoding="utf-8")
    refused = show(repository, key)
    assert (refused.exit_code, (repository / RECORD).read_text(encoding="utf-8")) == (2, before)

    twice = [show(repository, key, "--really") for _ in range(2)]
    after = (repository / RECORD).read_text(encoding="utf-8")

    assert [run.exit_code for run in twice] == [0, 0]
    assert twice[0].stdout == f"{WORDS}\n"
    assert after.count("reason: báo kết quả xét") == 1
    assert "- date: 2026-11-29" in after
    assert WORDS not in refused.output + after
    assert sound(repository)


def test_a_contact_gives_the_screen_no_orders(repository: Path, key: Path) -> None:
    sealed = seal("0900\x1b]52;c;cm0gLXJm\x07 000\u202e\n000", [PUBLIC])
    place = repository / RECORD
    before = place.read_text(encoding="utf-8").partition("contact: |\n")[0]
    place.write_text(before + "contact: |\n" + "".join(f"  {line}\n" for line in sealed.splitlines()), encoding="utf-8")

    assert show(repository, key, "--really").stdout == "0900]52;c;cm0gLXJm 000\n000\n"


@pytest.mark.parametrize("reason", ["gọi 0912 345 678", " ", "viết cho an@example.org", "dài " * 80])
def test_a_reason_holds_nobody_s_data(repository: Path, key: Path, reason: str) -> None:
    assert show(repository, key, "--really", reason=reason).exit_code == 2
    assert "contact_opened" not in (repository / RECORD).read_text(encoding="utf-8")


def test_another_key_opens_nothing_and_leaves_no_word(repository: Path, key: Path) -> None:
    key.write_text(new_key()[0], encoding="utf-8")
    run = show(repository, key, "--really")

    assert run.exit_code == 1
    assert "contact_opened" not in (repository / RECORD).read_text(encoding="utf-8")
    assert contact(repository, "open", "p-4e5f6g7h", "--reason", "x", "--really").exit_code == 2


def test_contacts_follow_the_keys(repository: Path, key: Path) -> None:
    second_private, second = new_key()
    assert contact(repository, "check", "--key", str(key)).exit_code == 0
    keep_keys(repository, PUBLIC, second)
    assert contact(repository, "check").exit_code == 1

    assert contact(repository, "seal", "--key", str(key)).exit_code == 0
    armour = Store(repository).read(RECORD).record["contact"]
    assert recipients(armour) == 2
    assert contact(repository, "check", "--key", str(key)).exit_code == 0

    key.write_text(second_private, encoding="utf-8")
    assert show(repository, key, "--really").stdout == f"{WORDS}\n"
    keep_keys(repository, second)
    assert contact(repository, "seal", "--key", str(key)).exit_code == 0
    key.write_text(PRIVATE, encoding="utf-8")
    lost = contact(repository, "check", "--key", str(key))
    assert (lost.exit_code, PERSON in lost.output) == (1, True)
    assert contact(repository, "seal", "--key", str(key)).exit_code == 1  # what does not open stays as it is
    assert sound(repository)


def test_what_is_no_armour_is_sealed_to_nobody() -> None:
    assert [recipients(text) for text in ("", "-----BEGIN AGE ENCRYPTED FILE-----\n!!\n", "YWJj")] == [0, 0, 0]
