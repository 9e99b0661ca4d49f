"""Thousands of random actions: no illegal state, the clock's identities hold, the report agrees.

``TICKET_SEQUENCES=3000`` makes that many sequences of fifty actions instead of 150.
"""

import os
from datetime import timedelta

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from casework.audit import faults_in
from casework.clock import due_of
from casework.tickets import desk as d
from casework.tickets.facts import facts_from_log, facts_of
from casework.tickets.model import Kind, Lawfulness, PauseReason, Rating, Route, Stage, Ticket
from casework.tickets.report import by_month, by_town, by_unit, tally
from casework.tickets.transitions import TRANSITIONS
from tests.casework.world import DUTY, HANDLER, LEADER, LI, OTHER, SUPERVISOR, ZHANG, World

PEOPLE = st.sampled_from([DUTY, HANDLER, LEADER, OTHER, SUPERVISOR])
ASKERS = st.sampled_from([ZHANG, LI])
UNITS = st.sampled_from(["chengguan", "gongan"])

STAFF_ACTIONS = st.one_of(
    st.tuples(st.sampled_from([d.accept, d.sign, d.begin, d.resume, d.unmerge])),
    st.tuples(st.sampled_from([d.approve_extension, d.refuse_extension])),
    st.tuples(st.just(d.decline), st.sampled_from(Route), st.just("理由")),
    st.tuples(st.just(d.dispatch), UNITS),
    st.tuples(st.just(d.send_back), st.just("不属职责")),
    st.tuples(st.just(d.answer), st.just("答复")),
    st.tuples(st.just(d.close), st.booleans()),
    st.tuples(st.just(d.answer_directly), st.just("直接答复")),
    st.tuples(st.just(d.pause), st.sampled_from(PauseReason), st.just("理由")),
    st.tuples(st.just(d.ask_extension), st.integers(0, 6), st.just("理由")),
    st.tuples(st.just(d.change_kind), st.sampled_from(Kind)),
    st.tuples(st.just(d.classify), st.sampled_from(Lawfulness)),
    st.tuples(st.just(d.reopen), st.just("理由")),
    st.tuples(st.just(d.record_return_call), st.booleans(), st.just("记录")),
)
ASKER_ACTIONS = st.one_of(
    st.tuples(st.sampled_from([d.urge, d.withdraw])),
    st.tuples(st.just(d.supplement), st.just("补充")),
    st.tuples(st.just(d.rate), st.sampled_from(Rating)),
    st.tuples(st.just(d.change_kind), st.sampled_from(Kind)),
)


class TicketMachine(RuleBasedStateMachine):
    """A world of a few tickets in which anybody tries anything."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.seen: dict[str, Ticket] = {}

    def _try(self, use_case, *args):
        log = len(self.world.book.log)
        try:
            self.world.do(use_case, *args)
        except d.TransitionRefused:
            assert len(self.world.book.log) == log, "a refusal must change nothing"

    @precondition(lambda self: len(self.world.book.tickets) < 5)
    @rule(kind=st.sampled_from(Kind), by=ASKERS)
    def open_one(self, kind, by):
        self.world.opened(kind, by)

    @precondition(lambda self: self.world.book.tickets)
    @rule(data=st.data(), action=STAFF_ACTIONS, by=PEOPLE)
    def staff_act(self, data, action, by):
        use_case, *args = action
        self._try(use_case, self._any(data), *args, by)

    @precondition(lambda self: self.world.book.tickets)
    @rule(data=st.data())
    def the_right_officer_goes_on(self, data):
        """Keeps the runs from stopping at the door: the next step by whoever may take it."""
        number = self._any(data)
        steps = {
            Stage.REGISTERED: (d.accept, DUTY),
            Stage.ACCEPTED: (d.dispatch, "chengguan", SUPERVISOR),
            Stage.RETURNED: (d.dispatch, "chengguan", SUPERVISOR),
            Stage.DISPATCHED: (d.sign, HANDLER),
            Stage.SIGNED: (d.begin, HANDLER),
            Stage.HANDLING: (d.answer, "答复", HANDLER),
            Stage.ANSWERED: (d.close, True, LEADER),
            Stage.PAUSED: (d.resume, SUPERVISOR),
        }
        step = steps.get(self.world.book.tickets[number].stage)
        if step is not None:
            self._try(step[0], number, *step[1:])

    @precondition(lambda self: self.world.book.tickets)
    @rule(data=st.data(), action=ASKER_ACTIONS, by=ASKERS)
    def asker_act(self, data, action, by):
        use_case, *args = action
        self._try(use_case, self._any(data), *args, by)

    @precondition(lambda self: len(self.world.book.tickets) > 1)
    @rule(data=st.data())
    def merge_two(self, data):
        self._try(d.merge, self._any(data), self._any(data), DUTY)

    @rule(hours=st.integers(0, 60))
    def time_passes(self, hours):
        later = self.world.desk.now + timedelta(hours=hours)
        self.world.at(later.replace(tzinfo=None).isoformat())

    def _any(self, data):
        return data.draw(st.sampled_from(sorted(self.world.book.tickets)))

    @invariant()
    def every_ticket_is_legal(self):
        for ticket in self.world.book.tickets.values():
            waits = ticket.stage in {Stage.PAUSED, Stage.MERGED}
            assert (ticket.before is not None) == waits
            assert ticket.clock.is_paused <= (ticket.stage in {Stage.PAUSED, Stage.WITHDRAWN})
            assert ticket.due == due_of(ticket.clock, self.world.desk.calendar)
            assert ticket.clock.rule == self.world.desk.rules[ticket.kind]
            assert len(ticket.earlier) == ticket.reopenings
            if ticket.stage is Stage.MERGED:
                main = self.world.book.tickets[ticket.merged_into]
                assert main.stage not in {Stage.MERGED, Stage.WITHDRAWN, Stage.DECLINED}
                assert not main.unit or ticket.unit == main.unit
            assert not ticket.own_unit or ticket.merged_into
            if ticket.stage in {Stage.CLOSED, Stage.CALLED, Stage.RATED}:
                assert ticket.closed_at is not None
                assert ticket.answer_id in self.world.book.case_texts

    @invariant()
    def stages_move_only_along_the_table(self):
        for number, ticket in self.world.book.tickets.items():
            before = self.seen.get(number)
            if before is not None and before.stage is not ticket.stage:
                assert ticket.stage in _reachable(before)
            self.seen[number] = ticket

    @invariant()
    def the_log_is_whole_and_gives_the_stored_figures(self):
        book = self.world.book
        logs = {number: book.history(number) for number in book.tickets}
        for number, ticket in book.tickets.items():
            assert faults_in(logs[number], ticket) == ()
        folded = [facts_from_log(log) for log in logs.values()]
        stored = [facts_of(ticket) for ticket in book.tickets.values()]
        assert folded == stored
        for grouping in (by_unit, by_town, by_month):
            assert tally(folded, grouping) == tally(stored, grouping)


def _reachable(ticket: Ticket) -> set[Stage]:
    """Stages one use case may reach: answering directly and rating take several steps of the table."""
    found, edge = set(), {ticket.stage}
    while edge:
        nexts = {
            target[stage] or ticket.before or Stage.REGISTERED
            for stage in edge
            for target in TRANSITIONS.values()
            if stage in target
        }
        edge = nexts - found
        found |= edge
    return found


TestTicketMachine = TicketMachine.TestCase
TestTicketMachine.settings = settings(
    max_examples=int(os.environ.get("TICKET_SEQUENCES", "150")), stateful_step_count=50, deadline=None
)
