"""The registers → who owes which report by which day, and how each stands."""

from sangkien.domain.books import Books
from sangkien.domain.errors import UsageError
from sangkien.domain.reporting import Calendar, Matrix


def due(books: Books, unit: str, year: int, on: str) -> Matrix:
    """Tell how the reports of a unit and of those below it stand; raises UsageError for a unit nobody knows."""
    if unit not in books.units:
        raise UsageError("no-unit", value=unit)
    return Calendar(books).matrix(unit, year, on)
