"""A GitHub App signs in with its key, is given tokens that end, and the program renews them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
import requests

from localhub import Hub
from sangkien.adapters.github import GitHub
from sangkien.adapters.github_transport import AppKey
from sangkien.domain.errors import OutsideError

REPO = "mau/kho"
RIGHTS = {"contents": "write"}


def hub_at(folder: Path, now: Callable[[], datetime] | None = None) -> Hub:
    (folder / "source").mkdir()
    (folder / "source" / "README.md").write_text("x", encoding="utf-8")
    hub = Hub.start(folder / "hub", now=now)
    hub.add_repository(REPO, source=folder / "source", private=True)
    return hub


def entries(hub: Hub) -> int:
    return sum(call.path.endswith("/access_tokens") for call in hub.calls)


def test_one_token_serves_many_calls(tmp_path: Path) -> None:
    with hub_at(tmp_path) as hub:
        app, key = hub.install_app(REPO, RIGHTS)
        forge = GitHub(REPO, AppKey(client_id=app.client_id, installation=app.number, private_key=key), hub.api_url)

        assert forge.default_branch() == "main"
        assert forge.branch("main")
        assert entries(hub) == 1


def test_a_token_about_to_end_is_renewed(tmp_path: Path) -> None:
    def late() -> datetime:
        return datetime.now(UTC) - timedelta(minutes=59, seconds=50)

    with hub_at(tmp_path, late) as hub:
        app, key = hub.install_app(REPO, RIGHTS)
        forge = GitHub(REPO, AppKey(client_id=app.client_id, installation=app.number, private_key=key), hub.api_url)

        assert forge.branch("main") == forge.branch("main")
        assert entries(hub) == 2


def test_an_ended_token_opens_nothing(tmp_path: Path) -> None:
    shift = timedelta()
    with hub_at(tmp_path, lambda: datetime.now(UTC) + shift) as hub:
        app, key = hub.install_app(REPO, RIGHTS)
        token = GitHub(
            REPO, AppKey(client_id=app.client_id, installation=app.number, private_key=key), hub.api_url
        ).token()
        address, head = f"{hub.api_url}/repos/{REPO}", {"Authorization": f"token {token}"}
        assert requests.get(address, headers=head, timeout=5).status_code == 200
        shift = timedelta(hours=2)

        assert requests.get(address, headers=head, timeout=5).status_code == 401


@pytest.mark.parametrize("claims", [{"iss": "another"}, {"exp": 10**10}, {"exp": 1}])
def test_another_s_word_is_refused(tmp_path: Path, claims: dict[str, object]) -> None:
    with hub_at(tmp_path) as hub:
        app, key = hub.install_app(REPO, RIGHTS)
        now = int(time.time())
        word = jwt.encode({"iat": now - 60, "exp": now + 300, "iss": app.client_id, **claims}, key, "RS256")
        answer = requests.post(
            f"{hub.api_url}/app/installations/{app.number}/access_tokens",
            headers={"Authorization": f"Bearer {word}"},
            timeout=5,
        )

        assert answer.status_code == 401


def test_a_wrong_key_is_told_as_the_desk_s_refusal(tmp_path: Path) -> None:
    with hub_at(tmp_path) as hub:
        app, _ = hub.install_app(REPO, RIGHTS)
        _, other = hub.install_app(REPO, RIGHTS, "another")
        forge = GitHub(REPO, AppKey(client_id=app.client_id, installation=app.number, private_key=other), hub.api_url)

        with pytest.raises(OutsideError) as refused:
            forge.branch("main")
        assert not refused.value.lasting
