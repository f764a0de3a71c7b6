"""Addresses of the site, for ever (contract §6): folders relative to the site's root, with a closing slash."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sangkien.domain import idea_code
from sangkien.domain.records import PersonRecord

HOME = ""
IDEAS = "ghi-nhan/"
PEOPLE = "tac-gia/"
COLLECTIVES = "tap-the/"
UNITS = "don-vi/"
CONTENTS = "noi-dung/"
FIELDS = "linh-vuc/"
YEARS = "nam/"
KINDS = "loai/"
APPLIED = "da-ap-dung/"
ROUNDS = "dot/"
DECISIONS = "quyet-dinh/"
COMMENDATIONS = "bieu-duong/"
CLUBS = "cau-lac-bo/"
MODELS = "mo-hinh/"
PROBLEMS = "bai-toan/"
MEMBER_ORGS = "to-chuc/"
TAKE_PART = "gui/"
TELL_MORE = f"{TAKE_PART}#viec-khac"  # of problems, clubs, models
RECOUNT = "xac-minh/"
PRIVACY = "quyen-rieng-tu/"
SEARCH = "tim-kiem/"
STATISTICS = "thong-ke/"
PLANS = "ke-hoach/"
EMULATION = "dot-thi-dua/"
CEREMONIES = "le/"
OUTREACH = "tuyen-truyen/"
SUPPORT = "nguon-luc/"
INVITED = "moi-ap-dung/"
COMMENTS = "gop-y/"
MOVEMENT = "phong-trao/"
CALENDAR = "phong-trao/lich/"
PLACES = "noi/"  # of a hub: the sites whose registers it lists

INDEXES = (
    IDEAS, PEOPLE, COLLECTIVES, UNITS, CONTENTS, FIELDS, YEARS, KINDS, APPLIED, ROUNDS, DECISIONS, COMMENDATIONS,
    CLUBS, MODELS, PROBLEMS, TAKE_PART, STATISTICS,
)  # fmt: skip


def idea(code: str) -> str:
    """Give the address of an idea's page: `ghi-nhan/2026/7k3qf2tz/`."""
    return f"{IDEAS}{code[:4]}/{idea_code.compact(code)}/"


def proof(code: str) -> str:
    """Give the address where a paper about an idea is checked: `xac-minh/2026/7k3qf2tz/`."""
    return f"{RECOUNT}{code[:4]}/{idea_code.compact(code)}/"


def proof_of_commendation(key: str) -> str:
    """Give the address where a paper about a commendation is checked: `xac-minh/bieu-duong/<id>/`."""
    return f"{RECOUNT}{COMMENDATIONS}{key}/"


def person(record: PersonRecord) -> str:
    """Give the address of a person's or a collective's page."""
    return f"{COLLECTIVES if record['kind'] == 'tap-the' else PEOPLE}{record['id']}/"


def numbered(address: str, page: int) -> str:
    """Give the address of a list's further page; the first is the list itself."""
    return address if page == 1 else f"{address}trang-{page}/"


def depth(address: str) -> int:
    """Count the folders of an address."""
    return address.count("/")


def upwards(address: str) -> str:
    """Give the way from an address up to the site's root, for relative links."""
    return "../" * depth(address) or "./"


_PAGES = ".github.io"


def of_site(movement: Mapping[str, Any] | None, given: str) -> str:
    """Give the site's own address: the register's, where it says where the site stands, else the one given."""
    return str(movement["site_url"]) if movement and "hosting" in movement and "site_url" in movement else given


def own_domain(movement: Mapping[str, Any] | None) -> str:
    """Give the domain to be claimed from GitHub Pages; empty where the site has none of its own there."""
    if not movement or movement.get("hosting") != "github-pages":
        return ""
    host = urlsplit(movement.get("site_url", "")).hostname or ""
    return "" if host.endswith(_PAGES) else host
