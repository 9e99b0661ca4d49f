"""A ticket's life at the desk: what moves, what is refused and what the resident is owed."""

from datetime import date

import pytest

from casework.audit import faults_in
from casework.ports import NoticeKind
from casework.staff import CodeHolder, Resident
from casework.tickets import events
from casework.tickets.desk import (
    DESK_UNIT,
    NoSuchTicket,
    NotAllowed,
    Opening,
    TransitionRefused,
    WrongCode,
    accept,
    answer,
    answer_directly,
    approve_extension,
    ask_extension,
    change_kind,
    close,
    decline,
    dispatch,
    is_overdue,
    merge,
    open_ticket,
    pause,
    rate,
    read_as_asker,
    read_as_staff,
    reclaim,
    recompute_open,
    record_return_call,
    reopen,
    resume,
    send_back,
    show_code,
    sign,
    supplement,
    unmerge,
    urge,
    withdraw,
)
from casework.tickets.facts import facts_from_log
from casework.tickets.model import Kind, PauseReason, Rating, Route, Source, Stage, TextKind
from casework.workdays import WorkCalendar
from tests.casework.world import (
    ADMIN,
    DUTY,
    HANDLER,
    LEADER,
    LI,
    SUPERVISOR,
    ZHANG,
    World,
    code_matches,
    hash_code,
)


@pytest.fixture
def world() -> World:
    return World()


def test_a_ticket_gets_number_clock_and_hashed_code(world):
    """Monday 2 November plus eight days is Tuesday the 10th; the code is never kept as it is."""
    ticket = world.opened()

    assert ticket.number == "GA20261102-0001"
    assert ticket.due.due == date(2026, 11, 10)
    assert world.book.askers[ticket.number].code_hash == "hash:0417"
    assert world.opened().number == "GA20261102-0002"


def test_no_event_and_no_ticket_holds_an_openid_or_the_words(world):
    """Erasing the rows erases the person."""
    number = world.handling().number
    world.do(supplement, number, "电话没人接", ZHANG)

    kept = repr(list(world.book.log.values())) + repr(world.book.tickets)

    assert ZHANG.openid not in kept
    assert "路灯" not in kept
    assert "电话没人接" not in kept


def test_the_whole_way_owes_one_notice_per_step(world):
    """受理, 派单, 答复, 办结 are told; signing and working are not."""
    number = world.handling().number
    world.do(answer, number, "已修好", HANDLER)
    world.do(close, number, True, LEADER)
    world.do(rate, number, Rating.GOOD, ZHANG)

    assert world.book.get(number).stage is Stage.RATED
    assert world.notices.kinds(number) == [
        NoticeKind.ACCEPTED,
        NoticeKind.DISPATCHED,
        NoticeKind.ANSWERED,
        NoticeKind.CLOSED,
    ]
    assert faults_in(world.book.history(number), world.book.get(number)) == ()


@pytest.mark.parametrize("start", [Stage.REGISTERED, Stage.HANDLING, Stage.PAUSED, Stage.RETURNED])
def test_the_duty_desk_answers_directly_from_any_open_stage_with_one_notice(world, start):
    """The stages between are logged, the resident hears once."""
    number = world.opened().number if start is Stage.REGISTERED else world.handling().number
    if start is Stage.PAUSED:
        world.do(pause, number, PauseReason.MATERIALS, "缺照片", HANDLER)
    if start is Stage.RETURNED:
        number = world.opened().number
        world.do(accept, number, DUTY)
        world.do(dispatch, number, "chengguan", DUTY)
        world.do(send_back, number, "不属本局职责", HANDLER)
    before = len(world.notices.kinds(number))

    world.do(answer_directly, number, "已修好", DUTY)

    told = [one for one in world.notices.owed if one.case == number][before:]
    assert world.book.get(number).stage is Stage.CLOSED
    assert [(one.kind, one.details.closed) for one in told] == [(NoticeKind.ANSWERED, True)]
    assert faults_in(world.book.history(number), world.book.get(number)) == ()


def test_a_changed_kind_recounts_from_receipt(world):
    """A 投诉 that was a 咨询 all along was due the day after receipt."""
    number = world.opened(Kind.COMPLAIN).number
    world.at("2026-11-04 09:00")

    ticket = world.do(change_kind, number, Kind.CONSULT, DUTY)

    assert ticket.due.due == date(2026, 11, 3)
    assert is_overdue(ticket, world.desk.now)
    assert world.notices.kinds(number) == [NoticeKind.DUE_MOVED]


