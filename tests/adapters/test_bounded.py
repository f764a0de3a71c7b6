"""Work that is more than a process can bear ends with the process, and the next is done all the same."""

import asyncio
import os
import time

import pytest

from sangkien.adapters.bounded import BoundedPool, Bounds, BusyError

pytestmark = pytest.mark.long  # processes of their own

MEGABYTE = 1024 * 1024


def test_too_long_too_much_and_dead_are_none_and_the_pool_lives_on() -> None:
    async def run() -> list[object]:
        pool = BoundedPool(Bounds(memory=512 * MEGABYTE, seconds=0.5, waiting=2, each=10))
        try:
            found: list[object] = []
            for work in ((time.sleep, 60), (bytes, 600 * MEGABYTE), (os._exit, 1)):
                while await pool.run(len, b"abc") != 3:  # a fresh process takes its time
                    pass
                found.append(await pool.run(*work))
            return found
        finally:
            pool.close()

    assert asyncio.run(run()) == [None, None, None]


def test_more_than_may_wait_are_sent_away() -> None:
    async def run() -> None:
        pool = BoundedPool(Bounds(memory=512 * MEGABYTE, seconds=30, waiting=1, each=10))
        try:
            first = asyncio.create_task(pool.run(len, b"abc"))
            await asyncio.sleep(0)
            with pytest.raises(BusyError):
                await pool.run(len, b"abc")
            assert await first == 3
        finally:
            pool.close()

    asyncio.run(run())
