"""The A4 sheet: one page, large type, a code or words to reach us."""

from dataclasses import replace
from datetime import date

import pytest

from documents.notice import SIZES, Notice, notice_values, qr_svg
from documents.pdf import DocumentError, page_count

NOTICE = Notice(
    title="2027年度医保缴费通知（示例）",
    facts=(("缴费时间", "2026年9月1日至12月31日"), ("咨询电话", "12345")),
    body=("请大家抓紧时间。",),
    issuer="示例镇示例村村民委员会",
    issued_on=date(2026, 11, 24),
    source="示例文件",
    account="民问示例",
    word="示例镇 示例村",
)


def test_a_short_notice_is_set_in_the_largest_type() -> None:
    assert notice_values(NOTICE)["size"] == SIZES[0]


def test_a_longer_notice_gets_smaller_type_and_stays_on_one_page() -> None:
    values = notice_values(replace(NOTICE, body=("这是一句不长也不短的示例正文，凑够长度。",) * 12))

    assert values["size"] != SIZES[0]
    assert page_count("notice", values) == 1


def test_a_text_that_does_not_fit_is_refused_instead_of_cut() -> None:
    with pytest.raises(DocumentError, match="放不下"):
        notice_values(replace(NOTICE, body=("这是一句不长也不短的示例正文，凑够长度。",) * 100))


def test_without_a_link_there_is_no_code_and_the_account_is_named() -> None:
    values = notice_values(NOTICE)

    assert values["qr"] == ""
    assert values["word"] == "示例镇 示例村"


def test_a_link_becomes_a_code_that_names_no_other_address() -> None:
    values = notice_values(replace(NOTICE, link="https://example.org/v/1"))

    drawn = values["qr"]
    assert isinstance(drawn, str)
    assert drawn.startswith("<svg")
    assert "example" not in drawn
    assert drawn != qr_svg("https://example.org/v/2")


def test_a_link_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(DocumentError, match="太长"):
        qr_svg("https://example.org/" + "长" * 3000)
