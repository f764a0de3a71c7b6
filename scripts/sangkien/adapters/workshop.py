"""Everything that makes files which are no pages, over one repository's kept results."""

from pathlib import Path

from sangkien.adapters import kept
from sangkien.adapters.darkroom import Darkroom, Negatives
from sangkien.adapters.press import Press
from sangkien.adapters.workbook import Bindery


class Workshop:
    """The makers of pictures, prints and workbooks."""

    def __init__(self, root: Path, negatives: Negatives | None = None) -> None:
        self.darkroom = Darkroom(root, negatives)
        self.press = Press(root, self.darkroom)
        self.bindery = Bindery(root)

    def tidy(self) -> None:
        """Throw away kept results that nobody asked for lately."""
        for maker in (self.darkroom, self.press, self.bindery):
            kept.forget(maker.kept)
