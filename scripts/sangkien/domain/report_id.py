"""How a report's record is named: for whom, of what time, which version."""

import re


def report_id(unit: str, period: str, number: int) -> str:
    """Name a version of a report: `bc-xa-suoi-mau-2003-2019-h1-1`; several years are written `2015-2019`."""
    return f"bc-{unit}-{re.sub(r'[.]+', '-', period.lower())}-{number}"
