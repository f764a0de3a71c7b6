"""Keys that reach one repository over SSH; here they are only noted, since the hub speaks no SSH."""

from localhub import shapes
from localhub.context import Answer, Context, created, nothing, paged
from localhub.errors import not_found


def list_keys(ctx: Context) -> Answer:
    """Answer with the deploy keys."""
    return paged(ctx, [*ctx.repo.settings.deploy_keys.values()], lambda key: key)


def create_key(ctx: Context) -> Answer:
    """Note a deploy key."""
    number = ctx.state.next_id()
    key = {
        "id": number,
        "key": ctx.text("key", "PublicKey", required=True),
        "url": f"{ctx.state.api_url}/repos/{ctx.repo.full_name}/keys/{number}",
        "title": ctx.text("title", "PublicKey") or "",
        "verified": True,
        "created_at": shapes.stamp(ctx.now()),
        "read_only": bool(ctx.body.get("read_only", False)),
    }
    ctx.repo.settings.deploy_keys[number] = key
    return created(key)


def delete_key(ctx: Context) -> Answer:
    """Forget a deploy key."""
    if ctx.repo.settings.deploy_keys.pop(int(ctx.places["id"]), None) is None:
        raise not_found()
    return nothing()