def test_the_resident_may_change_the_kind_only_before_acceptance(world):
    """Afterwards the officers sort."""
    number = world.opened(Kind.COMPLAIN).number
    assert world.do(change_kind, number, Kind.HELP, ZHANG).kind is Kind.HELP
    world.do(accept, number, DUTY)

    with pytest.raises(TransitionRefused, match="已经受理"):
        world.do(change_kind, number, Kind.REPORT, ZHANG)


def test_declining_names_the_legal_route(world):
    """The resident is owed the route and the reason."""
    number = world.opened().number

    ticket = world.do(decline, number, Route.LAWSUIT, "判决已生效，须经诉讼程序", DUTY)

    assert (ticket.stage, ticket.route) == (Stage.DECLINED, Route.LAWSUIT)
    assert world.notices.owed[-1].details.route is Route.LAWSUIT
    assert world.notices.owed[-1].details.text_id in world.book.case_texts


def test_send_back_needs_a_reason_and_its_time(world):
    """One working day after dispatch is the shipped example; the day after that is too late."""
    number = world.opened().number
    world.do(accept, number, DUTY)
    world.do(dispatch, number, "chengguan", DUTY)
    with pytest.raises(TransitionRefused, match="理由不能为空"):
        world.do(send_back, number, "  ", HANDLER)
    world.at("2026-11-04 00:00")

    with pytest.raises(TransitionRefused, match="已过退单时限"):
        world.do(send_back, number, "不属本局职责", HANDLER)


def test_a_ticket_bounced_twice_goes_to_the_supervisor(world):
    """From then on the duty desk can neither dispatch nor answer it."""
    number = world.opened().number
    world.do(accept, number, DUTY)
    for _ in range(2):
        world.do(dispatch, number, "chengguan", DUTY)
        world.do(send_back, number, "不属本局职责", HANDLER)

    assert world.book.get(number).supervised
    for forbidden in (
        lambda: world.do(dispatch, number, "chengguan", DUTY),
        lambda: world.do(answer_directly, number, "好", DUTY),
    ):
        with pytest.raises(NotAllowed, match="督办"):
            forbidden()
    assert world.do(dispatch, number, "chengguan", SUPERVISOR).first_unit == "chengguan"


def test_a_pause_stops_the_clock_and_resuming_moves_the_date(world):
    """Paused on the 4th, resumed on the 9th: five days given back, 10 becomes Sunday 15, then Monday 16."""
    number = world.handling().number
    world.at("2026-11-04 09:00")
    world.do(pause, number, PauseReason.MATERIALS, "缺照片", HANDLER)
    world.at("2026-11-09 09:00")

    assert world.do(resume, number, HANDLER).due.due == date(2026, 11, 16)


def test_an_overdue_ticket_can_neither_be_paused_nor_extended(world):
    """Neither hides that it is late."""
    number = world.handling().number
    world.at("2026-11-11 00:00")

    with pytest.raises(TransitionRefused, match="已超过期限"):
        world.do(pause, number, PauseReason.MATERIALS, "缺照片", HANDLER)
    with pytest.raises(TransitionRefused, match="已超过期限"):
        world.do(ask_extension, number, 2, "等材料", HANDLER)


def test_an_extension_is_approved_by_another_person_and_capped(world):
    """Ten plus two days is Thursday the 12th; a second one is not to be had."""
    number = world.handling().number
    with pytest.raises(TransitionRefused, match="1 至 5"):
        world.do(ask_extension, number, 6, "等材料", HANDLER)
    world.do(ask_extension, number, 2, "等材料", LEADER)
    with pytest.raises(NotAllowed, match="以外的人"):
        world.do(approve_extension, number, LEADER)

    assert world.do(approve_extension, number, SUPERVISOR).due.due == date(2026, 11, 12)
    assert world.notices.kinds(number)[-1] is NoticeKind.EXTENDED
    with pytest.raises(TransitionRefused, match="已用完"):
        world.do(ask_extension, number, 1, "还要等", HANDLER)


