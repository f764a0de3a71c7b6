"""Pages, caches, limits and ordered troubles."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import requests
from hub_room import REPO, Room

from localhub.faults import Kind

pytest_plugins = ["hub_fixtures"]


@pytest.fixture
def session(room: Room) -> requests.Session:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {room.hub.user_token('mau')}"
    return session


@pytest.fixture
def url(room: Room) -> str:
    return f"{room.hub.api_url}/repos/{REPO}"


def test_pages_are_linked(room: Room, session: requests.Session, url: str) -> None:
    for number in range(5):
        session.post(f"{url}/issues", json={"title": str(number)})
    answer = session.get(f"{url}/issues", params={"per_page": "2", "state": "all"})
    assert [row["title"] for row in answer.json()] == ["4", "3"]
    assert answer.links["last"]["url"].endswith("page=3")
    after = session.get(answer.links["next"]["url"])
    assert [row["title"] for row in after.json()] == ["2", "1"]
    assert {"prev", "next", "first", "last"} == set(after.links)
    assert len(room.as_("mau").get_issues().get_page(0)) == 5
    assert len(list(room.as_("mau").get_issues())) == 5


def test_many_at_once(room: Room, session: requests.Session, url: str) -> None:
    headers = {"Authorization": str(session.headers["Authorization"])}

    def write(number: int) -> int:
        answer = requests.post(f"{url}/issues", json={"title": str(number)}, headers=headers, timeout=5)
        return int(answer.json()["number"])

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(write, range(24))) == list(range(1, 25))


def test_etag_spares_the_answer(session: requests.Session, url: str) -> None:
    first = session.get(f"{url}/issues")
    again = session.get(f"{url}/issues", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["X-RateLimit-Used"] == first.headers["X-RateLimit-Used"]
    session.post(f"{url}/issues", json={"title": "x"})
    assert session.get(f"{url}/issues", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_rate_headers(session: requests.Session, url: str) -> None:
    headers = session.get(url).headers
    left = int(headers["X-RateLimit-Remaining"])
    assert int(headers["X-RateLimit-Limit"]) == left + int(headers["X-RateLimit-Used"])
    assert int(headers["X-RateLimit-Reset"]) > datetime.now(UTC).timestamp()


@pytest.mark.parametrize(
    ("kind", "status", "header"),
    [
        ("secondary-limit", 403, "Retry-After"),
        ("rate-limit", 403, "X-RateLimit-Reset"),
        ("error-500", 500, None),
        ("error-502", 502, None),
        ("conflict", 409, None),
    ],
)
def test_faults_hit_once(room: Room, session: requests.Session, url: str, kind: Kind, status: int, header: str) -> None:
    room.hub.faults.add(kind, "POST", "/repos/*/issues", after=1)
    codes = []
    for _ in range(3):
        answer = session.post(f"{url}/issues", json={"title": "x"})
        codes.append(answer.status_code)
        assert answer.status_code == 201 or header is None or header in answer.headers
    assert codes == [201, status, 201]
    assert len(session.get(f"{url}/issues").json()) == 2


def test_cut_connections(room: Room, session: requests.Session, url: str) -> None:
    kinds: list[tuple[Kind, int]] = [("cut", 0), ("cut-after", 1)]
    for kind, done in kinds:
        room.hub.faults.add(kind, "POST")
        with pytest.raises(requests.ConnectionError):
            session.post(f"{url}/issues", json={"title": "x"})
        assert len(session.get(f"{url}/issues").json()) == done


def test_calls_are_written_down(room: Room, session: requests.Session, url: str) -> None:
    room.hub.reset_calls()
    session.get(f"{url}/issues", params={"state": "all"})
    session.get(f"{url}/nothing")
    first, second = room.hub.calls
    assert (first.method, first.path, first.status, first.login) == ("GET", f"/repos/{REPO}/issues", 200, "mau")
    assert first.query == {"state": "all"}
    assert second.status == 404


def test_clock_can_be_set(room: Room) -> None:
    room.hub.state.now = lambda: datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    issue = room.as_("mau").create_issue("x")
    assert issue.created_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_bad_json_is_400(session: requests.Session, url: str) -> None:
    assert session.post(f"{url}/issues", data="{").status_code == 400
    assert session.post(f"{url}/issues", json={}).status_code == 422
