"""Why a message is understood as it is, in Chinese: everything needed to repeat the decision by hand.

Depends on nothing but the text and the knowledge's version, as the decision itself does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.base import Explanation, KnowledgeBase
from knowledge.clauses import Clause, clauses_in
from knowledge.intent_model import KINDS, heard, shipped_model
from knowledge.model import Answer, Chat, Choice, Door, Outcome, Understanding, Unknown
from knowledge.text import tidy
from knowledge.thresholds import STANDARD
from knowledge.understanding import story_in

LONGEST = 2000
_KINDS_SHOWN, _SIGNS_SHOWN = 3, 8
_DOORS = {
    Door.QUESTION: "问事，查资料回答",
    Door.DEMAND: "要办事，可以登记诉求",
    Door.DOCUMENT: "要文件，依申请公开",
    Door.ONLINE: "要在网上办，转赣服通",
    Door.LEGAL: "有别的法定渠道",
    Door.CHAT: "闲聊，不查资料",
}
_CHATS = {
    Chat.GREETING: "打招呼",
    Chat.THANKS: "道谢",
    Chat.INSULT: "骂人",
    Chat.ADVERT: "广告",
    Chat.NOISE: "乱敲的字",
    Chat.INJECTION: "想指挥程序",
    Chat.FAREWELL: "道别",
    Chat.IDENTITY: "问你是谁",
}
_FEATURES = {
    "cosine": "用词相似",
    "plain cosine": "用词相似（不加权）",
    "bm25": "关键词",
    "word cover": "词对上的多少",
    "gram cover": "字对上的多少",
    "row cover": "问法被盖住的多少",
    "sound cover": "读音对上的多少",
    "entry cover": "整条资料对上的多少",
    "heaviest missing": "最要紧的词没对上",
    "ratio": "字形相似",
    "sound ratio": "读音相似",
    "token sort": "不计语序相似",
    "same text": "一字不差",
    "question agrees": "问的方面一致",
    "question clashes": "问的方面不一致",
    "direction agrees": "办理方向一致",
    "direction clashes": "办理方向相反",
    "negation differs": "一个否定一个不否定",
    "digits differ": "数字不同",
    "longer or shorter": "长短差得多",
    "encoder": "句向量相似",
    "entry encoder": "整条资料句向量相似",
    "cosine squared": "用词很相似",
    "encoder squared": "句向量很相似",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an explanation: a heading and lines of (label, value)."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def explained(base: KnowledgeBase, text: str) -> tuple[Section, ...]:
    """Return why *base* understands *text* as it does: the whole message first, then each thing asked."""
    understood = base.understand(text)
    whole = Section("整句话", tuple(_whole(understood)))
    if understood.chat is not None:
        return (whole,)
    tidied = tidy(text[:LONGEST])
    clauses = clauses_in(tidied, STANDARD.longest_question, STANDARD.most_questions)
    story = story_in(tidied, clauses, STANDARD)
    return (whole, *(Section(f"第{n}问", tuple(_clause(base, one, story))) for n, one in enumerate(clauses, 1)))


def printed(sections: tuple[Section, ...]) -> Iterator[str]:
    """Yield an explanation line by line."""
    for section in sections:
        yield f"【{section.heading}】"
        yield from (f"  {label}：{value}" for label, value in section.lines)


def _whole(understood: Understanding) -> Iterator[tuple[str, str]]:
    yield "原话", understood.text
    door = _DOORS[understood.door]
    yield "走哪条路", f"{door}（{understood.legal_route}）" if understood.legal_route else door
    if understood.chat is not None:
        yield "闲聊种类", _CHATS[understood.chat]
    danger = understood.danger
    numbers = "、".join(f"{number}（{what}）" for number, what in danger.numbers) if danger else ""
    asks = "，还问了事" if danger and danger.asks else ""
    yield "危险", f"{danger.kind}：先给 {numbers}{asks}" if danger else "没有"
    yield "诉求类型", understood.demand or "不是诉求"
    yield from _kind(tidy(understood.text[:LONGEST]))
    yield "领域、单位", "、".join(filter(None, (understood.domain, understood.unit))) or "看不出"
    if understood.follows is not None:
        yield "可能接着上一句", f"问“{understood.follows.value}”"
    yield "资料版本", understood.version


def _kind(tidied: str) -> Iterator[tuple[str, str]]:
    """What the intent model thinks of it; where the word lists are sure, they decide."""
    model = shipped_model()
    likely = heard(tidied)
    first = sorted(zip(KINDS, likely.chances, strict=True), key=lambda one: -one[1])[:_KINDS_SHOWN]
    yield "像哪一类", "，".join(f"{kind} {chance:.2f}" for kind, chance in first)
    cuts = model.cuts
    yield (
        "算诉求的把握",
        f"{likely.demand:.2f}；查不到资料时到 {cuts.demand:.2f}，有几条可选时到 {cuts.demand_over_choice:.2f}，"
        f"能直接答时到 {cuts.demand_over_answer:.2f}（像问句的更高）",
    )
    pulls = model.reasons(tidied, likely.likeliest, _SIGNS_SHOWN)
    yield f"像“{likely.likeliest}”的字词", "，".join(f"{name} {pull:+.2f}" for name, pull in pulls) or "没有"


def _clause(base: KnowledgeBase, clause: Clause, story: str) -> Iterator[tuple[str, str]]:
    told = _decided(base, clause, story)
    yield "问的话", clause.text
    yield "问的方面", "、".join(facet.value for facet in clause.facets) or "没有特别问哪一方面"
    yield "拿去比的话", told.normalised
    yield "结果", _outcome(base, told.outcome)
    yield "第二名", _title(base, told.runner_up) if told.runner_up else "没有"
    if told.whole:
        yield "整句话最像", f"{_title(base, told.whole)}；和这一问的第一名相同就更有把握，不同就更没有把握"
    doubt = f"，有生词或碰巧像，再加 {told.doubt:.2f}" if told.doubt else ""
    yield "第一名对的把握", f"{told.right:.3f}；到 {told.answer_at:.3f} 才直接答{doubt}"
    yield "在前几名里的把握", f"{told.listed:.3f}；到 {told.choice_at:.3f} 才问是哪一个"
    if told.missing:
        yield "只有本地才知道", f"问的是{told.missing}，最接近的资料里没写，所以把握降低"
    named = ((_FEATURES.get(name, name), part) for name, part in told.features)
    yield "第一名的得分", "，".join(f"{name} {part:+.3f}" for name, part in named) or "没有能比的"
    yield "一共比了", f"{told.phrasings} 个问法，索引版本 {told.version}"


def _decided(base: KnowledgeBase, clause: Clause, story: str) -> Explanation:
    """The explanation of the words that decide: the first that are answered, else the surest."""
    tried = [base.explain(query, story) for query in (clause.queries or clause.context)]
    return next((one for one in tried if isinstance(one.outcome, Answer)), max(tried, key=lambda one: one.right))


def _outcome(base: KnowledgeBase, outcome: Outcome) -> str:
    match outcome:
        case Answer(match=found):
            return f"直接答：{_title(base, found.entry_id)}，最像的问法“{found.phrasing}”"
        case Choice(options=options):
            return f"问是哪一个：{'、'.join(_title(base, one.entry_id) for one in options)}"
        case Unknown(runners_up=near):
            return f"答不上来；最接近的：{'、'.join(_title(base, one.entry_id) for one in near) or '没有'}"


def _title(base: KnowledgeBase, entry_id: str) -> str:
    entry = base.entry(entry_id)
    return f"{entry.title}（{entry_id}）" if entry else entry_id
