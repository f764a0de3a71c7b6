"""A register that another site published, read with suspicion: every value that is used is looked at first."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sangkien.domain import address, idea_code, parts
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding, Location, Path
from sangkien.domain.hub import Honour, Told
from sangkien.domain.notation import is_clean
from sangkien.domain.text import canonical, discreet

VERSION = 1

_KINDS = ("sang-kien", "y-tuong-moi", "cach-lam-moi")
_MOST = 1000  # letters of a title or a name
# An address of a site: nothing that could leave the attribute it stands in, no name and password, no question.
_URL = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+)*/",
    re.ASCII,
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_OF_SOURCE = {
    "bad-register": Code.NOT_A_REGISTER,
    "register-part-missing": Code.REGISTER_PART,
    "register-part-altered": Code.REGISTER_PART,
}


def read(file: str, documents: Iterator[Any]) -> Told:
    """Read a register, then its parts as they come; a fault in any of them is a finding about `file`."""
    reading = _Reading(file)
    waiting: list[str] = []
    try:
        for number, document in enumerate(documents):
            reading.document(document, first=number == 0)
            waiting = waiting[1:] if number else [part.address for part in parts.parts(document)]
            reading.here = f"{file[: file.rfind('/') + 1]}{waiting[0]}" if waiting else file
    except ValueError:
        reading.fault(Code.NOT_A_REGISTER)
    except UsageError as error:
        if error.key not in _OF_SOURCE:
            raise
        reading.here = file
        reading.fault(_OF_SOURCE[error.key], part=str(error.params.get("path", "")))
    honours = () if reading.findings else tuple(sorted(reading.honours))
    return Told(file=file, name=reading.name, url=reading.url, honours=honours, findings=(*reading.findings.values(),))


class _Reading:
    """One register under way. Faults of the same kind at many ideas are told once, of the first."""

    def __init__(self, file: str) -> None:
        self.here, self.name, self.url = file, "", ""  # `here` is the file that is read now
        self.honours: list[Honour] = []
        self.findings: dict[object, Finding] = {}
        self._names: dict[str, dict[str, str]] = {"contents": {}, "fields": {}, "units": {}}
        self._ratings: dict[tuple[str, str], str] = {}

    def fault(self, code: Code, path: Path = (), /, **params: str) -> None:
        key = code, tuple(step for step in path if isinstance(step, str)), *params.values()
        where = Location(file=self.here, path=path)
        self.findings.setdefault(key, Finding(code=code, where=where, params=params))

    def document(self, document: Any, *, first: bool) -> None:
        if not isinstance(document, dict) or document.get("version") != VERSION:
            return self.fault(Code.NOT_A_REGISTER)
        if first:
            self._site(document.get("site"))
        for shelf, names in self._names.items():
            for key, name in self._entries(document, shelf):
                names[key] = _line(self._checked(name, _is_text, shelf, key))
        for rubric, record in self._entries(document, "rubrics"):
            self._rubric(rubric, record)
        ideas = document.get("ideas")
        if not isinstance(ideas, list):
            return self.fault(Code.REGISTER_SHAPE, ("ideas",), field="ideas")
        for number, idea in enumerate(ideas):
            honour = self._honour(idea, number)
            if honour:
                self.honours.append(honour)
        return None

    def _site(self, site: Any) -> None:
        told = site if isinstance(site, dict) else {}
        name, url = told.get("name"), told.get("url")
        if isinstance(name, str) and _is_text(name):
            self.name = _line(name)
        else:
            self.fault(Code.REGISTER_SHAPE, ("site", "name"), field="name")
        if isinstance(url, str) and _URL.fullmatch(url):
            scheme, _, host, path = url.split("/", 3)
            self.url = f"{scheme}//{host.lower()}/{path}"
        else:
            self.fault(Code.SITE_ADDRESS, ("site", "url"), value=discreet(url) if isinstance(url, str) else "")

    def _entries(self, document: Mapping[str, Any], shelf: str) -> Iterator[tuple[str, Any]]:
        """Give what stands on a shelf; what has no id is left."""
        told = document.get(shelf, {})
        if not isinstance(told, dict):
            return self.fault(Code.REGISTER_SHAPE, (shelf,), field=shelf)
        yield from ((key, value) for key, value in told.items() if _ID.fullmatch(key))
        return None

    def _rubric(self, rubric: str, record: Any) -> None:
        ratings = record.get("ratings", []) if isinstance(record, dict) else None
        if not isinstance(ratings, list) or not all(isinstance(r, dict) and _is_text(r.get("label")) for r in ratings):
            return self.fault(Code.REGISTER_SHAPE, ("rubrics", rubric, "ratings"), field="ratings")
        self._ratings |= {(rubric, str(r.get("id"))): _line(r["label"]) for r in ratings}
        return None

    def _checked(self, value: Any, sound: Callable[[Any], bool], *path: str | int) -> Any:
        """Give a value that is what it should be; note its place otherwise."""
        if not sound(value):
            field = next(step for step in reversed(path) if isinstance(step, str))
            self.fault(Code.REGISTER_SHAPE, path, field=field)
            return ""
        return value

    def _honour(self, idea: Any, number: int) -> Honour | None:
        """Read an idea; none where its recognition was taken back, or where the register is at fault."""

        def told(key: str, sound: Callable[[Any], bool]) -> Any:
            return self._checked(idea.get(key), sound, "ideas", number, key)

        if not isinstance(idea, dict):
            self.fault(Code.REGISTER_SHAPE, ("ideas", number), field="ideas")
            return None
        code = told("code", _is_code)
        title, kind = told("title", _is_text), told("kind", _KINDS.__contains__)
        content, field, unit = (told(key, _is_id) for key in ("content", "field", "unit"))
        applied, revoked = told("applied", _is_bool), told("revoked", _is_bool)
        told("address", lambda to: not code or to == address.idea(code))
        conclusions = told("conclusions", lambda c: isinstance(c, list) and bool(c))
        on, rating = self._recognised(conclusions or [], number)
        if revoked or self.findings:
            return None
        names = self._names
        return Honour(
            code=code,
            title=_line(title),
            kind=kind,
            content=names["contents"].get(content, ""),
            field=names["fields"].get(field, ""),
            unit=names["units"].get(unit, ""),
            rating=rating,
            applied=applied,
            sample="sample" in idea,
            on=on,
            site=self.url,
        )

    def _recognised(self, conclusions: list[Any], number: int) -> tuple[str, str]:
        """Tell since when an idea is honoured, and how its newest recognition rated it.

        A recognition that was taken back beside others has no rubric any more, so it is passed over.
        """
        found = []
        for place, conclusion in enumerate(conclusions):
            told = conclusion if isinstance(conclusion, dict) else {}
            path = ("ideas", number, "conclusions", place)
            on = self._checked(told.get("recognised_on"), _is_day, *path, "recognised_on")
            for key in ("rubric", "rating"):
                self._checked(told.get(key, ""), lambda word: isinstance(word, str), *path, key)
            found.append((on, told.get("rubric"), told.get("rating")))
        standing = [item for item in found if item[1]] or found
        if not standing:
            return "", ""
        _, rubric, rating = max(standing, key=lambda item: item[0])
        return min(item[0] for item in standing), self._ratings.get((str(rubric), str(rating)), "")


def _line(text: str) -> str:
    return " ".join(canonical(text).split())


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MOST and bool(value.strip()) and is_clean(canonical(value))


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and idea_code.read(value) == value


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True
