"""The rules on the default branch and on the desk's own branches: what holds, and what would make it hold.

Three rulesets, so that the App passes only where it has to: nobody rewrites history, not even the App; only the App
writes on the default branch without a pull request; only the App makes and moves the desk's branches.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sangkien.domain.desk import IDEA_BRANCH, RECORD_BRANCH, SCORE, VALIDATE
from sangkien.domain.settings import (
    APP_ID,
    Check,
    Remedy,
    Rule,
    Ruleset,
    Settings,
    Unread,
    fine,
    missing,
    unknown,
    weaker,
)

HISTORY, GATE, BRANCHES = "sangkien-history", "sangkien-gate", "sangkien-branches"
STATUSES = (VALIDATE, SCORE)
SAMPLE_BRANCHES = (f"{IDEA_BRANCH}1", f"{RECORD_BRANCH}1")
_DEFAULT = ("~DEFAULT_BRANCH",)
_DESK = tuple(f"refs/heads/{prefix}{rest}" for prefix in (IDEA_BRANCH, RECORD_BRANCH) for rest in ("**", "**/*"))
_HISTORY = ("deletion", "non_fast_forward", "required_linear_history")
_DESK_RULES = ("creation", "update")

_HIDDEN = Unread("Administration: Read")  # who passes a ruleset of the organisation, or any without the right

Spec = Mapping[str, Any]


def check(settings: Settings) -> list[Check]:
    """Check the rules on branches."""
    names = ("history", "gate", "branches")
    if settings.lacks_paid:
        return [weaker(name, "plan") for name in names]
    if isinstance(settings.rules, Unread):
        return [unknown(name, settings.rules) for name in names]
    if isinstance(settings.rulesets, Unread):
        return [unknown(name, settings.rulesets) for name in names]
    default = settings.rules[settings.default_branch]
    return [
        _history(default, settings.rulesets),
        _gate(default, settings, settings.rulesets),
        _branches(settings.rules, settings, settings.rulesets),
    ]


def _history(rules: tuple[Rule, ...], rulesets: tuple[Ruleset, ...]) -> Check:
    own = _named(rulesets, HISTORY)
    held = {rule.kind for rule in _held(rules, rulesets, frozenset())}
    if not {*_HISTORY} <= held:
        wanted = [{"type": kind} for kind in _HISTORY]
        return missing("history", "", _remedy(own, HISTORY, _DEFAULT, wanted, ()))
    return _unread("history", rules, rulesets) or fine("history")


def _gate(rules: tuple[Rule, ...], settings: Settings, rulesets: tuple[Ruleset, ...]) -> Check:
    own, app = _named(rulesets, GATE), settings.passing_app
    if app is None:
        return _without_app("gate", settings)
    if blocked := _closed_to(app, rules, rulesets, ("pull_request", "required_status_checks")):
        return missing("gate", "app-blocked", names=", ".join(blocked))
    held = _held(rules, rulesets, _only(app))
    lacking = [status for status in STATUSES if (status, app) not in _statuses_of(held)]
    if lacking or not any(rule.kind == "pull_request" for rule in held):
        wanted = [
            {"type": "pull_request", "parameters": _PULL},
            {"type": "required_status_checks", "parameters": _statuses(app)},
        ]
        return missing("gate", "", _remedy(own, GATE, _DEFAULT, wanted, _bypass(app)))
    return _unread("gate", rules, rulesets) or fine("gate")


def _branches(rules: Mapping[str, tuple[Rule, ...]], settings: Settings, rulesets: tuple[Ruleset, ...]) -> Check:
    own, app = _named(rulesets, BRANCHES), settings.passing_app
    if app is None:
        return _without_app("branches", settings)
    here = tuple(rule for name in SAMPLE_BRANCHES for rule in rules[name])
    if blocked := _closed_to(app, here, rulesets, _DESK_RULES):
        return missing("branches", "app-blocked", names=", ".join(blocked))
    kinds = [{rule.kind for rule in _held(rules[name], rulesets, _only(app))} for name in SAMPLE_BRANCHES]
    if not all({*_DESK_RULES} <= held for held in kinds):
        wanted = [{"type": kind} for kind in _DESK_RULES]
        return missing("branches", "", _remedy(own, BRANCHES, _DESK, wanted, _bypass(app)))
    return _unread("branches", here, rulesets) or fine("branches")


def _without_app(name: str, settings: Settings) -> Check:
    if not settings.by_organization:
        return weaker(name, "personal")
    if isinstance(settings.variables, Unread):
        return unknown(name, settings.variables)
    return missing(name, "no-app", name=APP_ID)


_PULL: Spec = {
    "required_approving_review_count": 0,
    "dismiss_stale_reviews_on_push": False,
    "require_code_owner_review": False,
    "require_last_push_approval": False,
    "required_review_thread_resolution": False,
    "allowed_merge_methods": ["squash"],
}


def _statuses(app: int) -> Spec:
    return {
        "strict_required_status_checks_policy": False,
        "required_status_checks": [{"context": status, "integration_id": app} for status in STATUSES],
    }


def _bypass(app: int) -> tuple[Spec, ...]:
    return ({"actor_id": app, "actor_type": "Integration", "bypass_mode": "always"},)


def _only(app: int) -> frozenset[tuple[str, int | None]]:
    return frozenset({("Integration", app)})


def _named(rulesets: Iterable[Ruleset], name: str) -> Ruleset | None:
    return next((ruleset for ruleset in rulesets if ruleset.name == name), None)


def _held(rules: Iterable[Rule], rulesets: Iterable[Ruleset], passing: frozenset[tuple[str, int | None]]) -> list[Rule]:
    """List the rules that let exactly these through, as far as that may be known."""
    known = {ruleset.key: ruleset.passing for ruleset in rulesets}
    return [
        rule for rule in rules if isinstance(known.get(rule.ruleset, _HIDDEN), Unread) or known[rule.ruleset] == passing
    ]


def _statuses_of(rules: Iterable[Rule]) -> set[tuple[str, int | None]]:
    """List the required statuses with who each has to come from."""
    return {
        (str(one["context"]), one.get("integration_id"))
        for rule in rules
        for one in rule.parameters.get("required_status_checks", ())
    }


def _unread(name: str, rules: Iterable[Rule], rulesets: Iterable[Ruleset]) -> Check | None:
    """Say that nobody knows who is let through, where that is so."""
    known = {ruleset.key: ruleset.passing for ruleset in rulesets}
    hidden = [known.get(rule.ruleset, _HIDDEN) for rule in rules]
    found = next((passing for passing in hidden if isinstance(passing, Unread)), None)
    return unknown(name, found) if found else None


def _closed_to(app: int, rules: Iterable[Rule], rulesets: Iterable[Ruleset], kinds: Iterable[str]) -> list[str]:
    """Name the rulesets that would hold up the App; whom they let through is a person's to say.

    One of ours that lets another App through is the desk's former App, and is brought up to date.
    """
    at_work = {rule.ruleset for rule in rules if rule.kind in kinds}
    return sorted(
        ruleset.name
        for ruleset in rulesets
        if ruleset.key in at_work and not isinstance(ruleset.passing, Unread)
        if ("Integration", app) not in ruleset.passing
        if ruleset.name not in (GATE, BRANCHES) or not any(kind == "Integration" for kind, _ in ruleset.passing)
    )


def _remedy(
    own: Ruleset | None, name: str, include: tuple[str, ...], rules: list[dict[str, Any]], bypass: tuple[Spec, ...]
) -> Remedy:
    """Make a ruleset, or complete the one there: what is stricter than ours stays."""
    if own is not None:
        rules = _completed(own.rules, rules)
        include = tuple(dict.fromkeys((*own.include, *include)))
    values = {
        "name": name,
        "target": "branch",
        "enforcement": "active",
        "conditions": {"ref_name": {"include": list(include), "exclude": []}},
        "rules": rules,
        "bypass_actors": list(bypass),
    }
    return Remedy(part="ruleset", key="" if own is None else str(own.key), values=values)


def _completed(there: Iterable[Spec], wanted: Iterable[Spec]) -> list[dict[str, Any]]:
    """Add to rules what they lack; numbers, switches and statuses of the rules there are never taken back."""
    rules = {str(rule["type"]): dict(rule) for rule in there}
    for rule in wanted:
        kind = str(rule["type"])
        if kind not in rules:
            rules[kind] = dict(rule)
        elif kind == "required_status_checks":
            rules[kind] = {"type": kind, "parameters": _more_statuses(rules[kind].get("parameters") or {}, rule)}
    return list(rules.values())


def _more_statuses(there: Spec, wanted: Spec) -> dict[str, Any]:
    ours = wanted["parameters"]["required_status_checks"]
    names = {one["context"] for one in ours}
    kept = [dict(one) for one in there.get("required_status_checks", ()) if one["context"] not in names]
    return {**wanted["parameters"], **there, "required_status_checks": [*kept, *ours]}
