"""The talk of `sangkien init`: each question with its reason and what stands where nobody answers."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sangkien.domain.finding import Finding
from sangkien.domain.notation import Document
from sangkien.domain.schema import Schema, SchemaSet
from sangkien.render import setup
from sangkien.render.interview import Interview
from sangkien.render.messages import message

Complete = Callable[[Mapping[str, Any]], Mapping[str, Any]]
NamesOfLevels = Callable[[Mapping[str, Any]], Mapping[str, str]]

_RARE = "x-rare"  # not asked, only taken from who gives it
_KEPT = ("contents", "fields", "criteria")  # lists that are the kit's where they are empty


def ask_all(
    talk: Interview,
    schemas: SchemaSet,
    said: Mapping[str, Any],
    complete: Complete,
    names_of_levels: NamesOfLevels,
    only: Collection[str] = (),
) -> dict[str, Any]:
    """Ask what was not said yet and matters here, or `only` some of it; gives back what somebody answered."""
    talk.tell(setup.say("intro"))
    answers = dict(said)
    for key in schemas.schemas[setup.KIND]["properties"]:
        schema = schemas.at(setup.KIND, (key,))
        full = complete(answers)
        if key in answers or _RARE in schema or not _matters(key, full) or (only and key not in only):
            continue
        choices = names_of_levels(full) if key == "level" else schemas.choices(schema)
        answer = _Question(talk, schemas, key, schema, choices, full[key]).ask()
        if answer is not None:
            answers[key] = answer
    return answers


def _matters(key: str, full: Mapping[str, Any]) -> bool:
    if key == "plan":
        return bool(full["topology"] == "closed")
    if key == "site_repository":
        return bool(full["topology"] == "closed" and full["plan"] == "free")
    return True


class _Question:
    def __init__(
        self,
        talk: Interview,
        schemas: SchemaSet,
        key: str,
        schema: Schema,
        choices: Mapping[str, str],
        default: Any,
    ) -> None:
        self.talk, self.schemas, self.key, self.schema = talk, schemas, key, schema
        self.choices, self.default = choices, default

    def ask(self) -> Any:
        """Ask until the answer fits; None where the default is to stand."""
        self.talk.tell(f"\n{self.schema['title']}\n  {self.schema['description']}")
        for number, name in enumerate(self.choices.values(), 1):
            self.talk.tell(f"  {number}. {name}")
        ask = self._lines if self.schema.get("type") == "array" else self._line
        while True:
            answer: Any = ask()
            if not answer:
                return None
            if self.choices and answer.isdecimal() and 1 <= int(answer) <= len(self.choices):
                answer = list(self.choices)[int(answer) - 1]
            found = self._faults(answer)
            if not found:
                return answer
            self.talk.tell(f"  {message(found[0]).sentence} {message(found[0]).cure}")

    def _line(self) -> str:
        return self.talk.ask(f"  [{setup.say('default', value=self._shown())}]").strip()

    def _lines(self) -> list[str]:
        self.talk.tell(f"  [{setup.say('default', value=self._shown())}]")
        lines: list[str] = []
        while line := self.talk.ask("  " + setup.say("line", number=len(lines) + 1)).strip():
            lines.append(line)
        return lines

    def _faults(self, answer: Any) -> list[Finding]:
        return self.schemas.check(setup.KIND, Document(file="", record={self.key: answer}))

    def _shown(self) -> str:
        if isinstance(self.default, list):
            return "; ".join(self.default) or setup.say("kept" if self.key in _KEPT else "nothing")
        return self.choices.get(self.default, self.default) or setup.say("nothing")
