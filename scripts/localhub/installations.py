"""A GitHub App's own way to tokens: it signs with its key and is given tokens that end after an hour."""

from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, Response, jsonify, request

from localhub import faults, tokens
from localhub.api import PREFIX
from localhub.state import Call, Installation, State, User

_LIFE = timedelta(hours=1)
_LONGEST = 600  # seconds an App may vouch for itself


def install(state: State, full_name: str, permissions: dict[str, str], slug: str) -> tuple[Installation, str]:
    """Install an App of its own in a repository; gives it with its private key, which only the App keeps."""
    repo = state.repository(full_name)
    if repo is None:
        raise KeyError(full_name)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    number, login = state.next_id(), f"{slug}[bot]"
    if state.user(login) is None:
        state.users[login.lower()] = User(state.next_id(), login, "Bot")
    made = Installation(number, f"Iv23li{number}", login, full_name, permissions, public.decode())
    state.installations[number] = made
    return made, secret.decode()


def mount(app: Flask, state: State, troubles: faults.Faults) -> None:
    """Give the application the address where Apps ask for tokens."""

    def answer(number: int) -> tuple[Response, int]:
        with state.lock:
            path = f"/app/installations/{number}/access_tokens"
            trouble = troubles.take("POST", path)
            refusal = faults.refusal(trouble, state.reset_at()) if trouble else None
            body, status = ({"message": refusal.message}, refusal.status) if refusal else _issue(state, number)
            state.calls.append(Call("POST", path, status, None, {}))
            return jsonify(body), status

    app.add_url_rule(
        f"{PREFIX}/app/installations/<int:number>/access_tokens", "installations", answer, methods=["POST"]
    )


def _issue(state: State, number: int) -> tuple[dict[str, Any], int]:
    found = state.installations.get(number)
    word = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if found is None:
        return {"message": "Not Found"}, 404
    try:
        claims = jwt.decode(word, found.public_key, algorithms=["RS256"], issuer=found.client_id, leeway=60)
    except jwt.InvalidTokenError:
        return {"message": "A JSON web token could not be decoded"}, 401
    if claims["exp"] - claims["iat"] > _LONGEST + 60:
        return {"message": "'Expiration time' claim ('exp') is too far in the future"}, 401
    ends = state.now() + _LIFE
    repo = state.repository(found.repository)
    token = tokens.mint(state, "app", found.login, repo, found.permissions, expires_at=ends)
    told = {"token": token.value, "expires_at": ends.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return told | {"permissions": found.permissions}, 201
