"""Questions, choices, situations, browsing and what comes after an answer."""

import pytest
from hypothesis import given, settings, strategies as st

from handlers.commands import Command
from handlers.guiding import node_at, walk
from handlers.state import Browsing, Choosing, Guiding, Offered
from knowledge.model import Branch, Guide, Leaf
from tests.handlers.fakes import CARD, DIBAO, FAQ, ID_CARD, MEDICAL, ROW, SENTENCES, FakeKnowledge
from tests.world import World


def told(world: World, who: str, words: str):
    return world.say(who, words).told


def test_an_answer_names_its_entry_and_what_can_be_said_next(world: World) -> None:
    handled = world.say("张三甲", "社保卡掉了怎么补")
    assert (handled.told.outcome, handled.told.entry_id) == ("answer", CARD)
    for word in ("看原文", "有用", "没用", "没解决"):
        assert word in handled.reply.text


@pytest.mark.parametrize(
    ("words", "outcome", "entry", "kind"),
    [
        ("低保名单在哪看", "answer", ROW, ""),
        ("多大能结婚", "answer", FAQ, ""),
        ("火星移民", "unknown", "", "咨询"),
        ("过期津贴", "unknown", "", "咨询"),
        ("路灯坏了", "ticket", "", "求助"),
        ("低保没人管", "ticket", DIBAO, "求助"),
        ("建议多栽树", "ticket", "", "建议"),
        ("法院判错了", "redirect", "", ""),
        ("帮我查社保", "redirect", CARD, ""),
        ("要一份批文", "redirect", "guide:yishenqing-gongkai", ""),
        ("着火了", "redirect", "", ""),
        ("着火了快来人", "redirect", "", "求助"),
        ("你好", "chat", "", ""),
        ("谢谢", "chat", "", ""),
    ],
)
def test_every_door_is_told_in_the_fixed_words(world: World, words: str, outcome: str, entry: str, kind: str) -> None:
    """kind: for tickets and unknown questions, and for a redirect only when it is a demand."""
    found = told(world, "张三甲", words)
    assert (found.outcome, found.entry_id, found.kind) == (outcome, entry, kind)
    assert found.choices == ()


def test_expired_text_is_never_answered(world: World) -> None:
    handled = world.say("张三甲", "过期津贴")
    assert "有效期" in handled.reply.text
    assert "可以领" not in handled.reply.text


def test_a_choice_is_opened_by_number_by_tap_and_in_words(world: World) -> None:
    for number in ("2", "二", "第2个", "2。"):
        choice = world.say("张三甲", "补证")
        assert choice.told.choices == (ID_CARD, CARD)
        assert [tap.says for tap in choice.reply.taps] == ["1", "2"]
        assert told(world, "张三甲", number).entry_id == CARD


def test_a_number_that_is_not_offered_asks_again(world: World) -> None:
    world.say("张三甲", "补证")
    assert "没有这个数字" in world.read("张三甲", "9")
    assert isinstance(world.state("张三甲").pending, Choosing)
    assert told(world, "张三甲", "1").entry_id == ID_CARD


def test_none_of_these_is_logged_and_a_ticket_offered(world: World) -> None:
    world.say("张三甲", "补证")
    assert told(world, "张三甲", "0").outcome == "unknown"
    assert world.rows("SELECT words, unresolved FROM questions") == [("补证", "都不是")]
    assert isinstance(world.state("张三甲").pending, Offered)


def test_a_new_question_takes_the_place_of_a_choice(world: World) -> None:
    world.say("张三甲", "补证")
    assert told(world, "张三甲", "多大能结婚").entry_id == FAQ


def test_two_questions_of_one_message_are_both_answered(world: World) -> None:
    handled = world.say("张三甲", "两件事")
    assert (handled.told.entry_id, handled.told.also) == (CARD, (MEDICAL,))
    assert told(world, "张三甲", "2").entry_id == MEDICAL
    assert len(world.rows("SELECT 1 FROM questions")) == 2


def test_of_several_questions_none_is_passed_over(world: World) -> None:
    """Asked back, answered and not known: each has its line, the fields tell the first."""
    handled = world.say("张三甲", "三件事")
    assert handled.told.outcome == "choice"
    assert (handled.told.choices, handled.told.also) == ((ID_CARD, CARD), (MEDICAL,))
    assert "“火星移民”还没有核实过的答案" in handled.reply.text
    assert told(world, "张三甲", "1").choices == (ID_CARD, CARD)


