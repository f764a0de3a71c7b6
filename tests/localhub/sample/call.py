"""Call the API of wherever this runs, and give the status."""

import json
import os
import urllib.error
import urllib.request


def call(verb: str, path: str, data: object = None, token: str = "") -> int:
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}{path}"
    headers = {"Authorization": f"Bearer {token or os.environ['GITHUB_TOKEN']}"}
    request = urllib.request.Request(address, json.dumps(data).encode() if data else None, headers, method=verb)
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
