"""A repository's settings against what the desk wants: every check, each with the remedies the forge's API allows.

A remedy only ever tightens or adds; what is stricter than wanted is left alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from sangkien.domain import branch_rules, closed_desk
from sangkien.domain.council import SECRETARY
from sangkien.domain.settings import (
    APP_ID,
    BALLOT_KEYS,
    CLIENT_ID,
    DEFAULT_BRANCH,
    ENVIRONMENT,
    KEY,
    ROLES,
    Check,
    Remedy,
    Seat,
    Settings,
    Unread,
    Wanted,
    fine,
    missing,
    unknown,
    weaker,
)

_CHAIR = "chu-tich"
_PINNED = re.compile(r"\./\S*|[\w./-]+@[0-9a-f]{40}|docker://\S+@sha256:[0-9a-f]{64}")
_USES = re.compile(r"^\s*-?\s*uses:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)
_CRON = re.compile(r"^\s*-\s*cron:\s*[\"']?(\S+)\s+(\S+)\s", re.MULTILINE)
_FREE_MINUTES = 2000  # a month, for all private repositories of an account on the free plan
_MERGING = {
    "allow_squash_merge": True,
    "allow_merge_commit": False,
    "allow_rebase_merge": False,
    "squash_merge_commit_title": "PR_TITLE",
    "squash_merge_commit_message": "BLANK",  # no text of a proposer becomes part of the history
    "delete_branch_on_merge": True,
}


def loose_actions(texts: Mapping[str, str]) -> tuple[str, ...]:
    """List the actions that workflow files use without a full commit id, each with its file."""
    return tuple(
        f"{path}: {used}" for path, text in texts.items() for used in _USES.findall(text) if not _PINNED.fullmatch(used)
    )


def sweeps(texts: Iterable[str]) -> int:
    """Count the runs a month that the clock starts, from the workflow files' minutes and hours."""
    return sum(30 * _times(minute, 60) * _times(hour, 24) for text in texts for minute, hour in _CRON.findall(text))


