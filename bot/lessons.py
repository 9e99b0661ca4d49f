"""web.console.learning_ports.Lessons: proposals in the database, replays in child processes, one at a time."""

import asyncio
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from bot import teaching
from bot.overlaying import NotStoredError, State, state_of, store
from bot.replaying import Job, NotReplayedError, replayed_aside
from casework import learning as rules
from casework.learning import LearningRefused, Proposal
from casework.ports import Now
from casework.staff import Staff
from knowledge.learning import Change, NotLearnedError
from storage import learning, overlay
from storage.database import Database
from storage.overlay import Act
from storage.times import to_ms
from web.console.learning_ports import Lesson

_log = structlog.get_logger(__name__)


class StoredLessons:
    """Proposals of one installation; what is said of a replay under way is known to this process only."""

    def __init__(self, database: Database, catalogs: Path, cache: Path | None, now: Now) -> None:
        self._database, self._catalogs, self._cache, self._now = database, catalogs, cache, now
        self._running: dict[str, str] = {}
        self._failed: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()

    async def everything(self) -> Sequence[Proposal]:
        """Return the newest proposals."""
        return await self._database.read(learning.everything)

    async def get(self, proposal_id: str) -> Lesson | None:
        """Return one proposal with its replay on the knowledge in force."""

        def work(connection: sqlite3.Connection) -> Lesson | None:
            proposal = learning.get(connection, proposal_id)
            replay = learning.replay_of(connection, proposal_id, overlay.newest(connection))
            return Lesson(proposal, replay) if proposal else None

        found = await self._database.read(work)
        if found is None:
            return None
        running, failed = self._running.get(proposal_id, ""), self._failed.get(proposal_id, "")
        return Lesson(found.proposal, found.replay, running, failed)

    async def propose(self, change: Change, by: Staff) -> Proposal:
        """Put a change up for review and begin its replay."""
        state = await self._database.read(state_of)
        made = await asyncio.to_thread(teaching.made, change, state.files, self._catalogs)
        proposal = rules.propose(secrets.token_hex(6), learning.packed(change), made.what, self._now(), by)
        await self._database.write(lambda connection: learning.save(connection, proposal))
        await self.replay(proposal.id)
        return proposal

    async def replay(self, proposal_id: str) -> None:
        """Begin the replay on the knowledge in force, unless it is under way."""
        if proposal_id in self._running:
            return
        self._running[proposal_id] = "排队等重放"
        self._failed.pop(proposal_id, None)
        task = asyncio.create_task(self._replay(proposal_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def accept(self, proposal_id: str, by: Staff) -> None:
        """Put the change into service if its replay on the knowledge in force allows it."""
        lesson = await self._known(proposal_id)
        replay = lesson.replay
        accepted = rules.accept(lesson.proposal, replay is not None, replay.refused if replay else "", self._now(), by)
        state = await self._database.read(state_of)
        change = learning.unpacked(accepted.change)
        try:
            made = await asyncio.to_thread(teaching.made, change, state.files, self._catalogs)
            await self._database.write(lambda connection: self._store(connection, accepted, state, made, by))
        except (NotLearnedError, NotStoredError) as error:
            raise LearningRefused(str(error).rstrip("。")) from None

    async def reject(self, proposal_id: str, remark: str, by: Staff) -> None:
        """Turn a proposal down."""
        lesson = await self._known(proposal_id)
        rejected = rules.reject(lesson.proposal, remark, self._now(), by)
        await self._database.write(lambda connection: _replace(connection, lesson.proposal, rejected))

    async def settled(self) -> None:
        """Wait for the replays under way."""
        await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Give up the replays under way; their children are ended."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _store(
        self, connection: sqlite3.Connection, accepted: Proposal, state: State, made: teaching.Made, by: Staff
    ) -> None:
        if learning.replay_of(connection, accepted.id, state.version) is None:
            raise NotStoredError("刚才有人也改了资料，请重放一次再审核")
        before = learning.get(connection, accepted.id)
        if before is None or before.state is not rules.State.WAITING:
            raise NotStoredError("刚才已经有人审过了")
        act = Act(accepted.author, by.login, to_ms(self._now()), made.what)
        store(connection, state, made.texts, act)
        learning.save(connection, accepted)

    async def _known(self, proposal_id: str) -> Lesson:
        lesson = await self.get(proposal_id)
        if lesson is None:
            raise LearningRefused("没有这一条，可能已经删了")
        return lesson

    async def _replay(self, proposal_id: str) -> None:
        try:
            async with self._one_at_a_time:
                await self._replay_now(proposal_id)
        except (NotReplayedError, LearningRefused) as error:
            self._failed[proposal_id] = str(error)
        except Exception:
            _log.exception("replay_failed", proposal=proposal_id)
            self._failed[proposal_id] = "重放出了问题，没有结果，请再试一次；还不行，请告诉管理员"
        finally:
            self._running.pop(proposal_id, None)

    async def _replay_now(self, proposal_id: str) -> None:
        state, asked = await self._database.read(lambda connection: (state_of(connection), learning.asked(connection)))
        proposal = (await self._known(proposal_id)).proposal
        job = Job(self._catalogs, self._cache, state.files, proposal.change, asked)
        replay = await replayed_aside(job, self._saying(proposal_id))
        await self._database.write(
            lambda connection: learning.keep_replay(connection, proposal_id, replay, state.version)
        )

    def _saying(self, proposal_id: str) -> Callable[[str], None]:
        return lambda words: self._running.__setitem__(proposal_id, words)


def _replace(connection: sqlite3.Connection, before: Proposal, after: Proposal) -> None:
    held = learning.get(connection, before.id)
    if held != before:
        raise LearningRefused("刚才已经有人审过了")
    learning.save(connection, after)
