"""The village desk's rights and a notice's way from draft to approved: by any sequence of acts."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings, strategies as st

from casework.china_time import SHANGHAI
from casework.staff import RIGHTS, Right, Role, Staff, may
from casework.tickets.routing import TOWN_CLASS, Directory, OfficeUnit
from casework.village import texts as rules
from casework.village.desk import town_of
from casework.village.outputs import ApprovedText, Fact
from casework.village.texts import TextRefused, TextState, VillageText

NOW = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
CONTENT = ApprovedText(
    "医保缴费通知（示例）", (Fact("时间", "2026年12月1日"),), ("请抓紧。",), "示例文件", date(2026, 11, 24), "示例镇"
)
CLERK, LEAD, LEAD2 = (Staff(f"zhen{n}", role, "360983104") for n, role in enumerate((Role.HANDLER, *[Role.LEADER] * 2)))
REVIEWER, ADMIN = Staff("shenhe1", Role.REVIEWER), Staff("guanli1", Role.ADMIN)
ACTS = {
    "edit": lambda text, by: rules.edit(text, CONTENT, by),
    "submit": rules.submit,
    "send_back": lambda text, by: rules.send_back(text, "再核", by),
    "approve": lambda text, by: rules.approve(text, True, NOW, by),
    "withdraw": lambda text, by: rules.withdraw(text, "写错", by),
}
UNITS = {
    "360983104": OfficeUnit("360983104", "八景镇人民政府", TOWN_CLASS, "", "", False),
    "chengguan": OfficeUnit("chengguan", "城市管理局", "政府部门", "", "", False),
}


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from([CLERK, LEAD, LEAD2, REVIEWER, ADMIN]))))
def test_whatever_is_tried_an_approved_notice_was_approved_by_another_person(steps: list[tuple[str, Staff]]) -> None:
    text = rules.begin("n1", "八景镇", "", CONTENT, LEAD)
    for act, by in steps:
        try:
            after = ACTS[act](text, by)
        except TextRefused:
            continue
        assert after.revision == text.revision + 1
        text = after
        assert text.may_be_given_out == (text.state is TextState.APPROVED)
        if text.may_be_given_out:
            assert text.reviewer not in ("", text.author)
            assert text.secrecy_checked
            assert text.reviewed_at == NOW
        elif text.state is TextState.DRAFT:
            assert text.reviewer == ""


def submitted() -> VillageText:
    return rules.submit(rules.begin("n1", "八景镇", "", CONTENT, CLERK), CLERK)


def test_the_secrecy_check_must_be_ticked() -> None:
    with pytest.raises(TextRefused, match="保密审查"):
        rules.approve(submitted(), False, NOW, LEAD)


def test_a_notice_with_problems_is_neither_handed_in_nor_approved() -> None:
    bad = replace(CONTENT, facts=())
    with pytest.raises(TextRefused, match="没有要点"):
        rules.submit(rules.begin("n1", "八景镇", "", bad, CLERK), CLERK)
    with pytest.raises(TextRefused, match="没有要点"):
        rules.approve(replace(submitted(), content=bad), True, NOW, LEAD)


def test_whoever_may_not_act_for_villages_begins_no_notice() -> None:
    with pytest.raises(TextRefused, match="不能"):
        rules.begin("n1", "八景镇", "", CONTENT, REVIEWER)


def test_the_administrator_reviews_nothing() -> None:
    assert not may(ADMIN, Right.APPROVE_NOTICE)
    assert {role for role in Role if Right.APPROVE_NOTICE in RIGHTS[role]} == {Role.LEADER, Role.REVIEWER}


@pytest.mark.parametrize(("unit", "town"), [("360983104", "八景镇"), ("chengguan", ""), ("", ""), ("x", "")])
def test_only_the_government_of_a_town_has_a_town(unit: str, town: str) -> None:
    assert town_of(unit, Directory(UNITS, ()), ("瑞州街道", "八景镇")) == town
