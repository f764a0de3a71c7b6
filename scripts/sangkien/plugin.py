"""The door of mkdocs: it renders the shells and the written pages; everything else is the publish step's."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page

from sangkien.adapters.generator import theme_css
from sangkien.adapters.store import Store
from sangkien.domain import address, layout
from sangkien.domain.text import slug
from sangkien.render.lean import lean
from sangkien.render.page import SITE_CARD
from sangkien.render.stamp import PAGE_MARKS, SHELL_MARKS, keeps, shell_source
from sangkien.render.terse import tighten
from sangkien.workflow.base import Base

log = get_plugin_logger(__name__)

_DEPTHS = (1, 2, 3, 4)
_OWN_CSS = "assets/site.css"
# Material's scripts and colour schemes are not used: the site works without JavaScript and colours itself.
_NOT_SERVED = ("assets/javascripts/", "assets/images/favicon", "assets/stylesheets/palette", "assets/MANIFEST")


class SangKienConfig(Config):  # type: ignore[no-untyped-call]  # mkdocs leaves this call untyped
    """Options: `base` names a file to write the shells to instead of stamping."""

    base = c.Type(str, default="")
    without_samples = c.Type(bool, default=False)


class SangKienPlugin(BasePlugin[SangKienConfig]):  # type: ignore[no-untyped-call]  # mkdocs leaves this call untyped
    """Give mkdocs the shells to render, take back what it rendered, and stamp the register's pages."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take the site's name from the register, and its address where the register says where it stands."""
        self.root = Path(config.config_file_path).resolve().parent
        self.shells: dict[str, str] = {}
        self.written: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.news: list[dict[str, str]] = []
        movement: Any = Store(self.root).read(layout.path_of("movement", "movement")).record
        if isinstance(movement, dict):
            config.site_name = movement["site_title"]
            config.site_description = movement["site_description"]
            config.site_url = address.of_site(movement, config.site_url or "")
            config.extra["organiser"] = movement["organiser"]
        config.mdx_configs.setdefault("toc", {})["slugify"] = lambda title, _: slug(title)
        config.extra["site_card"] = SITE_CARD
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Leave out the register's data and what is not served; add one shell for each section and depth.

        What we use of Material's style sheet goes before our own, so that a page asks for one.
        """
        sheets = {theme_css(config.theme.dirs): "", _OWN_CSS: ""}
        for file in list(files):
            uri = file.src_uri
            if uri in sheets:
                sheets[uri] = file.content_string
            if uri in sheets or uri.startswith(("register/", *_NOT_SERVED)) or uri.endswith(".map"):
                files.remove(file)
        theirs, ours = sheets.values()
        files.append(File.generated(config, _OWN_CSS, content=lean(theirs) + ours))
        links = [link for item in config.nav or () for link in item.values() if isinstance(link, str)]
        for number, section in enumerate(["", *(link for link in links if link.endswith("/"))]):
            for depth in _DEPTHS:
                uri, text = shell_source(number, section, depth)
                files.append(File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Leave out links to pages that are neither stamped nor written here."""
        del config
        there = {file.url for file in files.documentation_pages()} | {*address.INDEXES, address.PLACES}
        nav.items = [item for item in nav.items if not isinstance(item, Link) or item.url in there]
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the footer which written pages stand at the top."""
        pages = [file.page for file in files.documentation_pages() if file.page and "shell" not in file.page.meta]
        config.extra["written"] = sorted(
            (str(page.url), str(page.title)) for page in pages if str(page.url).count("/") == 1 and not page.is_homepage
        )
        return env

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let a wide table be scrolled by the keyboard too."""
        del page, config, files
        return html.replace("<table>", '<table tabindex="0">')

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Keep a shell, which is no page of its own; keep a written page to fill its marks later."""
        html = tighten(output)
        if shell := page.meta.get("shell"):
            self.shells[str(shell)] = _checked(html, SHELL_MARKS, page.file.src_uri)
            return ""
        if "date" in page.meta:
            item = {"address": str(page.url), "title": str(page.title), "date": str(page.meta["date"])}
            self.news.append({**item, "description": str(page.meta.get("description", ""))})
        self.written[page.file.dest_uri] = _checked(html, PAGE_MARKS, page.file.src_uri)
        self.sources[page.file.dest_uri] = (Path(config.docs_dir) / page.file.src_uri).relative_to(self.root).as_posix()
        return html

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Keep the page for what is not found; the sitemap is written with the register."""
        del config
        if template_name == "404.html":
            self.written[template_name] = _checked(tighten(output_content), PAGE_MARKS, template_name)
            return self.written[template_name]
        return "" if template_name == "sitemap.xml" else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp the register's pages, or hand the shells to who called mkdocs for them."""
        base = Base(
            site_name=config.site_name,
            site_url=config.site_url or "",
            shells=self.shells,
            written=self.written,
            sources=self.sources,
            news=sorted(self.news, key=lambda item: (item["date"], item["address"]), reverse=True),
        )
        if self.config.base:
            Path(self.config.base).write_text(base.to_json(), encoding="utf-8")
            return
        _stamp(base, self.root, Path(config.site_dir), without_samples=self.config.without_samples)


def _stamp(base: Base, root: Path, out: Path, *, without_samples: bool) -> None:
    # Loaded here alone: to who wants the shells they are of no use, and take as long as all of mkdocs.
    from sangkien.adapters.bundles import Bundles
    from sangkien.adapters.git import Git
    from sangkien.adapters.parcels import Parcels
    from sangkien.adapters.pool import Pool
    from sangkien.adapters.room import room
    from sangkien.adapters.site_folder import SiteFolder
    from sangkien.adapters.workshop import Workshop
    from sangkien.render.telling import WAITING
    from sangkien.workflow import publish
    from sangkien.workflow.survey import Survey

    workers, bundles = Pool(os.cpu_count() or 1), Bundles(root)
    with room(root, lambda: log.warning(WAITING)), closing(Parcels(root)) as kept:
        shop = publish.Shop(
            workers=workers,
            workshop=Workshop(root),
            bundles=bundles,
            output=SiteFolder(out),
            progress=publish.Unseen(),
        )
        survey = Survey(Store(root), Git(root), kept, bundles, workers)
        publish.stamp(base, survey, shop, without_samples=without_samples)


def _checked(html: str, expected: tuple[str, ...], uri: str) -> str:
    if not keeps(html, expected):
        raise PluginError(f"{uri}: the theme's templates must keep each of these marks once: {', '.join(expected)}")
    return html