def test_merged_askers_keep_number_notice_and_rating(world):
    """Both are answered, each rates alone, and 不满意 of one reopens only that one."""
    main, other = world.handling().number, world.opened(by=LI).number
    world.do(merge, other, main, DUTY)

    world.do(answer, main, "已修好", HANDLER)
    world.do(close, main, True, LEADER)
    world.do(rate, main, Rating.GOOD, ZHANG)
    world.do(rate, other, Rating.BAD, LI)

    assert world.notices.kinds(other)[:2] == [NoticeKind.ANSWERED, NoticeKind.CLOSED]
    assert world.book.get(main).stage is Stage.RATED
    assert world.book.get(other).stage is Stage.ACCEPTED
    assert world.book.get(other).merged_into == ""


def test_unmerging_restores_stage_and_clock(world):
    """As if it had never been merged, even when the other one was extended meanwhile."""
    main, other = world.handling().number, world.handling(by=LI)
    world.do(merge, other.number, main, DUTY)
    world.do(ask_extension, main, 2, "等材料", HANDLER)
    world.do(approve_extension, main, SUPERVISOR)

    apart = world.do(unmerge, other.number, DUTY)

    assert (apart.stage, apart.clock, apart.due) == (other.stage, other.clock, other.due)


def test_what_is_merged_belongs_to_the_unit_of_the_main_ticket(world):
    """Merged before or after the dispatch, and sent on with it; each asker hears of the dispatch once."""
    main, before, after = (world.opened(by=by).number for by in (ZHANG, LI, Resident("o-wang")))
    world.do(accept, main, DUTY)
    world.do(merge, before, main, DUTY)
    world.do(dispatch, main, "gongan", DUTY)
    world.do(merge, after, main, DUTY)
    assert world.book.get(after).unit == "gongan"

    world.do(dispatch, main, "chengguan", DUTY)
    world.do(sign, main, HANDLER)
    world.do(answer, main, "已修好", HANDLER)
    world.do(close, main, True, LEADER)

    for number in (before, after):
        assert world.book.get(number).unit == "chengguan"
        assert world.book.get(number).dispatches == 0
        facts = facts_from_log(world.book.history(number))
        assert facts is not None
        assert facts.unit == "chengguan"
    assert world.notices.kinds(before).count(NoticeKind.DISPATCHED) == 2
    assert world.notices.kinds(after).count(NoticeKind.DISPATCHED) == 1


def test_one_person_with_two_merged_tickets_hears_everything_once_with_both_numbers(world):
    """The other asker has a message of their own; every ticket keeps its clock, its answer and its rating."""
    main, second, other = (world.opened(by=by).number for by in (ZHANG, ZHANG, LI))
    clocks = {number: world.book.get(number).clock for number in (main, second, other)}
    world.do(accept, main, DUTY)
    for number in (second, other):
        world.do(merge, number, main, DUTY)
    world.do(dispatch, main, "chengguan", DUTY)
    world.do(sign, main, HANDLER)
    world.do(answer, main, "已修好", HANDLER)
    world.do(close, main, True, LEADER)

    steps = (NoticeKind.DISPATCHED, NoticeKind.ANSWERED, NoticeKind.CLOSED)
    told = [owed for owed in world.notices.owed if owed.kind in steps]
    assert [(owed.kind, owed.openid, owed.case, owed.details.also) for owed in told if owed.case == main] == [
        (kind, ZHANG.openid, main, (second,)) for kind in steps
    ]
    assert {owed.case for owed in told} == {main, other}
    assert all(owed.details.also == () for owed in told if owed.case == other)
    answered = [one.event for one in world.book.history(second) if isinstance(one.event, events.Answered)]
    assert [event.told_with for event in answered] == [main]
    assert {number: world.book.get(number).clock for number in clocks} == clocks

    world.do(rate, main, Rating.GOOD, ZHANG)
    world.do(rate, second, Rating.BAD, ZHANG)
    assert world.book.get(main).rating is Rating.GOOD
    assert world.book.get(second).stage is Stage.ACCEPTED
    assert world.book.get(other).rating is None


def test_when_the_main_asker_is_somebody_else_the_first_of_the_two_speaks(world):
    main, first, second = (world.opened(by=by).number for by in (LI, ZHANG, ZHANG))
    for number in (first, second):
        world.do(merge, number, main, DUTY)
    world.do(answer_directly, main, "已修好", DUTY)

    told = [(owed.openid, owed.case, owed.details.also) for owed in world.notices.owed]
    assert sorted(told) == sorted([(ZHANG.openid, first, (second,)), (LI.openid, main, ())])


