"""Questions put to a person in Vietnamese, one at a time, asked again until the answer fits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sangkien.render.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """A talk with one person: `ask` puts a question and gives the raw answer, `tell` says something."""

    ask: Callable[[str], str]
    tell: Callable[[str], object]

    def text(self, question: str, fits: Callable[[str], str | None]) -> str:
        """Ask for a text until `fits` has nothing to say against it."""
        while True:
            answer = self.ask(question).strip()
            complaint = fits(answer)
            if complaint is None:
                return answer
            self.tell(complaint)

    def lines(self, question: str, each: Callable[[int], str], fits: Callable[[str], str | None]) -> str:
        """Ask for a text line by line, an empty line ends it; all of it is asked again until it fits."""
        while True:
            self.tell(question)
            said: list[str] = []
            while line := self.ask(each(len(said) + 1)).strip():
                said.append(line)
            complaint = fits("\n".join(said))
            if complaint is None:
                return "\n".join(said)
            self.tell(complaint)

    def choice(self, question: str, choices: Mapping[str, str]) -> str:
        """Ask to choose by number; a lone choice is taken without asking."""
        keys = list(choices)
        if len(keys) == 1:
            return keys[0]
        self.tell(f"{question}:")
        for number, key in enumerate(keys, 1):
            self.tell(f"  {number}. {choices[key]}")
        while True:
            answer = self.ask(say("choose")).strip()
            if answer.isdecimal() and 1 <= int(answer) <= len(keys):
                return keys[int(answer) - 1]
            self.tell(say("answer-again"))
