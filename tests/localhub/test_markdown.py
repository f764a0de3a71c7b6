"""Markdown on the pages is safe and looks as on GitHub."""

import pytest

from localhub.rendering import render


def address(kind: str, name: str) -> str | None:
    return {("login", "lan"): "/lan", ("number", "7"): "/r/issues/7"}.get((kind, name))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("xin @lan, @vu và a@lan.vn", '<p>xin <a href="/lan" rel="nofollow noopener">@lan</a>, @vu và a@lan.vn</p>\n'),
        ("`@lan`", "<p><code>@lan</code></p>\n"),
        ("xem #7 và #8", '<p>xem <a href="/r/issues/7" rel="nofollow noopener">#7</a> và #8</p>\n'),
        ("a\nb", "<p>a<br />\nb</p>\n"),
        ("trước <!-- ẩn --> sau", "<p>trước  sau</p>\n"),
        ("<!-- a\nb -->\nthấy", "<p>thấy</p>\n"),
        ("</details>", ""),
        (
            '![a"b](https://x.example/i.png)',
            '<p><a href="https://x.example/i.png" rel="nofollow noopener">a&#34;b</a></p>\n',
        ),
        (
            "https://x.example/a.",
            '<p><a href="https://x.example/a" rel="nofollow noopener">https://x.example/a</a>.</p>\n',
        ),
    ],
)
def test_small_pieces(text: str, html: str) -> None:
    assert str(render(text, address)) == html


def test_folded_parts() -> None:
    html = str(render("<details><summary>Thêm **nữa**</summary>\n\n- một\n\n</details>\n\nsau", address))
    assert html.startswith("<details>\n<summary>Thêm <strong>nữa</strong></summary>\n<ul>")
    assert html.endswith("</details>\n<p>sau</p>\n")
    assert str(render("<details>\n\nmở mãi", address)).count("</details>") == 1


def test_tasks_and_tables() -> None:
    html = str(render("- [x] xong\n- [ ] chưa\n\n| a | b |\n| - | - |\n| 1 | 2 |\n", address))
    assert '<li class="task"><input type="checkbox" disabled="" checked="" />xong</li>' in html
    assert '<input type="checkbox" disabled="" />chưa' in html
    assert "<td>2</td>" in html
