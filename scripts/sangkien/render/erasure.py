"""What is left to do once a person's record is clean: told in a terminal, as a checklist, as commands of plain git.

Ids, numbers, paths and git's own ids alone: the name stands in none of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from shlex import quote

from sangkien.domain.holdings import Holding
from sangkien.domain.traces import Kind, Rewriting, Search, Trace
from sangkien.render.privacy import told, words
from sangkien.render.vietnamese import day as day_in_words

SCRIPT, CHECKLIST, CLEAN, BLOBS, MESSAGES = "lam-sach.sh", "viec-can-lam.md", "sach", "sach/tep", "sach/loi"

_SHOWN = 12  # letters of git's ids
_BY_HAND: tuple[Kind, ...] = ("tag", "file-name", "ref-name")
_IN_GIT: tuple[Kind, ...] = ("record", "file", "message", "maker", *_BY_HAND)


def touched(people: Sequence[str], holdings: Iterable[Holding], pictures: Sequence[str]) -> list[str]:
    """Tell what else bears the ids, the drafts of letters that may be about, and pictures somebody is to look at."""
    others = [holding for holding in holdings if holding.kind != "person"]
    if not others:
        return [told("erase", "touched_none")]
    lines = [told("erase", "touched"), *(f"  {holding.path}" for holding in others)]
    codes = dict.fromkeys(h.record["code"] for h in others if h.kind == "idea")
    lines += [f"  {told('erase', 'draft', name=f'thu-{code.lower()}.md')}" for code in codes]
    lines += [f"  {told('erase', 'picture', path=path)}" for path in pictures]
    return [*lines, told("erase", "one_id")] if len(people) == 1 else lines


def summary(search: Search) -> list[str]:
    """Tell what is left, one line a place, in the terminal."""
    lines = [f"  {_line(trace)}" for trace in search.traces]
    if search.left:
        lines.append(told("erase", "left", count=len(search.left)))
    else:
        lines.append(told("erase", "clean", person=search.person))
    lines += [] if search.whole else [told("erase", "not_whole")]
    return lines if search.named else [*lines, told("erase", "unnamed")]


def checklist(
    search: Search, *, day: str, remote: str, folder: str, page: str, asked: bool, rewriting: Rewriting
) -> str:
    """Write the list of all that is to be done, in its order; `asked` tells whether the forge was looked at."""
    about: dict[str, str] = {
        "person": search.person,
        "day": day_in_words(day),
        "remote": remote or "…",
        "folder": quote(folder),
    }
    parts = [_part("head", about), _part("site", about)]
    if in_tree := search.of("work-tree"):
        parts += [*(told("checklist", "site_item", path=trace.path) for trace in in_tree), ""]
    parts += [_part("talk", about), *_talk(search, asked=asked)]
    parts += [_part("git", about), *_git(search)]
    if search.of(*_IN_GIT) and not search.mirrored:
        parts.append(_part("mirror", about))  # what is found there is more than is seen from here
    elif not rewriting.is_empty:
        parts.append(_part("rewrite", about))
    pulls = sorted({ref.split("/")[2] for trace in search.traces for ref in trace.refs if ref.startswith("refs/pull/")})
    first = [trace.commits[-1] for trace in search.of("record") if trace.commits]
    parts.append(
        told(
            "checklist",
            "support",
            remote=about["remote"],
            pulls=", ".join(f"#{n}" for n in pulls) or ", ".join(f"#{n}" for n in search.numbers) or "…",
            first=", ".join(dict.fromkeys(first)) or "…",
        ).strip("\n")
        + "\n"
    )
    parts.append(told("checklist", "elsewhere", page=page).strip("\n"))
    parts += [told("checklist", "fork", fork=trace.key) for trace in search.of("fork")]
    parts.append("\n" + _part("last", about))
    return "\n".join(parts)


def script(rewriting: Rewriting) -> str:
    """Write the commands that put clean objects in the place of those that hold the name, and throw those away."""
    return _SCRIPT.replace("@INDEX@", quote(_index(rewriting))).replace("@MAKERS@", quote(_makers(rewriting)))


def callbacks(rewriting: Rewriting) -> dict[str, str]:
    """Write what git filter-repo is told, where the machine has it."""
    makers = [commit.encode() for commit in rewriting.makers]
    return {"blob.py": _BLOB_CALLBACK, "commit.py": _COMMIT_CALLBACK.replace("@MAKERS@", repr(makers))}


_SCRIPT = """\
#!/bin/sh
# sh lam-sach.sh MIRROR.git
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
export HERE FILTER_BRANCH_SQUELCH_WARNING=1
cd "$1"
if git filter-repo --version >/dev/null 2>&1; then
  git filter-repo --force \\
    --blob-callback "$(cat "$HERE/blob.py")" --commit-callback "$(cat "$HERE/commit.py")"
