"""Several outputs of one site, written at the same time."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Protocol


class Files(Protocol):
    """Takes the files of one job."""

    def put(self, path: str, data: bytes) -> None: ...


class Output(Protocol):
    """Takes the files of jobs."""

    def of(self, job: int) -> AbstractContextManager[Files]: ...


class Outputs:
    """One output that is many."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        self._outputs = outputs

    @contextmanager
    def of(self, job: int) -> Iterator[Files]:
        """Take the files of a job."""
        with ExitStack() as stack:
            files = [stack.enter_context(output.of(job)) for output in self._outputs]
            yield files[0] if len(files) == 1 else _Every(files)


class _Every:
    def __init__(self, files: Sequence[Files]) -> None:
        self._files = files

    def put(self, path: str, data: bytes) -> None:
        for files in self._files:
            files.put(path, data)
