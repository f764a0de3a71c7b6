"""Settings as values in, checks out; what a remedy changes is never looser than what was."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from places import ROOT
from sangkien.domain.branch_rules import BRANCHES, GATE, HISTORY, SAMPLE_BRANCHES
from sangkien.domain.diagnosis import diagnose, loose_actions, sweeps
from sangkien.domain.settings import (
    BALLOT_KEYS,
    DEPLOY_KEY,
    KEY,
    NOT_ON_PLAN,
    Check,
    Environment,
    Remedy,
    Rule,
    Ruleset,
    Seat,
    Settings,
    Shown,
    Unread,
    Wanted,
)
from sangkien.render import doctor as told

APP = 7
ONLY_APP = frozenset({("Integration", APP)})
STATUSES = [{"context": context, "integration_id": APP} for context in ("ideas/validate", "council/score")]
GATE_RULES: tuple[Mapping[str, Any], ...] = (
    {"type": "pull_request", "parameters": {"required_approving_review_count": 0}},
    {"type": "required_status_checks", "parameters": {"required_status_checks": STATUSES}},
)
HISTORY_RULES = tuple({"type": kind} for kind in ("deletion", "non_fast_forward", "required_linear_history"))
BRANCH_RULES = ({"type": "creation"}, {"type": "update"})
WANTED = Wanted(
    topology="open",
    labels={"một": "Nghĩa"},
    forms={"a.yml": "1"},
    loose_actions=(),
    seats=(Seat(council="hd", seat="ghe-1", role="thu-ky", account=1),),
)


def ruleset(key: int, name: str, rules: tuple[Mapping[str, Any], ...], **changed: Any) -> Ruleset:
    passing = frozenset() if name == HISTORY else ONLY_APP
    made = Ruleset(key=key, name=name, active=True, include=("x",), exclude=(), rules=rules, passing=passing)
    return replace(made, **changed)


def governed(*rulesets: Ruleset) -> dict[str, Any]:
    """Give rulesets and the rules in force that follow from them."""

    def rules(desk: bool) -> tuple[Rule, ...]:
        return tuple(
            Rule(kind=rule["type"], ruleset=one.key, parameters=rule.get("parameters", {}))
            for one in rulesets
            if one.active and (one.name == BRANCHES) == desk
            for rule in one.rules
        )

    return {
        "rulesets": rulesets,
        "rules": dict.fromkeys(("main", "master"), rules(False)) | dict.fromkeys(SAMPLE_BRANCHES, rules(True)),
    }


OURS = (ruleset(1, HISTORY, HISTORY_RULES), ruleset(2, GATE, GATE_RULES), ruleset(3, BRANCHES, BRANCH_RULES))
MERGING = {
    "allow_squash_merge": True,
    "allow_merge_commit": False,
    "allow_rebase_merge": False,
    "squash_merge_commit_title": "PR_TITLE",
    "squash_merge_commit_message": "BLANK",
    "delete_branch_on_merge": True,
}
DESK = Environment(branches=frozenset({"main"}), waits=False, protections={}, secrets=frozenset({"APP_PRIVATE_KEY"}))
GOOD = Settings(
    repository="a/b",
    private=False,
    by_organization=True,
    plan="team",
    default_branch="main",
    has_issues=True,
    merging=MERGING,
    actions={"enabled": True, "allowed_actions": "all"},
    workflow_rights={"default_workflow_permissions": "read", "can_approve_pull_request_reviews": False},
    labels={"một": "Nghĩa"},
    environment=DESK,
    secrets=frozenset(),
    variables={"APP_CLIENT_ID": "x", "APP_ID": str(APP)},
    collaborators={1: "triage"},
    files={"a.yml": "1"},
    pages="workflow",
    **governed(*OURS),
)
PRIVATE: dict[str, Any] = {"private": True}
SHOWN = Shown(name="a/trang", branches=("gh-pages",), pages="gh-pages")
NO = Unread("Some right: Read")
READ_ONLY = {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": True}
OTHERS = ruleset(9, "others", ({"type": "pull_request"}, {"type": "creation"}), passing=frozenset())

# Every way the settings can differ, each under its name.
CHANGES: dict[str, dict[str, Any]] = {
    "private": {"private": True},
    "person": {"by_organization": False},
    "branch": {"default_branch": "master"},
    "no issues": {"has_issues": False},
    "merging": {"merging": {**MERGING, "allow_merge_commit": True}},
    "title": {"merging": {**MERGING, "squash_merge_commit_title": "COMMIT_OR_PR_TITLE"}},
    "merging unread": {"merging": NO},
    "actions off": {"actions": {"enabled": False}},
    "actions local": {"actions": {"enabled": True, "allowed_actions": "local_only"}},
    "actions forced": {"actions": {"enabled": True, "sha_pinning_required": True}},
    "actions by choice": {"actions": {"enabled": True, "sha_pinning_required": False}},
    "actions unread": {"actions": NO},
    "rights": {"workflow_rights": {"default_workflow_permissions": "write"}},
    "approving": {"workflow_rights": READ_ONLY},
    "rights unread": {"workflow_rights": NO},
    "own": {"variables": {}},
    "own approving": {"variables": {}, "workflow_rights": READ_ONLY},
    "no number": {"variables": {"APP_CLIENT_ID": "x", "APP_ID": "seven"}},
    "variables unread": {"variables": NO},
    "label gone": {"labels": {}},
    "label old": {"labels": {"MỘT": "cũ"}},
    "labels unread": {"labels": NO},
    "no environment": {"environment": None},
    "environment open": {"environment": replace(DESK, branches=None, protections={"wait_timer": 3})},
    "environment wide": {"environment": replace(DESK, branches=frozenset({"main", "x"}))},
    "environment waits": {"environment": replace(DESK, waits=True)},
    "no key": {"environment": replace(DESK, secrets=frozenset())},
    "ballot keys": {"environment": replace(DESK, secrets=frozenset({KEY, BALLOT_KEYS}))},
    "key unread": {"environment": replace(DESK, secrets=NO)},
    "environment unread": {"environment": NO},
    "key elsewhere": {"secrets": frozenset({"APP_PRIVATE_KEY"})},
    "secrets unread": {"secrets": NO},
    "nobody": {"collaborators": {}},
    "reader": {"collaborators": {1: "read"}},
    "own role": {"collaborators": {1: "clerk"}},
    "collaborators unread": {"collaborators": NO},
    "form gone": {"files": {}},
    "form old": {"files": {"a.yml": "2"}},
    "forms unread": {"files": NO},
    "no pages": {"pages": None},
    "old pages": {"pages": "legacy"},
    "pages unread": {"pages": NO},
    "no rules": governed(),
    "rules asleep": governed(*(replace(one, active=False) for one in OURS)),
    "no plan for rules": {"rules": NOT_ON_PLAN, "rulesets": NOT_ON_PLAN, "plan": None},
    "rules unread": {"rules": NO, "rulesets": NO, "plan": None},
    "rulesets unread": {"rulesets": NO},
    "passing unread": governed(*(replace(one, passing=NO) for one in OURS)),
    "admins pass": governed(*(replace(o, passing=o.passing | {("RepositoryRole", 5)}) for o in OURS)),  # type: ignore[operator]  # read here
    "former app": governed(OURS[0], *(replace(one, passing=frozenset({("Integration", 6)})) for one in OURS[1:])),
    "app held up": governed(*OURS, OTHERS, replace(OTHERS, name=BRANCHES, key=10)),
}  # fmt: skip

# The same of what only a closed desk asks: told beside those, since nothing of theirs hangs on them.
OF_A_CLOSED_DESK: dict[str, dict[str, Any]] = {
    "private": PRIVATE,
    "no environments": {**PRIVATE, "plan": "free", "pages": NOT_ON_PLAN, "secrets": frozenset({DEPLOY_KEY})},
    "secrets unread": {**PRIVATE, "plan": "free", "secrets": NO},
    "environment unread": {"environment": NO},
    "person": {"by_organization": False},
    "variables unread": {"variables": NO},
    "collaborators unread": {"collaborators": NO},
    "internal": {"internal": True},
    "forkable": {"forkable": True},
    "forked": {"forks": 2},
    "members read": {"base_role": "read"},
    "members unread": {"base_role": NO},
    "guests": {"collaborators": {1: "triage", 2: "read", 3: "admin"}},
    "shown": {"shown": SHOWN, "environment": replace(DESK, secrets=frozenset({KEY, DEPLOY_KEY})), "pages": None},
    "shown without its key": {"shown": SHOWN},
    "shown by everybody's key": {"shown": SHOWN, "secrets": frozenset({DEPLOY_KEY})},
    "shown in the desk": {"shown": replace(SHOWN, name="A/b")},
    "shown nowhere": {"shown": replace(SHOWN, found=False)},
    "shown to nobody": {"shown": replace(SHOWN, private=True)},
    "shown beside others": {"shown": replace(SHOWN, branches=("a", "b", "gh-pages", "c", "d"))},
    "shown without pages": {"shown": replace(SHOWN, pages=None)},
    "shown, not written": {"shown": replace(SHOWN, writable=False)},
    "shown, unread": {"shown": replace(SHOWN, branches=NO, pages=NO, writable=NO)},
}  # fmt: skip


def checks(wanted: Wanted = WANTED, **changed: Any) -> dict[str, Check]:
    return {check.name: check for check in diagnose(replace(GOOD, **changed), wanted)}


def not_ok(**changed: Any) -> dict[str, tuple[str, str]]:
    return {name: (c.state, c.why) for name, c in checks(**changed).items() if c.state != "ok"}


def test_all_is_well() -> None:
    assert not_ok() == {}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("private", {"visibility": ("missing", "open-but-private")}),
        (
            "person",
            {"owner": ("weaker", ""), "gate": ("weaker", "personal"), "branches": ("weaker", "personal")},
        ),
        ("no issues", {"issues": ("missing", "")}),
        ("merging", {"merging": ("missing", "")}),
        ("actions off", {"actions": ("missing", "off")}),
        ("rights", {"workflow-rights": ("missing", "")}),
        ("approving", {"workflow-rights": ("missing", "")}),
        ("no number", {n: ("missing", w) for n, w in (("app-number", ""), ("gate", "no-app"), ("branches", "no-app"))}),
        ("label old", {"labels": ("missing", "")}),
        ("environment wide", {"environment": ("missing", "open")}),
        ("environment waits", {"environment": ("weaker", "waits")}),
        ("no key", {"key": ("missing", "")}),
        ("key unread", {"key": ("unknown", "")}),
        ("key elsewhere", {"key-elsewhere": ("missing", "")}),
        ("reader", {"seats": ("missing", "")}),
        ("own role", {}),
        ("form old", {"forms": ("missing", "old")}),
        ("old pages", {"pages": ("missing", "")}),
        ("no rules", dict.fromkeys(("history", "gate", "branches"), ("missing", ""))),
        ("rules asleep", dict.fromkeys(("history", "gate", "branches"), ("missing", ""))),
        ("passing unread", dict.fromkeys(("history", "gate", "branches"), ("unknown", ""))),
        ("admins pass", dict.fromkeys(("history", "gate", "branches"), ("missing", ""))),
        ("former app", dict.fromkeys(("gate", "branches"), ("missing", ""))),
        ("app held up", dict.fromkeys(("gate", "branches"), ("missing", "app-blocked"))),
    ],
)
def test_one_difference(change: str, expected: dict[str, tuple[str, str]]) -> None:
    assert not_ok(**CHANGES[change]) == expected


def test_a_closed_desk_in_public_is_to_be_mended() -> None:
    assert checks(replace(WANTED, topology="closed"))["visibility"].why == "closed-but-public"
    assert checks(replace(WANTED, topology="closed"), private=True)["visibility"].state == "ok"


def test_a_plan_seen_by_what_it_refuses() -> None:
    found = checks(private=True, **CHANGES["no plan for rules"])

    assert {found[name].state for name in ("plan", "history", "gate", "branches", "environment", "pages")} == {"weaker"}


def test_seats_in_public_and_in_private() -> None:
    member = Seat(council="hd", seat="ghe-2", role="uy-vien", account=2)
    wanted = replace(WANTED, seats=(*WANTED.seats, member))

    assert checks(wanted)["seats"].state == "ok"
    assert checks(wanted, private=True)["seats"].params["names"] == "hd/ghe-2"
    assert checks(wanted, private=True, collaborators={1: "write", 2: "read"})["seats"].state == "ok"
    assert checks(replace(WANTED, seats=()))["seats"].why == "no-secretary"


def test_sealed_rounds_need_their_key() -> None:
    sealed = replace(WANTED, sealed_rounds=("dot-1",))
    keyed = replace(DESK, secrets=frozenset({KEY, BALLOT_KEYS}))

    assert checks()["ballot-keys"].why == "none"
    assert checks(sealed)["ballot-keys"].state == "missing"
    assert checks(sealed)["ballot-keys"].params["rounds"] == "dot-1"
    assert checks(sealed, environment=keyed)["ballot-keys"].why == "there"
    assert checks(sealed, environment=None)["ballot-keys"].state == "missing"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("internal", {"readers": ("missing", "internal")}),
        ("forkable", {"forks": ("missing", "")}),
        ("forked", {"forks": ("missing", "there")}),
        ("members read", {"readers": ("weaker", "members")}),
        ("members unread", {"readers": ("unknown", "")}),
        ("guests", {"readers": ("weaker", "guests")}),
        ("shown", {}),
        ("shown without its key", {"pages": ("missing", "twice"), "deploy-key": ("missing", "")}),
        ("shown by everybody's key", {"pages": ("missing", "twice"), "deploy-key": ("missing", "for-all")}),
    ],
)
def test_a_closed_desk_s_own_differences(change: str, expected: dict[str, tuple[str, str]]) -> None:
    found = checks(replace(WANTED, topology="closed"), **PRIVATE, **OF_A_CLOSED_DESK[change])

    assert {name: (c.state, c.why) for name, c in found.items() if c.state != "ok"} == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("shown in the desk", {"shown": "desk"}),
        ("shown nowhere", {"shown": "gone"}),
        ("shown to nobody", {"shown": "private"}),
        ("shown without pages", {"shown-pages": ""}),
        ("shown, not written", {"deploy-key": "read-only"}),
        ("shown beside others", {"shown-only": ""}),
    ],
)
def test_where_the_site_is_shown(change: str, expected: dict[str, str]) -> None:
    found = checks(
        replace(WANTED, topology="closed"), **{**OF_A_CLOSED_DESK["shown"], **PRIVATE, **OF_A_CLOSED_DESK[change]}
    )

    assert {name: c.why for name, c in found.items() if c.state != "ok"} == expected


def test_without_environments_the_key_of_the_public_repository_is_everybody_s() -> None:
    poor: dict[str, Any] = {**PRIVATE, "plan": "free", "pages": NOT_ON_PLAN, "shown": SHOWN}

    assert checks(**poor)["deploy-key"].why == "plan"
    assert checks(**poor, secrets=frozenset({DEPLOY_KEY}))["deploy-key"].state == "weaker"


def everything() -> Iterator[tuple[Settings, Check]]:
    """Give every check of every pair of differences."""
    wanteds = (
        WANTED,
        replace(WANTED, topology="closed", seats=()),
        replace(WANTED, loose_actions=("x",), sample_councils=("hd",), sweeps=2160, sealed_rounds=("dot",)),
    )
    pairs = (itertools.combinations_with_replacement(some.values(), 2) for some in (CHANGES, OF_A_CLOSED_DESK))
    for one, two in itertools.chain.from_iterable(pairs):
        for wanted in wanteds:
            for plan in ("free", "team"):
                settings = replace(GOOD, **{"plan": plan, **one, **two})
                for check in diagnose(settings, wanted):
                    yield settings, check


@pytest.mark.long
def test_every_check_has_its_words_and_every_word_its_check() -> None:
    said: set[tuple[str, str, str]] = set()
    for _, check in everything():
        key = f"{check.state}-{check.why}" if check.why else check.state
        said |= {(check.name, "says", key), (check.name, "cures", key)}
        assert told.sentence(check)
        assert bool(told.cure(check)) == (check.state != "ok"), (check.name, key)
        assert "{" not in told.sentence(check) + told.cure(check)

    known = {
        (name, table, key)
        for name, entry in told.words()["checks"].items()
        for table in ("says", "cures")
        for key in entry.get(table, {})
    }
    assert known <= said


def test_remedies_only_mend_and_never_loosen() -> None:
    seen: set[str] = set()
    for settings, check in everything():
        for remedy in check.remedies:
            assert check.state == "missing"
            seen.add(remedy.part)
            assert told.change(remedy)
            no_looser(settings, remedy)
    assert seen == {"repository", "workflow-rights", "label", "ruleset", "environment", "pages"}


def no_looser(settings: Settings, remedy: Remedy) -> None:
    values = remedy.values
    if remedy.part == "repository":
        assert {**MERGING, "has_issues": True, "allow_forking": False}.items() >= values.items()
    elif remedy.part == "workflow-rights":
        assert isinstance(settings.workflow_rights, dict)
        assert values["default_workflow_permissions"] == "read"
        assert values["can_approve_pull_request_reviews"] <= settings.workflow_rights.get(
            "can_approve_pull_request_reviews", False
        )
    elif remedy.part == "environment":
        assert values["branch"] == settings.default_branch
        if isinstance(settings.environment, Environment):
            assert values["protections"] == settings.environment.protections
    elif remedy.part == "ruleset":
        assert not isinstance(settings.rulesets, Unread)
        assert values["enforcement"] == "active"
        before = next((one for one in settings.rulesets if str(one.key) == remedy.key), None)
        if before is not None:
            assert {rule["type"] for rule in before.rules} <= {rule["type"] for rule in values["rules"]}
            assert {*before.include} <= {*values["conditions"]["ref_name"]["include"]}
        passing = {(actor["actor_type"], actor["actor_id"]) for actor in values["bypass_actors"]}
        assert passing <= ONLY_APP


def test_actions_of_our_own_workflows_are_pinned() -> None:
    files = [*(ROOT / ".github").rglob("*.yml")]

    assert loose_actions({file.name: file.read_text(encoding="utf-8") for file in files}) == ()


def test_loose_actions_are_named() -> None:
    text = f"""
steps:
  - uses: actions/checkout@v6
  - uses: "o/r/sub@main"  # x
  - uses: o/r@{"a" * 40} # v1
  - uses: ./.github/actions/set-up
  -   uses: docker://alpine:3
  - run: echo uses
"""
    assert loose_actions({"w.yml": text}) == (
        "w.yml: actions/checkout@v6",
        "w.yml: o/r/sub@main",
        "w.yml: docker://alpine:3",
    )


def test_runs_by_the_clock_are_counted() -> None:
    text = "on:\n  schedule:\n    - cron: \"17 * * * *\"\n    - cron: '5,35 */3 * * *' # x\n    - cron: 0 6 * * 1\n"

    assert sweeps([text, "on: push"]) == 30 * (24 + 16 + 1)
    assert checks(replace(WANTED, sweeps=2160), private=True, plan="free")["minutes"].state == "weaker"
    assert checks(replace(WANTED, sweeps=2160), private=True)["minutes"].state == "ok"
    assert checks(replace(WANTED, sweeps=2160))["minutes"].why == "public"
