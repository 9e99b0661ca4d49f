"""What the console tells of the installation: limits in force, lessons from the platform, what a phone shows."""

from dataclasses import replace

import pytest

from bot.errcodes import Outcome, Sent, Unreachable, failure
from bot.knowledge_holder import Failed, Service
from bot.learning import MESSAGES, NOTICES, learn, lesson
from bot.menu_push import push_menu
from bot.outbox import Sender
from bot.settings import Settings
from casework.limits import DEFAULT_RULES
from casework.limits_settings import Inner, InnerLimits
from casework.staff import Role
from storage import consents, learned, outbox, residents
from storage.times import to_ms
from tests.web.desk import ADMIN, DUTY, HANDLER, LEADER, PEOPLE, ZHANG


class Platform:
    """A platform with one answer to everything."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome

    async def create_menu(self, menu) -> Outcome:
        return self.outcome

    async def send_text(self, openid: str, text: str) -> Outcome:
        return self.outcome


async def owe(console, number: str = "1") -> None:
    """A notice whose resident just wrote."""

    def work(connection) -> None:
        now_ms = to_ms(console.now)
        residents.touch(connection, ZHANG.openid, "message", now_ms)
        outbox.owe(connection, ZHANG.openid, "", "有答复了", f"x/{number}", now_ms)

    await console.database.write(work)


async def test_nothing_is_claimed_before_the_platform_said_it(console):
    """And what the city has not confirmed is listed."""
    page = await (await console.browser(ADMIN)).text("/system")

    for words in ("还没有推送过菜单", "不知道能不能发", "BOT_OPERATOR", "退单时限（派单后） 1个工作日（示例值待核）"):
        assert words in page
    assert "个单位待本市核定" in page


async def test_a_refused_menu_and_refused_messages_are_learned_and_unlearned(console):
    """From 48001 and 40200; the date is that of the change; a later success takes the refusal back."""
    browser, refused = await console.browser(DUTY), Platform(failure(48001, "api unauthorized rid: 1-2-3"))
    await push_menu(console.database, refused, console.moment)
    await owe(console)
    await Sender(console.database, refused, console.moment).send_due()

    page = await browser.text("/system")
    assert "菜单被拒绝，居民打字使用，功能不受影响" in page
    assert "不能主动发通知，通知在居民下次来说话时给" in page
    assert "常常是没有认证或认证过了期" in page
    assert "48001 api unauthorized" in page
    assert page.count("2026-11-24 09:30起") == 2
    assert "<b>1</b>条，等微信允许时发出" in page

    console.later(hours=1)
    await push_menu(console.database, refused, console.moment)
    assert "2026-11-24 09:30起" in await browser.text("/system")
    await push_menu(console.database, Platform(Sent()), console.moment)
    page = await browser.text("/system")
    assert "菜单已推送" in page
    assert "2026-11-24 10:30起" in page


@pytest.mark.parametrize(
    ("outcome", "learned_word"),
    [
        (Sent(), "allowed"),
        (failure(48001, ""), "refused"),
        (failure(50002, ""), "refused"),
        (failure(40200, ""), "refused"),
        (failure(40164, ""), "trouble"),
        (failure(40001, ""), "trouble"),
        (failure(45015, ""), ""),
        (failure(45047, ""), ""),
        (failure(-1, ""), ""),
        (failure(43004, ""), ""),
        (Unreachable(True, "timeout"), ""),
    ],
)
def test_only_what_says_something_of_the_account_is_a_lesson(outcome, learned_word):
    """A closed window or a broken line says nothing of what the account may do."""
    found = lesson(outcome)

    assert (found.learned if found else "") == learned_word


TEMPLATE = "VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc"
NOTICED = Settings(
    wechat_notice_template=TEMPLATE, wechat_notice_fields={"编号": "character_string1", "进展": "phrase2"}
)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Sent(), "可以发订阅通知"),
        (failure(48001, "api unauthorized"), "不能发订阅通知，通知在居民下次来说话时给"),
        (failure(40037, "invalid template_id"), "核对 WECHAT_NOTICE_TEMPLATE"),
        (failure(47003, "argument invalid"), "核对 WECHAT_NOTICE_FIELDS"),
    ],
)
async def test_what_the_account_can_do_with_a_template_is_shown_with_its_day(console, outcome, words):
    """And how many people have a consent left; nothing is claimed before the first try."""
    console.settings = NOTICED
    browser = await console.browser(DUTY)

    assert "还没有发过订阅通知" in await browser.text("/system")
    await console.database.write(lambda connection: consents.add(connection, ZHANG.openid, TEMPLATE, 1))
    await console.database.write(lambda connection: learn(connection, NOTICES, outcome, to_ms(console.now)))

    page = await browser.text("/system")
    assert words in page
    assert "<b>1</b>人还有没用掉的同意" in page
    assert "2026-11-24 09:30起" in page


async def test_without_a_template_the_page_says_that_nothing_is_missing(console):
    """Everything works with replies alone."""
    page = await (await console.browser(DUTY)).text("/system")
    assert "没有设置订阅通知，不影响使用" in page
    assert "没用掉的同意" not in page


async def test_a_lesson_of_another_release_is_as_good_as_none(console):
    """It stops no page."""
    await console.database.write(
        lambda connection: connection.execute("INSERT INTO settings VALUES ('learned:messages', '{\"x\":1')")
    )

    assert await console.database.read(lambda c: learned.get(c, MESSAGES)) == learned.Ability()
    assert "不知道能不能发" in await (await console.browser(ADMIN)).text("/system")


async def test_uncertain_notices_are_counted_apart(console):
    """Also while they wait to be given again."""
    for number in "123":
        await owe(console, number)
    await console.database.write(
        lambda c: c.execute("UPDATE outbox SET state = 'uncertain', uncertain = 1 WHERE dedup = 'x/1'")
    )
    await console.database.write(lambda c: c.execute("UPDATE outbox SET uncertain = 1 WHERE dedup = 'x/2'"))

    page = await (await console.browser(DUTY)).text("/system")

    assert "<b>1</b>条，等微信允许时发出" in page
    assert "<b>2</b>条，发送时断了线" in page


async def test_a_version_that_failed_is_shown_with_its_reason(console):
    """And which one still answers."""
    console.service = Service(3, "abcdef0123456789", Failed(4, "faq/x.yaml 第2行 <领域>：没有这个领域"))

    page = await (await console.browser(ADMIN)).text("/system")

    assert "abcdef012345" in page
    assert "第3版" in page
    assert "第4版没有用上" in page
    assert "faq/x.yaml 第2行 &lt;领域&gt;：没有这个领域" in page


async def test_the_page_is_for_those_who_answer_for_the_whole_city(console):
    """Units have no use for it."""
    for who in PEOPLE:
        browser = await console.browser(who)
        allowed = who.role not in {Role.HANDLER, Role.LEADER}
        assert (await browser.get("/system")).status == (200 if allowed else 403)
        assert ('href="/system"' in await browser.text("/help")) == allowed


async def test_the_help_shows_the_limits_in_force(console):
    """Not the shipped ones: what the city set is shown as set, the rest as 示例值待核."""
    console.rules = {**DEFAULT_RULES, "投诉": replace(DEFAULT_RULES["投诉"], days=6, unit="working", basis="本市文件")}
    console.inner = InnerLimits().with_value(Inner.SIGN, 3)
    browser = await console.browser(HANDLER)

    page = await browser.text("/help")

    assert "6个工作日" in page
    assert "本市文件" in page
    assert "签收时限 3个工作日</li>" in page
    assert "受理时限 1个工作日（示例值待核）</li>" in page


async def test_a_long_answer_is_previewed_as_the_phone_cuts_it(console):
    """One message of 1,800 bytes with the hint; what does not fit is not shown."""
    number = await console.handling()
    browser = await console.browser(HANDLER)
    words = "已经修好了。" * 200 + "最后一句"

    page = await (await browser.post(f"/tickets/{number}/preview", words=words)).text()
    short = await (await browser.post(f"/tickets/{number}/preview", words="修<好>了")).text()

    assert "（没完，回复“查询”看全文）" in page
    assert "最后一句" not in page
    assert "手机上只看到这些" in page
    assert len(page.split('<div class="bubble">')[1].split("</div>")[0].encode()) <= 1800
    assert "修＜好" in short
    assert "手机上只看到这些" not in short


async def test_a_leader_reads_the_help_of_a_leader(console):
    """Rights are those of the role."""
    assert "审批延期" in await (await console.browser(LEADER)).text("/help")
