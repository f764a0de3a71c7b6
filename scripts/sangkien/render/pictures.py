"""The pictures of public ideas, as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sangkien.domain.records import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture fit for the web: where it stands and how large it is, with a small one where it is large."""

    address: str
    width: int
    height: int
    small: str = ""
    small_width: int = 0

    @property
    def smallest(self) -> str:
        """The address of the one that costs least."""
        return self.small or self.address


Pictures = Mapping[tuple[str, str], Picture]  # (code, file name) → picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture with its words."""

    picture: Picture
    alt: str
    shows: str  # truoc, sau, or nothing


def pictures_of(code: str, images: Iterable[Image], pictures: Pictures) -> list[Shown]:
    """List those of a record's pictures that could be developed, in its order."""
    return [
        Shown(picture=pictures[code, image["file"]], alt=image["alt"], shows=image.get("shows", ""))
        for image in images
        if (code, image["file"]) in pictures
    ]
