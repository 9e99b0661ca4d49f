"""What every register of tickets promises: the one in memory that tests use, and the one in the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casework.china_time import SHANGHAI
from casework.clock import Clock, Pause, due_of
from casework.limits import DEFAULT_RULES
from casework.ports import TicketBook
from casework.tickets import events
from casework.tickets.events import Recorded
from casework.tickets.model import Asker, CaseText, Kind, Rating, Source, Stage, TextKind, Ticket
from storage.database import connect
from storage.migrations import migrate
from storage.tickets import StoredTickets
from tests.casework.calendars import shipped
from tests.casework.fakes import MemoryBook

MORNING = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)


@pytest.fixture(params=["memory", "database"])
def book(request: pytest.FixtureRequest) -> Iterator[TicketBook]:
    if request.param == "memory":
        yield MemoryBook()
        return
    connection = connect(":memory:")
    migrate(connection)
    yield StoredTickets(connection)
    connection.close()


def ticket(number: int = 1, kind: Kind = Kind.COMPLAIN, at: datetime = MORNING, **changed: object) -> Ticket:
    clock = Clock(DEFAULT_RULES[kind.value], at)
    made = Ticket(f"GA20261124-{number:04d}", kind, clock, due_of(clock, shipped()), town="瑞州街道", revision=1)
    return replace(made, **changed)


def put(book: TicketBook, made: Ticket, openid: str = "o-zhang") -> Ticket:
    book.add(made, Asker(made.number, openid, "", "", "hash"))
    return made


def text(made: Ticket, part: int, body: str = "路灯不亮", kind: TextKind = TextKind.DEMAND) -> CaseText:
    at = MORNING + timedelta(minutes=part)
    return CaseText(f"{made.number}/1.{part}", made.number, kind, body, "resident", at)


def test_numbers_of_a_day_start_at_one_and_never_repeat(book: TicketBook) -> None:
    day = date(2026, 11, 24)
    assert [book.next_sequence(day) for _ in range(3)] == [1, 2, 3]
    assert book.next_sequence(date(2026, 11, 25)) == 1
    assert book.next_sequence(day) == 4


def test_an_unknown_ticket_is_not_there(book: TicketBook) -> None:
    assert book.get("GA20261124-0001") is None
    assert book.asker("GA20261124-0001") is None
    assert list(book.texts("GA20261124-0001")) == []
    assert list(book.history("GA20261124-0001")) == []


def test_a_ticket_comes_back_as_it_was_put_down(book: TicketBook) -> None:
    made = put(book, ticket())
    assert book.get(made.number) == made
    assert book.asker(made.number) == Asker(made.number, "o-zhang", "", "", "hash")


def test_every_field_survives_being_saved(book: TicketBook) -> None:
    made = put(book, ticket())
    paused = replace(made.clock, pauses=(Pause(MORNING + timedelta(days=1)),))
    changed = replace(
        made,
        stage=Stage.PAUSED,
        before=Stage.HANDLING,
        source=Source.PHONE,
        clock=paused,
        co_units=("gongan", "chengguan"),
        answered_at=MORNING,
        resolved=False,
        rating=Rating.BAD,
        earlier=(made.clock,),
        external_number="12345-1",
        revision=2,
    )
    book.save(changed)
    assert book.get(made.number) == changed


def test_a_second_ticket_of_the_same_number_is_refused(book: TicketBook) -> None:
    put(book, ticket())
    with pytest.raises(Exception):  # noqa: B017, PT011 - each register has its own
        put(book, ticket())


def test_a_second_event_of_the_same_place_is_refused(book: TicketBook) -> None:
    made = put(book, ticket())
    book.append(Recorded(made.number, 2, MORNING, "resident", events.Urged(1)))
    with pytest.raises(Exception):  # noqa: B017, PT011
        book.append(Recorded(made.number, 2, MORNING, "resident", events.Urged(2)))


def test_words_need_their_ticket_and_an_own_id(book: TicketBook) -> None:
    made = ticket()
    with pytest.raises(Exception):  # noqa: B017, PT011
        book.add_text(text(made, 0))
    put(book, made)
    book.add_text(text(made, 0))
    with pytest.raises(Exception):  # noqa: B017, PT011
        book.add_text(text(made, 0))


def test_texts_come_oldest_first(book: TicketBook) -> None:
    made = put(book, ticket())
    written = [text(made, 0), text(made, 1, "八景镇"), text(made, 2, "pic-1", TextKind.PICTURE)]
    for one in written:
        book.add_text(one)
    assert list(book.texts(made.number)) == written


def test_history_keeps_every_kind_of_event_in_its_order(book: TicketBook) -> None:
    made = put(book, ticket())
    told = [
        events.TicketOpened(Kind.COMPLAIN, Source.ACCOUNT, "瑞州街道", date(2026, 12, 2), False),
        events.KindChanged(Kind.COMPLAIN, Kind.HELP, date(2026, 11, 30)),
        events.Dispatched("chengguan", ("gongan",), "归城管"),
        events.Answered("t1", "chengguan"),
        events.Closed(True, "chengguan"),
        events.Rated(Rating.BAD),
        events.Reopened(True, "", date(2026, 12, 9), True),
        events.Reclaimed(),
        events.Withdrawn(),
    ]
    log = [Recorded(made.number, seq, MORNING, "system:test", event) for seq, event in enumerate(told, 1)]
    for recorded in reversed(log):
        book.append(recorded)
    assert list(book.history(made.number)) == log


def test_open_tickets_come_by_due_date_and_closed_ones_not(book: TicketBook) -> None:
    slow = put(book, ticket(1, Kind.COMPLAIN))
    quick = put(book, ticket(2, Kind.CONSULT))
    put(book, ticket(3, Kind.CONSULT, stage=Stage.CLOSED))
    assert [one.number for one in book.open_tickets()] == [quick.number, slow.number]


def test_a_resident_s_tickets_come_newest_first(book: TicketBook) -> None:
    first = put(book, ticket(1))
    second = put(book, ticket(2, at=MORNING + timedelta(hours=1)))
    put(book, ticket(3), openid="o-li")
    assert [one.number for one in book.of_openid("o-zhang")] == [second.number, first.number]
    assert list(book.of_openid("o-wang")) == []


def test_a_reclaimed_ticket_belongs_to_its_new_openid(book: TicketBook) -> None:
    made = put(book, ticket())
    book.save_asker(Asker(made.number, "o-new", "", "", "hash"))
    assert list(book.of_openid("o-zhang")) == []
    assert [one.number for one in book.of_openid("o-new")] == [made.number]


def test_only_tickets_that_still_are_merged_count_as_merged(book: TicketBook) -> None:
    made = put(book, ticket(1))
    merged = put(book, ticket(2, stage=Stage.MERGED, merged_into=made.number))
    put(book, ticket(3, stage=Stage.CLOSED, merged_into=made.number))
    assert [one.number for one in book.merged_into(made.number)] == [merged.number]


def test_wrong_codes_are_counted_per_ticket_and_person_and_since_a_moment(book: TicketBook) -> None:
    for hours in (0, 1, 2):
        book.note_failed_guess("GA20261124-0001", "o-1", MORNING + timedelta(hours=hours))
    book.note_failed_guess("GA20261124-0002", "o-1", MORNING)
    book.note_failed_guess("GA20261124-0002", "o-2", MORNING)
    assert book.failed_guesses("GA20261124-0001", MORNING + timedelta(hours=1)) == 2
    assert book.failed_guesses("GA20261124-0001", MORNING - timedelta(hours=1)) == 3
    assert book.failed_guesses("GA20261124-0003", MORNING) == 0
    assert book.failed_guesses_by("o-1", MORNING) == 4
    assert book.failed_guesses_by("o-1", MORNING + timedelta(hours=2)) == 1
    assert book.failed_guesses_by("o-3", MORNING) == 0
    book.forget_guesses("GA20261124-0001")
    assert book.failed_guesses("GA20261124-0001", MORNING) == 0
    assert book.failed_guesses("GA20261124-0002", MORNING) == 2


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(min_size=1, max_size=60).filter(str.strip),
    urged=st.integers(0, 99),
    rating=st.sampled_from([None, *Rating]),
)
def test_any_words_and_numbers_come_back_unchanged(words: str, urged: int, rating: Rating | None) -> None:
    """In the database: quotes, emoji, rare characters and control characters alike."""
    connection = connect(":memory:")
    migrate(connection)
    stored = StoredTickets(connection)
    made = put(stored, ticket(urged=urged, rating=rating, domain=words))
    stored.add_text(text(made, 0, words))
    assert stored.get(made.number) == made
    assert stored.texts(made.number)[0].body == words
    connection.close()
