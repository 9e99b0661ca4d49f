"""A knowledge base that understands a handful of sentences, so that no test here depends on the matcher."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.library import Library
from knowledge.model import (
    Answer,
    Asked,
    Chat,
    Choice,
    Context,
    Danger,
    DemandKind,
    Door,
    Entry,
    EntryType,
    Facet,
    Match,
    Outcome,
    Understanding,
    Unknown,
)

DIBAO, CARD, ID_CARD = "guide:apply-dibao", "guide:replace-social-card", "guide:replace-id-card"
MEDICAL, EXPIRED, ROW, FAQ = (
    "guide:pay-medical-insurance",
    "guide:expired-allowance",
    "disclosure:20-001",
    "faq:marriage-age",
)
FIRE = Danger("起火", (("119", "火警"),), asks=False)


def match(entry_id: str, score: float = 0.9) -> Match:
    """One candidate."""
    return Match(entry_id, score, "问法")


def answer(entry_id: str) -> Outcome:
    """A sure answer with a runner-up."""
    return Answer(match(entry_id), 0.95, (match(MEDICAL, 0.3),))


NOTHING: Outcome = Unknown((match(DIBAO, 0.31), match(CARD, 0.2)), 0.05)


def question(*asked: Asked, **more: object) -> Understanding:
    """A question of one or several clauses."""
    return Understanding(" ".join(item.clause for item in asked), Door.QUESTION, asked, version="v1", **more)


def asks(clause: str, outcome: Outcome, facet: Facet | None = None) -> Asked:
    """One clause."""
    return Asked(clause, facet, outcome)


def demand(words: str, kind: DemandKind, outcome: Outcome = NOTHING) -> Understanding:
    """A call for action."""
    return Understanding(words, Door.DEMAND, (asks(words, outcome),), demand=kind, domain="市政服务", version="v1")


def door(words: str, which: Door, outcome: Outcome = NOTHING, **more: object) -> Understanding:
    """Another door."""
    return Understanding(words, which, (asks(words, outcome),), version="v1", **more)


def chat(words: str, kind: Chat) -> Understanding:
    """No question to government."""
    return Understanding(words, Door.CHAT, (), chat=kind, version="v1")


SENTENCES: Mapping[str, Understanding] = {
    "低保怎么申请": question(asks("低保怎么申请", answer(DIBAO))),
    "社保卡掉了怎么补": question(asks("社保卡掉了怎么补", answer(CARD))),
    "过期津贴": question(asks("过期津贴", answer(EXPIRED))),
    "低保名单在哪看": question(asks("低保名单在哪看", answer(ROW))),
    "多大能结婚": question(asks("多大能结婚", answer(FAQ))),
    "补证": question(asks("补证", Choice((match(ID_CARD), match(CARD)), 0.6))),
    "两件事": question(asks("社保卡", answer(CARD)), asks("医保多少钱", answer(MEDICAL), Facet.FEE)),
    "三件事": question(
        asks("补证", Choice((match(ID_CARD), match(CARD)), 0.6)),
        asks("医保多少钱", answer(MEDICAL), Facet.FEE),
        asks("火星移民", NOTHING),
    ),
    "一件会一件不会": question(asks("社保卡", answer(CARD)), asks("火星移民", NOTHING)),
    "先不会后会": question(asks("火星移民", NOTHING), asks("社保卡", answer(CARD))),
    "路灯坏了": demand("路灯坏了", "求助"),
    "我要投诉物业": demand("我要投诉物业", "投诉"),
    "建议多栽树": demand("建议多栽树", "建议"),
    "低保没人管": demand("低保没人管", "求助", answer(DIBAO)),
    "法院判错了": door("法院判错了", Door.LEGAL, legal_route="诉讼"),
    "帮我查社保": door("帮我查社保", Door.ONLINE, answer(CARD)),
    "要一份批文": door("要一份批文", Door.DOCUMENT),
    "你好": chat("你好", Chat.GREETING),
    "谢谢": chat("谢谢", Chat.THANKS),
    "着火了": question(asks("着火了", NOTHING), danger=FIRE, demand="咨询"),
    "着火了快来人": Understanding("着火了快来人", Door.DEMAND, (asks("x", NOTHING),), danger=FIRE, demand="求助"),
    "起火了低保还发吗": question(asks("低保", answer(DIBAO)), danger=Danger("起火", (("119", "火警"),), asks=True)),
}


@dataclass(frozen=True)
class FakeKnowledge:
    """handlers.services.Knowledge over the small catalog; what it does not know is a question without an answer."""

    library: Library
    version: str = "v1"

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        if text == "多少钱":
            return question(asks(text, NOTHING, Facet.FEE), demand="咨询", follows=Facet.FEE)
        return SENTENCES.get(text) or question(asks(text, NOTHING), demand="咨询")

    def entry(self, entry_id: str) -> Entry | None:
        return self.library.entries.get(entry_id)

    def entries(self, type: EntryType | None = None, domain: str | None = None) -> Sequence[Entry]:
        held = self.library.entries.values()
        return [one for one in held if type in (None, one.type) and domain in (None, one.domain)]

    def domains(self) -> Sequence[str]:
        return list(dict.fromkeys(entry.domain for entry in self.library.entries.values()))
