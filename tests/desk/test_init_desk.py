"""What `sangkien init` makes, at a hub set up as its first steps say."""

from pathlib import Path

import pytest
from surgery import Surgery, open_surgery

from committed import git
from localhub import Hub
from offices import TODAY, found_office, run
from sangkien.domain.settings import Check

SEATED = {1001: "giam-doc", 1002: "cong-doan", 1003: "quan-doc"}  # as the company's answers say


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found_office(tmp_path_factory.mktemp("company"), "company")


def wrong(checks: tuple[Check, ...]) -> set[str]:
    return {check.name for check in checks if check.state != "ok"}


def test_the_doctor_finds_nothing_missing_once_the_first_steps_are_done(company: Path, tmp_path: Path) -> None:
    with Hub.start(tmp_path / "hub") as hub:
        surgery: Surgery = open_surgery(hub, company, private=True, plan="team", seated=SEATED)
        surgery.hire_app()
        surgery.ask("PUT", "/environments/desk/secrets/BALLOT_KEYS", {"encrypted_value": "x", "key_id": "1"})

        report = surgery.fix()

        assert wrong(report.checks) == {"pages"}  # weaker: to open a closed desk's site is for a person to begin
        surgery.ask("POST", "/pages", {"build_type": "workflow"})
        assert wrong(surgery.look().checks) == set()


def test_an_upgrade_is_proposed_once(company: Path, tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    found = run(company, "init", str(kit), "--answers", str(company / ".kit/answers.yml"), "--on", TODAY)
    assert found.exit_code == 0, found.output
    version = kit / "scripts/sangkien/__init__.py"
    version.write_text(version.read_text(encoding="utf-8").replace("0.1.0", "9.0.0"), encoding="utf-8")
    with Hub.start(tmp_path / "hub") as hub:
        surgery = open_surgery(hub, company, private=True, plan="team", seated=SEATED)
        token = hub.user_token("mau")
        address = f"{hub.url}/{surgery.repository}.git".replace("://", f"://mau:{token}@")
        place = tmp_path / "clone"
        git(tmp_path, "clone", "-q", address, str(place))
        at_the_hub = {"GITHUB_TOKEN": token, "GITHUB_REPOSITORY": surgery.repository, "GITHUB_API_URL": hub.api_url}

        told = [run(place, "upgrade", "--from", str(kit), **at_the_hub) for _ in range(2)]

        (pull,) = surgery.ask("GET", "/pulls")
        assert [done.exit_code for done in told] == [0, 0], told[0].output
        assert (pull["head"]["ref"], pull["base"]["ref"]) == ("upgrade/9.0.0", "main")
        assert all(f"số {pull['number']}" in done.output for done in told)
