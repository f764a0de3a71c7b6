"""Text, numbers, motifs and stamping, without a build."""

import re

import pytest

from sangkien.domain import address
from sangkien.render import vietnamese as vi
from sangkien.render.motif import motif
from sangkien.render.page import Page
from sangkien.render.prose import how_to, prose
from sangkien.render.stamp import Cut, Site, Stamp, keeps
from sangkien.render.terse import terse, tight, tighten


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Một đoạn.", "<p>Một đoạn.</p>"),
        ("Hai\ndòng.\n\nĐoạn sau.", "<p>Hai<br>dòng.</p><p>Đoạn sau.</p>"),
        ("Gồm:\n- dây\n- vòi\nHết.", "<p>Gồm:</p><ul><li>dây</li><li>vòi</li></ul><p>Hết.</p>"),
        ("<b>*đậm*</b> & ]]> {{ x }}", "<p>&lt;b&gt;*đậm*&lt;/b&gt; &amp; ]]&gt; {{ x }}</p>"),
        ("- <i>x</i>", "<ul><li>&lt;i&gt;x&lt;/i&gt;</li></ul>"),
    ],
)
def test_prose(text: str, html: str) -> None:
    assert prose(text) == html


def test_how_to_splits_steps_and_cautions() -> None:
    lines = (
        "1. Rửa chai.",
        "Bước 2: Đục lỗ.",
        "",
        "- Buộc vào cọc.",
        "3 lít nước mỗi chai.",
        "Đổ 2) lần - rồi nghỉ.",
        "Lưu ý: thay nắp.",
        "lưu ý:  che nắng.",
    )
    read = how_to("\n".join(lines))

    assert read.steps == ("Rửa chai.", "Đục lỗ.", "Buộc vào cọc.", "3 lít nước mỗi chai.", "Đổ 2) lần - rồi nghỉ.")
    assert read.cautions == ("Thay nắp.", "Che nắng.")


def test_vietnamese_forms() -> None:
    assert vi.money(1234567) == "1.234.567 đồng"
    assert vi.decimal("1234.50") == "1.234,50"
    assert (vi.day("2019-07-05"), vi.day("2019-02-11"), vi.day("2019-12-01")) == (
        "05/7/2019",
        "11/02/2019",
        "01/12/2019",
    )
    assert (vi.change("20", "7.5"), vi.change("4", "5"), vi.change("0", "5"), vi.change("3", "3")) == (
        "giảm 62,5%",
        "tăng 25%",
        "",
        "",
    )
    assert vi.span("2003-01-01", "2025-06-30", approximate=True) == "khoảng năm 2003 – 30/6/2025"
    assert vi.shortened("một hai ba bốn năm", 12) == "một hai ba…"
    assert len(vi.shortened("x" * 500, 200)) == 200


def test_motif_is_the_same_for_the_same_code_and_has_no_style() -> None:
    drawings = {motif(f"2019-{n:04d}-0000") for n in range(60)}

    assert motif("2019-B8M4-R0XT") == motif("2019-B8M4-R0XT")
    assert len(drawings) == 60
    assert all("style" not in drawing and len(drawing) <= 420 for drawing in drawings)


def test_tighten_twice_changes_nothing() -> None:
    html = "<p>a <!-- x --> b\n\n<b>c</b>  <pre>  d\n e</pre> <!--y--></p>\n"

    assert tighten(html) == "<p>a b <b>c</b> <pre>  d\n e</pre></p>"
    assert tighten(tighten(html)) == tighten(html)
    assert tight(html) == tighten(html)


def test_space_is_kept_between_words_and_dropped_between_blocks() -> None:
    html = "<ul>\n <li> <a>x</a> <em>y</em>\n <li>z </ul> <div> <svg></svg> w</div>"

    assert tighten(html) == "<ul><li><a>x</a> <em>y</em><li>z</ul><div><svg></svg> w</div>"


def test_a_template_loses_what_a_browser_supplies() -> None:
    template = """
    <ul class="sk-list">
      {% for x in y %}<li class="{{ x.c }}" id="a-1">{{ x.a }} <a href="~/gui/" title="a b">t</a></li>{% endfor %}
    </ul>
    <p>one</p> <p>two</p>{{ three }}<svg><path class="m1" d="M0"/></svg><td></td>
    """

    assert terse(template) == (
        '<ul class=sk-list>{% for x in y %}<li class="{{ x.c }}" id=a-1>{{ x.a }} <a href="~/gui/" title="a b">t</a>'
        '{% endfor %}</ul><p>one<p>two</p>{{ three }}<svg><path class=m1 d="M0"/></svg><td>'
    )


def test_cut_fills_every_mark_with_text_as_it_is() -> None:
    cut = Cut.of('<meta name="sk-head">A<div id="sk-body"></div>B')

    assert cut.fill({"head": r"\1<x>", "body": '<div id="sk-body"></div>'}) == r'\1<x>A<div id="sk-body"></div>B'
    with pytest.raises(KeyError):
        cut.fill({"head": ""})


def test_keeps_refuses_lost_and_doubled_marks() -> None:
    shell = '<meta name="sk-head"><meta name="sk-robots"><div id="sk-banner"></div><div id="sk-body"></div>'

    assert keeps(shell, ("head", "robots", "banner", "body"))
    assert not keeps(shell.replace('<div id="sk-banner"></div>', ""), ("head", "robots", "banner", "body"))
    assert not keeps(shell * 2, ("head", "robots", "banner", "body"))


def test_stamp_uses_relative_links_by_depth_and_escapes_the_head() -> None:
    shell = (
        '<head><meta name="sk-head"><meta name="sk-robots"></head><div id="sk-banner"></div><div id="sk-body"></div>'
    )
    stamp = Stamp(
        {("", 1): shell, ("", 2): shell}, Site(name="Bảng <vàng>", url="https://vi-du.example/repo/", samples=True)
    )
    page = Page(address="nam/2019/", section="x/", title='"<b>"', description="a & b", body='<a href="~/gui/">x</a>')
    html = stamp.page(page).decode()

    assert '<a href="../../gui/">x</a>' in html
    assert "<title>&#34;&lt;b&gt;&#34; · Bảng &lt;vàng&gt;</title>" in html
    assert 'content="a &amp; b"' in html
    assert "href=https://vi-du.example/repo/nam/2019/" in html
    assert "noindex" in html
    assert "sk-banner" in html


def test_addresses() -> None:
    assert address.idea("2026-7K3Q-F2TZ") == "ghi-nhan/2026/7k3qf2tz/"
    assert (address.upwards(""), address.upwards("nam/2019/")) == ("./", "../../")
    assert not re.search(r"[^a-z0-9/-]", "".join(address.INDEXES))
