"""What other sites say of themselves is shown as text, and leads nowhere but to their own pages."""

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from many_registers import HOUSE, Memory, NoPress, read_all, registers, write
from sangkien.adapters.pool import Pool
from sangkien.domain import hub_reading
from sangkien.domain.finding import Code
from sangkien.render import hub_telling
from sangkien.workflow.hub import build
from sangkien.workflow.publish import Unseen

HOSTILE = (
    "<script>alert({n})</script>",
    '"><img src=x onerror=a({n})>',
    "' onmouseover=a({n}) x='",
    "</title></style><svg onload=a({n})>",
    '<div id="sk-body"></div> {n}',
    '="~/{n}/ &amp; &lt; \\1 \\g<0> $&',
    "{{{{ {n}*7 }}}} {{% raw %}}",
    "👩🏽‍🌾 © {n}",
)


class Elements(HTMLParser):
    """The elements, links and text of a page, as a browser would make them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(told: list[dict[str, Any]], folder: Path) -> dict[str, str]:
    hub = read_all(write(folder, told))
    assert hub.findings == ()
    output = Memory()
    build(hub, HOUSE, NoPress(), output, Pool(1), Unseen())
    return {path: data.decode() for path, data in output.files.items() if path.endswith(".html")}


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    plain = {path: Elements(page) for path, page in pages(registers(), tmp_path / "plain").items()}
    told = registers()
    planted: list[str] = []

    def plant(text: str) -> str:
        planted.append(HOSTILE[len(planted) % len(HOSTILE)].format(n=1000 + len(planted)))
        return planted[-1] if text else ""

    for one in told:
        one["site"]["name"] = plant("name")
        for shelf in ("units", "fields"):
            one[shelf] = {key: plant(name) for key, name in one[shelf].items()}
        for rating in one["rubrics"]["2019-1"]["ratings"]:
            rating["label"] = plant("label")
        for idea in one["ideas"]:
            idea["title"] = plant("title")
    hostile = {path: Elements(page) for path, page in pages(told, tmp_path / "hostile").items()}

    assert hostile.keys() == plain.keys()
    for path, page in hostile.items():
        assert page.tags <= plain[path].tags | {"p"}, path
        assert page.attributes <= plain[path].attributes, path
    shown = "".join(page.text for page in hostile.values())
    for one in told:
        for text in (one["site"]["name"], *(idea["title"] for idea in one["ideas"])):
            assert " ".join(text.split()) in shown


def test_links_lead_to_the_registers_sites_or_stay_here(tmp_path: Path) -> None:
    made = pages(registers(), tmp_path)
    away = set()
    for path, page in made.items():
        for link in Elements(page).links:
            if re.match(r"[a-z]+:|//", link):
                away.add("/".join(link.split("/")[:3]))
            elif link.startswith(("./", "../")) and "/assets/" not in link:
                place = Path("/", path).parent.joinpath(link).as_posix()
                while "/../" in place or place.endswith("/.."):
                    place = re.sub(r"/[^/]+/\.\.(?=/|$)", "", place, count=1)
                assert f"{place.strip('/')}/index.html".lstrip("/") in made, (path, link)
    assert away - {"https://gom.example"} == {f"https://tinh-{number}.example" for number in (1, 2, 3)}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)/", "data:text/html,/", "//noi-khac.example/", "ftp://noi.example/", "https://noi.example",
        "https://ten:mat@noi.example/", "https://noi.example/?q=/", "https://noi.example/#/", "https://noi.example/a/?",
        "https://noi.example/a b/",
        'https://noi.example/"/', "https://noi.example//", "https://nói.example/", "https://noi.example/\n", "",
        None, 7,
        "https://-noi.example/", "https://noi.example:999999/",
    ],
)  # fmt: skip
def test_an_address_that_is_none_of_a_site_is_refused(url: Any) -> None:
    told = registers()[0]
    told["site"]["url"] = url

    found = hub_reading.read("so.json", iter([told]))
    assert [finding.code for finding in found.findings] == [Code.SITE_ADDRESS]


@pytest.mark.parametrize(
    "url",
    ["https://a.example/", "http://a.example:8080/", "https://a.example/so/2%20b/~x/", "https://to.github.io/so/"],
)
def test_an_address_of_a_site_is_taken(url: str) -> None:
    told = registers()[0]
    told["site"]["url"] = url

    assert hub_reading.read("so.json", iter([told])).url == url


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), "a\u202eb"), (("title",), "a\ud800"), (("title",), " "), (("title",), "x" * 2000),
        (("title",), None),
        (("code",), "2019-0000-0000"), (("code",), ["x"]), (("kind",), {}), (("unit",), "../x"), (("applied",), "yes"),
        (("revoked",), None), (("address",), "../"), (("conclusions",), []), (("conclusions",), [7]),
        (("conclusions", 0, "recognised_on"), "2019-02-31"), (("conclusions", 0, "rating"), 5),
    ],
)  # fmt: skip
def test_a_value_of_another_shape_is_told_with_its_place(path: tuple[str | int, ...], value: Any) -> None:
    told = registers()[0]
    place: Any = told["ideas"][3]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    found = hub_reading.read("so.json", iter([told]))
    assert {finding.code for finding in found.findings} == {Code.REGISTER_SHAPE}
    assert found.findings[0].where.path[:3] == ("ideas", 3, path[0])
    assert found.honours == ()


def test_letters_are_brought_to_their_one_form() -> None:
    told = registers()[0]
    told["ideas"][0]["title"] = unicodedata.normalize("NFD", "Tưới  nhỏ giọt\n")

    assert "Tưới nhỏ giọt" in {honour.title for honour in hub_reading.read("so.json", iter([told])).honours}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("version", "site", "ideas", "url", "units", "rubrics", "ratings", "parts", "code")),
                inner,
            )
        ),
    )
)
def test_whatever_stands_for_a_register_is_read_or_refused(told: Any) -> None:
    for document in (told, {"version": 1, "site": told, "ideas": [told], "units": told, "rubrics": {"a": told}}):
        assert hub_reading.read("so.json", iter([document])).findings


def test_what_was_left_out_is_told_with_cure_and_example(tmp_path: Path) -> None:
    told = registers()
    told[0]["site"]["url"] = "javascript:alert(1)/"
    told[1]["version"] = 2
    files = write(tmp_path, told)
    text = hub_telling.left_out(read_all(files).findings)

    assert [line[2:] for line in text.splitlines() if line.startswith("- ")] == files[:2]
    assert text.count("Cách sửa: ") == text.count("Ví dụ: ") == 2
    assert "“javascript:alert(1)/”" in text
