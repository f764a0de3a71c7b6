"""Whose a repository is that is to show the site, and what an address may hold."""

import pytest

from sangkien.domain.errors import UsageError
from sangkien.domain.showcase import Held, is_address, without_users

TIP, OURS = "a" * 40, frozenset({".sangkien-site", "index.html"})


@pytest.mark.parametrize(
    ("held", "standing"),
    [
        (Held(refs={}), "empty"),
        (Held(refs={"refs/heads/gh-pages": TIP}, tip=TIP, names=OURS), "ours"),
        (Held(refs={"refs/heads/gh-pages": TIP}, tip=TIP), "others"),
        (Held(refs={"refs/heads/main": TIP}), "others"),
        (Held(refs={"refs/heads/main": TIP, "refs/heads/gh-pages": TIP}, tip=TIP, names=OURS), "ours"),
        (Held(refs={"refs/heads/main": TIP}, tip=TIP, names=OURS, known=True), "desk"),
    ],
)
def test_whose_it_is(held: Held, standing: str) -> None:
    assert held.standing == standing


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("git@github.com:to-chuc/trang.git", True),
        ("https://forge.example/to-chuc/trang", True),
        ("ssh://git@forge.example/to-chuc/trang", True),
        ("file:///srv/trang.git", True),
        ("/srv/trang", False),
        ("./trang", False),
        ("trang", False),
        ("C:\\trang", False),
    ],
)
def test_an_address_is_told_from_a_path(target: str, expected: bool) -> None:
    assert is_address(target) is expected


@pytest.mark.parametrize(
    "target", ["https://mau:bi-mat@forge.example/a/b", "https://ghp_x@forge.example/a/b", "ssh://git:bi-mat@h/a/b"]
)
def test_a_secret_in_an_address_is_refused(target: str) -> None:
    with pytest.raises(UsageError, match="secret-in-address"):
        is_address(target)


def test_secrets_are_taken_out_of_what_git_says() -> None:
    assert without_users("fatal: https://x:y@h/a.git: 403 (git@h:a)") == "fatal: https://h/a.git: 403 (git@h:a)"