def test_tickets_without_an_account_are_never_taken_for_one_person(world):
    """Two callers without WeChat are two."""
    main, other = (_by_phone(world) for _ in range(2))
    world.do(merge, other, main, DUTY)
    world.do(answer_directly, main, "已修好", DUTY)
    answered = [one.event for one in world.book.history(other) if isinstance(one.event, events.Answered)]
    assert [event.told_with for event in answered] == [""]


def _by_phone(world) -> str:
    opening = Opening(Kind.HELP, ((TextKind.DEMAND, "路灯不亮"),), phone="0795-1", source=Source.PHONE)
    return open_ticket(world.desk, opening, "0417", hash_code, DUTY).number


def test_answering_the_main_ticket_at_once_says_so_once(world):
    """What is merged goes with it silently and gets the answer, in one message."""
    main, other = world.opened().number, world.opened(by=LI).number
    world.do(merge, other, main, DUTY)

    world.do(answer_directly, main, "已修好", DUTY)

    assert world.book.get(other).unit == DESK_UNIT
    assert world.notices.kinds(other) == [NoticeKind.ANSWERED]


def test_a_unit_reads_what_is_merged_into_its_ticket_and_no_longer_after_unmerging(world):
    """An unmerged ticket goes back to the unit it had, or to none."""
    main, other = world.handling().number, world.opened(by=LI).number
    world.do(merge, other, main, DUTY)
    assert read_as_staff(world.desk, other, HANDLER).stage is Stage.MERGED

    apart = world.do(unmerge, other, DUTY)

    assert (apart.unit, apart.own_unit) == ("", "")
    with pytest.raises(NotAllowed):
        read_as_staff(world.desk, other, HANDLER)


def test_merging_refuses_itself_chains_and_finished_tickets(world):
    """No circle can come about."""
    one, two, three = (world.opened().number for _ in range(3))
    world.do(merge, two, one, DUTY)

    for ticket, into in ((one, one), (three, two), (one, three)):
        with pytest.raises(TransitionRefused):
            world.do(merge, ticket, into, DUTY)


def test_what_was_merged_goes_on_when_the_main_asker_withdraws(world):
    """One person's second thoughts do not end another's demand."""
    main, other = world.opened().number, world.opened(by=LI).number
    world.do(merge, other, main, DUTY)

    world.do(withdraw, main, ZHANG)

    assert world.book.get(main).stage is Stage.WITHDRAWN
    assert world.book.get(other).stage is Stage.REGISTERED


def test_dissatisfaction_reopens_exactly_once_with_a_new_clock(world):
    """The second 不满意 is kept and changes nothing more; the old clock stays."""
    number = world.handling().number
    world.do(answer_directly, number, "已修好", DUTY)
    world.at("2026-11-09 09:00")

    again = world.do(rate, number, Rating.BAD, ZHANG)
    assert (again.stage, again.due.due, len(again.earlier)) == (Stage.ACCEPTED, date(2026, 11, 17), 1)
    assert NoticeKind.REOPENED not in world.notices.kinds(number), "the reply to the rating says it already"

    world.do(answer_directly, number, "又修好", DUTY)
    final = world.do(rate, number, Rating.BAD, ZHANG)
    assert (final.stage, final.reopenings) == (Stage.RATED, 1)


def test_staff_can_reopen_with_a_reason(world):
    """The reason is kept and the resident is told."""
    number = world.opened().number
    world.do(answer_directly, number, "已修好", DUTY)

    world.do(reopen, number, "回访发现没修", SUPERVISOR)

    assert world.notices.kinds(number)[-1] is NoticeKind.REOPENED
    event = world.book.history(number)[-1].event
    assert isinstance(event, events.Reopened)
    assert world.book.case_texts[event.reason_id].body == "回访发现没修"


def test_a_return_call_may_bring_the_rating(world):
    """But not from somebody who was not reached."""
    number = world.opened().number
    world.do(answer_directly, number, "已修好", DUTY)
    with pytest.raises(TransitionRefused, match="没有联系上"):
        world.do(record_return_call, number, False, "无人接听", DUTY, rating=Rating.GOOD)

    ticket = world.do(record_return_call, number, True, "满意", DUTY, rating=Rating.GOOD)

    assert (ticket.stage, ticket.rating) == (Stage.RATED, Rating.GOOD)


