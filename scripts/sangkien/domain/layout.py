"""Where each record lives: path ⇄ kind and key (contract §2)."""

import re
from dataclasses import dataclass

from sangkien.domain import idea_code

REGISTER = "content/register"
PEOPLE = f"{REGISTER}/people"
IDEAS = "ideas"
TEMPLATES = f"{REGISTER}/templates"  # of papers: an office's own, no records

# Registers with one file per record: kind → folder under content/register.
FOLDERS = {
    "ceremony": "ceremonies",
    "club": "clubs",
    "commendation": "commendations",
    "content": "contents",
    "council": "councils",
    "data_request": "data_requests",
    "decision": "decisions",
    "emulation_round": "emulation_rounds",
    "field": "fields",
    "inspection": "inspections",
    "invitation": "invitations",
    "legal_basis": "legal_bases",
    "letterhead": "letterheads",
    "member_org": "member_orgs",
    "model": "models",
    "nomination": "nominations",
    "outreach": "outreach",
    "plan": "plans",
    "policy_comment": "policy_comments",
    "problem": "problems",
    "referral": "referrals",
    "report": "reports",
    "round": "rounds",
    "rubric": "rubrics",
    "session": "sessions",
    "sponsorship": "sponsorships",
    "unit": "units",
}
SINGLE = ("movement", "lists")

_KIND_OF_FOLDER = {folder: kind for kind, folder in FOLDERS.items()}
_REGISTER_FILE = re.compile(rf"{REGISTER}/(\w+)/([a-z0-9]+(?:-[a-z0-9]+)*)\.yml")
_PERSON_FILE = re.compile(rf"{PEOPLE}/(\w\w)/(p-(\w\w)\w+)\.yml")
_TEMPLATE = re.compile(rf"{TEMPLATES}/(?:[a-z0-9-]+/)?[a-z0-9-]+\.docx")
_IDEA_FILE = re.compile(rf"({IDEAS}/\d{{4}}/[0-9a-z]{{2}}/[0-9a-z]{{8}})/(.+)")
_IN_FOLDER = (
    ("idea", re.compile(r"(idea)\.yml")),
    ("withdrawn", re.compile(r"(withdrawn)\.yml")),
    ("conclusion", re.compile(r"conclusions/([a-z0-9]+(?:-[a-z0-9]+)*-[1-9][0-9]?)\.yml")),
    ("correction", re.compile(r"corrections/([1-9][0-9]{0,2})\.yml")),
    ("application", re.compile(r"applications/([1-9][0-9]{0,2})\.yml")),
    ("image", re.compile(r"images/([a-z0-9][a-z0-9-]{0,60}\.(?:jpg|jpeg|png|webp))")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A record's kind, its key there, and the idea folder it stands in (empty for a register)."""

    kind: str
    key: str
    folder: str = ""


def place_of(path: str) -> Place | None:
    """Read a path relative to the repository; None where no record may stand."""
    if match := _IDEA_FILE.fullmatch(path):
        folder, rest = match.groups()
        for kind, pattern in _IN_FOLDER:
            if inner := pattern.fullmatch(rest):
                return Place(kind, inner[1], folder)
        return None
    if match := _PERSON_FILE.fullmatch(path):
        return Place("person", match[2]) if match[1] == match[3] else None
    if match := _REGISTER_FILE.fullmatch(path):
        known = _KIND_OF_FOLDER.get(match[1])
        return Place(known, match[2]) if known else None
    for single in SINGLE:
        if path == f"{REGISTER}/{single}.yml":
            return Place(single, single)
    return None


def path_of(kind: str, key: str) -> str:
    """Give the path of a register's record; for an idea, `key` is its code."""
    if kind == "idea":
        return f"{idea_code.folder(key)}/idea.yml"
    if kind == "person":
        return f"{PEOPLE}/{key[2:4]}/{key}.yml"
    if kind in SINGLE:
        return f"{REGISTER}/{kind}.yml"
    return f"{REGISTER}/{FOLDERS[kind]}/{key}.yml"


def is_record_area(path: str) -> bool:
    """Tell whether a path lies where only records may stand."""
    if path.endswith("/.gitkeep") or _TEMPLATE.fullmatch(path):
        return False
    return path.startswith((f"{IDEAS}/", f"{REGISTER}/"))
