"""A report for programs: every figure with all that it was made of."""

import json
from typing import Any

from sangkien.domain.figures import HEADLINES
from sangkien.domain.reckoning import BEFORE_IT, BY_YEARS, Balance, Row
from sangkien.domain.report_versions import PROSE
from sangkien.domain.reporting import reporting_data, standing_data
from sangkien.domain.statement import Statement
from sangkien.render.report import ReportWords

FORMAT = 1


def as_json(statement: Statement) -> str:
    """Write a report as JSON: keys in a fixed order, what is not known as null."""
    return json.dumps(data(statement), ensure_ascii=False, indent=1) + "\n"


def data(statement: Statement) -> dict[str, Any]:
    """Give a report as JSON holds it; texts in it are what the office wrote."""
    account, words = statement.account, ReportWords(statement)
    period, version = account.period, account.version
    values = {row.figure.id: row.value for row in account.rows}
    return {
        "format": FORMAT,
        "unit": account.unit,
        "unit_name": words.unit(account.unit),
        "period": str(period),
        "kind": period.kind,
        "from": period.start,
        "to": period.end,
        "before": str(period.before),
        "on": statement.on,
        "headline": [{"figures": [*ids], "value": sum(values[key] or 0 for key in ids)} for ids in HEADLINES],
        "children": [*account.children],
        "idle": [*account.idle],
        "figures": [_row(row, words, account.children) for row in account.rows],
        "version": version and {key: version.get(key) for key in ("id", "number", "status", "sent_on", "accepted_on")},
        "sections": {name: version.get(name) if version else None for name in PROSE},
        "reporting": {
            **reporting_data(statement.reporting),
            "units": [{"unit": one.duty.unit} | standing_data(one) for one in statement.standings],
        },
        "withheld": [*statement.withheld],
    }


def _row(row: Row, words: ReportWords, children: tuple[str, ...]) -> dict[str, Any]:
    figure, said = row.figure, row.said
    return {
        "id": figure.id,
        "name": words.label(figure),
        "measure": words.measure(figure),
        "section": figure.section,
        "class": figure.known,
        "stock": figure.stock,
        "value": row.value,
        "before": row.before,
        "change": row.change,
        "parts": row.parts,
        "children": {child: row.children[child] for child in children},
        "reconciliation": row.balance and _balance(row.balance, row),
        "source": said.source or None if said else None,
        "declared": said.value if said and said.source == "bao-cao" else None,
        "recorded": row.recorded,
        "reports": [*said.reports] if said else [],
        "years": dict(said.of) if said and said.source == BY_YEARS else {},
        "years_missing": [*said.missing] if said and said.source == BY_YEARS else [],
        "earlier_units": dict(said.of) if said and said.source == BEFORE_IT else {},
        "records": [*row.elements],
    }


def _balance(balance: Balance, row: Row) -> dict[str, Any]:
    if row.said is None:
        return {
            "children": balance.children,
            "outside": balance.outside,
            "shared": balance.shared,
            "own": balance.own,
            "own_by": balance.own_by,
        }
    return {
        "children": balance.children,
        "shared": balance.shared,
        "own": balance.own,
        "difference": balance.difference,
        "why": balance.why or None,
        "unknown": [*balance.unknown],
    }
