import pickle

from sangkien.domain.books import Dossier
from sangkien.domain.rules.index import row_of


def test_the_row_of_an_unreadable_idea_travels_between_processes() -> None:
    row = row_of(Dossier(folder="ideas/2026/7k/7k3qf2tz"))

    assert row.unreadable
    assert pickle.loads(pickle.dumps(row)) == row
