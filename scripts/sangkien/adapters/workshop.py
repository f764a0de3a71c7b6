"""Everything that makes files which are no pages, over one repository's kept results."""

from pathlib import Path

from sangkien.adapters.darkroom import Darkroom, Negatives
from sangkien.adapters.press import Press
from sangkien.adapters.workbook import Bindery


class Workshop:
    """The makers of pictures, prints and workbooks."""

    def __init__(self, root: Path, negatives: Negatives | None = None) -> None:
        self.darkroom = Darkroom(root, negatives)
        self.press = Press(root, self.darkroom)
        self.bindery = Bindery(root)