else
  for clean in "$HERE"/sach/tep/*; do
    if [ -e "$clean" ]; then echo "s/ ${clean##*/} / $(git hash-object -w "$clean") /"; fi
  done > "$HERE/thay.sed"
  git filter-branch -f \\
    --index-filter @INDEX@ \\
    --msg-filter 'if [ -e "$HERE/sach/loi/$GIT_COMMIT" ]; then cat "$HERE/sach/loi/$GIT_COMMIT"; else cat; fi' \\
    --env-filter @MAKERS@ \\
    --tag-name-filter cat -- --all
fi
git for-each-ref --format='delete %(refname)' refs/original | git update-ref --stdin
git reflog expire --expire=now --all
git gc --quiet --prune=now
"""
_BLOB_CALLBACK = """\
import os
clean = os.path.join(os.environ["HERE"], "sach", "tep", blob.original_id.decode())
if os.path.exists(clean):
    blob.data = open(clean, "rb").read()
"""
_COMMIT_CALLBACK = """\
import os
clean = os.path.join(os.environ["HERE"], "sach", "loi", commit.original_id.decode())
if os.path.exists(clean):
    commit.message = open(clean, "rb").read()
if commit.original_id in @MAKERS@:
    commit.author_name = commit.committer_name = b"-"
    commit.author_email = commit.committer_email = b"-"
"""


def _index(rewriting: Rewriting) -> str:
    if not rewriting.blobs:
        return ":"
    paths = " ".join(quote(path) for path in rewriting.paths)
    return f'git ls-files -s -- {paths} | sed -f "$HERE/thay.sed" | git update-index --index-info'


def _makers(rewriting: Rewriting) -> str:
    if not rewriting.makers:
        return ":"
    names = "; ".join(f"GIT_{who}_{what}=-" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL"))
    return f"case $GIT_COMMIT in {'|'.join(rewriting.makers)}) {names};; esac"


def _part(key: str, about: dict[str, str]) -> str:
    return told("checklist", key, **about).strip("\n") + "\n"


def _talk(search: Search, *, asked: bool) -> Iterator[str]:
    found = search.of("issue", "comment", "review")
    if not asked:
        yield told("checklist", "talk_unasked")
    for number in sorted({int(trace.key) for trace in found}):
        what = ", ".join(dict.fromkeys(words()["trace"][trace.kind] for trace in found if int(trace.key) == number))
        yield told("checklist", "talk_item", number=number, what=what)
    known = {int(trace.key) for trace in found}
    for number in search.numbers:
        if number not in known:
            yield told("checklist", "talk_git", number=number)
    if asked and not found and not search.numbers:
        yield told("checklist", "talk_none")
    yield ""


def _git(search: Search) -> Iterator[str]:
    found = search.of(*_IN_GIT)
    for trace in found:
        what, key = words()["trace"][trace.kind], trace.key[:_SHOWN]
        path = f" (`{trace.path}`)" if trace.path else ""
        if not trace.reachable:
            yield told("checklist", "git_lost", what=what, id=key)
        elif trace.kind not in _BY_HAND:
            counts = {"commits": len(trace.commits), "refs": len(trace.refs)}
            yield told("checklist", "git_item", what=what, id=key, path=path, **counts)
    for trace in search.of(*_BY_HAND):
        if trace.reachable:
            yield told("checklist", f"git_{trace.kind}", id=trace.key[:_SHOWN])
    refs = dict.fromkeys(ref for trace in found for ref in trace.refs)
    if refs:
        yield "\n" + told("checklist", "git_refs", refs=", ".join(f"`{ref}`" for ref in refs))
    if not found:
        yield told("checklist", "git_none")
    yield ""


def _line(trace: Trace) -> str:
    what: str = words()["trace"][trace.kind]
    if trace.kind in ("issue", "comment", "review"):
        return f"{what}: #{trace.key}"
    if trace.kind == "fork":
        return f"{what}: {trace.key}"
    known = f"{trace.path} ({trace.key[:_SHOWN]})" if trace.key and trace.path else trace.path or trace.key[:_SHOWN]
    return f"{what}: {known}"
