"""A crew does jobs in processes that it can end, and goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from keiretsu.workers.crew import Crew, JobFailedError
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Plan
from keiretsu.workers.product import BusyError, LimitError, Product
from keiretsu_graph.build import Build
from keiretsu_ontology.errors import AmbiguousNameError, StoreError, UsageError

LIMITS = Limits(seconds=20, memory=200_000_000, workers=2, queue=3, patience=5.0)
Work = Callable[[Crew], Awaitable[None]]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture(autouse=True)
def _odd_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def a_plan(built: Build) -> Plan:
    return Plan(build=str(built.folder), current=built.manifest.current)


@asynccontextmanager
async def a_crew(built: Build, limits: Limits = LIMITS) -> AsyncIterator[Crew]:
    async with Crew(limits, jobs="odd_jobs") as crew:
        await crew.open(a_plan(built))
        yield crew


def with_crew(built: Build, work: Work, limits: Limits = LIMITS) -> None:
    """Do something with a crew, and see that none of its processes is left."""
    seen: list[int] = []

    async def run() -> None:
        async with a_crew(built, limits) as crew:
            await work(crew)
            seen.extend(crew.workers)

    asyncio.run(run())

    assert seen
    assert not [pid for pid in seen if is_there(pid)]


def is_there(pid: int, patience: float = 3.0) -> bool:
    """Say whether a process is still there after it had time to end."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        try:
            if "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]:
                return False
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return False
        time.sleep(0.01)
    return True


def test_a_job_gives_its_product(small_build: Build) -> None:
    """What a job returns arrives whole: bytes, numbers, headers; in any script."""

    async def work(crew: Crew) -> None:
        text = "阿里巴巴 \ud800 \x00 " + "x" * 3_000_000
        product = await crew.run("echo", text=text)
        assert product == Product(text.encode("utf-8", "surrogatepass"), rows=len(text), headers=(("X-Echo", "yes"),))

    with_crew(small_build, work)


def test_a_runaway_is_ended_and_the_next_is_done(small_build: Build) -> None:
    """Work that takes too long is ended on time, and others are not held up by it."""

    async def work(crew: Crew) -> None:
        runaway = asyncio.ensure_future(crew.run("spin", seconds=60))
        began = time.monotonic()
        assert (await crew.run("echo", text="meanwhile")).body == b"meanwhile"
        with pytest.raises(LimitError, match=r"longer than 1 seconds"):
            await runaway
        assert time.monotonic() - began < 10
        assert [(await crew.run("echo", text=str(n))).body for n in range(9)] == [str(n).encode() for n in range(9)]
        assert crew.ended == 1

    with_crew(small_build, work, LIMITS._replace(seconds=1))


def test_a_glutton_is_ended(small_build: Build) -> None:
    """Work that takes too much memory ends, and says so; what fits is done."""

    async def work(crew: Crew) -> None:
        with pytest.raises(LimitError, match="memory"):
            await crew.run("hoard", megabytes=4_000)
        assert (await crew.run("hoard", megabytes=50)).body == b"50000000"

    with_crew(small_build, work)


@pytest.mark.parametrize("job", ["deepen", "die"])
def test_a_crash_ends_one_job(small_build: Build, job: str) -> None:
    """Where a job or an engine runs out of stack, that job fails and the crew goes on."""

    async def work(crew: Crew) -> None:
        with pytest.raises(LimitError):
            await crew.run(job)
        assert (await crew.run("echo", text="on")).body == b"on"

    with_crew(small_build, work)


def test_idle_workers_that_were_killed_are_not_noticed(small_build: Build) -> None:
    """The system may end idle workers; whoever asks next is answered by others."""

    async def work(crew: Crew) -> None:
        for _ in range(5):
            for pid in crew.workers:
                os.kill(pid, signal.SIGKILL)
            assert (await crew.run("echo", text="still")).body == b"still"

    with_crew(small_build, work)


def test_whoever_leaves_ends_the_work(small_build: Build) -> None:
    """Work for somebody who has gone is ended at once."""

    async def work(crew: Crew) -> None:
        before = set(crew.workers)
        gone = asyncio.ensure_future(crew.run("spin", seconds=60))
        await asyncio.sleep(0.05)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        await crew.run("echo", text="on")
        while len(crew.workers) < LIMITS.workers:
            await asyncio.sleep(0.01)
        (ended,) = before - set(crew.workers)
        assert not is_there(ended)

    with_crew(small_build, work, LIMITS._replace(seconds=60))