@pytest.mark.parametrize(("words", "outcome"), [("一件会一件不会", "answer"), ("先不会后会", "unknown")])
def test_what_has_no_answer_is_said_beside_what_has(world: World, words: str, outcome: str) -> None:
    handled = world.say("张三甲", words)
    assert handled.told.outcome == outcome
    assert "“火星移民”还没有核实过的答案" in handled.reply.text
    assert "可以补办" in handled.reply.text
    assert len(world.rows("SELECT 1 FROM questions WHERE unresolved <> ''")) == 1


def test_a_follow_up_is_read_in_the_light_of_the_last_answer_for_ten_minutes(world: World) -> None:
    world.say("张三甲", "社保卡掉了怎么补")
    world.later(minutes=9)
    assert told(world, "张三甲", "多少钱").entry_id == CARD
    world.later(minutes=11)
    assert told(world, "张三甲", "多少钱").outcome == "unknown"
    assert told(world, "李四甲", "多少钱").outcome == "unknown"


def test_the_original_comes_after_an_answer_only(world: World) -> None:
    assert "还没有答过" in world.read("张三甲", "看原文")
    original = world.read("张三甲", "社保卡掉了怎么补", "看原文")
    assert "怎么办" in original
    assert "没解决" in original


@pytest.mark.parametrize(("word", "useful"), [("有用", 1), ("没用", 0)])
def test_useful_and_useless_are_recorded_for_the_last_question(world: World, word: str, useful: int) -> None:
    assert "还没有答过" in world.read("张三甲", word)
    world.read("张三甲", "社保卡掉了怎么补", word)
    assert world.rows("SELECT useful FROM questions") == [(useful,)]


def test_unsolved_is_logged_with_its_date_and_a_ticket_offered_for_the_same_words(world: World) -> None:
    world.read("张三甲", "社保卡掉了怎么补", "没解决")
    assert world.rows("SELECT unresolved, due_date FROM questions") == [("没解决", "2026-11-25")]
    pending = world.state("张三甲").pending
    assert isinstance(pending, Offered)
    assert pending.draft.what == "社保卡掉了怎么补"


def test_an_unanswered_question_is_logged_masked_and_at_once(world: World) -> None:
    world.say("张三甲", "我的电话13800001234火星移民")
    ((words, why, due),) = world.rows("SELECT words, unresolved, due_date FROM questions")
    assert "13800001234" not in str(words)
    assert (why, due) == ("没有答案", "2026-11-25")


@pytest.mark.parametrize("words", ["11010119900101001X", "身份证号11010119900101001X", "卡号6222020200112233445"])
def test_a_bare_personal_number_is_neither_answered_nor_kept(world: World, words: str) -> None:
    handled = world.say("张三甲", words)
    assert "请不要在这里发身份证号" in handled.reply.text
    assert world.rows("SELECT * FROM questions") == []
    assert words not in str(world.state("张三甲"))


def test_danger_comes_before_everything_and_a_real_question_is_still_answered(world: World) -> None:
    assert world.read("张三甲", "着火了").startswith("先打电话")
    handled = world.say("张三甲", "起火了低保还发吗")
    assert handled.reply.text.startswith("先打电话")
    assert handled.told.entry_id == DIBAO


def test_another_legal_door_offers_to_ask_staff_with_the_same_words(world: World) -> None:
    world.say("张三甲", "社保卡掉了怎么补")
    world.say("张三甲", "法院判错了")
    world.say("张三甲", "登记")
    assert world.state("张三甲").pending.draft.what == "法院判错了"


def every_leaf(fake_knowledge: FakeKnowledge):
    guides = [entry for entry in fake_knowledge.entries("guide") if isinstance(entry, Guide) and entry.situations]
    return [(guide, path, leaf) for guide in guides for path, leaf in walk(guide)]


