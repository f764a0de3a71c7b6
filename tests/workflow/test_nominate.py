"""What leaves the desk with a nomination, as people read it; `SANGKIEN_GOLDEN=write` writes it anew."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import nomination_block
from sangkien.domain.desk import Issue
from sangkien.domain.errors import UsageError
from sangkien.render import people
from sangkien.render.wording import Wording
from sangkien.workflow.nominate import Nominator, Wish, check
from sangkien.workflow.validate import validate
from surveying import surveyed

pytestmark = pytest.mark.long

GOLDEN = Path(__file__).parent / "golden"
CODE = "2019-B8M4-R0XT"


class Box:
    """A desk that keeps letters in memory."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def own_issues(self) -> list[Issue]:
        return self.issues

    def open_issue(self, title: str, body: str, labels: object) -> Issue:
        number = len(self.issues) + 1
        issue = Issue(
            number=number, key=number, body=body, is_open=True, labels=frozenset(), author=1, created_at=title
        )
        self.issues.append(issue)
        return issue

    def rewrite_issue(self, number: int, body: str) -> None:
        raise AssertionError

    def close_issue(self, number: int) -> None:
        raise AssertionError


def golden(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def wish(**changed: object) -> Wish:
    return Wish(**{"code": CODE, "day": "2019-09-02", "to_unit": "huyen-thu-2003", **changed})  # type: ignore[arg-type]


def step(root: Path) -> Nominator:
    return Nominator(Store(root), Pool(1))


def letter(root: Path) -> str:
    box = Box()
    step(root).send(step(root).draft(wish()).record, box, "mau/sang-kien")  # type: ignore[arg-type]  # a list will do
    return box.issues[0].body


def test_the_record_passes_the_gate_and_is_written_once(repository: Path) -> None:
    (repository / "content/register/nominations/dn-2.yml").unlink()
    for given in (wish(reason="Ba xã đã hỏi."), wish(to_unit="", round="dot-huyen-2019")):
        first, again = step(repository).draft(given), step(repository).draft(given)
        assert first.findings == ()
        assert (again.path, again.record) == (first.path, first.record)

    names = sorted(path.stem for path in (repository / "content/register/nominations").iterdir())
    assert names == ["dn-1", "dn-2019-b8m4-r0xt-1", "dn-2019-b8m4-r0xt-2"]
    assert validate(Store(repository), Pool(1)).findings == ()


def test_what_the_gate_would_refuse_is_not_written(repository: Path) -> None:
    before = sorted((repository / "content/register/nominations").iterdir())

    refused = step(repository).draft(wish(to_unit="", round="dot-2019-1", appeal=True, reason="Xin xem lại."))

    assert {f.code.value for f in refused.findings} == {"E345"}
    assert sorted((repository / "content/register/nominations").iterdir()) == before


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"to_unit": ""}, "nominate-where"),
        ({"appeal": True}, "nominate-where"),
        ({"round": "dot-khong-co"}, "no-round"),
        ({"code": "2019-0000-000H"}, "nominate-no-idea"),
        ({"code": "2019-4KQ7-WDNF"}, "nominate-from"),
    ],
)
def test_wishes_that_cannot_be_used(repository: Path, changed: dict[str, object], key: str) -> None:
    with pytest.raises(UsageError) as refused:
        step(repository).draft(wish(**changed))
    assert refused.value.key == key


PERSON = "p-0a1b2c3d"


def title_wish(**changed: object) -> Wish:
    return wish(**{"code": "", "person": PERSON, "title": "tieu-bieu", "from_unit": "xa-thu-2010", **changed})


def test_a_person_is_nominated_for_a_title_once(repository: Path) -> None:
    first, again = step(repository).draft(title_wish()), step(repository).draft(title_wish())
    assert first.findings == ()
    assert (again.path, again.record) == (first.path, first.record)
    assert first.path == "content/register/nominations/dn-p-0a1b2c3d-1.yml"

    assert step(repository).answer("dn-p-0a1b2c3d-1", "cong-nhan", "2019-10-01", "").findings == ()
    late = step(repository).draft(title_wish(day="2019-10-02"))
    assert {f.code.value for f in late.findings} == {"E395"}
    assert not (repository / late.path).exists()


def test_an_idea_is_not_nominated_for_what_it_was_given_already(repository: Path) -> None:
    """Another title may be asked for, and a council here goes by what its rounds exclude."""
    step(repository).answer("dn-1", "cong-nhan", "2019-09-01", "")

    def found(**changed: object) -> set[str]:
        return {f.code.value for f in step(repository).draft(wish(from_unit="xa-thu-2010", **changed)).findings}

    assert found(title="tieu-bieu") == {"E395"}
    assert found(title="tieu-bieu", day="2019-08-31") == set()
    assert found() == set()
    assert found(title="tieu-bieu", round="dot-huyen-2019") == {"E348"}


@pytest.mark.parametrize("key", ["p-khongco1", "../../../x", "p-../../x", ""])
def test_nobody_cannot_be_nominated(repository: Path, key: str) -> None:
    with pytest.raises(UsageError) as refused:
        step(repository).draft(title_wish(person=key))
    assert refused.value.key in ("no-person", "nominate-no-idea")


