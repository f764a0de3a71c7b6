"""What is handed to another office's emulation software: tables, a note, sums; columns as the guide lists them.

A name stands only where its owner lets it be shown in full; everyone else is an id.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sangkien.domain import kit
from sangkien.domain.evaluation import Scorecard
from sangkien.domain.naming import HIDDEN, Credit
from sangkien.domain.records import NominationRecord
from sangkien.domain.views import Idea
from sangkien.render import vietnamese as vi
from sangkien.render.evaluation import Teller, words
from sangkien.render.tables import as_csv
from sangkien.render.wording import Wording

IDEAS, NOMINATIONS, CARDS = "danh-sach-y.csv", "danh-sach-de-nghi.csv", "cham-diem-don-vi.csv"
REPORT, READ_ME, MANIFEST = "bao-cao.json", "README.txt", "MANIFEST.txt"

_IDEA_COLUMNS = (
    "ma", "ten", "don_vi", "ten_don_vi", "loai", "linh_vuc", "noi_dung", "xep_loai", "ngay_nop", "ngay_ghi_nhan",
    "quyet_dinh", "so_noi_ap_dung", "tac_gia_ma", "tac_gia_ten", "trang_thai", "dia_chi", "mau",
)  # fmt: skip
_NOMINATION_COLUMNS = (
    "ma_de_nghi", "doi_tuong", "ma", "ten", "danh_hieu", "ten_danh_hieu", "don_vi_de_nghi", "don_vi_nhan", "ngay_gui",
    "tinh_trang", "trang_thai", "ngay_tra_loi", "tra_loi", "mau",
)  # fmt: skip
_CARD_COLUMNS = (
    "don_vi", "ten_don_vi", "nam", "bo_dieu_kien", "ket_qua_chung", "xac_nhan", "dieu_kien", "ten_dieu_kien",
    "ket_qua", "dem_duoc", "can_tu", "bang_chung", "trang_thai",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What one package tells of: a unit's year, in the order it is told."""

    unit: str
    year: int
    day: str
    ideas: Sequence[Idea]
    nominations: Sequence[NominationRecord]
    nominees: Mapping[str, Credit]  # the people among those nominated
    titles: Mapping[str, str]  # of the ideas among what is nominated
    cards: Sequence[Scorecard]
    report: bytes | None = None


def files(contents: Contents, wording: Wording, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write the package, its sums last."""
    teller = Teller(wording, contents.day)
    made = {
        IDEAS: as_csv(_IDEA_COLUMNS, (_idea(idea, wording, site_url) for idea in contents.ideas)),
        NOMINATIONS: as_csv(_NOMINATION_COLUMNS, (_nomination(one, contents, wording) for one in contents.nominations)),
        CARDS: as_csv(_CARD_COLUMNS, (row for card in contents.cards for row in _card(card, teller))),
    }
    if contents.report is not None:
        made[REPORT] = contents.report
    word = words()["package"]
    note = word["read_me"].format(
        unit=vi.capital(teller.unit(contents.unit)),
        year=contents.year,
        day=vi.day(contents.day),
        report=word["report"] if REPORT in made else "",
    )
    made[READ_ME] = note.lstrip().encode()
    yield from sorted(made.items())
    yield MANIFEST, kit.manifest(made).encode()


def _idea(idea: Idea, wording: Wording, site_url: str) -> tuple[str, ...]:
    decision = idea.recognitions[-1].decision
    state = words()["idea_states"]["decided" if decision else "concluded"]
    return (
        idea.code,
        idea.title,
        idea.brief.unit,
        wording.unit(idea.brief.unit),
        wording.kind(idea),
        wording.field(idea),
        wording.content(idea),
        wording.rating(idea),
        idea.brief.submitted_on,
        idea.on,
        decision["number"] if decision else "",
        str(len(idea.brief.adoptions)),
        "; ".join(person for person, _ in idea.brief.people),
        "; ".join(filter(None, (_full(author.credit) for author in idea.authors))),
        words()["states_of_module"][state],
        f"{site_url or '/'}{idea.address}",
        "mau" if idea.brief.sample else "",
    )


def _nomination(one: NominationRecord, contents: Contents, wording: Wording) -> tuple[str, ...]:
    subject, key, name = _nominated(one, contents)
    title = one.get("title", "")
    return (
        one["id"],
        subject,
        key,
        name,
        title,
        wording.titles.get(title, ""),
        one["from_unit"],
        one["to_unit"],
        one.get("sent_on", ""),
        words()["nomination_words"][one["status"]],
        words()["states_of_module"][words()["nomination_states"][one["status"]]],
        one.get("answered_on", ""),
        one.get("answer", ""),
        "mau" if "sample" in one else "",
    )


def _nominated(one: NominationRecord, contents: Contents) -> tuple[str, str, str]:
    """Give what kind of thing is nominated, its id, and its name where that may be told."""
    if "person" in one:
        credit = contents.nominees.get(one["person"], HIDDEN)
        return "tap-the" if credit.collective else "ca-nhan", one["person"], _full(credit)
    code = one.get("code", "")
    return "y", code, contents.titles.get(code, "")


def _full(credit: Credit) -> str:
    return credit.name if credit.shown == "full" else ""


def _card(card: Scorecard, teller: Teller) -> Iterator[tuple[str, ...]]:
    word = words()
    for result in card.results:
        yield (
            card.subject.key,
            teller.unit(card.subject.key),
            card.subject.last[:4],
            card.evaluation["name"],
            word["overall"][card.state],
            word["sheet"]["confirmed" if card.is_confirmed else "unconfirmed"],
            result.condition["id"],
            result.condition["name"],
            word["states"][result.state],
            str(result.count.least) if result.count.is_known else "",
            str(result.at_least),
            " ".join(one.key for one in result.count.evidence),
            word["states_of_module"]["draft"],
        )