def test_every_situation_reached_by_numbers_gives_exactly_its_papers(
    world: World, fake_knowledge: FakeKnowledge
) -> None:
    leaves = [one for one in every_leaf(fake_knowledge) if one[0].id == DIBAO]
    assert max(len(path) for _, path, _ in leaves) == 3
    for number, (guide, path, leaf) in enumerate(leaves):
        who = f"张三{number}"
        text = world.read(who, "低保怎么申请", *map(str, path))
        shown = [line.split(". ", 1)[1] for line in text.splitlines() if line[:1].isdigit() and ". " in line]
        assert [line.split("（")[0] for line in shown] == list(leaf.materials)
        assert all(name not in text for name in {m.name for m in guide.materials} - set(leaf.materials))


def test_a_situation_can_be_left_step_by_step_and_all_can_be_seen(world: World) -> None:
    world.read("张三甲", "低保怎么申请", "1", "1", "1")
    assert "残疾证" in world.read("张三甲", "返回")
    assert "户口在哪里" in world.read("张三甲", "返回")
    assert "谁去申请" in world.read("张三甲", "返回")
    everything = world.read("张三甲", "全部")
    assert all(paper in everything for paper in ("残疾证", "居住证", "关系证明"))
    assert "户口在哪里" in world.read("张三甲", "1")


def test_a_number_outside_the_situation_asks_again(world: World) -> None:
    text = world.read("张三甲", "低保怎么申请", "7")
    assert "没有这个数字" in text
    assert "谁去申请" in text
    assert isinstance(world.state("张三甲").pending, Guiding)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=5))
def test_following_numbers_never_fails(numbers: list[int]) -> None:
    """A path leads to a question, a list, or nowhere."""
    leaf = Leaf(("身份证",))
    tree = Branch("一", (("甲", Branch("二", (("丙", leaf), ("丁", leaf)))), ("乙", leaf)))
    guide = type("G", (), {"situations": tree})()
    assert isinstance(node_at(guide, tuple(numbers)), Branch | Leaf | None)


def test_the_catalog_is_walked_by_numbers_page_by_page(world: World) -> None:
    domains = world.read("张三甲", "目录")
    assert "义务教育" in domains
    number = next(line.split(".")[0] for line in domains.splitlines() if line.endswith("义务教育"))
    first = world.read("张三甲", number)
    assert "12. " in first
    assert "13. " not in first
    second = world.read("张三甲", "更多")
    assert "13. " in second
    assert "后面没有了" in world.read("张三甲", "更多")
    assert told(world, "张三甲", "14").entry_id == "disclosure:24-014"


def test_browsing_goes_back_to_the_domains_and_out(world: World) -> None:
    world.read("张三甲", "指南", "1")
    assert "这些领域" in world.read("张三甲", "返回")
    assert "取消了" in world.read("张三甲", "返回")
    assert world.state("张三甲").pending is None


def test_a_number_not_on_the_list_asks_again(world: World) -> None:
    world.say("张三甲", "目录")
    assert "没有 99" in world.read("张三甲", "99")
    assert isinstance(world.state("张三甲").pending, Browsing)


@pytest.mark.parametrize("opening", ["补证", "低保怎么申请", "目录", "指南", "路灯坏了", "火星移民"])
@pytest.mark.parametrize("word", ["取消"])
def test_cancelling_leaves_every_list_and_question(world: World, opening: str, word: str) -> None:
    world.say("张三甲", opening)
    assert world.state("张三甲").pending is not None
    reply = world.read("张三甲", word)
    assert "取消了" in reply or "没有登记" in reply
    assert world.state("张三甲").pending is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([command.value for command in Command]),
            st.sampled_from(list(SENTENCES)),
            st.sampled_from(["0", "1", "2", "3", "13800000000", "瑞州街道", "GA20261124-0001", "GA20261124-0001 1234"]),
            st.text(max_size=8),
        ),
        max_size=12,
    )
)
def test_no_conversation_ends_in_silence(parts, sent: list[str]) -> None:
    """Whatever is said in whatever order: a sentence, a known outcome, and a state that can be written down."""
    world = World(parts)
    for words in sent:
        handled = world.say("张三甲", words)
        assert handled.reply.text.strip()
        assert handled.told.outcome in ("answer", "choice", "ticket", "unknown", "redirect", "chat")
        assert len(handled.reply.text.encode()) <= 1800
    world.db.close()
