"""A repository's settings on GitHub: all read at once, one changed at a time."""

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from sangkien.adapters.github_transport import Json, RefusedError, Transport
from sangkien.domain.settings import (
    NOT_ON_PLAN,
    PUBLIC_REPOSITORY,
    Environment,
    Remedy,
    Rule,
    Ruleset,
    Settings,
    Shown,
    Unread,
)

_REFUSALS = (401, 403, 404)
_ADMINISTRATION = "Administration: Read"
_KEPT = "Environments: Read"  # what an environment keeps has its own right
_MERGING = (
    "allow_squash_merge",
    "allow_merge_commit",
    "allow_rebase_merge",
    "squash_merge_commit_title",
    "squash_merge_commit_message",
    "delete_branch_on_merge",
)

Value = TypeVar("Value")


class GitHubSettings:
    """The settings of one repository, seen with whatever rights the token has."""

    def __init__(self, repository: str, token: str, api: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        transport = Transport(f"/repos/{repository}", token, api, sleep=sleep)
        self._repository = repository
        self._get, self._pages, self._call = transport.get, transport.pages, transport.call

    def read(self, environment: str, branches: tuple[str, ...], folder: str) -> Settings:
        """Read everything: one environment, the rules on the default branch and on `branches`, a folder's files."""
        home = self._get("")
        by_organization = home["owner"]["type"] == "Organization"
        default = str(home["default_branch"])
        variables = _seen("Variables: Read", self._variables)
        return Settings(
            repository=self._repository,
            private=bool(home["private"]),
            by_organization=by_organization,
            plan=self._plan(home["owner"]["login"], by_organization=by_organization),
            default_branch=default,
            has_issues=bool(home["has_issues"]),
            merging={name: home[name] for name in _MERGING} if _MERGING[0] in home else Unread(_ADMINISTRATION),
            actions=_seen(_ADMINISTRATION, lambda: self._read_mapping("/actions/permissions")),
            workflow_rights=_seen(_ADMINISTRATION, lambda: self._read_mapping("/actions/permissions/workflow")),
            labels=_seen("Issues: Read", self._labels),
            rules=_seen("Metadata: Read", lambda: {name: self._rules(name) for name in (default, *branches)}),
            rulesets=_seen("Metadata: Read", self._rulesets),
            environment=_seen("Actions: Read", lambda: self._environment(environment)),
            secrets=_seen("Secrets: Read", lambda: self._names("/actions/secrets")),
            variables=variables,
            collaborators=_seen("Metadata: Read, Write role", self._collaborators),
            files=_seen("Contents: Read", lambda: self._files(folder, default)),
            pages=_seen("Pages: Read", self._build_type),
            internal=home.get("visibility") == "internal",
            forkable=bool(home.get("allow_forking")),
            forks=int(home["forks_count"]),
            base_role=self._base_role(home["owner"]["login"]) if by_organization else "none",
            shown=self._shown("" if isinstance(variables, Unread) else variables.get(PUBLIC_REPOSITORY, "").strip()),
        )

    def apply(self, remedy: Remedy) -> bool:
        """Carry out one remedy; False when it is refused."""
        carry_out: Mapping[str, Callable[[Remedy], None]] = {
            "repository": lambda one: self._set("PATCH", "", one.values),
            "workflow-rights": lambda one: self._set("PUT", "/actions/permissions/workflow", one.values),
            "label": self._set_label,
            "ruleset": lambda one: self._set(*_where("/rulesets", one.key), one.values),
            "environment": self._set_environment,
            "pages": lambda one: self._set("PUT" if one.key else "POST", "/pages", one.values),
        }
        try:
            carry_out[remedy.part](remedy)
        except RefusedError as refusal:
            if refusal.status in (*_REFUSALS, 409, 422):
                return False
            raise
        return True

    def _set(self, verb: str, path: str, values: Mapping[str, Any]) -> None:
        self._call(verb, path, dict(values))

    def _set_label(self, remedy: Remedy) -> None:
        if remedy.key:
            self._set("PATCH", f"/labels/{quote(remedy.key, safe='')}", {"description": remedy.values["description"]})
        else:
            self._set("POST", "/labels", remedy.values)

    def _set_environment(self, remedy: Remedy) -> None:
        """Limit an environment to one branch; what protects it besides is sent again, or it would be cleared."""
        at, branch = f"/environments/{quote(remedy.key)}", remedy.values["branch"]
        policy = {"protected_branches": False, "custom_branch_policies": True}
        self._set("PUT", at, {**remedy.values["protections"], "deployment_branch_policy": policy})
        kept = self._policies(at)
        if branch not in kept:
            self._set("POST", f"{at}/deployment-branch-policies", {"name": branch})
        for name, key in kept.items():
            if name != branch:
                self._call("DELETE", f"{at}/deployment-branch-policies/{key}", missing_is_fine=True)

    def _policies(self, at: str) -> dict[str, int]:
        return {
            str(one["name"]): int(one["id"])
            for one in self._pages(f"{at}/deployment-branch-policies", {}, "branch_policies")
        }

    def _plan(self, owner: str, *, by_organization: bool) -> str | None:
        """Tell the owner's plan, which only the owner and its administrators may know."""
        try:
            told = self._get(f"~/orgs/{quote(owner)}" if by_organization else "~/user")
        except RefusedError as refusal:
            if refusal.status in _REFUSALS:
                return None
            raise
        if told["login"].lower() != owner.lower() or not told.get("plan"):
            return None
        return str(told["plan"]["name"])

    def _base_role(self, owner: str) -> str | Unread:
        """Tell what every member of an organisation may do in it, which only its administrators may know."""
        told = _seen("Organization administration: Read", lambda: self._get(f"~/orgs/{quote(owner)}"))
        if isinstance(told, Unread):
            return told
        return str(told.get("default_repository_permission") or "") or Unread("Organization administration: Read")

    def _shown(self, name: str) -> Shown | None:
        """Look at the repository that a variable names."""
        if not name:
            return None
        at = f"~/repos/{quote(name)}"
        try:
            home = self._get(at)
        except RefusedError as refusal:
            if refusal.status in _REFUSALS:
                return Shown(name=name, found=False)
            raise
        return Shown(
            name=name,
            private=bool(home["private"]),
            branches=_seen("Contents: Read", lambda: tuple(str(b["name"]) for b in self._pages(f"{at}/branches", {}))),
            pages=_seen("Pages: Read", lambda: self._served(at)),
            writable=_seen(_ADMINISTRATION, lambda: not all(k["read_only"] for k in self._pages(f"{at}/keys", {}))),
        )

    def _served(self, at: str) -> str | None:
        """Tell the branch that Pages serve as it stands."""
        found = self._pages_of(at)
        branch = found.get("build_type") != "workflow" and (found.get("source") or {}).get("path") == "/"
        return str(found["source"]["branch"]) if branch else None

    def _pages_of(self, at: str) -> Json:
        try:
            return self._get(f"{at}/pages")
        except RefusedError as refusal:
            if refusal.status == 404:
                return {}
            raise

    def _read_mapping(self, path: str) -> Mapping[str, object]:
        found: Mapping[str, object] = self._get(path)
        return found

    def _labels(self) -> dict[str, str]:
        return {str(one["name"]): one.get("description") or "" for one in self._pages("/labels", {})}

    def _rules(self, branch: str) -> tuple[Rule, ...]:
        found = self._pages(f"/rules/branches/{quote(branch)}", {})
        return tuple(
            Rule(kind=str(one["type"]), ruleset=int(one["ruleset_id"]), parameters=one.get("parameters") or {})
            for one in found
        )

    def _rulesets(self) -> tuple[Ruleset, ...]:
        listed = self._pages("/rulesets", {"targets": "branch"})
        return tuple(self._ruleset(int(one["id"])) for one in listed if one.get("target") == "branch")

    def _ruleset(self, key: int) -> Ruleset:
        return _ruleset(self._get(f"/rulesets/{key}"))

    def _environment(self, name: str) -> Environment | None:
        found = next((e for e in self._pages("/environments", {}, "environments") if e["name"].lower() == name), None)
        if found is None:
            return None
        at, policy = f"/environments/{quote(name)}", found.get("deployment_branch_policy")
        by_name = bool((policy or {}).get("custom_branch_policies"))
        rules = {rule["type"]: rule for rule in found.get("protection_rules", ())}
        return Environment(
            branches=frozenset(self._policies(at)) if by_name else None,
            waits=bool({"wait_timer", "required_reviewers"} & set(rules)),
            protections=_protections(rules),
            secrets=_seen(_KEPT, lambda: self._names(f"{at}/secrets")),
        )

    def _names(self, path: str) -> frozenset[str]:
        return frozenset(str(one["name"]) for one in self._pages(path, {}, "secrets"))

    def _variables(self) -> dict[str, str]:
        return {str(one["name"]): str(one["value"]) for one in self._pages("/actions/variables", {}, "variables")}

    def _collaborators(self) -> dict[int, str]:
        return {int(one["id"]): str(one["role_name"]) for one in self._pages("/collaborators", {})}

    def _files(self, folder: str, branch: str) -> dict[str, str]:
        try:
            found = self._get(f"/contents/{quote(folder)}", {"ref": branch})
        except RefusedError as refusal:
            if refusal.status == 404:
                return {}
            raise
        return {str(one["path"]): str(one["sha"]) for one in found if one["type"] == "file"}

    def _build_type(self) -> str | None:
        found = self._pages_of("")
        return str(found.get("build_type") or "legacy") if found else None


def _seen(right: str, look: Callable[[], Value]) -> Value | Unread:
    """Look; where that is refused, tell the right it takes, or that the plan has it not."""
    try:
        return look()
    except RefusedError as refusal:
        if refusal.status not in _REFUSALS:
            raise
        return NOT_ON_PLAN if "upgrade to github" in refusal.text.lower() else Unread(right)


def _where(path: str, key: str) -> tuple[str, str]:
    return ("PUT", f"{path}/{key}") if key else ("POST", path)


def _ruleset(data: Json) -> Ruleset:
    names = (data.get("conditions") or {}).get("ref_name") or {}
    actors = data.get("bypass_actors")
    return Ruleset(
        key=int(data["id"]),
        name=str(data["name"]),
        active=data["enforcement"] == "active",
        include=tuple(names.get("include") or ()),
        exclude=tuple(names.get("exclude") or ()),
        rules=tuple(data.get("rules") or ()),
        passing=Unread(_ADMINISTRATION)
        if actors is None
        else frozenset((str(actor["actor_type"]), actor.get("actor_id")) for actor in actors),
    )


def _protections(rules: Mapping[str, Json]) -> dict[str, Any]:
    """Write what protects an environment the way it is to be sent again."""
    kept: dict[str, Any] = {}
    if "wait_timer" in rules:
        kept["wait_timer"] = rules["wait_timer"]["wait_timer"]
    if "required_reviewers" in rules:
        asked = rules["required_reviewers"]
        kept["reviewers"] = [{"type": one["type"], "id": one["reviewer"]["id"]} for one in asked["reviewers"]]
        kept["prevent_self_review"] = bool(asked.get("prevent_self_review"))
    return kept
