"""The addresses of settings, with the right each one needs."""

from localhub import deploy_keys, environments, rulesets, settings
from localhub.route import ADMIN, READ, WRITE, R, Route

E = f"{R}/environments/<environment>"
MANAGE, SEE = "administration:write", "administration:read"

RULESETS = (
    Route("GET", f"{R}/rulesets", rulesets.list_rulesets, "metadata:read"),
    Route("POST", f"{R}/rulesets", rulesets.create_ruleset, MANAGE, ADMIN),
    Route("GET", f"{R}/rulesets/<int:id>", rulesets.get_ruleset, "metadata:read"),
    Route("PUT", f"{R}/rulesets/<int:id>", rulesets.update_ruleset, MANAGE, ADMIN),
    Route("DELETE", f"{R}/rulesets/<int:id>", rulesets.delete_ruleset, MANAGE, ADMIN),
    Route("GET", f"{R}/rules/branches/<path:branch>", rulesets.branch_rules, "metadata:read"),
)

ENVIRONMENTS = (
    Route("GET", f"{R}/environments", environments.list_environments, "actions:read"),
    Route("GET", E, environments.get_environment, "actions:read"),
    Route("PUT", E, environments.put_environment, MANAGE, ADMIN),
    Route("DELETE", E, environments.delete_environment, MANAGE, ADMIN),
    Route("GET", f"{E}/deployment-branch-policies", environments.list_policies, "actions:read"),
    Route("POST", f"{E}/deployment-branch-policies", environments.create_policy, MANAGE, ADMIN),
    Route("DELETE", f"{E}/deployment-branch-policies/<int:id>", environments.delete_policy, MANAGE, ADMIN),
)

ACTIONS = (
    Route("GET", f"{R}/actions/permissions", settings.get_actions, SEE, ADMIN),
    Route("PUT", f"{R}/actions/permissions", settings.set_actions, MANAGE, ADMIN),
    Route("GET", f"{R}/actions/permissions/workflow", settings.get_workflow_rights, SEE, ADMIN),
    Route("PUT", f"{R}/actions/permissions/workflow", settings.set_workflow_rights, MANAGE, ADMIN),
)


def _kept(base: str, variables: str, secrets: str) -> tuple[Route, ...]:
    return (
        Route("GET", f"{base}/variables", settings.list_variables, f"{variables}:read", WRITE),
        Route("POST", f"{base}/variables", settings.create_variable, f"{variables}:write", WRITE),
        Route("GET", f"{base}/variables/<name>", settings.get_variable, f"{variables}:read", WRITE),
        Route("PATCH", f"{base}/variables/<name>", settings.edit_variable, f"{variables}:write", WRITE),
        Route("DELETE", f"{base}/variables/<name>", settings.delete_variable, f"{variables}:write", WRITE),
        Route("GET", f"{base}/secrets", settings.list_secrets, f"{secrets}:read", WRITE),
        Route("GET", f"{base}/secrets/public-key", settings.public_key, f"{secrets}:read", WRITE),
        Route("GET", f"{base}/secrets/<name>", settings.get_secret, f"{secrets}:read", WRITE),
        Route("PUT", f"{base}/secrets/<name>", settings.put_secret, f"{secrets}:write", WRITE),
        Route("DELETE", f"{base}/secrets/<name>", settings.delete_secret, f"{secrets}:write", WRITE),
    )


PAGES = (
    Route("GET", f"{R}/pages", settings.get_pages, "pages:read", READ),
    Route("POST", f"{R}/pages", settings.create_pages, "pages:write", ADMIN),
    Route("PUT", f"{R}/pages", settings.edit_pages, "pages:write", ADMIN),
    Route("DELETE", f"{R}/pages", settings.delete_pages, "pages:write", ADMIN),
    Route("GET", f"{R}/vulnerability-alerts", settings.get_alerts, SEE, ADMIN),
    Route("PUT", f"{R}/vulnerability-alerts", settings.set_alerts, MANAGE, ADMIN),
    Route("DELETE", f"{R}/vulnerability-alerts", settings.set_alerts, MANAGE, ADMIN),
)

DEPLOY_KEYS = (
    Route("GET", f"{R}/keys", deploy_keys.list_keys, SEE, ADMIN),
    Route("POST", f"{R}/keys", deploy_keys.create_key, MANAGE, ADMIN),
    Route("DELETE", f"{R}/keys/<int:id>", deploy_keys.delete_key, MANAGE, ADMIN),
)

SETTINGS = (
    *RULESETS,
    *ENVIRONMENTS,
    *ACTIONS,
    *_kept(f"{R}/actions", "actions_variables", "secrets"),
    *_kept(E, "environments", "environments"),
    *PAGES,
    *DEPLOY_KEYS,
)
