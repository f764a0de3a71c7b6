import pytest

from sangkien.domain.archive import Fault, addresses, dead_links, opened_from_disk, sums, targets


@pytest.mark.parametrize(
    ("link", "opened"),
    [
        ('<a href="../gui/">', '<a href="../gui/index.html">'),
        ('<a href="../gui/#lam-theo">', '<a href="../gui/index.html#lam-theo">'),
        ('<a href="./">', '<a href="./index.html">'),
        ('<a href="/repo/gui/">', '<a href="/repo/gui/index.html">'),
        ('<a href="https://noi.example/">', '<a href="https://noi.example/">'),
        ('<a href="//noi.example/">', '<a href="//noi.example/">'),
        ('<a href="../so.csv">', '<a href="../so.csv">'),
        ('<a href="tim/?q=a/">', '<a href="tim/?q=a/">'),
        ('<a title="a/" href="b.html">', '<a title="a/" href="b.html">'),
    ],
)
def test_folders_are_named_by_their_page(link: str, opened: str) -> None:
    assert opened_from_disk(link) == opened
    assert opened_from_disk(opened) == opened


def test_links_are_followed_from_the_page_they_stand_in() -> None:
    html = '<a href="../gui/#a"><img src="a.webp"><a href="/x/"><a href="mailto:a@b.example"><a href="#b"><a href="..">'

    assert [*targets("ghi-nhan/index.html", html)] == [
        "gui/index.html",
        "ghi-nhan/a.webp",
        "x/index.html",
        "index.html",
    ]
    assert [*targets("404.html", html, "/x/")][2] == "index.html"


def test_links_that_lead_nowhere_are_found_once() -> None:
    pages = [("a/index.html", '<a href="../b/"></a><a href="../b/#c"></a><a href="./"></a>')]

    assert [*dead_links(pages, {"a/index.html"})] == [Fault("link", "a/index.html", "b/index.html")]


def test_the_sums_tell_what_changed_went_and_came() -> None:
    kept = f"{'1' * 64}  a\n{'2' * 64}  b\n"

    assert [*sums({"a": "1" * 64, "c": "3" * 64, "MANIFEST.sha256": "4" * 64}, kept)] == [
        Fault("gone", "b"),
        Fault("added", "c"),
    ]
    assert [*sums({"a": "5" * 64, "b": "2" * 64}, kept)] == [Fault("altered", "a")]


def test_old_addresses_are_looked_for_below_the_old_root() -> None:
    maps = {
        "sitemap.xml": "<loc>https://noi.example/repo/sitemap-1.xml</loc>",
        "sitemap-1.xml": "<loc>https://noi.example/repo/</loc><loc>https://noi.example/repo/nam/2019/</loc>",
    }

    assert [*addresses(maps)] == ["sitemap-1.xml", "index.html", "nam/2019/index.html"]
