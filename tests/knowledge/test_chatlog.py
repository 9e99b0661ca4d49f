"""A pasted group chat is read as people meant it."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from knowledge.chatlog import Question, in_few_words, looks_like_chat, names_in, parse
from knowledge.text import bare, tidy

CHATS = Path(__file__).parents[1] / "golden" / "chats"
HELD = Path(__file__).parents[1] / "golden" / "chats_held"
"""Written round by round, each before the parser had seen it."""
FLOOR = 0.95
ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Score:
    """How many questions were found, invented and missed."""

    found: int
    invented: int
    missed: int


@pytest.mark.parametrize("folder", [CHATS, HELD], ids=["known", "held"])
def test_chats_are_read_with_precision_and_recall_of_95_percent(folder: Path) -> None:
    scores = [_score(path) for path in sorted(folder.glob("*.txt"))]
    found = sum(score.found for score in scores)

    assert len(scores) >= 60
    assert found / (found + sum(score.invented for score in scores)) >= FLOOR
    assert found / (found + sum(score.missed for score in scores)) >= FLOOR


def test_a_line_that_cannot_stand_alone_joins_the_same_persons_previous_one() -> None:
    chat = "张三甲: 低保怎么申请\n李四乙: 哈哈\n张三甲: 要本人去吗"

    assert parse(chat) == (Question("张三甲", "低保怎么申请，要本人去吗"),)


def test_another_matter_of_the_same_person_is_another_question() -> None:
    chat = "张三甲: 低保怎么申请\n张三甲: 路灯坏了没人修\n张三甲: 低保要带什么"

    assert parse(chat) == (
        Question("张三甲", "低保怎么申请，低保要带什么"),
        Question("张三甲", "路灯坏了没人修"),
    )


def test_a_quote_is_not_counted_twice() -> None:
    chat = "张三甲：低保怎么申请\n李四乙：「张三甲：低保怎么申请」\n- - - - - - - -\n去村里问"

    assert parse(chat) == (Question("张三甲", "低保怎么申请"),)


def test_a_question_that_stands_only_in_a_quote_belongs_to_who_was_quoted() -> None:
    chat = "「张三甲：低保怎么申请」\n- - - - - - - -\n去村里问"

    assert parse(chat) == (Question("张三甲", "低保怎么申请"),)


def test_the_same_question_of_several_people_keeps_the_first_asker() -> None:
    chat = "张三甲：医保什么时候交\n李四乙：+1\n王五丙：请问医保什么时候交啊"

    assert parse(chat) == (Question("张三甲", "医保什么时候交"),)


def test_a_clock_time_in_a_message_is_no_speaker() -> None:
    assert parse("张三甲：村部10:30开门吗") == (Question("张三甲", "村部10:30开门吗"),)


def test_the_group_tag_and_the_at_sign_are_no_part_of_the_nickname() -> None:
    assert [found.asker for found in parse("【三组】@张三甲：低保怎么申请")] == ["张三甲"]


def test_unsigned_lines_have_no_asker() -> None:
    assert parse("低保怎么申请") == (Question("", "低保怎么申请"),)


@pytest.mark.parametrize(
    "said", ["收到", "+1", "谢谢书记", "[捂脸]", "/::)", "吃饭了没", "自家土鸡蛋10元一斤，要的私聊"]
)
def test_chatter_is_no_question(said: str) -> None:
    assert parse(f"张三甲: {said}") == ()


def test_names_are_those_who_speak_are_quoted_or_are_called() -> None:
    chat = "张三甲：「李四乙：低保怎么申请」\n- - - - - -\n@王五丙 你来答"

    assert names_in(chat) == {"张三甲", "李四乙", "王五丙"}


def test_one_persons_own_message_is_no_chat() -> None:
    assert not looks_like_chat("低保怎么申请\n要本人去吗")
    assert looks_like_chat("张三甲: 低保怎么申请\n李四乙: 收到")


def test_few_words_are_the_clause_that_asks() -> None:
    assert in_few_words("请问一下，我妈今年八十了，低保怎么申请") == "低保怎么申请"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_failing_and_reading_twice_gives_the_same(paste: str) -> None:
    assert parse(paste) == parse(paste)
    names_in(paste)


@pytest.mark.parametrize(
    "line",
    [
        "「" * 3000,
        "@" * 3000,
        "张三甲: " * 800,
        "a：" * 2000,
        "- " * 4000,
        "[" * 5000,
        " " * 4000 + "x",
        "昵称=a 内容=b " * 300,
    ],
)
def test_hostile_lines_are_read_in_time(line: str) -> None:
    assert isinstance(parse("\n".join([line] * 4)), tuple)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["{n}: {t}", "{n}：{t}", "{n} 昨天 10:23\n{t}", "[{n}] {t}", "{n} 2026/11/24 10:23:05\n{t}"]),
    st.data(),
)
def test_every_format_tells_the_same_story(form: str, data: st.DataObject) -> None:
    names = data.draw(st.permutations(["张三甲", "平安是福", "A建材小王", "涂嫂子🌸"]))
    said = ["公租房怎么申请", "收到", "要本人去吗", "水渠塌了没人修"]
    chat = "\n".join(
        form.format(n=name, t=text) for name, text in zip([names[0], names[1], names[0], names[2]], said, strict=True)
    )

    assert parse(chat) == (Question(names[0], "公租房怎么申请，要本人去吗"), Question(names[2], "水渠塌了没人修"))


LABELS = ["问", "答", "通知", "时间", "地点", "电话", "联系电话", "公告", "要求", "原因"]
FORMS = [
    "{n}: {t}",
    "{n}：{t}",
    "{n}:\n{t}",
    "[{n}] {t}",
    "【{n}】{t}",
    "{n} 昨天 10:2{i}\n{t}",
    "{n}\n昨天 10:2{i}\n{t}",
    "{n} 上午10:2{i}\n{t}",
    "{n} 2026/11/24 10:23:0{i}\n{t}",
    "2026-11-24 10:23:0{i} {n}\n{t}",
    "[10:2{i}] {n}: {t}",
    "{n}  10:2{i}\n\n{t}\n",
]


@st.composite
def odd_names(draw: st.DrawFn) -> str:
    """A nickname that reads like something else: a sentence, a label, a number, a plate."""
    stem = draw(st.sampled_from(["张三甲", "快乐每一天", "小李乙", "好运来", "你在哪里", "等风来", "福满堂", "🌹🌹"]))
    digits = draw(st.text("0123456789", min_size=4, max_size=8))
    odd = [
        stem + draw(st.sampled_from(["！", "。", "?", "？", "…", "~", "、", "!!", "～"])),
        f"{stem}138{digits}",
        f"{stem}１３８ {digits[:4]}",
        f"赣C{digits[:5]}{stem}",
        f"{stem}-{digits[:3]}",
        f"~{stem}~",
        f"({stem}本人)",
        f"{stem[:2]}：{stem[1:3]}",
        f"{stem[:1]} {stem[1:]}",
        f"138{digits}",
    ]
    return draw(st.sampled_from([*odd, *LABELS]))


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(FORMS), odd_names())
def test_a_nickname_that_reads_like_something_else_is_a_nickname(form: str, name: str) -> None:
    said = [(name, "公租房怎么申请"), ("平安是福", "收到"), (name, "要本人去吗"), ("涂嫂子", "水渠塌了没人修")]
    chat = "\n".join(form.format(n=who, t=text, i=place) for place, (who, text) in enumerate(said))

    assert parse(chat) == (Question(name, "公租房怎么申请，要本人去吗"), Question("涂嫂子", "水渠塌了没人修"))


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("老李你家低保咋办的", "你家低保咋办的"),
        ("王主任，低保怎么申请", "低保怎么申请"),
        ("张书记你好，低保怎么申请", "低保怎么申请"),
        ("低保怎么申请啊，老李", "低保怎么申请啊"),
        ("@快乐每一天。 低保怎么申请", "低保怎么申请"),
        ("大家，低保怎么申请", "大家，低保怎么申请"),
        ("老房子，低保户能修吗", "老房子，低保户能修吗"),
    ],
)
def test_who_is_spoken_to_by_name_is_no_part_of_the_question(line: str, kept: str) -> None:
    assert [found.text for found in parse(f"赵六丁：{line}\n快乐每一天。：收到\n快乐每一天。：好")] == [kept]


def test_the_labels_of_a_notice_are_nobody() -> None:
    chat = "网格员小饶：\n通知\n时间：11月25日上午8:30\n地点：村卫生室\n冬瓜：64岁半可以去体检吗\n南瓜：收到"

    assert parse(chat) == (Question("冬瓜", "64岁半可以去体检吗"),)


def test_questions_and_answers_in_writing_are_unsigned() -> None:
    assert parse("问：低保怎么申请\n答：去村里问\n问：要带什么\n答：身份证") == (
        Question("", "低保怎么申请，要带什么"),
    )


def _score(path: Path) -> Score:
    wanted = [(row["asker"], row["text"]) for row in json.loads(path.with_suffix(".json").read_text("utf-8"))]
    left = list(parse(path.read_text("utf-8")))
    found = 0
    for asker, text in wanted:
        hit = next((item for item in left if item.asker == asker and _alike(item.text, text)), None)
        if hit:
            left.remove(hit)
            found += 1
    return Score(found, len(left), len(wanted) - found)


def _alike(one: str, other: str) -> bool:
    """Dice overlap of character pairs: a missing "谢谢" is forgiven, a missing matter is not."""
    mine, theirs = _pairs(bare(tidy(one))), _pairs(bare(tidy(other)))
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs)) >= ALIKE


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(max(1, len(text) - 1))}


MIXED = [
    "张三丰！ 昨天 10:23\n低保怎么申请\n李四: 收到\n平安是福: 路灯坏了没人修",
    "平安是福: 路灯坏了没人修\n快乐老家: 收到\n张三丰！  10:23\n低保怎么申请\n小花  10:24\n去问村里",
    "[平安是福] 路灯坏了没人修\n张三丰！ 昨天 10:20\n低保怎么申请\n小花 昨天 10:24\n好的",
]


@pytest.mark.parametrize("chat", MIXED)
def test_a_paste_of_two_chats_in_two_styles_keeps_every_asker(chat: str) -> None:
    assert {(found.asker, found.text) for found in parse(chat)} == {
        ("张三丰！", "低保怎么申请"),
        ("平安是福", "路灯坏了没人修"),
    }


@pytest.mark.parametrize(
    "chat",
    [
        "发件人: 张三甲\n时间: 2026年11月2日 19:03\n内容: 低保怎么申请\n\n"
        "发件人: 李四乙\n时间: 2026年11月2日 19:20\n内容: 好",
        "发件人：张三甲 <zhang@example.com>\n发送时间：2026-11-02 19:03\n低保怎么申请\n"
        "发件人：李四乙\n发送时间：2026-11-02 19:05\n好",
        "1 张三甲: 低保怎么申请\n2 李四乙: 好",
        "09:12\n张三甲\n低保怎么申请\n09:13\n李四乙\n好",
        "张三甲\n低保怎么申请\n李四乙\n好\n李四乙\n我也想问",
        "三组 张三甲: 低保怎么申请\n二组 李四乙: 好",
    ],
)
def test_rarer_layouts_name_their_speakers_too(chat: str) -> None:
    assert parse(chat) == (Question("张三甲", "低保怎么申请"),)


def test_what_a_notice_to_everybody_says_is_no_question_and_receipts_end_it() -> None:
    chat = "刘支书: @所有人 明天开会，讨论自来水改造集资\n好的\n收到\n不在家的怎么办"

    assert parse(chat) == (Question("", "不在家的怎么办"),)


def test_what_was_meant_for_another_group_is_taken_back() -> None:
    assert parse("张三甲: 今年医保交多少\n张三甲: 发错群了\n李四乙: 低保怎么申请") == (
        Question("李四乙", "低保怎么申请"),
    )


def test_a_side_somebody_else_asks_is_their_own_question_and_knows_its_matter() -> None:
    first, second = parse("张三甲: 低保怎么申请\n李四乙: 要带什么材料")

    assert (second.asker, second.text, second.about) == ("李四乙", "要带什么材料", "低保怎么申请")
    assert first.text == "低保怎么申请"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三胎有什么奖励", "三孩政府给多少钱呀"),
        ("今年女的多少岁能领社保", "女的几岁退休啊现在"),
        ("种油菜的种子什么时候发", "油菜种几时到啊"),
        ("慢性病卡每年都要重新办吗", "医院的慢病本年年要审吗"),
    ],
)
def test_two_people_who_ask_the_same_in_other_words_ask_one_question(one: str, other: str) -> None:
    assert [found.text for found in parse(f"张三甲: {one}\n李四乙: {other}")] == [one]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("低保怎么申请", "低保什么时候发"),
        ("我妈残疾能办低保吗", "我家孩子生病能办低保吗"),
        ("征地的钱什么时候发", "我家的树也算钱吗"),
    ],
)
def test_two_people_who_ask_different_things_ask_two_questions(one: str, other: str) -> None:
    assert len(parse(f"张三甲: {one}\n李四乙: {other}")) == 2


@pytest.mark.parametrize(
    "said",
    ["要求公开我们组征地的补偿明细", "粮站压级压价，明明一等的谷子硬说是三等", "身份证快到期了要换", "后山起火了"],
)
def test_a_demand_without_the_form_of_a_question_is_one(said: str) -> None:
    assert [found.text for found in parse(f"张三甲: 收到\n李四乙: {said}")] == [said]


def test_a_place_told_when_asked_belongs_to_the_trouble() -> None:
    chat = "张三甲: 死猪扔河里没人管\n李四乙: 在哪一段\n张三甲: 大桥下面"

    assert parse(chat) == (Question("张三甲", "死猪扔河里没人管，大桥下面"),)


def test_words_without_a_pause_are_cut_to_what_is_asked() -> None:
    said = "那个什么我想问一下哈我们家那个老爷子八十三了那个高龄补贴是不是要每年去认证一次啊"
    said += "我们在外面打工回不来可不可以手机上搞"

    assert "高龄补贴是不是要每年去认证一次" in in_few_words(said, 24)
    assert len(in_few_words(said, 24)) <= 24


def test_a_question_under_a_notice_or_in_a_list_knows_what_it_is_about() -> None:
    (told,) = parse("#接龙\n流感疫苗报名\n1. 张三甲\n2. 李四乙 58岁可以打吗")
    assert (told.asker, told.text, told.about) == ("李四乙", "58岁可以打吗", "流感疫苗报名")

    (under,) = parse("刘支书: @所有人 2027年城乡居民医保开始交了\n张三甲: 刚出生的要交全年的吗")
    assert (under.text, under.about) == ("刚出生的要交全年的吗", "医保")


UNKNOWN_HEADERS = [
    "{n} > {t}",
    "{n} >> {t}",
    "{n} → {t}",
    "{n} ｜ {t}",
    "{n} | {t}",
    "{n} — {t}",
    "{n}\t{t}",
    "{n}\t2026-11-24 10:2{i}\t{t}",
    "{n},2026-11-24 10:2{i},{t}",
    "2026-11-24 10:2{i}\t{n}\t{t}",
    "| 10:2{i} | {n} | {t} |",
    "—— {n} ——\n{t}",
    "=== {n} ===\n{t}",
    "<{n}> {t}",
    "「{n}」{t}",
    "《{n}》{t}",
    "- {n}：{t}",
    "• {n}：{t}",
    "🔹{n}：{t}",
    "👤 {n}：{t}",
    "**{n}**：{t}",
    "{n} 说：{t}",
    "{n}说：{t}",
    "{n} 发表于 2026-11-24 10:2{i}\n{t}",
    "{n}（三组）：{t}",
    "{n}（村民）：{t}",
    "{n}(1098)：{t}",
    "{n}(38472910) 10:2{i}\n{t}",
    "{n}@微信 10:2{i}\n{t}",
    "{n} 回复 王主任：{t}",
    "用户 {n}：{t}",
    "昵称={n} 内容={t}",
    "【昵称】{n}\n【内容】{t}",
    "发言人：{n}\n内容：{t}",
    "10:2{i}{n}：{t}",
    "{n}10:2{i}：{t}",
    "{n}10:2{i}\n{t}",
    "（10:2{i}）{n}：{t}",
    "[昨天 10:2{i}] {n}：{t}",
    "【10:2{i}】{n}：{t}",
    "{n} 周二 晚上8:1{i}\n{t}",
    "#{i} {n} 2026-11-24 10:2{i}\n{t}",
    "[{i}] 2026-11-24 10:2{i} {n}\n{t}",
    "{n}\n{t}\n",
]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(UNKNOWN_HEADERS), st.permutations(["张三甲", "平安是福", "云水谣", "涂嫂子", "橘子皮"]))
def test_a_header_nobody_told_of_is_learnt_where_the_paste_keeps_to_it(form: str, names: list[str]) -> None:
    said = ["公租房怎么申请", "收到", "要本人去吗", "水渠塌了没人修", "知道了"]
    who = [names[0], names[1], names[0], names[2], names[1]]
    chat = "\n".join(form.format(n=n, t=t, i=i) for i, (n, t) in enumerate(zip(who, said, strict=True), start=1))

    assert parse(chat) == (Question(names[0], "公租房怎么申请，要本人去吗"), Question(names[2], "水渠塌了没人修"))


def test_a_quote_of_the_newer_kind_is_not_what_its_reader_said() -> None:
    chat = '引用 刘会计 的消息："地力补贴已发放，请查收"\n我家怎么没有收到\n'
    chat += '引用 刘会计 的消息："地力补贴已发放，请查收"\n收到了 谢谢'

    assert parse(chat) == (Question("", "我家怎么没有收到"),)
    assert "刘会计" in names_in(chat)


def test_a_reply_names_whom_it_answers_and_not_its_writer() -> None:
    chat = "回复 村干部小胡：那个养猪场的环评过了吗\n村干部小胡：还在审\n回复 村干部小胡：什么时候公示"

    assert [found.asker for found in parse(chat)] == [""]


@pytest.mark.parametrize("chat", ["低保 > 五保，怎么算\n残疾 > 低保，能叠加吗", "第一：低保怎么申请\n第二：要带什么"])
def test_marks_inside_what_one_person_says_are_no_header(chat: str) -> None:
    assert {found.asker for found in parse(chat)} == {""}


@pytest.mark.parametrize(
    ("said", "answer"), [("厕所门锁了快一个月了，谁有钥匙", "锁坏了报修了"), ("养猪场的环评过了吗", "还在审")]
)
def test_what_the_one_in_charge_answers_is_no_question(said: str, answer: str) -> None:
    assert {found.asker for found in parse(f"张三甲: {said}\n保洁赵姨: {answer}")} == {"张三甲"}


def test_a_matter_begun_with_besides_is_another_question() -> None:
    chat = "张三甲: 请问孩子春季转学过来要什么手续\n李四乙: 先开接收证明\n张三甲: 还有寄宿的话有没有补助"

    assert [found.text for found in parse(chat)] == ["请问孩子春季转学过来要什么手续", "还有寄宿的话有没有补助"]


def test_asking_which_one_is_meant_is_no_question_to_government() -> None:
    chat = "张三甲: 水库放水把我家菜地冲了，赔不赔\n平安是福: 哪个水库\n张三甲: 就上游那个"

    assert parse(chat) == (Question("张三甲", "水库放水把我家菜地冲了，赔不赔，就上游那个"),)
