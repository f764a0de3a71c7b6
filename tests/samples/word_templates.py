"""Write the Word templates anew, as the project brings them; an office then edits its own in Word.

.venv/bin/python tests/samples/word_templates.py [NAME…]
"""

import sys
from collections.abc import Callable
from pathlib import Path

from docx.document import Document as Place
from word import certificate, confirming, consents, council, decision, filing, office, proposer, report
from word.sheet import LAYOUTS, Layout, written

from sangkien.domain.layout import TEMPLATES

ROOT = Path(__file__).resolve().parent.parent.parent
Draw = Callable[[Layout], Place]


def every() -> dict[str, Draw]:
    """Give how each template is drawn, by its name."""
    groups = (certificate, confirming, consents, council, decision, filing, office, proposer, report)
    return {name: draw for group in groups for name, draw in group.TEMPLATES.items()}


def main(names: list[str]) -> None:
    for layout in LAYOUTS:
        folder = Path(ROOT, TEMPLATES, layout.folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name, draw in every().items():
            if not names or name in names:
                (folder / f"{name}.docx").write_bytes(written(draw(layout)))


if __name__ == "__main__":
    main(sys.argv[1:])
