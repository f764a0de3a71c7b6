from pathlib import Path

import pytest

from places import ROOT
from sangkien.adapters.other_program import OtherProgram
from sangkien.domain.errors import OutsideError


@pytest.mark.long
def test_a_command_that_fails_is_told_with_its_own_words(tmp_path: Path) -> None:
    program = OtherProgram(ROOT, tmp_path / "venv", ROOT)

    program.run("explain", "E309")
    with pytest.raises(OutsideError, match="no-such-command"):
        program.run("no-such-command")
    assert not (tmp_path / "venv").exists()  # both ask for the same libraries
