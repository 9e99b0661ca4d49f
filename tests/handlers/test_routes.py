"""Who takes this sentence? One line for each pair of what was waited for and what came."""

from datetime import datetime

import pytest

from casework.china_time import SHANGHAI
from handlers import (
    browsing,
    feedback,
    following,
    guiding,
    menu,
    progress,
    question,
    rating,
    ticketing,
    unsupported,
    village_home,
)
from handlers.routes import ROUTES, Route
from handlers.state import AskedVillage, Browsing, Choosing, Draft, Drafting, Guiding, Offered, OnTicket, Pending, State
from handlers.turn import (
    Content,
    Followed,
    Left,
    Link,
    Location,
    MenuTap,
    Notified,
    Picture,
    Scanned,
    Text,
    Turn,
    Unsupported,
    Voice,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=SHANGHAI)
DRAFTING = Drafting(Draft("投诉", "半夜施工"), "where")
OFFERED = Offered(Draft("投诉", "半夜施工"))
CHOOSING = Choosing(("guide:a", "guide:b"))
GUIDING = Guiding("guide:a")
BROWSING = Browsing("domains", ("社会救助",))
ASKED_VILLAGE = AskedVillage("八景镇/虎山社区")
ON_TICKET = OnTicket("GA20261124-0001", "withdraw")


def turn(content: Content | str, pending: Pending | None = None) -> Turn:
    sent = Text(content) if isinstance(content, str) else content
    words = sent.words if isinstance(sent, Text) else getattr(sent, "recognised", "")
    return Turn("o-zhang", sent, words, None, State(pending), NOON)


def first(content: Content | str, pending: Pending | None = None) -> Route:
    """The first route whose question is answered with yes."""
    return next(route for route in ROUTES if route.when(turn(content, pending)))


@pytest.mark.parametrize(
    ("content", "pending", "handler"),
    [
        (Followed(), None, following.welcome),
        (Followed("village-1"), DRAFTING, following.welcome),
        (Left(), DRAFTING, following.farewell),
        (Scanned("village-1"), None, following.scanned),
        (MenuTap("help"), DRAFTING, menu.tapped),
        (Picture("m"), None, unsupported.reply_to),
        (Picture("m"), DRAFTING, ticketing.take_part),
        (Picture("m"), ON_TICKET, progress.take_part),
        (Picture("m"), OFFERED, unsupported.reply_to),
        (Voice("m"), None, unsupported.reply_to),
        (Voice("m", "低保怎么申请"), None, question.answer_question),
        (Location(1, 2, "x"), DRAFTING, ticketing.take_part),
        (Location(1, 2, "x"), CHOOSING, unsupported.reply_to),
        (Link("x"), None, unsupported.reply_to),
        (Unsupported("sticker"), GUIDING, unsupported.reply_to),
        ("", None, unsupported.reply_to),
        ("   ", BROWSING, unsupported.reply_to),
        ("目录", None, browsing.open_catalog),
        ("指南", None, browsing.open_guides),
        ("看原文", None, feedback.show_original),
        ("有用", None, feedback.useful),
        ("没用", None, feedback.useless),
        ("没解决", None, feedback.unsolved),
        ("登记", None, ticketing.begin_unasked),
        ("登记", OFFERED, ticketing.answer_offer),
        ("登记", DRAFTING, ticketing.take_part),
        ("申请公开", None, question.document_wanted),
        ("隐私", None, following.privacy),
        ("查询", None, progress.look_up),
        ("查询 GA20261124-0001", None, progress.look_up_one),
        ("ga20261124-0001 1234", None, progress.look_up_one),
        ("撤回", None, progress.withdraw),
        ("撤回GA20261124-0001", None, progress.withdraw),
        ("补充", None, progress.supplement),
        ("催办", None, progress.urge),
        ("催办 GA20261124-0001", None, progress.urge),
        ("满意", None, rating.rate),
        ("不满意", None, rating.rate),
        ("基本满意 GA20261124-0001", None, rating.rate),
        ("2", CHOOSING, question.pick),
        ("2", GUIDING, guiding.choose_situation),
        ("全部", GUIDING, guiding.choose_situation),
        ("返回", BROWSING, browsing.step),
        ("更多", BROWSING, browsing.step),
        ("确认", ON_TICKET, progress.take_part),
        ("是", ASKED_VILLAGE, village_home.answer),
        ("八景镇虎山社区", None, village_home.by_name),
        ("低保怎么申请", None, question.answer_question),
        ("登记结婚要带什么", None, question.answer_question),
        ("查询低保", None, question.answer_question),
    ],
)
def test_who_is_asked_first(content: Content | str, pending: Pending | None, handler: object) -> None:
    assert first(content, pending).then is handler


def test_silent_events_are_answered_with_nothing_and_change_nothing() -> None:
    said = first(Notified("VIEW"), DRAFTING).then(turn(Notified("VIEW"), DRAFTING), None)
    assert said is not None
    assert said.reply.text == ""
    assert said.keep


@pytest.mark.parametrize("words", ["更多", "帮助", "取消", "返回", "确认", "跳过", "修改", "全部", "3"])
def test_words_without_their_step_get_a_line_that_says_what_to_do(words: str) -> None:
    said = first(words).then(turn(words), None)
    assert said is not None
    assert said.reply.text


def test_everything_is_taken_by_somebody() -> None:
    """The last route asks for nothing."""
    assert ROUTES[-1].when(turn("")) is True
    assert ROUTES[-1].then is question.answer_question
