"""The 派单目录: the right unit with its reason, from files people edit."""

from dataclasses import replace
from pathlib import Path

import pytest

from casework.tickets.case import DESK_UNIT
from casework.tickets.routing import (
    RULE_COLUMNS,
    UNIT_COLUMNS,
    Directory,
    DirectoryError,
    parse_rules,
    parse_units,
    propose,
)

FOLDER = Path(__file__).parents[2] / "catalogs" / "units"
UNIT_HEAD, RULE_HEAD = ",".join(UNIT_COLUMNS), ",".join(RULE_COLUMNS)


@pytest.fixture(scope="module")
def directory() -> Directory:
    units = parse_units((FOLDER / "units.csv").read_text(encoding="utf-8"), "units.csv")
    rules = parse_rules((FOLDER / "routing.csv").read_text(encoding="utf-8"), "routing.csv", units)
    return Directory(units, rules)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("我们村口的路灯坏了半个月", "chengguan"),
        ("老板拖欠工资三个月不给", "renshe"),
        ("医保报销比例怎么算", "yibao"),
        ("小区物业乱收费", "zhujian"),
        ("家里停水两天了", "gongshui"),
        ("工厂晚上偷偷排污，河里有异味", "huanjing"),
        ("残疾证到期了怎么换", "canlian"),
    ],
)
def test_everyday_words_lead_to_the_unit(directory, words, unit):
    """What residents say is enough."""
    assert propose(words, "瑞州街道", directory).unit == unit


def test_the_proposal_tells_its_reason_and_that_it_is_unconfirmed(directory):
    """An officer sees which words did it."""
    reason = propose("门口路灯不亮", "", directory).reason

    assert "路灯" in reason
    assert "待本市核定" in reason


def test_the_town_helps_where_the_rule_says_so(directory):
    """The place names the town; without one there is no helper."""
    assert propose("有人占用耕地", "八景镇", directory).co_units == ("360983104",)
    assert propose("有人占用耕地", "", directory).co_units == ()


def test_a_matter_of_the_town_needs_the_town(directory):
    """Village affairs go to the town hall, once it is known which."""
    assert propose("村账一直不公布", "杨圩镇", directory).unit == "360983113"
    assert propose("村账一直不公布", "", directory) is None


def test_the_proposal_names_the_version_it_was_made_from(directory):
    """So that a dispatch of last year can be understood."""
    versioned = replace(directory, version="0a1b2c3d")

    assert propose("路灯不亮", "瑞州街道", versioned).reason.endswith("（派单目录0a1b2c3d版）")


def test_nothing_is_proposed_for_words_no_rule_knows(directory):
    """Better a person decides."""
    assert propose("我想问个事", "瑞州街道", directory) is None


def test_no_contact_is_invented_and_nothing_is_confirmed_yet(directory):
    """Phones and addresses stay empty until the city gives them."""
    assert all(not unit.phone and not unit.address for unit in directory.units.values())
    assert not any(unit.confirmed for unit in directory.units.values())
    assert DESK_UNIT in directory.units


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("代码,名称\n", "u.csv:1: 表头"),
        (f"{UNIT_HEAD}\na,,政府部门,,,待本市核定\n", "u.csv:2: 名称: 不能为空"),
        (f"{UNIT_HEAD}\na,甲,政府部门,,,好\n", "u.csv:2: 状态: “好”"),
        (f"{UNIT_HEAD}\na,甲,部门,,,待本市核定\na,乙,部门,,,待本市核定\n", "u.csv:3: 代码: a 重复"),
    ],
)
def test_a_bad_unit_file_names_line_and_field(text, fault):
    """Whoever edits it is told where to look."""
    with pytest.raises(DirectoryError, match=fault):
        parse_units(text, "u.csv")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("R1,事,词,nowhere,,理由,待本市核定", "r.csv:2: 主办: 单位代码“nowhere”"),
        ("R1,事,词,a,nowhere,理由,待本市核定", "r.csv:2: 协办: 单位代码“nowhere”"),
        ("R1,事,,a,,理由,待本市核定", "r.csv:2: 关键词: 不能为空"),
        ("R1,事,词,a,,理由,待本市核定\nR1,事,词,a,,理由,待本市核定", "r.csv:3: 编号: R1 重复"),
    ],
)
def test_a_bad_routing_file_names_line_and_field(row, fault):
    """A rule may not point to a unit nobody knows."""
    units = parse_units(f"{UNIT_HEAD}\na,甲,部门,,,待本市核定\n", "u.csv")

    with pytest.raises(DirectoryError, match=fault):
        parse_rules(f"{RULE_HEAD}\n{row}\n", "r.csv", units)
