"""A closed desk's two questions: does the site reach where it is shown, and who can read what is not shown."""

from sangkien.domain.settings import (
    DEPLOY_KEY,
    ENVIRONMENT,
    PUBLIC_REPOSITORY,
    Check,
    Environment,
    Remedy,
    Settings,
    Shown,
    Unread,
    Wanted,
    fine,
    missing,
    unknown,
    weaker,
)

_MOST = 3  # branches that are named


def check(settings: Settings, wanted: Wanted) -> list[Check]:
    """Check where the site is shown, then who reads the desk."""
    there = _reached(settings)
    return [
        _shown(settings),
        *([_pages(there, wanted), _nothing_else(there, wanted), _deploy_key(there, settings)] if there else []),
        _readers(settings, wanted),
        _forks(settings),
    ]


def _shown(settings: Settings) -> Check:
    if isinstance(settings.variables, Unread):
        return unknown("shown", settings.variables)
    there = settings.shown
    if there is None:
        return fine("shown", "here", name=PUBLIC_REPOSITORY)
    if there.name.lower() == settings.repository.lower():
        return missing("shown", "desk", name=PUBLIC_REPOSITORY)
    if not there.found:
        return missing("shown", "gone", name=there.name)
    return missing("shown", "private", name=there.name) if there.private else fine("shown", name=there.name)


def _reached(settings: Settings) -> Shown | None:
    there = settings.shown
    elsewhere = there is not None and there.found and there.name.lower() != settings.repository.lower()
    return there if elsewhere else None


def _pages(there: Shown, wanted: Wanted) -> Check:
    if isinstance(there.pages, Unread):
        return unknown("shown-pages", there.pages)
    if there.pages == wanted.site_branch:
        return fine("shown-pages", branch=wanted.site_branch)
    return missing("shown-pages", name=there.name, branch=wanted.site_branch)


def _nothing_else(there: Shown, wanted: Wanted) -> Check:
    if isinstance(there.branches, Unread):
        return unknown("shown-only", there.branches)
    others = [name for name in there.branches if name != wanted.site_branch]
    if others:
        more = "" if len(others) <= _MOST else " …"
        return weaker("shown-only", name=there.name, names=", ".join(others[:_MOST]) + more)
    return fine("shown-only")


def _deploy_key(there: Shown, settings: Settings) -> Check:
    if (lacking := _kept(settings)) is not None:
        return lacking
    if isinstance(there.writable, Unread):
        return unknown("deploy-key", there.writable)
    if not there.writable:
        return missing("deploy-key", "read-only", name=there.name)
    return weaker("deploy-key", name=DEPLOY_KEY) if settings.lacks_paid else fine("deploy-key", name=DEPLOY_KEY)


def _kept(settings: Settings) -> Check | None:
    """Tell what is wrong with the place of the key; None where it lies as safely as the plan allows."""
    for_all, environment = settings.secrets, settings.environment
    own = environment.secrets if isinstance(environment, Environment) else environment or frozenset()
    held = for_all if settings.lacks_paid else own
    if isinstance(held, Unread):
        return unknown("deploy-key", held)
    if not settings.lacks_paid and not isinstance(for_all, Unread) and DEPLOY_KEY in for_all:
        return missing("deploy-key", "for-all", name=DEPLOY_KEY, environment=ENVIRONMENT)
    if DEPLOY_KEY in held:
        return None
    return missing("deploy-key", "plan" if settings.lacks_paid else "", name=DEPLOY_KEY, environment=ENVIRONMENT)


def _readers(settings: Settings, wanted: Wanted) -> Check:
    if not settings.private:
        return fine("readers", "public")
    if settings.internal:
        return missing("readers", "internal")
    if isinstance(settings.base_role, Unread):
        return unknown("readers", settings.base_role)
    if settings.base_role != "none":
        return weaker("readers", "members", role=settings.base_role)
    if isinstance(settings.collaborators, Unread):
        return unknown("readers", settings.collaborators)
    seated = {seat.account for seat in wanted.seats}
    guests = [key for key, role in settings.collaborators.items() if role != "admin" and key not in seated]
    return weaker("readers", "guests", count=str(len(guests))) if guests else fine("readers")


def _forks(settings: Settings) -> Check:
    if not settings.private:
        return fine("forks", "public")
    if settings.forks:
        return missing("forks", "there", count=str(settings.forks))
    if settings.forkable and settings.by_organization:
        return missing("forks", "", Remedy(part="repository", values={"allow_forking": False}))
    return fine("forks") if settings.by_organization else weaker("forks")