def test_a_title_alone_gives_a_page(repository: Path) -> None:
    key = "p-9z8y7x6w"
    other = repository / f"content/register/people/0a/{PERSON}.yml"
    own = repository / f"content/register/people/9z/{key}.yml"
    own.parent.mkdir()
    text = other.read_text(encoding="utf-8").replace(PERSON, key)
    own.write_text(text.replace("Nguyễn Mẫu An", "Lê Mẫu Hai"), encoding="utf-8")
    step(repository).draft(title_wish(person=key))
    assert key not in surveyed(repository).register(without_samples=False).people

    step(repository).answer(f"dn-{key}-1", "cong-nhan", "2019-10-01", "")

    register = surveyed(repository).register(without_samples=False)
    page = people.page(register.people[key], Wording(register, {}))
    assert "Gương tiêu biểu" in page.body
    assert page.description == "Lê Mẫu Hai: 1 danh hiệu cấp trên ghi nhận."
    own.write_text(text.replace("display: full", "display: hidden"), encoding="utf-8")
    assert key not in surveyed(repository).register(without_samples=False).people


def test_an_answer_is_recorded_as_the_gate_takes_it(repository: Path) -> None:
    early = step(repository).answer("dn-1", "cong-nhan", "2019-07-01", "")
    assert {f.code.value for f in early.findings} == {"E312"}
    # A council of this repository answers by its conclusion alone.
    unsaid = step(repository).answer("dn-2", "cong-nhan", "2019-09-01", "")
    assert {f.code.value for f in unsaid.findings} == {"E347"}

    assert step(repository).answer("dn-1", "cong-nhan", "2019-09-01", "Thư số 5").findings == ()

    text = (repository / "content/register/nominations/dn-1.yml").read_text(encoding="utf-8")
    assert text.endswith("status: cong-nhan\nanswered_on: 2019-09-01\nanswer: Thư số 5\n")


def test_the_letter_as_people_read_it(repository: Path) -> None:
    golden("letter.md", letter(repository))


def test_a_dossier_as_people_read_it(repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "dossier"

    names = step(repository).export(CODE, Store(out), with_names=True)
    assert step(repository).export(CODE, Store(out), with_names=True) == names

    golden("doc-truoc.txt", (out / "doc-truoc.txt").read_text(encoding="utf-8"))
    golden("ten-tac-gia.txt", (out / "ten-tac-gia.txt").read_text(encoding="utf-8"))
    sums = (out / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert {line.partition("  ")[2]: line.partition("  ")[0] for line in sums} == {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names if name != "SHA256SUMS"
    }
    with pytest.raises(UsageError):  # names of an earlier run must not travel unseen
        step(repository).export(CODE, Store(out), with_names=False)


def test_without_names_no_name_is_in_any_file(repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "dossier"
    names = step(repository).export(CODE, Store(out), with_names=False)

    people = [
        Store(repository).read(path).record["name"] for path in Store(repository).files("content/register/people")
    ]
    everything = "".join((out / name).read_text(encoding="utf-8") for name in names)
    assert people
    assert not [name for name in people if name in everything]


def test_only_what_was_recognised_leaves(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        step(repository).export("2019-4KQ7-WDNF", Store(tmp_path / "dossier"), with_names=False)
    assert refused.value.key == "nominate-not-recognised"


def test_check_finds_every_digest_that_differs(repository: Path, tmp_path: Path) -> None:
    out, body = tmp_path / "dossier", letter(repository)
    step(repository).export(CODE, Store(out), with_names=False)

    def keys(text: str) -> list[str]:
        return [f.params.get("key", f.code.value) for f in check(text, Store(out), None)]

    values = nomination_block.read(body).values
    assert values is not None
    assert keys(body) == []
    assert keys(body.replace(values["dau-noi-dung"], "0" * 64)) == ["dau-noi-dung", "dau-noi-dung"]
    assert keys(body.replace(values["dau-ket-luan"], "0" * 64)) == ["dau-ket-luan"]
    assert keys(body.replace("lan-xet: 1", "lan-xet: 2")) == ["dau-ket-luan"]
    idea = out / "idea.yml"
    idea.write_text(idea.read_text(encoding="utf-8").replace("title: ", "title: Rất "), encoding="utf-8")
    assert keys(body) == ["dau-noi-dung"]
    conclusion = out / "conclusions/hd-thu-1.yml"
    conclusion.write_text(conclusion.read_text(encoding="utf-8").replace("'50'", "'51'"), encoding="utf-8")
    assert keys(body) == ["dau-noi-dung", "dau-ket-luan"]


def test_check_against_a_published_register(repository: Path) -> None:
    body = letter(repository)
    values = nomination_block.read(body).values or {}
    told = {"council": "hd-thu", "number": 1, "digest": values["dau-ket-luan"]}
    register = {"version": 1, "ideas": [{"code": CODE, "revoked": False, "conclusions": [told]}]}

    assert check(body, None, [register]) == []
    assert check(body, None, [{"ideas": []}, register]) == []
    assert [f.code.value for f in check(body, None, [{"ideas": []}])] == ["E532"]
    revoked = json.loads(json.dumps(register).replace("false", "true"))
    assert [f.code.value for f in check(body, None, [revoked])] == ["E532"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: "",
        lambda body: body + body,
        lambda body: body.replace("```de-nghi", "````\n```de-nghi"),
        lambda body: "\n".join(f"> {line}" for line in body.splitlines()),
        lambda body: body.replace("lan-xet: 1", "lan-xet: 1\nlan-xet: 1"),
        lambda body: body.replace("lan-xet: 1", "la: 1"),
        lambda body: body.replace("hoi-dong: hd-thu", "hoi-dong: ../../idea"),
        lambda body: body.replace(CODE, "2019-B8M4-R0XS"),
        lambda body: body.replace("dau-ket-luan: ", "dau-ket-luan: x"),
        lambda body: body.replace("lan-xet: 1\n", ""),
    ],
)
def test_a_block_that_is_none(repository: Path, spoil: object) -> None:
    body = letter(repository)
    assert [f.code.value for f in check(spoil(body), None, None)] == ["E531"]  # type: ignore[operator]