def test_urging_is_counted_and_supplements_are_kept(world):
    """Neither moves the date."""
    ticket = world.opened()
    world.do(urge, ticket.number, ZHANG)
    world.do(supplement, ticket.number, "media-1", ZHANG, TextKind.PICTURE)

    after = world.do(urge, ticket.number, ZHANG)

    assert (after.urged, after.due) == (2, ticket.due)
    assert [text.kind for text in world.book.texts(ticket.number)] == [TextKind.DEMAND, TextKind.PICTURE]


def test_only_the_asker_or_the_codes_holder_reads(world):
    """Another resident learns no more than for a number that was never given."""
    number = world.opened().number
    holder = show_code(world.desk, number, "0417", code_matches, LI)

    assert read_as_asker(world.desk, number, ZHANG).number == number
    assert isinstance(holder, CodeHolder)
    assert read_as_asker(world.desk, number, holder).number == number
    for stranger in (LI, Resident(""), CodeHolder("GA20261102-0002")):
        with pytest.raises(NoSuchTicket) as refused:
            read_as_asker(world.desk, number, stranger)
        assert str(refused.value) == str(NoSuchTicket(number))


def test_guesses_at_the_code_run_out_for_a_day(world):
    """After five wrong ones, on whatever tickets, the right one does not help until 24 hours later."""
    number, other = world.opened().number, world.opened().number
    left = [show_code(world.desk, one, "9999", code_matches, LI) for one in (number, other, other, other, number)]

    assert left == [WrongCode(n) for n in (4, 3, 2, 1, 0)]
    assert show_code(world.desk, number, "0417", code_matches, LI) == WrongCode(0)
    world.at("2026-11-03 09:01")
    assert show_code(world.desk, number, "0417", code_matches, LI) == CodeHolder(number)


def test_a_guesser_locks_nobody_else_out(world):
    """Who has used up their own guesses adds nothing to the ticket's count, however often they go on."""
    number = world.opened().number
    for _ in range(200):
        show_code(world.desk, number, "9999", code_matches, Resident("o-guesser"))

    assert world.book.failed_guesses(number, world.desk.now) == 5
    assert show_code(world.desk, number, "0417", code_matches, LI) == CodeHolder(number)


def test_many_guessers_are_stopped_by_the_tickets_own_bound(world):
    """Fifty of ten thousand codes are tried in a day at most; then even the right one waits."""
    number, other = world.opened().number, world.opened().number
    for person in range(30):
        for _ in range(5):
            show_code(world.desk, number, "9999", code_matches, Resident(f"o-{person}"))

    assert world.book.failed_guesses(number, world.desk.now) == 50
    assert show_code(world.desk, number, "0417", code_matches, LI) == WrongCode(5, locked=True)
    assert show_code(world.desk, other, "0417", code_matches, LI) == CodeHolder(other)


def test_a_code_reclaims_only_a_case_without_an_openid(world):
    """After the resident unfollowed and followed again, notices reach the new openid."""
    number = world.opened().number
    holder = CodeHolder(number)
    with pytest.raises(TransitionRefused, match="登记人"):
        reclaim(world.desk, holder, LI)
    erased = world.book.askers[number]
    world.book.save_asker(type(erased)(number, code_hash=erased.code_hash))

    reclaim(world.desk, holder, LI)
    world.do(accept, number, DUTY)

    assert world.notices.owed[-1].openid == LI.openid


def test_nothing_is_owed_to_somebody_erased(world):
    """The case goes on, silently."""
    number = world.opened().number
    world.book.askers.pop(number)

    world.do(answer_directly, number, "已修好", ADMIN)

    assert world.notices.owed == []


def test_a_late_holiday_notice_moves_open_tickets_and_tells_their_askers(world):
    """Old and new date are in the log; what did not move is left alone."""
    world.desk = type(world.desk)(world.book, world.notices, WorkCalendar(), world.desk.now)
    world.at("2026-09-30 09:00")
    moving = world.opened(Kind.CONSULT).number
    assert world.book.get(moving).due.provisional
    world.desk = type(world.desk)(world.book, world.notices, World().desk.calendar, world.desk.now)

    changed = recompute_open(world.desk, "导入2026年放假安排")

    assert [ticket.due.due for ticket in changed] == [date(2026, 10, 8)]
    event = world.book.history(moving)[-1].event
    assert event == events.DueRecomputed(date(2026, 10, 1), date(2026, 10, 8), False, "导入2026年放假安排")
    assert recompute_open(world.desk, "再来一次") == ()
