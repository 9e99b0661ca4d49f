"""The fixed JSON shape of the due command."""

import json

import pytest

from casework.due_report import DueRequestError, due_report, parse_received
from tests.casework.calendars import shipped


def test_the_report_has_exactly_the_fixed_shape():
    """Outside checks read these names."""
    found = due_report("咨询", parse_received("2026-02-13 17:00"), shipped())

    assert json.loads(json.dumps(found)) == {
        "due": "2026-02-14",
        "unit": "natural",
        "provisional": False,
        "days": [
            {"date": "2026-02-13", "counted": False, "why": "收到当天不算"},
            {"date": "2026-02-14", "counted": True, "why": "第1天（春节调休上班）"},
        ],
    }


def test_working_days_of_a_disclosure_request_can_be_given():
    """20 by statute instead of the committed 15."""
    received = parse_received("2026-02-13 17:00")

    assert due_report("依申请公开", received, shipped())["due"] == "2026-03-12"
    assert due_report("依申请公开", received, shipped(), 20)["due"] == "2026-03-19"
    assert due_report("依申请公开", received, shipped(), 20)["unit"] == "working"


@pytest.mark.parametrize(
    ("kind", "working_days", "fault"),
    [
        ("闲聊", None, "不认识"),
        ("咨询", 5, "只用于"),
        ("依申请公开", 0, "应为 1 至"),
        ("依申请公开", 10**9, "应为 1 至"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_chinese(kind, working_days, fault):
    """The command prints this sentence."""
    with pytest.raises(DueRequestError, match=fault):
        due_report(kind, parse_received("2026-02-13 17:00"), shipped(), working_days)


@pytest.mark.parametrize("text", ["", "明天", "2026-02-30 10:00", "9999-12-31 23:59", "0001-01-01 00:00"])
def test_a_moment_that_is_none_is_refused(text):
    """Neither nonsense nor the end of time gets further."""
    with pytest.raises(DueRequestError):
        parse_received(text)
