"""What Lighthouse and the Nu HTML checker say of a built site; run by hand.

    npm install --prefix DIR lighthouse vnu-jar
    PYTHONPATH=tests .venv/bin/python tests/benchmark/crowd.py 1000 --out REPO
    SITE_URL=http://127.0.0.1:8200/ .venv/bin/sangkien --root REPO publish --out SITE
    PYTHONPATH=tests:tests/site .venv/bin/python tests/benchmark/quality.py SITE --tools DIR [--runs 5]

The site is served as Pages does, texts compressed. Lighthouse judges as for a phone (its default), the median counts.
"""

import argparse
import functools
import gzip
import http.server
import json
import os
import statistics
import subprocess
import threading
from pathlib import Path

from site_browser import CHROMIUM

PORT = 8200
TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml"}
KINDS = ("performance", "accessibility", "best-practices", "seo")


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files, texts by gzip and everything to be kept for ten minutes, as Pages does."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        place = Path(self.translate_path(self.path))
        place = place / "index.html" if place.is_dir() else place
        status = 200 if place.is_file() else 404
        place = place if place.is_file() else Path(self.directory) / "404.html"
        data, text = place.read_bytes(), place.suffix in TEXTS
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(place)) + ("; charset=utf-8" if text else ""))
        self.send_header("Cache-Control", "max-age=600")
        if text:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def chosen(site: Path) -> dict[str, str]:
    """Choose a page of every type that is judged."""
    ideas = sorted(p.parent for p in (site / "ghi-nhan").glob("*/*/index.html"))
    pictured = next((i for i in ideas if (i / "anh-1.webp").is_file()), ideas[0])
    newest = max(p.name for p in (site / "nam").iterdir() if p.is_dir())
    return {
        "home": "",
        "list": "ghi-nhan/",
        "year": f"nam/{newest}/",
        "idea": f"{pictured.relative_to(site).as_posix()}/",
        "search": "tim-kiem/?q=tuoi+nho+giot",
        "statistics": "thong-ke/",
    }


def lighthouse(tools: Path, url: str, runs: int) -> dict[str, float]:
    """Give the median of each score, of the bytes and of two times."""
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        done = subprocess.run(
            [
                str(tools / "node_modules" / ".bin" / "lighthouse"), url, "--quiet", "--output=json",
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu", f"--only-categories={','.join(KINDS)}",
            ],
            check=True, capture_output=True, text=True, env=os.environ | {"CHROME_PATH": str(CHROMIUM)},
        )  # fmt: skip
        told = json.loads(done.stdout)
        for kind in KINDS:
            found.setdefault(kind, []).append(round(told["categories"][kind]["score"] * 100))
        found.setdefault("kB", []).append(round(told["audits"]["total-byte-weight"]["numericValue"] / 1000))
        for name, audit in (("LCP ms", "largest-contentful-paint"), ("TBT ms", "total-blocking-time")):
            found.setdefault(name, []).append(round(told["audits"][audit]["numericValue"]))
        weak = [
            f"{key}: {audit.get('displayValue', '')}"
            for key, audit in told["audits"].items()
            if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] != "informative"
        ]
    print("   ", "; ".join(weak))
    return {name: statistics.median(values) for name, values in found.items()}


def checked(tools: Path, site: Path, most: int) -> list[str]:
    """Run the Nu checker over pages of every folder, `most` of each."""
    folders: dict[str, list[Path]] = {}
    for page in sorted(site.rglob("*.html")):
        parts = page.relative_to(site).parts
        kind = "/".join("*" if any(c.isdigit() for c in part) else part for part in parts)
        folders.setdefault(kind, []).append(page)
    pages = [str(page) for kind in folders.values() for page in kind[:most]]
    jar = tools / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "gnu", *pages]
    told = subprocess.run(command, check=False, capture_output=True, text=True).stderr.splitlines()
    print(f"vnu: {len(pages)} pages of {len(folders)} kinds, {len(told)} errors")
    return told


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    for line in checked(given.tools, given.site, 3)[:40]:
        print("   ", line)
    handler = functools.partial(Compressing, directory=str(given.site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, address in chosen(given.site).items():
        print(name, lighthouse(given.tools, f"http://127.0.0.1:{PORT}/{address}", given.runs))
