"""The periods reports tell of: `2019-H1`, `2019`, `2015..2019`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FORM = re.compile(r"([0-9]{4})(-H1|\.\.([0-9]{4}))?")
_MOST_YEARS = 100  # each is reckoned by itself; nobody reports on more at once
HALF, YEAR, YEARS = "sau-thang", "nam", "nam-nam"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The first half of a year, a year from its beginning, or several years; a year's figures hold its half's too."""

    first: int
    last: int
    half: bool = False

    @classmethod
    def read(cls, text: str) -> "Period | None":
        """Read a period as records write it; None for anything else."""
        match = _FORM.fullmatch(text)
        if match is None:
            return None
        first, last = int(match[1]), int(match[3] or match[1])
        if match[3] and not first < last < first + _MOST_YEARS:
            return None
        return cls(first, last, half=match[2] == "-H1")

    def __str__(self) -> str:
        if self.half:
            return f"{self.first:04}-H1"
        return f"{self.first:04}" if self.first == self.last else f"{self.first:04}..{self.last:04}"

    @property
    def kind(self) -> str:
        """Name the kind of period as the calendar of reports does."""
        return HALF if self.half else YEAR if self.first == self.last else YEARS

    @property
    def start(self) -> str:
        return f"{self.first:04}-01-01"

    @property
    def end(self) -> str:
        return f"{self.last:04}-{'06-30' if self.half else '12-31'}"

    @property
    def before(self) -> "Period":
        """Give the period to compare with: as long, of the same season, right before."""
        length = self.last - self.first + 1
        return Period(self.first - length, self.last - length, self.half)

    def years(self) -> Iterator["Period"]:
        """Give each year of several."""
        return (Period(year, year) for year in range(self.first, self.last + 1))

    def __contains__(self, day: str) -> bool:
        """Tell whether a day (ISO) lies in the period."""
        return self.start <= day <= self.end