def test_too_many_are_sent_away(small_build: Build) -> None:
    """As many as may wait do wait; whoever comes on top is told to come again, and those that waited are answered."""

    async def work(crew: Crew) -> None:
        tasks = [asyncio.ensure_future(crew.run("spin", seconds=0.1)) for _ in range(9)]
        found = await asyncio.gather(*tasks, return_exceptions=True)
        done = [one for one in found if isinstance(one, Product)]
        refused = [one for one in found if isinstance(one, BusyError)]
        assert (len(done), len(refused)) == (LIMITS.workers + LIMITS.queue, 4)
        assert crew.waiting == 0

    with_crew(small_build, work)


def test_whoever_waits_too_long_is_sent_away(small_build: Build) -> None:
    """One waits for a worker no longer than was said, and one's turn is not lost to the others."""

    async def work(crew: Crew) -> None:
        busy = [asyncio.ensure_future(crew.run("spin", seconds=0.4)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match=r"nobody was free for 0\.1 seconds"):
            await crew.run("echo", text="late")
        await asyncio.gather(*busy)
        assert (await crew.run("echo", text="now")).body == b"now"

    with_crew(small_build, work, LIMITS._replace(patience=0.1, seconds=5))


def test_errors_come_through_as_they_are(small_build: Build) -> None:
    """An error of ours is raised as the job raised it; a fault is told apart, with what the log needs."""

    async def work(crew: Crew) -> None:
        with pytest.raises(AmbiguousNameError, match="may be any of qwen, qwen3") as found:
            await crew.run("ask_back")
        assert found.value.candidates == ("qwen", "qwen3")
        with pytest.raises(JobFailedError, match="a secret of the server"):
            await crew.run("err")

    with_crew(small_build, work)


def test_a_new_graph_is_opened_without_losing_work(small_build: Build, seeds_build: Build) -> None:
    """Work that was begun on the old graph ends on it, what comes later is done on the new one, nothing is refused."""

    async def work(crew: Crew) -> None:
        asked = 0
        answers: list[int] = []

        async def ask() -> None:
            nonlocal asked
            while not done.is_set():
                asked += 1
                answers.append(int((await crew.run("claims")).body))

        done = asyncio.Event()
        asking = [asyncio.ensure_future(ask()) for _ in range(3)]
        for built in (seeds_build, small_build, seeds_build):
            await crew.open(a_plan(built))
            await asyncio.sleep(0.05)
        done.set()
        await asyncio.gather(*asking)

        assert len(answers) == asked > 20
        assert set(answers) == {small_build.manifest.claims, seeds_build.manifest.claims}
        assert int((await crew.run("claims")).body) == seeds_build.manifest.claims
        assert len(crew.workers) == LIMITS.workers

    with_crew(small_build, work)


def test_a_graph_that_cannot_be_opened_leaves_the_old_one(small_build: Build, tmp_path: Path) -> None:
    """Where a new graph is damaged, the one before is worked on as if nothing had been."""

    async def work(crew: Crew) -> None:
        with pytest.raises(StoreError):
            await crew.open(Plan(build=str(tmp_path)))
        broken = tmp_path / "broken.ttl"
        broken.write_text("<a> <b> .")
        with pytest.raises(UsageError, match=r"broken\.ttl"):
            await crew.open(Plan(files=(str(broken),)))
        assert int((await crew.run("claims")).body) == small_build.manifest.claims

    with_crew(small_build, work)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux holds these")
def test_a_worker_reaches_nothing(small_build: Build) -> None:
    """No job reaches a server, not even one of this machine, or opens more than a few files."""

    async def work(crew: Crew) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            reached = (await crew.run("call_out", port=port)).body
        opened = int((await crew.run("open_files", number=1_000)).body)
        assert opened < 50
        if reached != b"not reached":
            pytest.skip("this system gives no network of one's own")

    with_crew(small_build, work)


def test_nothing_is_left_of_a_server_that_is_killed(small_build: Build) -> None:
    """Where the server itself is killed, its processes end, even one that is busy."""
    program = (
        "import asyncio, sys\n"
        "from keiretsu.workers.crew import Crew\n"
        "from keiretsu.workers.limits import Limits\n"
        "from keiretsu.workers.plan import Plan\n"
        "async def main():\n"
        "    async with Crew(Limits(seconds=60, workers=2), jobs='odd_jobs') as crew:\n"
        "        await crew.open(Plan(build=sys.argv[1]))\n"
        "        asyncio.ensure_future(crew.run('spin', seconds=60))\n"
        "        await asyncio.sleep(0.1)\n"
        "        print(*crew.workers, flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    import subprocess

    with subprocess.Popen(
        [sys.executable, "-c", program, str(small_build.folder)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        workers = [int(word) for word in server.stdout.readline().split()]
        server.kill()

    assert len(workers) == 2
    assert not [pid for pid in workers if is_there(pid)]
