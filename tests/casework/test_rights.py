"""Who may do what: checked at the desk, for every use case."""

import pytest

from casework.staff import RIGHTS, Resident, Right, Role, Staff, System
from casework.tickets.desk import (
    NotAllowed,
    Opening,
    TransitionRefused,
    accept,
    answer,
    answer_directly,
    approve_extension,
    ask_extension,
    begin,
    classify,
    close,
    decline,
    dispatch,
    look_at_asker,
    merge,
    open_ticket,
    pause,
    read_as_staff,
    record_return_call,
    refuse_extension,
    reopen,
    resume,
    send_back,
    set_external_number,
    sign,
    unmerge,
)
from casework.tickets.events import IdentityLookedAt
from casework.tickets.model import Kind, Lawfulness, PauseReason, Route, Source, TextKind
from tests.casework.world import (
    ADMIN,
    DUTY,
    HANDLER,
    LEADER,
    OTHER,
    REVIEWER,
    SUPERVISOR,
    ZHANG,
    World,
    hash_code,
)

STAFF_CASES = {
    accept: (),
    decline: (Route.PETITION, "理由"),
    classify: (Lawfulness.LAWFUL,),
    set_external_number: ("YC-1",),
    dispatch: ("gongan",),
    sign: (),
    begin: (),
    send_back: ("理由",),
    answer: ("答复",),
    answer_directly: ("答复",),
    close: (True,),
    pause: (PauseReason.MATERIALS, "理由"),
    resume: (),
    ask_extension: (1, "理由"),
    approve_extension: (),
    refuse_extension: (),
    reopen: ("理由",),
    record_return_call: (True, "记录"),
    unmerge: (),
}


@pytest.mark.parametrize("use_case", STAFF_CASES, ids=lambda use_case: use_case.__name__)
def test_another_units_officer_can_do_nothing_to_a_ticket(use_case):
    """Neither by its number nor by any form field; the refusal changes nothing."""
    world = World()
    number = world.handling().number
    log = len(world.book.log)

    for stranger in (OTHER, Staff("f2", Role.LEADER, "gongan"), Staff("x", Role.HANDLER), REVIEWER):
        with pytest.raises(NotAllowed):
            world.do(use_case, number, *STAFF_CASES[use_case], stranger)
    assert len(world.book.log) == log


def test_a_helping_unit_reads_but_does_not_act():
    """Only the leading unit answers."""
    world = World()
    number = world.opened().number
    world.do(accept, number, DUTY)
    world.do(dispatch, number, "chengguan", DUTY, ("gongan",))

    assert read_as_staff(world.desk, number, OTHER).number == number
    with pytest.raises(NotAllowed):
        world.do(sign, number, OTHER)


def test_another_unit_cannot_read():
    """A unit sees what it leads or helps with."""
    world = World()
    number = world.handling().number

    with pytest.raises(NotAllowed):
        read_as_staff(world.desk, number, OTHER)
    assert read_as_staff(world.desk, number, LEADER).number == number


@pytest.mark.parametrize("by", [HANDLER, LEADER, REVIEWER, SUPERVISOR], ids=lambda by: by.role)
def test_only_the_duty_desk_and_administrators_answer_directly(by):
    """The others go through the stages."""
    world = World()
    number = world.handling().number

    with pytest.raises(NotAllowed):
        world.do(answer_directly, number, "答复", by)


def test_a_handler_does_not_close_and_does_not_approve():
    """That takes the leader, 督办 or the desk."""
    world = World()
    number = world.handling().number
    world.do(ask_extension, number, 1, "等材料", HANDLER)

    with pytest.raises(NotAllowed):
        world.do(approve_extension, number, HANDLER)
    world.do(approve_extension, number, LEADER)
    world.do(answer, number, "好了", HANDLER)
    with pytest.raises(NotAllowed):
        world.do(close, number, True, HANDLER)
    world.do(close, number, True, LEADER)


def test_merging_needs_the_right_over_both_tickets():
    """A unit does not merge."""
    world = World()
    one, two = world.handling().number, world.handling().number

    with pytest.raises(NotAllowed):
        world.do(merge, one, two, LEADER)


def test_a_reporters_identity_is_kept_from_the_handling_unit():
    """Of a 举报 only the desk, 督办 and administrators may look behind the mask; each look is logged."""
    world = World()
    number = world.handling(Kind.REPORT).number

    for by in (HANDLER, LEADER):
        with pytest.raises(NotAllowed, match="保密"):
            look_at_asker(world.desk, number, "回访", by)
    for by in (DUTY, SUPERVISOR, ADMIN):
        assert look_at_asker(world.desk, number, "核实地点", by).openid == ZHANG.openid
        last = world.book.history(number)[-1]
        assert (last.actor, last.event) == (f"staff:{by.login}", IdentityLookedAt("核实地点"))


def test_looking_behind_the_mask_needs_a_reason():
    """An empty one is refused."""
    world = World()
    number = world.handling().number

    with pytest.raises(TransitionRefused, match="理由"):
        look_at_asker(world.desk, number, " ", HANDLER)
    assert look_at_asker(world.desk, number, "约上门时间", HANDLER).ticket == number


@pytest.mark.parametrize(
    ("by", "source", "openid", "allowed"),
    [
        (ZHANG, Source.ACCOUNT, ZHANG.openid, True),
        (Resident("o-other"), Source.ACCOUNT, ZHANG.openid, False),
        (Resident(""), Source.ACCOUNT, "", False),
        (DUTY, Source.COUNTER, "", True),
        (DUTY, Source.ACCOUNT, ZHANG.openid, False),
        (HANDLER, Source.PHONE, "", False),
        (System("import"), Source.IMPORT, "", True),
    ],
)
def test_a_ticket_is_opened_by_its_asker_or_registered_by_the_desk(by, source, openid, allowed):
    """Nobody opens one in another's name."""
    opening = Opening(Kind.HELP, ((TextKind.DEMAND, "停水"),), openid=openid, source=source)
    if allowed:
        assert open_ticket(World().desk, opening, "0001", hash_code, by).kind is Kind.HELP
        return
    with pytest.raises(NotAllowed):
        open_ticket(World().desk, opening, "0001", hash_code, by)


@pytest.mark.parametrize(("words", "code"), [("", "0001"), ("停水", "12"), ("停水", "１２３４"), ("停水", "12345")])
def test_a_ticket_needs_words_and_a_four_digit_code(words, code):
    """Nothing is put down otherwise."""
    world = World()
    opening = Opening(Kind.HELP, ((TextKind.DEMAND, words),), openid=ZHANG.openid)

    with pytest.raises(TransitionRefused):
        open_ticket(world.desk, opening, code, hash_code, ZHANG)
    assert world.book.tickets == {}


def test_no_role_reviews_what_it_drafts_alone():
    """先审核后公开: drafting and reviewing are never one role's, the administrator's neither."""
    assert not any({Right.DRAFT, Right.REVIEW} <= rights for rights in RIGHTS.values())
