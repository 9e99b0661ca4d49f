"""通知稿: one text, three outputs with the same facts, given out only after another person approved it."""

import re

import pytest

from casework.village.outputs import facts_of
from storage.village_texts import StoredTexts
from tests.web.desk import ADMIN, DUTY, REVIEWER
from tests.web.village_town import CLERK, HERE, LEAD, NEIGHBOUR, NOTICE, VILLAGE, move_in, rows


@pytest.fixture
async def town(console):
    """The console with villages."""
    return await move_in(console)


async def written(town, writer=CLERK, **changed) -> str:
    """Write a notice; return its address."""
    answer = await (await town.browser(writer)).post("/villages/notices", **(NOTICE | changed))
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"].partition("?")[0]


async def handed_in(town, writer=CLERK, **changed) -> str:
    """Write a notice and hand it in."""
    address = await written(town, writer, **changed)
    assert (await (await town.browser(writer)).post(f"{address}/submit", revision=1)).status == 303
    return address


async def text_of(town, address):
    """The notice as it is stored."""
    return await town.database.read(lambda connection: StoredTexts(connection).get(address.rpartition("/")[2]))


async def test_all_three_outputs_carry_every_fact_and_the_page_says_so(town):
    """Compared on the page, fact by fact."""
    address = await written(town)
    page = await (await town.browser(CLERK)).text(address)
    facts = facts_of((await text_of(town, address)).content)
    table = page.split("逐项核对")[1].split("</table>")[0]
    assert table.count('<tr><td class="what">') == len(facts) == 9
    assert table.count("✓") == 3 * len(facts)
    assert "没有</span>" not in table
    card = page.split('id="card">')[1].split("</div>")[0]
    assert len(card) <= 500
    assert "0795-0000000" in card
    assert "零七九五，零零零零零零零" in page or "零七九五零零零零零零零" in page
    assert "每人四百元" in page


async def test_nothing_is_given_out_before_another_person_approved(town):
    """先审核后公开: neither the file, nor by the author's own hand."""
    address = await handed_in(town)
    clerk = await town.browser(CLERK)
    assert (await clerk.get(f"{address}/notice.pdf")).status == 409
    assert "复制，贴到村群" not in await clerk.text(address)
    assert (await clerk.post(f"{address}/approve", revision=2, secrecy="yes")).status == 409
    lead = await town.browser(LEAD)
    assert (await lead.post(f"{address}/approve", revision=2)).status == 409
    assert (await lead.post(f"{address}/approve", revision=2, secrecy="yes")).status == 303
    assert "复制，贴到村群" in await clerk.text(address)
    assert (await (await clerk.get(f"{address}/notice.pdf")).read()).startswith(b"%PDF")
    stored = await text_of(town, address)
    assert (stored.author, stored.reviewer, stored.secrecy_checked) == (CLERK.login, LEAD.login, True)


async def test_a_leader_cannot_approve_what_they_wrote(town):
    """Though they may approve others' notices."""
    address = await handed_in(town, LEAD)
    answer = await (await town.browser(LEAD)).post(f"{address}/approve", revision=2, secrecy="yes")
    assert answer.status == 409
    assert "自己起草的不能自己审核" in await answer.text()
    assert (await (await town.browser(REVIEWER)).post(f"{address}/approve", revision=2, secrecy="yes")).status == 303


@pytest.mark.parametrize("who", [DUTY, ADMIN], ids=str)
async def test_a_role_without_the_right_cannot_approve(town, who):
    """Not even the administrator."""
    address = await handed_in(town)
    answer = await (await town.browser(who)).post(f"{address}/approve", revision=2, secrecy="yes")
    assert answer.status == 409
    assert not (await text_of(town, address)).may_be_given_out


async def test_another_towns_people_read_nothing_and_do_nothing(town):
    """By any address."""
    address = await handed_in(town)
    stranger = await town.browser(NEIGHBOUR)
    for path in (address, f"{address}/sheet.png", f"{address}/notice.pdf"):
        assert (await stranger.get(path)).status == 403
    assert (await stranger.post(f"{address}/withdraw", revision=2, words="x")).status == 403
    assert (await stranger.post("/villages/notices", **NOTICE)).status == 403
    assert "医保" not in await stranger.text("/villages/notices")


