"""Pictures from strangers: what breaks its process is refused, and harms nobody else's."""

import asyncio
import io
import os
import signal

import pytest
from PIL import Image

from sangkien.adapters import darkroom
from sangkien.adapters.darkroom_pool import DarkroomPool, small

pytestmark = pytest.mark.long  # processes of their own


def picture(side: int, kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (side, side), "green").save(made, kind)
    return made.getvalue()


@pytest.mark.long
def test_a_picture_that_ends_its_process_takes_no_other_with_it() -> None:
    pool = DarkroomPool(1)

    async def at_once() -> list[bytes | None]:
        assert await pool.develop(picture(8))
        (child,) = pool._pool._rooms[0]._processes  # its process, by number
        waiting = [asyncio.create_task(pool.develop(picture(side))) for side in (3900, 8, 9)]
        while not pool._pool._rooms[0]._pending_work_items:
            await asyncio.sleep(0)
        os.kill(child, signal.SIGKILL)
        return await asyncio.gather(*waiting)

    try:
        broken, *others = asyncio.run(at_once())
    finally:
        pool.close()

    assert broken is None
    assert all(others)


@pytest.mark.parametrize(("kind", "is_taken"), [("JPEG", True), ("PNG", False), ("WEBP", False)])
def test_a_picture_fits_the_memory_of_a_small_machine(kind: str, is_taken: bool) -> None:
    """Only a JPEG is unfolded no further than it is shown."""
    assert (small(picture(5000, kind)) is not None) is is_taken


def test_a_jpeg_of_scans_without_end_is_not_walked_through() -> None:
    made = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(made, "JPEG", progressive=True)
    data = made.getvalue()
    last = data[data.rindex(b"\xff\xda") : -2]

    assert small(data)
    assert small(data[:-2] + last * 5 + data[-2:])
    assert small(data[:-2] + last * 50 + data[-2:]) is None


def test_whatever_a_reader_stumbles_over_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(darkroom, "web", stumble)

    assert small(picture(8)) is None
