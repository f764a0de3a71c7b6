"""Git objects, branches, merges and differences of one bare repository."""

import stat
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pygit2
from pygit2.enums import DeltaStatus, DiffOption, FileMode, ObjectType, SortMode

T = TypeVar("T")
Entry = tuple[str, int, str | None]
STATUSES = {
    DeltaStatus.ADDED: "added",
    DeltaStatus.DELETED: "removed",
    DeltaStatus.MODIFIED: "modified",
    DeltaStatus.RENAMED: "renamed",
    DeltaStatus.COPIED: "copied",
    DeltaStatus.TYPECHANGE: "changed",
}


@dataclass(frozen=True)
class FileChange:
    """What happened to one file between two commits."""

    path: str
    previous: str | None
    status: str
    sha: str
    additions: int
    deletions: int
    patch: str | None


@dataclass(frozen=True)
class Person:
    """The author or committer of a commit."""

    name: str
    email: str
    date: datetime

    def signature(self) -> pygit2.Signature:
        """Give the form git wants."""
        offset = self.date.utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        return pygit2.Signature(self.name or "unknown", self.email or "unknown", int(self.date.timestamp()), minutes)


class GitStore:
    """One bare repository."""

    def __init__(self, path: Path):
        self.path = path
        self.repo = pygit2.Repository(str(path))

    @classmethod
    def create(cls, path: Path, default_branch: str) -> "GitStore":
        """Make an empty bare repository that takes pushes."""
        repo = pygit2.init_repository(str(path), bare=True, initial_head=default_branch)
        repo.config["http.receivepack"] = "true"
        repo.config["receive.hideRefs"] = "refs/pull"
        repo.config["gc.auto"] = "0"
        return cls(path)

    def import_tree(self, source: Path) -> str:
        """Copy the HEAD tree of a git repository, or a plain folder, and give the tree's id."""
        if (source / ".git").exists():
            origin = pygit2.Repository(str(source))
            self.fetch(source, str(origin.head.target))
            return str(origin.head.peel(pygit2.Commit).tree_id)
        entries: list[Entry] = []
        for file in sorted(p for p in source.rglob("*") if p.is_file() and ".git" not in p.relative_to(source).parts):
            executable = file.stat().st_mode & stat.S_IXUSR
            mode = FileMode.BLOB_EXECUTABLE if executable else FileMode.BLOB
            entries.append((file.relative_to(source).as_posix(), mode, self.write_blob(file.read_bytes())))
        return self.write_tree(entries)

    def fetch(self, source: Path, *refspecs: str) -> None:
        """Bring commits over from another repository on this disk."""
        self.repo.remotes.create_anonymous(str(source)).fetch(list(refspecs))

    # Objects

    def write_blob(self, content: bytes) -> str:
        """Store a file's content."""
        return str(self.repo.create_blob(content))

    def write_tree(self, entries: Iterable[Entry], base: str | None = None) -> str:
        """Store a tree: entries of path, mode and id (None deletes) laid over a base tree."""
        index = pygit2.Index()
        if base is not None:
            index.read_tree(self.repo[base].peel(pygit2.Tree))
        for path, mode, sha in entries:
            if sha is None:
                index.remove(path)
            elif mode == FileMode.TREE:
                for inner, inner_mode, inner_sha in self.walk(sha, f"{path}/"):
                    index.add(pygit2.IndexEntry(inner, inner_sha, inner_mode))
            else:
                index.add(pygit2.IndexEntry(path, pygit2.Oid(hex=sha), FileMode(mode)))
        return str(index.write_tree(self.repo))

    def walk(self, tree: str, prefix: str = "") -> Iterator[tuple[str, FileMode, pygit2.Oid]]:
        """List the files under a tree with their full paths."""
        for item in self.repo[tree].peel(pygit2.Tree):
            if isinstance(item, pygit2.Tree):
                yield from self.walk(str(item.id), f"{prefix}{item.name}/")
            else:
                yield f"{prefix}{item.name}", FileMode(item.filemode), item.id

    def write_commit(self, tree: str, parents: list[str], message: str, author: Person, committer: Person) -> str:
        """Store a commit; no branch moves."""
        return str(
            self.repo.create_commit(
                None,
                author.signature(),
                committer.signature(),
                message,
                pygit2.Oid(hex=tree),
                [pygit2.Oid(hex=p) for p in parents],
            )
        )

    def object(self, sha: str, kind: type[T]) -> T | None:
        """Find an object of one kind by its full id."""
        try:
            found = self.repo.get(pygit2.Oid(hex=sha))
        except ValueError:
            return None
        return found if isinstance(found, kind) else None

    def commit(self, rev: str) -> pygit2.Commit | None:
        """Find the commit of a branch, a tag, a full ref or a (shortened) id."""
        for name in (f"refs/heads/{rev}", f"refs/tags/{rev}", rev if rev.startswith("refs/") else "", rev):
            if not name or name.startswith("-"):
                continue
            try:
                if name == rev and not name.startswith("refs/"):
                    return self.repo[rev].peel(pygit2.Commit)
                return self.repo.references[name].peel(pygit2.Commit)
            except (KeyError, ValueError, pygit2.GitError):
                continue
        return None

    def blob_at(self, commit: str, path: str) -> pygit2.Object | None:
        """Find the file or folder at a path of a commit."""
        tree = self.repo[commit].peel(pygit2.Tree)
        try:
            return tree / path if path else tree
        except (KeyError, TypeError, pygit2.GitError):
            return None

    # References

    def branch(self, name: str) -> str | None:
        """Give the commit a branch points to."""
        return self.ref(f"refs/heads/{name}")

    def ref(self, name: str) -> str | None:
        """Give the object a full ref points to."""
        try:
            found = self.repo.references.get(name)
        except ValueError:
            return None
        return str(found.resolve().target) if found else None

    def refs(self, prefix: str = "refs/") -> dict[str, str]:
        """List refs under a prefix, sorted."""
        names = sorted(name for name in self.repo.references if name.startswith(prefix))
        return {name: sha for name in names if (sha := self.ref(name)) is not None}

    def set_ref(self, name: str, sha: str | None) -> None:
        """Point a full ref to an object, or delete it."""
        if sha is not None:
            self.repo.references.create(name, pygit2.Oid(hex=sha), force=True)
        elif name in self.repo.references:
            self.repo.references.delete(name)

    # History

    def merge_base(self, one: str, two: str) -> str | None:
        """Give the best common ancestor."""
        found = self.repo.merge_base(pygit2.Oid(hex=one), pygit2.Oid(hex=two))
        return str(found) if found else None

    def is_ancestor(self, old: str, new: str) -> bool:
        """Tell whether a commit is the other one or lies in its past."""
        return old == new or self.repo.descendant_of(pygit2.Oid(hex=new), pygit2.Oid(hex=old))

    def ahead_behind(self, head: str, base: str) -> tuple[int, int]:
        """Count the commits only in the head and only in the base."""
        return self.repo.ahead_behind(pygit2.Oid(hex=head), pygit2.Oid(hex=base))

    def log(self, head: str, hide: str | None = None) -> Iterator[pygit2.Commit]:
        """Walk back from a commit, newest first, leaving out what another one already holds."""
        walker = self.repo.walk(pygit2.Oid(hex=head), SortMode.TOPOLOGICAL | SortMode.TIME)
        if hide:
            walker.hide(pygit2.Oid(hex=hide))
        return iter(walker)

    def merged_tree(self, ours: str, theirs: str) -> str | None:
        """Merge two commits and give the tree, or None on a conflict."""
        index = self.repo.merge_commits(pygit2.Oid(hex=ours), pygit2.Oid(hex=theirs))
        return None if index.conflicts else str(index.write_tree(self.repo))

    def replayed_tree(self, sha: str, onto: str) -> str | None:
        """Lay one commit's changes over another commit and give the tree, or None on a conflict."""
        commit = self.repo[sha].peel(pygit2.Commit)
        ancestor = commit.parents[0].tree if commit.parents else self.repo[self.write_tree([])].peel(pygit2.Tree)
        index = self.repo.merge_trees(ancestor, self.repo[onto].peel(pygit2.Tree), commit.tree)
        return None if index.conflicts else str(index.write_tree(self.repo))

    def archive(self, commit: str, prefix: str) -> bytes:
        """Pack the files of a commit into a gzipped tar."""
        command = ["git", "archive", "--format=tar.gz", f"--prefix={prefix}/", commit]
        return subprocess.run(command, cwd=self.path, check=True, capture_output=True).stdout

    def diff_text(self, old: str, new: str) -> str:
        """Write the differences between two commits as one patch."""
        diff = self.repo[old].peel(pygit2.Tree).diff_to_tree(self.repo[new].peel(pygit2.Tree))
        return diff.patch or ""

    def changes(self, old: str | None, new: str) -> list[FileChange]:
        """List the files that differ between two commits or trees."""
        tree = self.repo[new].peel(pygit2.Tree)
        flags = DiffOption.INCLUDE_TYPECHANGE
        if old is None:
            diff = tree.diff_to_tree(swap=True, flags=flags)
        else:
            diff = self.repo[old].peel(pygit2.Tree).diff_to_tree(tree, flags=flags)
        diff.find_similar()
        return [_change(patch) for patch in diff if patch is not None]

    def folder(self, tree: pygit2.Tree) -> list[tuple[str, FileMode, ObjectType, str, int]]:
        """List a folder: name, mode, kind, id and size of each entry."""
        rows = []
        for item in tree:
            size = item.size if isinstance(item, pygit2.Blob) else 0
            rows.append((item.name or "", FileMode(item.filemode), ObjectType(item.type), str(item.id), size))
        return rows


def _change(patch: pygit2.Patch) -> FileChange:
    delta = patch.delta
    _, additions, deletions = patch.line_stats
    removed = delta.status == DeltaStatus.DELETED
    moved = delta.status in {DeltaStatus.RENAMED, DeltaStatus.COPIED}
    text = (patch.data or b"").decode("utf-8", "replace")
    start = text.find("\n@@ ")
    return FileChange(
        path=delta.old_file.path if removed else delta.new_file.path,
        previous=delta.old_file.path if moved else None,
        status=STATUSES.get(delta.status, "changed"),
        sha=str(delta.old_file.id if removed else delta.new_file.id),
        additions=additions,
        deletions=deletions,
        patch=text[start + 1 :].rstrip("\n") if start >= 0 and not delta.is_binary else None,
    )
