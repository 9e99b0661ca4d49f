"""What goes into the fields of a 订阅通知, and which settings are refused."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings, strategies as st

from bot.account import SettingsError
from bot.settings import load_settings
from bot.short_notice import NoticeTemplate, facts_of, filled, make_template
from casework.clock import Clock, due_of
from casework.limits import DEFAULT_RULES
from casework.ports import NoticeDetails, NoticeKind
from casework.tickets.model import Kind
from tests.casework.calendars import shipped

TEMPLATE = "VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc"
FIELDS = {
    "编号": "character_string1",
    "进展": "phrase2",
    "类型": "thing3",
    "期限": "date4",
    "时间": "time5",
    "提示": "thing6",
}
AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
DUE = due_of(Clock(DEFAULT_RULES["咨询"], AT), shipped())


def told(number: str = "GA20261124-0001", also: tuple[str, ...] = ()) -> str:
    return facts_of(NoticeDetails(number, Kind.CONSULT, DUE, also=also))


def made(fields: dict[str, str], lasting: bool = True) -> NoticeTemplate:
    template = make_template(TEMPLATE, fields, lasting)
    assert template is not None
    return template


@given(st.sampled_from(NoticeKind), st.integers(1, 99_999), st.integers(0, 30))
@settings(max_examples=60)
def test_every_notice_keeps_the_limits_of_its_fields(kind: NoticeKind, sequence: int, also: int) -> None:
    values = filled(made(FIELDS), kind, told(f"GA20261124-{sequence:04d}", ("GA20261124-0002",) * also), AT)
    assert values is not None
    assert set(values) == set(FIELDS.values())
    assert re.fullmatch(r"[!-~]{1,32}", values["character_string1"])
    assert re.fullmatch(r"[\u4e00-\u9fff]{1,5}", values["phrase2"])
    assert re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", values["date4"])
    assert re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d", values["time5"])
    assert all(1 <= len(values[field]) <= 20 for field in ("thing3", "thing6"))
    assert "查询" in values["thing6"]


def test_what_has_words_to_read_is_carried_only_with_a_hint_how_to_read_them() -> None:
    bare = made({"编号": "character_string1", "进展": "phrase2"})
    assert NoticeKind.ANSWERED not in bare.kinds
    values = filled(bare, NoticeKind.ACCEPTED, told(), AT)
    assert values == {"character_string1": "GA20261124-0001", "phrase2": "已受理"}


@pytest.mark.parametrize("kind", [NoticeKind.ACCEPTED, NoticeKind.DISPATCHED, NoticeKind.EXTENDED])
def test_a_consent_good_for_one_send_is_kept_for_the_result(kind: NoticeKind) -> None:
    assert kind not in made(FIELDS, lasting=False).kinds
    assert kind in made(FIELDS).kinds
    assert NoticeKind.ANSWERED in made(FIELDS, lasting=False).kinds


@pytest.mark.parametrize("facts", ["", "{", "[]", '{"number": "GA1"}', '{"number":"","matter":"","due":"soon"}'])
def test_what_another_release_wrote_is_told_in_full_words(facts: str) -> None:
    assert filled(made(FIELDS), NoticeKind.ANSWERED, facts, AT) is None


def test_settings_come_from_the_environment_or_a_table(tmp_path) -> None:
    given_env = {"WECHAT_NOTICE_TEMPLATE": TEMPLATE, "WECHAT_NOTICE_FIELDS": "编号=character_string1， 进展=phrase2"}
    file = tmp_path / "minwen.toml"
    file.write_text(
        f'WECHAT_NOTICE_TEMPLATE = "{TEMPLATE}"\nWECHAT_NOTICE_LASTING = true\n'
        '[WECHAT_NOTICE_FIELDS]\n"编号" = "character_string1"\n"进展" = "phrase2"\n',
        "utf-8",
    )
    short = (("编号", "character_string1"), ("进展", "phrase2"))
    assert load_settings(given_env).notice_template() == NoticeTemplate(TEMPLATE, short)
    assert load_settings({}, file).notice_template() == NoticeTemplate(TEMPLATE, short, lasting=True)
    assert load_settings({}).notice_template() is None


@pytest.mark.parametrize(
    ("template", "fields", "says"),
    [
        ("短", "编号=character_string1,进展=phrase2", "WECHAT_NOTICE_TEMPLATE"),
        ("", "编号=character_string1,进展=phrase2", "WECHAT_NOTICE_TEMPLATE"),
        (TEMPLATE, "", "缺少“编号”“进展”"),
        (TEMPLATE, "编号=character_string1", "缺少“进展”"),
        (TEMPLATE, "编号=phrase1,进展=phrase2", "“编号”要放在这样的字段：character_string1、thing1"),
        (TEMPLATE, "编号=thing1,进展=thing1", "用了两次"),
        (TEMPLATE, "编号=thing1,进展=phrase2,姓名=name3", "不认识“姓名”"),
        (TEMPLATE, "编号,进展", "“编号”要放在"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_name_and_what_fits(template: str, fields: str, says: str) -> None:
    with pytest.raises(SettingsError, match="WECHAT_NOTICE") as refused:
        load_settings({"WECHAT_NOTICE_TEMPLATE": template, "WECHAT_NOTICE_FIELDS": fields})
    assert says in str(refused.value)


def test_the_due_date_is_the_tickets() -> None:
    values = filled(made(FIELDS), NoticeKind.ANSWERED, told(), AT)
    assert values is not None
    found = date(*map(int, re.findall(r"\d+", values["date4"])))
    assert found == DUE.due
