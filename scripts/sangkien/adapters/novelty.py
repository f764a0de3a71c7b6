"""tantivy: the index of earlier ideas, kept under a key that changes with whatever it was made from."""

import hashlib
import json
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from sangkien.domain.errors import OutsideError
from sangkien.domain.novelty import FIELDS, TOKENS, Clause, Entry, Spelt, Statistics

_ENGINE = version("tantivy")
_SHAPE = 1  # of the index: raise it when fields change
_META, _FOLDERS = "sangkien.json", "folders.json"
_HEAP = 256_000_000
_STALE = 3600  # seconds after which an unfinished build is nobody's


class Shelf:
    """The cached indexes of one repository, each in a folder named by its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def key(self, *parts: str) -> str:
        """Make a key of what an index is made from; the engine's own version counts too."""
        whole = "\0".join((str(_SHAPE), _ENGINE, *parts))
        return hashlib.sha256(whole.encode("utf-8")).hexdigest()[:20]

    def open(self, key: str) -> "Index | None":
        """Open the index of a key; None where there is none, or one that is not whole."""
        place = self.folder / key
        try:
            meta = json.loads((place / _META).read_bytes())
            if meta["key"] != key or any((place / name).stat().st_size != size for name, size in meta["files"].items()):
                return None
            return Index(tantivy.Index.open(str(place)), meta, lambda: _mapping_in(place / _FOLDERS))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def others(self) -> Iterator["Index"]:
        """Open the other whole indexes there are."""
        for place in sorted(self.folder.glob("[0-9a-f]*")):
            if (index := self.open(place.name)) is not None:
                yield index

    def build(
        self, key: str, about: Mapping[str, Any], folders: Mapping[str, str], ideas: Iterable[tuple[Entry, Spelt]]
    ) -> "Index":
        """Build an index, put it in place whole, and clear away the others.

        `folders` tells the id of each folder that was read, so that a later run can see what has changed.
        Where the cache cannot be written the index lives in memory alone.
        """
        place = self.folder / key
        fresh = self.folder / f".{key}-{secrets.token_hex(4)}"
        try:
            fresh.mkdir(parents=True)
        except OSError:
            engine = tantivy.Index(_schema())
            return Index(engine, _fill(engine, ideas, about), lambda: folders)
        try:
            engine = tantivy.Index(_schema(), path=str(fresh))
            meta = _fill(engine, ideas, about)
            built = Index(engine, meta, lambda: folders)
            (fresh / _FOLDERS).write_text(json.dumps(dict(folders)), encoding="utf-8")
            meta["key"] = key
            meta["files"] = {f.name: f.stat().st_size for f in sorted(fresh.iterdir()) if not f.name.startswith(".")}
            (fresh / _META).write_text(json.dumps(meta), encoding="utf-8")
            self._put(fresh, place)
        except (OSError, ValueError) as error:
            raise OutsideError("tantivy", str(error)) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        self._clear(key)
        return self.open(key) or built  # another process may have cleared it away: what is open stays readable

    def _put(self, fresh: Path, place: Path) -> None:
        """Move a finished index to its place, unless another process was quicker."""
        for _ in range(3):
            if self.open(place.name) is not None:
                return
            shutil.rmtree(place, ignore_errors=True)
            try:
                fresh.rename(place)
            except OSError:
                continue
            return

    def _clear(self, kept: str) -> None:
        """Remove what other keys left; an unfinished build only when it is old."""
        for place in self.folder.iterdir():
            if place.name == kept:
                continue
            try:
                unfinished = place.name.startswith(".") and time.time() - place.stat().st_mtime < _STALE
            except OSError:
                continue
            if not unfinished:
                shutil.rmtree(place, ignore_errors=True)


class Index:
    """One index of earlier ideas, open for questions."""

    def __init__(
        self, engine: tantivy.Index, meta: Mapping[str, Any], folders: Callable[[], Mapping[str, str]]
    ) -> None:
        self.about: Mapping[str, Any] = meta["about"]
        averages = {name: meta["lengths"][name] / max(meta["documents"], 1) for name in FIELDS}
        self.statistics = Statistics(int(meta["documents"]), averages)
        self._engine = engine
        self._folders = folders
        self._schema = engine.schema
        self._searcher = engine.searcher()

    @property
    def folders(self) -> Mapping[str, str]:
        """The folders the index was made from, each with its id; read only when asked for."""
        return self._folders()

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """Tell how many ideas have each term in a field."""
        return {term: self._searcher.doc_freq(field, term) for term in terms}

    def search(self, wanted: Sequence[Clause], most: int) -> Iterator[tuple[float, Entry]]:
        """Give the ideas that answer best, best first."""
        clauses = [
            tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, one.field, one.term, "freq"), one.boost)
            for one in wanted
        ]
        return self._answers(clauses, most)

    def search_tokens(self, weights: Mapping[str, float], most: int) -> Iterator[tuple[float, Entry]]:
        """Give the withdrawn ideas whose tokens weigh most together."""
        clauses = [
            tantivy.Query.const_score_query(tantivy.Query.term_query(self._schema, TOKENS, token, "basic"), weight)
            for token, weight in weights.items()
        ]
        return self._answers(clauses, most)

    def _answers(self, clauses: list[tantivy.Query], most: int) -> Iterator[tuple[float, Entry]]:
        if not clauses or most < 1:
            return
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])
        for score, address in self._searcher.search(query, most, count=False).hits:
            yield score, _entry(json.loads(self._searcher.doc(address)["stored"][0]))


def _mapping_in(place: Path) -> Mapping[str, str]:
    try:
        mapping: Mapping[str, str] = json.loads(place.read_bytes())
    except (OSError, ValueError):  # cleared away meanwhile: then everything has changed
        return {}
    return mapping


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(TOKENS, tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _fill(engine: tantivy.Index, ideas: Iterable[tuple[Entry, Spelt]], about: Mapping[str, Any]) -> dict[str, Any]:
    lengths = dict.fromkeys(FIELDS, 0)
    documents = 0
    writer = engine.writer(heap_size=_HEAP, num_threads=1)  # one thread: the same ideas give the same order
    try:
        for entry, spelt in ideas:
            documents += 1
            document = tantivy.Document()
            for name, terms in zip(FIELDS, spelt, strict=True):
                lengths[name] += terms.count(" ") + 1 if terms else 0
                document.add_text(name, terms)
            document.add_text(TOKENS, " ".join(entry.tokens))
            document.add_bytes("stored", _stored(entry))
            writer.add_document(document)
        writer.commit()
    finally:
        writer.wait_merging_threads()  # or it would go on writing into a folder being removed
    engine.reload()
    return {"about": dict(about), "documents": documents, "lengths": lengths}


def _stored(entry: Entry) -> bytes:
    row = [entry.code, entry.title, entry.status, entry.folder, list(entry.texts), list(entry.tokens)]
    return json.dumps(row, ensure_ascii=False).encode("utf-8")


def _entry(row: Any) -> Entry:
    code, title, status, folder, texts, tokens = row
    return Entry(code=code, title=title, status=status, folder=folder, texts=tuple(texts), tokens=tuple(tokens))