async def test_a_page_that_is_no_longer_as_read_approves_nothing(town):
    """The reviewer sees what changed first."""
    address = await handed_in(town)
    lead = await town.browser(LEAD)
    await lead.post(f"{address}/send_back", revision=2, words="日期再核一下")
    answer = await lead.post(f"{address}/approve", revision=2, secrecy="yes")
    assert answer.status == 409
    assert "有了变化" in await answer.text()
    assert "日期再核一下" in await (await town.browser(CLERK)).text(address)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"body": "每人要交560元。"}, "没有列进要点"),
        ({"body": "张三甲的身份证号是110101199003070011。"}, "身份证号"),
        (dict.fromkeys(("when", "who", "how_much", "contact", "others"), ""), "没有要点"),
        ({"others": "\n".join(f"要点{place}：{'很长的话' * 20}" for place in "一二三四五六")}, "写不下"),
    ],
)
async def test_what_must_not_go_out_cannot_be_handed_in(town, changed, why):
    """The page says what to change."""
    address = await written(town, **changed)
    clerk = await town.browser(CLERK)
    assert why in await clerk.text(address)
    answer = await clerk.post(f"{address}/submit", revision=1)
    assert answer.status == 409


async def test_what_was_typed_is_not_lost_when_something_is_wrong(town):
    """The form comes back filled."""
    answer = await (await town.browser(CLERK)).post("/villages/notices", **(NOTICE | {"source": ""}))
    assert answer.status == 422
    page = await answer.text()
    assert "请填写来源" in page
    assert "每人400元" in page


async def test_the_sheet_is_shown_as_a_picture_and_changes_once_approved(town):
    """Until then it says 未审核."""
    address = await handed_in(town)
    lead = await town.browser(LEAD)
    before = await (await lead.get(f"{address}/sheet.png")).read()
    await lead.post(f"{address}/approve", revision=2, secrecy="yes")
    after = await (await lead.get(f"{address}/sheet.png")).read()
    assert before.startswith(b"\x89PNG")
    assert before != after


async def test_a_withdrawn_notice_is_given_out_no_more(town):
    """With the reason, at once."""
    address = await handed_in(town)
    lead, clerk = await town.browser(LEAD), await town.browser(CLERK)
    await lead.post(f"{address}/approve", revision=2, secrecy="yes")
    assert (await clerk.post(f"{address}/withdraw", revision=3, words="")).status == 409
    assert (await clerk.post(f"{address}/withdraw", revision=3, words="金额写错")).status == 303
    assert (await clerk.get(f"{address}/notice.pdf")).status == 409
    assert "金额写错" in await clerk.text(address)


async def test_an_edited_notice_keeps_its_facts_in_their_fields(town):
    """Round trip through the form."""
    address = await written(town)
    clerk = await town.browser(CLERK)
    page = await clerk.text(address)
    for value in ("2026年9月1日至12月31日", "每人400元", "示例办 0795-0000000"):
        assert f'value="{value}"' in page
    assert (await clerk.post(f"{address}/edit", revision=1, **(NOTICE | {"how_much": "每人410元"}))).status == 303
    assert "每人四百一十元" in await clerk.text(address)
    assert len(await rows(town, "SELECT * FROM village_text_steps")) == 2


async def test_a_notice_for_a_whole_town_names_it(town):
    """And a community is greeted as such."""
    whole = await written(town, scope="八景镇")
    assert "八景镇全部村和社区" in await (await town.browser(CLERK)).text(whole)
    community = await written(town, scope="八景镇/虎山社区")
    assert "各位居民" in await (await town.browser(CLERK)).text(community)


async def test_a_script_in_a_notice_stays_text(town):
    """In the page, and in the sheet."""
    address = await written(town, title="<script>alert(1)</script>", who='*#x*" onmouseover="x')
    page = await (await town.browser(CLERK)).text(address)
    assert "<script>alert" not in page
    assert not re.search(r'[^;]" onmouseover', page)
    assert (await (await town.browser(CLERK)).get(f"{address}/sheet.png")).status == 200


async def test_the_form_knows_the_village_it_was_opened_from(town):
    """And the empty list says what to do."""
    clerk = await town.browser(CLERK)
    assert "还没有通知稿" in await clerk.text("/villages/notices")
    assert f'value="{VILLAGE}" selected' in await clerk.text(f"/villages/notices/new?scope={VILLAGE}")
    assert f"/villages/notices/new?scope={VILLAGE}" in await clerk.text(HERE)
