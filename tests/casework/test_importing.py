"""A ticket of another system is opened once, on the clock that began when it was received there."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from casework.china_time import SHANGHAI
from casework.tickets.desk import NotAllowed, Opening, TransitionRefused, import_ticket
from casework.tickets.facts import facts_from_log, facts_of
from casework.tickets.model import Kind, Source, TextKind
from tests.casework.world import DUTY, HANDLER, SUPERVISOR, World, hash_code

RECEIVED = datetime(2026, 10, 30, 16, tzinfo=SHANGHAI)
OPENING = Opening(
    Kind.HELP,
    ((TextKind.DEMAND, "井盖松了"),),
    source=Source.IMPORT,
    external_number="YC20261030-7",
    received=RECEIVED,
)


def test_the_clock_runs_from_the_moment_the_other_system_received_it() -> None:
    world = World()
    ticket = import_ticket(world.desk, OPENING, "0417", hash_code, DUTY).ticket

    assert ticket.received == RECEIVED
    assert ticket.due.due == date(2026, 11, 3)
    assert ticket.number.startswith("GA20261102-")


def test_a_second_import_changes_nothing() -> None:
    world = World()
    first = import_ticket(world.desk, OPENING, "0417", hash_code, DUTY)
    other = replace(OPENING, kind=Kind.COMPLAIN, texts=((TextKind.DEMAND, "别的话"),))
    again = import_ticket(world.desk, other, "0417", hash_code, DUTY)

    assert (first.new, again.new) == (True, False)
    assert again.ticket == first.ticket
    assert len(world.book.tickets) == 1
    assert [text.body for text in world.book.texts(first.ticket.number)] == ["井盖松了"]


def test_the_report_from_the_log_knows_when_it_was_received() -> None:
    world = World()
    ticket = import_ticket(world.desk, OPENING, "0417", hash_code, DUTY).ticket

    facts = facts_from_log(world.book.history(ticket.number))
    assert facts == facts_of(ticket)
    assert facts is not None
    assert facts.received == date(2026, 10, 30)


@pytest.mark.parametrize("who", [HANDLER, SUPERVISOR])
def test_only_who_registers_demands_may_import(who) -> None:
    world = World()
    with pytest.raises(NotAllowed):
        import_ticket(world.desk, OPENING, "0417", hash_code, who)
    import_ticket(world.desk, OPENING, "0417", hash_code, DUTY)
    with pytest.raises(NotAllowed):
        import_ticket(world.desk, OPENING, "0417", hash_code, who)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"external_number": ""}, "外部编号"),
        ({"source": Source.PHONE}, "外部编号"),
        ({"received": datetime(2026, 11, 2, 9, 1, tzinfo=SHANGHAI)}, "比现在还晚"),
    ],
)
def test_what_cannot_be_an_import_is_refused(changed, why) -> None:
    world = World()
    with pytest.raises(TransitionRefused, match=why):
        import_ticket(world.desk, replace(OPENING, **changed), "0417", hash_code, DUTY)
    assert not world.book.tickets
