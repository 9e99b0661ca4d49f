"""Messages that are no question to government: greetings, thanks, insults, adverts, noise, injection.

The words stand in ``data/chat.toml``. A greeting before a question is no chat: only a
message that is nothing else counts.
"""

import re

from knowledge.model import Chat
from knowledge.text import bare
from knowledge.wordlists import patterns

_WHOLE = (Chat.GREETING, Chat.THANKS, Chat.FAREWELL, Chat.IDENTITY, Chat.NOISE)
_LONGEST = 40
# Greetings are told in pieces that overlap (你好, 好, 好呀); longer ones would be tried in too many ways.
_LONGEST_GREETING = 24
_ABOUT_ADVERTS = re.compile(r"举报|投诉|被骗|骗了|是不是真|真的吗|扰民|诈骗")


def chat_in(tidied: str) -> Chat | None:
    """The kind of chat the whole message is, or ``None`` where it may be a matter for government."""
    words = patterns("chat")
    if words["injection"].search(tidied):
        return Chat.INJECTION
    if words["advert"].search(tidied) and not _ABOUT_ADVERTS.search(tidied):
        return Chat.ADVERT
    plain = bare(tidied)
    if len(plain) <= _LONGEST:
        for chat in _WHOLE:
            if chat is Chat.GREETING and len(plain) > _LONGEST_GREETING:
                continue
            if words[chat.value].fullmatch(plain):
                return chat
    insult = words["insult"]
    if insult.search(plain) and not words["asking"].search(insult.sub("", plain)):
        return Chat.INSULT
    # A lone character, however rare, asks nothing; emoji and stickers leave none at all.
    return Chat.NOISE if len(plain) <= 1 else None