def _times(field: str, whole: int) -> int:
    """Count how often a field of a schedule fits: `*`, `*/3`, `7` or `7,37`."""
    every, _, step = field.partition("/")
    return -(-whole // int(step or 1)) if every == "*" else len(field.split(","))


def diagnose(settings: Settings, wanted: Wanted) -> list[Check]:
    """Check everything, in the order it is told."""
    one_by_one: tuple[Callable[[Settings, Wanted], Check], ...] = (
        _visibility,
        _plan,
        _minutes,
        _owner,
        _default_branch,
        _issues,
        _forms,
        _labels,
        _merging,
        _actions,
        _pins,
        _workflow_rights,
        _app,
        _app_number,
        _environment,
        _key,
        _key_elsewhere,
        _ballot_keys,
    )
    return [
        *(check(settings, wanted) for check in one_by_one),
        *branch_rules.check(settings),
        _samples(settings, wanted),
        _seats(settings, wanted),
        _pages(settings, wanted),
        *closed_desk.check(settings, wanted),
    ]


def _visibility(settings: Settings, wanted: Wanted) -> Check:
    if wanted.topology == "open" and settings.private:
        return missing("visibility", "open-but-private")
    if wanted.topology != "open" and not settings.private:
        return missing("visibility", "closed-but-public")
    return fine("visibility", "closed" if settings.private else "open")


def _plan(settings: Settings, _: Wanted) -> Check:
    if settings.lacks_paid:
        return weaker("plan", "private-free")
    if not settings.private:
        return fine("plan", "public")
    if settings.plan is None and isinstance(settings.rules, Unread):
        return unknown("plan", Unread("Organization administration: Read"))
    return fine("plan", "private-paid")


def _minutes(settings: Settings, wanted: Wanted) -> Check:
    if not settings.private:
        return fine("minutes", "public")
    numbers = {"runs": str(wanted.sweeps), "minutes": str(_FREE_MINUTES)}
    if settings.lacks_paid and wanted.sweeps > _FREE_MINUTES:  # every run counts as a whole minute at least
        return weaker("minutes", **numbers)
    return fine("minutes", **numbers)


def _owner(settings: Settings, _: Wanted) -> Check:
    return fine("owner") if settings.by_organization else weaker("owner", "private" if settings.private else "")


def _default_branch(settings: Settings, _: Wanted) -> Check:
    if settings.default_branch == DEFAULT_BRANCH:
        return fine("default-branch", name=DEFAULT_BRANCH)
    return missing("default-branch", name=settings.default_branch, wanted=DEFAULT_BRANCH)


def _issues(settings: Settings, _: Wanted) -> Check:
    if settings.has_issues:
        return fine("issues")
    return missing("issues", "", Remedy(part="repository", values={"has_issues": True}))


def _forms(settings: Settings, wanted: Wanted) -> Check:
    if isinstance(settings.files, Unread):
        return unknown("forms", settings.files)
    gone = [path for path in wanted.forms if path not in settings.files]
    old = [path for path, blob in wanted.forms.items() if settings.files.get(path, blob) != blob]
    if gone:
        return missing("forms", "gone", names=_listed(gone))
    return missing("forms", "old", names=_listed(old)) if old else fine("forms")


def _labels(settings: Settings, wanted: Wanted) -> Check:
    if isinstance(settings.labels, Unread):
        return unknown("labels", settings.labels)
    there = {name.casefold(): about for name, about in settings.labels.items()}
    lacking = {name: about for name, about in wanted.labels.items() if there.get(name.casefold()) != about}
    if not lacking:
        return fine("labels", count=str(len(wanted.labels)))
    remedies = (
        Remedy(part="label", key=name if name.casefold() in there else "", values={"name": name, "description": about})
        for name, about in lacking.items()
    )
    return missing("labels", "", *remedies, names=_listed(lacking))


def _merging(settings: Settings, _: Wanted) -> Check:
    if isinstance(settings.merging, Unread):
        return unknown("merging", settings.merging)
    wrong = {name: value for name, value in _MERGING.items() if settings.merging.get(name) != value}
    if not wrong:
        return fine("merging")
    return missing("merging", "", Remedy(part="repository", values=_together(wrong)), names=_listed(wrong))


def _together(wrong: Mapping[str, object]) -> dict[str, object]:
    """Send the two words of a squash together; the forge refuses some pairs."""
    words = ("squash_merge_commit_title", "squash_merge_commit_message")
    return {**wrong, **({word: _MERGING[word] for word in words} if any(word in wrong for word in words) else {})}


def _actions(settings: Settings, _: Wanted) -> Check:
    if isinstance(settings.actions, Unread):
        return unknown("actions", settings.actions)
    if not settings.actions.get("enabled"):
        return missing("actions", "off")
    if settings.actions.get("allowed_actions") == "local_only":
        return missing("actions", "local-only")
    return fine("actions")


def _pins(settings: Settings, wanted: Wanted) -> Check:
    if wanted.loose_actions:
        return missing("pins", "", names=_listed(wanted.loose_actions))
    if isinstance(settings.actions, Unread) or "sha_pinning_required" not in settings.actions:
        return fine("pins")
    return fine("pins", "forced" if settings.actions["sha_pinning_required"] else "by-choice")


def _workflow_rights(settings: Settings, _: Wanted) -> Check:
    kept = settings.workflow_rights
    if isinstance(kept, Unread):
        return unknown("workflow-rights", kept)
    approves = bool(kept.get("can_approve_pull_request_reviews"))
    writes = kept.get("default_workflow_permissions") != "read"
    by_app = bool(settings.variable(CLIENT_ID))
    values = {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": approves and not by_app}
    if writes or (approves and by_app):
        return missing("workflow-rights", "", Remedy(part="workflow-rights", values=values))
    if not by_app and not isinstance(settings.variables, Unread):
        return weaker("workflow-rights", "own-opens") if approves else missing("workflow-rights", "own-cannot-open")
    return fine("workflow-rights")


def _app(settings: Settings, _: Wanted) -> Check:
    if isinstance(settings.variables, Unread):
        return unknown("app", settings.variables)
    if settings.variable(CLIENT_ID):
        return fine("app", name=CLIENT_ID)
    if settings.lacks_paid:
        return weaker("app", "plan", name=CLIENT_ID)
    return missing("app", name=CLIENT_ID)


def _app_number(settings: Settings, _: Wanted) -> Check:
    if isinstance(settings.variables, Unread):
        return unknown("app-number", settings.variables)
    if settings.app is not None:
        return fine("app-number", name=APP_ID)
    if settings.lacks_paid or not settings.by_organization:
        return fine("app-number", "needless", name=APP_ID)
    return missing("app-number", name=APP_ID)


def _environment(settings: Settings, _: Wanted) -> Check:
    found = settings.environment
    if settings.lacks_paid:
        return weaker("environment", "plan", name=ENVIRONMENT)
    if isinstance(found, Unread):
        return unknown("environment", found)
    only = frozenset({settings.default_branch})
    values = {"branch": settings.default_branch, "protections": {}}
    if found is None:
        return missing(
            "environment", "gone", Remedy(part="environment", key=ENVIRONMENT, values=values), name=ENVIRONMENT
        )
    if found.branches != only:
        remedy = Remedy(part="environment", key=ENVIRONMENT, values={**values, "protections": found.protections})
        return missing("environment", "open", remedy, name=ENVIRONMENT)
    if found.waits:
        return weaker("environment", "waits", name=ENVIRONMENT)
    return fine("environment", name=ENVIRONMENT, branch=settings.default_branch)


def _key(settings: Settings, _: Wanted) -> Check:
    found = settings.environment
    if settings.lacks_paid:
        return weaker("key", "plan", name=KEY)
    if isinstance(found, Unread):
        return unknown("key", found)
    if found is None:
        return missing("key", name=KEY, environment=ENVIRONMENT)
    if isinstance(found.secrets, Unread):
        return unknown("key", found.secrets)
    if KEY in found.secrets:
        return fine("key", name=KEY, environment=ENVIRONMENT)
    return missing("key", name=KEY, environment=ENVIRONMENT)


def _key_elsewhere(settings: Settings, _: Wanted) -> Check:
    if isinstance(settings.secrets, Unread):
        return unknown("key-elsewhere", settings.secrets)
    if KEY not in settings.secrets:
        return fine("key-elsewhere", name=KEY)
    if settings.lacks_paid:
        return weaker("key-elsewhere", "plan", name=KEY)
    return missing("key-elsewhere", name=KEY)


def _ballot_keys(settings: Settings, wanted: Wanted) -> Check:
    if not wanted.sealed_rounds:
        return fine("ballot-keys", "none")
    held = settings.environment.secrets if settings.environment and not isinstance(settings.environment, Unread) else ()
    if settings.lacks_paid:
        held = settings.secrets
    if isinstance(settings.environment, Unread) and not settings.lacks_paid:
        return unknown("ballot-keys", settings.environment)
    if isinstance(held, Unread):
        return unknown("ballot-keys", held)
    if BALLOT_KEYS in held:
        return fine("ballot-keys", "there", name=BALLOT_KEYS)
    return missing("ballot-keys", name=BALLOT_KEYS, rounds=_listed(wanted.sealed_rounds))


def _samples(_: Settings, wanted: Wanted) -> Check:
    if wanted.sample_councils:
        return weaker("samples", names=_listed(wanted.sample_councils))
    return fine("samples")


def _seats(settings: Settings, wanted: Wanted) -> Check:
    if isinstance(settings.collaborators, Unread):
        return unknown("seats", settings.collaborators)
    if not any(seat.role == SECRETARY for seat in wanted.seats):
        return missing("seats", "no-secretary")
    roles = settings.collaborators
    lacking = [seat for seat in wanted.seats if not _may(roles.get(seat.account, ""), seat, private=settings.private)]
    if not lacking:
        return fine("seats", count=str(len(wanted.seats)))
    return missing("seats", names=_listed(f"{seat.council}/{seat.seat}" for seat in lacking))


def _may(role: str, seat: Seat, *, private: bool) -> bool:
    needed = "triage" if seat.role in (SECRETARY, _CHAIR) else "read"
    if needed == "read" and not private:
        return True  # anyone may read and review in public
    # A role of an organisation's own making is not in the list; whoever gave it knows what it holds.
    return bool(role) and (role not in ROLES or ROLES.index(role) >= ROLES.index(needed))


def _pages(settings: Settings, wanted: Wanted) -> Check:
    if settings.shown is not None:  # whatever is here then is an old site that nobody brings up to date
        return missing("pages", "twice") if isinstance(settings.pages, str) else fine("pages", "elsewhere")
    if settings.lacks_paid:
        return weaker("pages", "plan")
    if isinstance(settings.pages, Unread):
        return unknown("pages", settings.pages)
    if settings.pages == "workflow":
        return fine("pages")
    if wanted.topology != "open":  # to publish anything from a closed desk is for a person to begin
        return weaker("pages", "closed")
    return missing("pages", "", Remedy(part="pages", key=settings.pages or "", values={"build_type": "workflow"}))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
