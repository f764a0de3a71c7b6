"""What answers are made from, as the checkout stands: registers, pages, the way to look for likenesses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sangkien.adapters.git import Git
from sangkien.adapters.novelty import Shelf
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import address, idea_code
from sangkien.domain.finding import Finding
from sangkien.domain.following import Verdict
from sangkien.domain.passages import Nearest
from sangkien.domain.publicness import Rulings
from sangkien.render import relay as pages
from sangkien.render.doors import RELAY_APPLIED
from sangkien.workflow import follow, reading, similar
from sangkien.workflow.likewise import Form, Likewise
from sangkien.workflow.relay import Admission

_FORMS: Sequence[Form] = ("application", "follow")
_LOOKED_AT, _SHOWN = 20, 3  # likenesses; most of the nearest may not be public
_LONGEST_CODE = 40  # letters of a code as it may be written
_LEAST, _SHARE = 20.0, 0.4  # of a score worth showing: at all, and beside the best


@dataclass(slots=True)
class Ground:
    """One reading of the checkout; a new commit gets a new one."""

    store: Store
    admission: Admission
    likewise: Likewise
    rulings: Rulings
    scene: pages.Scene
    form_page: bytes
    follow_page: bytes
    likewise_pages: Mapping[Form, str]
    newest_day: str
    likeness: similar.Base | None = None
    stationery: dict[str, bytes] = field(default_factory=dict)  # what was printed of it, by name

    @classmethod
    def read(cls, store: Store, git: Git) -> "Ground":
        """Read the checkout."""
        admission = Admission(store, pages.sentence("consent_form"))
        books = admission.books
        movement = books.movement
        keys = movement.get("contact_keys", []) if movement else []
        scene = pages.Scene(
            movement=movement, maker=admission.maker, static=pages.static_addresses(), contact_keys=keys
        )
        rulings = Rulings(books.decisions.values())

        def is_public(code: str) -> bool:
            return follow.verdict_of(store, admission.schemas, books, rulings, code).public

        return cls(
            store=store,
            admission=admission,
            likewise=Likewise(store, admission, is_public),
            rulings=rulings,
            scene=scene,
            form_page=pages.form_page(scene).encode(),
            follow_page=pages.follow_page(scene).encode(),
            likewise_pages={form: pages.likewise_page(scene, form) for form in _FORMS},
            newest_day=git.newest_day(),
        )

    def open_likeness(self, git: Git) -> None:
        """Open the index of earlier ideas, which may take a while."""
        shelf = Shelf(self.store.root / ".cache" / "novelty")
        set_aside = similar.set_aside_in(self.store)
        self.likeness = similar.open_base(self.store, git, shelf, Pool(1), set_aside, clean=True)

    def verdict(self, code: str) -> Verdict:
        """Tell what the register says of an idea."""
        admission = self.admission
        return follow.verdict_of(self.store, admission.schemas, admission.books, self.rulings, code)

    def alike(self, text: str) -> list[dict[str, str]]:
        """List the public ideas most like a text."""
        if self.likeness is None:
            return []
        found = similar.nearest(self.likeness, similar.NewText(texts=(text,)), _LOOKED_AT)
        public = [near for near in found if near.passages and self.verdict(near.code).public]
        least = max(_LEAST, _SHARE * public[0].score) if public else 0.0
        return [self._shown(near) for near in public[:_SHOWN] if near.score >= least]

    def address(self, code: str) -> str:
        """Give the address of an idea's page on the site; empty while the site has none."""
        movement = self.admission.books.movement
        site = movement.get("site_url", "") if movement else ""
        return f"{site}{address.idea(code)}" if site else ""

    def finding_rows(self, found: Any) -> list[dict[str, str]]:
        """Tell findings, each under the key of its question."""
        return pages.findings(found, pages.labels_of(self.admission.maker))

    def likewise_rows(self, form: Form, found: Sequence[Finding]) -> list[dict[str, str]]:
        """Tell findings of a form about an idea that stands."""
        return pages.findings(found, {**self.likewise.labels[form], "contact": ""})

    def likewise_page(self, form: Form, asked: str) -> bytes:
        """Give the page of a form about an idea that stands, with the idea's title when it is public."""
        code = idea_code.read(asked[:_LONGEST_CODE]) or ""
        title = self.likewise.title(code) if code else ""
        return pages.about(self.likewise_pages[form], code, title, self.address(code) if title else "").encode()

    def _shown(self, near: Nearest) -> dict[str, str]:
        admission = self.admission
        dossier = reading.read_dossier(self.store, idea_code.folder(near.code), admission.schemas)
        idea: Mapping[str, Any] | None = dossier.idea if dossier else None
        unit = idea["unit"] if idea else ""
        where = admission.desk.gazetteer.title(unit) if unit in admission.books.units else ""
        movement = admission.books.movement
        is_over = movement is not None and "handover" in movement
        passage = near.passages[0]
        return {
            "code": near.code,
            "title": near.title,
            "where": where,
            "address": self.address(near.code),
            "follow": "" if is_over else f"/{RELAY_APPLIED}?{urlencode({'ma': near.code})}",
            "new": passage.new,
            "old": passage.old,
        }
