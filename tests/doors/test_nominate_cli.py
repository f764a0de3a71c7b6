"""The nominate command as it is typed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sangkien.cli import main

CODE = "2019-B8M4-R0XT"


def run(repository: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(repository), "nominate", *words])


def test_nominate_writes_the_record_and_gives_one_still_open_again(repository: Path) -> None:
    for _ in range(2):
        done = run(repository, "2019 b8m4 roxt", "--to", "huyen-thu-2003", "--reason", "Dễ làm.")
        assert (done.exit_code, done.output.count("nominations/dn-2019-b8m4-r0xt-1.yml")) == (0, 1)
    open_already = run(repository, CODE, "--to", "huyen-thu-2003", "--title", "tieu-bieu")

    assert "nominations/dn-1.yml" in open_already.output
    names = sorted(path.stem for path in (repository / "content/register/nominations").iterdir())
    assert names == ["dn-1", "dn-2", "dn-2019-b8m4-r0xt-1"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("2019-XXXX-XXXX", "--to", "huyen-thu-2003"), 2),
        ((CODE,), 2),
        ((CODE, "--to", "xa-thu-2010"), 1),
        ((CODE, "--to", "huyen-thu-2003", "--desk", "a/b"), 2),
        (("person", "p-0a1b2c3d", "--title", "tieu-bieu", "--from", "xa-thu-2010", "--to", "huyen-thu-2003"), 0),
        (("person", "p-0a1b2c3d", "--title", "la", "--from", "xa-thu-2010", "--to", "huyen-thu-2003"), 1),
        (("person", "p-0a1b2c3d", "--title", "tieu-bieu"), 2),
        (("answer", "dn-9", "--status", "cong-nhan", "--on", "2019-09-01"), 2),
        (("answer", "dn-1", "--status", "cong-nhan", "--on", "2019-07-01"), 1),
        (("answer", "dn-1", "--status", "cong-nhan", "--on", "2019-09-01"), 0),
    ],
)
def test_exit_codes(repository: Path, words: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    assert run(repository, *words).exit_code == code


def test_names_never_go_into_a_git_repository(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "kho" / ".git").mkdir(parents=True)
    inside = tmp_path / "kho" / "ho-so"

    refused = run(repository, CODE, "--to", "huyen-thu-2003", "--dossier", str(inside), "--with-names")

    assert (refused.exit_code, inside.exists()) == (2, False)
    assert run(repository, CODE, "--to", "huyen-thu-2003", "--dossier", str(inside)).exit_code == 0
    assert not (inside / "ten-tac-gia.txt").exists()


def test_check(repository: Path, tmp_path: Path) -> None:
    letter, dossier = tmp_path / "thu.md", tmp_path / "ho-so"
    golden = Path(__file__).parents[1] / "workflow" / "golden" / "letter.md"
    letter.write_text(golden.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(repository, CODE, "--to", "huyen-thu-2003", "--dossier", str(dossier)).exit_code == 0

    assert run(repository, "check", str(letter)).exit_code == 0
    assert run(repository, "check", str(letter), "--against", str(dossier)).exit_code == 0
    (dossier / "idea.yml").unlink()
    refused = run(repository, "check", str(letter), "--against", str(dossier))
    assert (refused.exit_code, refused.output.count("E532")) == (1, 2)
