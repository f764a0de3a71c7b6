"""A folder put on a branch of a real repository, in the place of what stood there."""

import os
import subprocess
from pathlib import Path

import pytest

from committed import commit_all, git
from sangkien.adapters.showcase import Showcase
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.workflow.showcase import Handed, hand_over, look

pytestmark = pytest.mark.long

GONE = "TenDaGo"


class Place:
    """A desk, a site and a public repository on this disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.public, self.count = folder, folder / "public.git", 0
        git(folder, "init", "-q", "--bare", "--initial-branch=main", "public.git")
        (folder / "desk").mkdir()
        (folder / "desk" / "idea.yml").write_text("title: BiMat\n", encoding="utf-8")
        self.desk = commit_all(folder / "desk")

    def showcase(self, target: str = "", branch: str = "gh-pages") -> Showcase:
        self.count += 1
        room = self.folder / f"room-{self.count}"
        room.mkdir()
        return Showcase(target or str(self.public), branch, room, self.desk)

    def send(self, files: dict[str, str], *, target: str = "", adopt: bool = False) -> Handed:
        showcase = self.showcase(target)
        site = self.folder / f"site-{self.count}"
        for path, text in ({"404.html": "", ".sangkien-site": "1\n"} | files).items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        return hand_over(showcase, look(showcase, adopt=adopt), site, "Trang")

    def objects(self) -> str:
        command = ["git", "-C", str(self.public), "cat-file", "--batch-all-objects", "--batch"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")

    def commits(self) -> list[str]:
        return git(self.public, "log", "--all", "--format=%P|%an|%ae|%cn|%at|%ct|%B").split()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_one_commit_tells_of_nothing_but_the_site(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "nguoi-that@co-quan.example")
    monkeypatch.setenv("GIT_DIR", str(place.desk / ".git"))  # as a hook of the desk would set it

    assert place.send({"index.html": "Xin chào", 'a/"\\ ý.html': "x"}) == Handed(sent=True)

    monkeypatch.delenv("GIT_DIR")
    assert place.commits() == ["|sang-kien|trang@sang-kien.invalid|sang-kien|946684800|946684800|Trang"]
    names = git(place.public, "ls-tree", "-rz", "--name-only", "gh-pages").split("\0")
    assert sorted(names) == ["", ".sangkien-site", "404.html", 'a/"\\ ý.html', "index.html"]
    assert git(place.public, "show", "gh-pages:index.html") == "Xin chào"
    assert "BiMat" not in place.objects()


def test_the_same_site_is_not_sent_again_and_anybody_makes_the_same_commit(place: Place) -> None:
    place.send({"index": "a"})
    before = git(place.public, "rev-parse", "gh-pages")

    assert place.send({"index": "a"}) == Handed(sent=False)
    assert place.send({"index": "a"}, target=place.public.as_uri()) == Handed(sent=False)
    git(place.public, "update-ref", "-d", "refs/heads/gh-pages")
    place.send({"index": "a"})
    assert git(place.public, "rev-parse", "gh-pages") == before


def test_what_was_taken_off_is_in_no_object_left(place: Place) -> None:
    place.send({"index": f"Tác giả {GONE}", "other": "x"})
    assert GONE in place.objects()

    assert place.send({"index": "Tác giả không công khai tên", "other": "x"}) == Handed(sent=True)

    assert GONE not in place.objects()
    assert len(place.commits()) == 1
    git(place.public, "fsck", "--strict")


def test_the_desk_is_never_written_over(place: Place) -> None:
    for target in (place.desk, place.folder / "copy.git"):
        if not target.exists():
            git(place.folder, "clone", "-q", "--bare", str(place.desk), target.name)
        before = git(target, "for-each-ref")
        for branch in ("main", "gh-pages"):
            with pytest.raises(UsageError, match="showcase-is-desk"):
                look(place.showcase(str(target), branch), adopt=True)
        assert git(target, "for-each-ref") == before


def test_what_others_put_there_stays_until_it_is_taken_over(place: Place) -> None:
    theirs = place.folder / "theirs"
    theirs.mkdir()
    (theirs / "README.md").write_text("Của người khác", encoding="utf-8")
    commit_all(theirs)
    git(theirs, "push", "-q", str(place.public), "main", "main:gh-pages")

    with pytest.raises(UsageError, match="showcase-of-others"):
        place.send({"index": "a"})
    assert "README.md" in git(place.public, "ls-tree", "gh-pages")

    assert place.send({"index": "a"}, adopt=True).sent
    assert "README.md" not in git(place.public, "ls-tree", "gh-pages")
    assert place.send({"index": "b"}).sent  # ours from now on, whatever else there is


def test_a_domain_given_there_is_not_lost_unawares(place: Place) -> None:
    place.send({"index": "a", "CNAME": "sang-kien.example"})

    with pytest.raises(UsageError, match="showcase-has-domain"):
        look(place.showcase(), adopt=False, has_domain=False)
    assert look(place.showcase(), adopt=False, has_domain=True).standing == "ours"
    assert look(place.showcase(), adopt=True, has_domain=False).standing == "ours"


def test_who_was_quicker_is_not_written_over(place: Place) -> None:
    place.send({"index": "a"})
    slow = place.showcase()
    seen = look(slow, adopt=False)
    place.send({"index": "b"})
    site = place.folder / "late"
    site.mkdir()
    (site / "index").write_text("c", encoding="utf-8")

    with pytest.raises(OutsideError):
        hand_over(slow, seen, site, "Trang")

    assert git(place.public, "show", "gh-pages:index") == "b"


def test_a_push_that_is_cut_off_shows_nothing_of_it(place: Place) -> None:
    place.send({"index": "a"})
    hook = place.public / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nkill -9 $PPID\n", encoding="utf-8")  # all was received, nothing is in its place
    hook.chmod(0o755)

    with pytest.raises(OutsideError):
        place.send({"index": GONE})
    hook.unlink()

    assert git(place.public, "show", "gh-pages:index") == "a"
    assert place.send({"index": "b"}).sent
    assert GONE not in place.objects()


def test_what_did_not_change_is_not_sent_again(place: Place) -> None:
    git(place.public, "config", "uploadpack.allowFilter", "true")
    place.send({"big": "x" * 9000 + str(os.urandom(9000)), "index": "a"}, target=place.public.as_uri())
    trace = place.folder / "sent"
    (place.public / "hooks").mkdir(exist_ok=True)
    hook = place.public / "hooks" / "pre-receive"
    counted = f"#!/bin/sh\ngit count-objects -v > {trace}\n"
    hook.write_text(counted, encoding="utf-8")
    hook.chmod(0o755)

    assert place.send({"index": "a"}).sent  # less the big one
    quarantined = dict(line.split(": ") for line in trace.read_text(encoding="utf-8").splitlines())
    assert int(quarantined["count"]) <= 2  # the commit and its one folder


def test_a_secret_in_git_s_configuration_stays_out_of_what_is_said(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = place.folder / "config"
    config.write_text(
        '[url "http://mau:bi-mat@127.0.0.1:1/"]\n\tinsteadOf = https://forge.example/\n', encoding="utf-8"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    with pytest.raises(OutsideError) as caught:
        look(place.showcase("https://forge.example/a/b"), adopt=False)

    assert "127.0.0.1" in caught.value.text
    assert "bi-mat" not in str(caught.value)


def test_over_ssh_git_s_own_settings_tell_how(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of keys and hosts is told from where the command is called."""
    (place.folder / "ssh.sh").write_text('echo "$2" >> said\neval "exec $3"\n', encoding="utf-8")
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("GIT_SSH_COMMAND", "sh ./ssh.sh -x")
    monkeypatch.setenv("GIT_SSH_VARIANT", "simple")

    assert place.send({"index": "a"}, target=f"git@host.example:{place.public}").sent
    assert place.send({"index": "b"}, target=f"git@host.example:{place.public}") == Handed(sent=True, lingers=True)

    assert set((place.folder / "said").read_text(encoding="utf-8").split()) == {"git@host.example"}
    assert git(place.public, "show", "gh-pages:index") == "b"


def test_no_program_is_run_for_an_address(place: Place) -> None:
    with pytest.raises(OutsideError):
        look(place.showcase(f"ext::touch {place.folder}/ran"), adopt=False)
    assert not (place.folder / "ran").exists()
