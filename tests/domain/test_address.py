from typing import Any

import pytest

from sangkien.domain.address import of_site, own_domain

GIVEN = "https://to-chuc.github.io/kho/"


@pytest.mark.parametrize(
    ("movement", "url", "domain"),
    [
        (None, GIVEN, ""),
        ({"site_url": "https://y.example/"}, GIVEN, ""),  # where it stands was not said
        ({"site_url": "https://y.example/", "hosting": "github-pages"}, "https://y.example/", "y.example"),
        ({"site_url": "https://y.example/", "hosting": "may-chu-rieng"}, "https://y.example/", ""),
        ({"site_url": "https://ai.github.io/y/", "hosting": "github-pages"}, "https://ai.github.io/y/", ""),
        ({"hosting": "github-pages"}, GIVEN, ""),
    ],
)
def test_the_register_says_where_the_site_stands(movement: Any, url: str, domain: str) -> None:
    assert of_site(movement, GIVEN) == url
    assert own_domain(movement) == domain
