"""What the privacy page promises is what the short lists say."""

from typing import Any

import yaml

from places import ROOT


def test_the_days_on_the_privacy_page_are_those_of_the_terms() -> None:
    page = " ".join((ROOT / "content/quyen-rieng-tu/index.md").read_text(encoding="utf-8").split())
    lists: Any = yaml.safe_load((ROOT / "content/register/lists.yml").read_bytes())
    terms = lists["request_terms"]
    days = {f"**{t['days']} ngày{' làm việc' if t.get('working_days') else ''}**" for t in terms}
    days |= {f"**{t['extension_days']} ngày**" for t in terms if "extension_days" in t}

    assert len(days) > 3
    assert [told for told in days if told not in page] == []
