"""How a `Reply` looks on the phone: tappable lines, harmless text, and pages of a size the platform takes.

Taps are ``weixin://bizmsgmenu`` links (wechat.md 2.4): tapping one sends its words as an ordinary
message. Clients render ``<a>`` in any text, so a ``<`` that is not ours is shown as ``＜``.
"""

import re
import unicodedata

from handlers.turn import NOTHING, Reply, Tap

MAX_BYTES = 1800  # UTF-8; trouble is reported from about 1,900 and certain above 2,048 (wechat.md 2.2)

_LEFT_ANGLE = re.compile(r"<|&(?:lt|#0*60|#x0*3c);?", re.IGNORECASE)
_UNSAFE_IN_TAP = {ord(sign): f"%{ord(sign):02X}" for sign in "%&\"<>#+'\n\r\t "}
_LINK = re.compile(r"<a [^>]*>[^<]*</a>")
_BREAKS = (
    re.compile(r"\n+"),
    re.compile(r"[。！？；…!?;]+[”’」』）)]*"),
    re.compile(r"[，、：,:]+|\s+"),
)
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


def render(reply: Reply) -> str:
    """Return the text the platform gets: harmless words, then one line for each tap.

    The ids of the taps are small integers, because letters are reported not to come back.
    """
    lines = [harmless(reply.text), *(_line(number, tap) for number, tap in enumerate(reply.taps, 1))]
    return "\n".join(line for line in lines if line)


def plain(reply: Reply) -> str:
    """Return what is read where nothing can be tapped: the words, then the label of each tap."""
    return "\n".join(line for line in (reply.text, *(tap.label for tap in reply.taps)) if line)


def harmless(text: str) -> str:
    """Return *text* with every left angle bracket, escaped or not, shown full width. Idempotent."""
    return _LEFT_ANGLE.sub("＜", text)


def split(reply: Reply, more: str, limit: int = MAX_BYTES) -> tuple[Reply, Reply]:
    """Return what fits one message and what is left, `NOTHING` if all of it fits.

    *more* is the line that says how to get the rest; it ends the text of the first part. The taps
    stay with the first part, where the resident decides, so what is left is text only.
    """
    if _size(render(reply)) <= limit:
        return reply, NOTHING
    text = harmless(reply.text).strip()
    room = limit - _size(render(Reply(f"\n{more}", reply.taps)))
    head, rest = fit(text, min(room, _size(text) - 1))
    return Reply(f"{head.rstrip()}\n{more}", reply.taps), Reply(rest.lstrip())


def fit(text: str, limit: int = MAX_BYTES) -> tuple[str, str]:
    """Cut *text* so that the head has at most *limit* UTF-8 bytes; head + rest is all of it.

    Cuts after a line, else a sentence, else a clause, else a character; never inside a link, a
    number, an address, a Latin word or a composed character unless it alone is over *limit*.
    """
    if _size(text) <= limit:
        return text, ""
    fits = max(_fitting(text, limit), 1)
    links = [link.span() for link in _LINK.finditer(text)]
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, fits // 2, fits)]
        allowed = [end for end in ends if _may_cut(text, end, links)]
        if allowed:
            return text[: allowed[-1]], text[allowed[-1] :]
    end = next((end for end in range(fits, 0, -1) if _may_cut(text, end, links)), fits)
    return text[:end], text[end:]


def _line(number: int, tap: Tap) -> str:
    says = tap.says.translate(_UNSAFE_IN_TAP)
    label = harmless(" ".join(tap.label.split()))
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={says}&msgmenuid={number}">{label}</a>'


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _fitting(text: str, limit: int) -> int:
    """How many characters of *text* have at most *limit* bytes."""
    head = text[:limit].encode("utf-8", "surrogatepass")[:limit]
    return len(head.decode("utf-8", "ignore")) if _size(text[:limit]) > limit else len(text[:limit])


def _may_cut(text: str, end: int, links: list[tuple[int, int]]) -> bool:
    if any(start < end < stop for start, stop in links):
        return False
    if end >= len(text):
        return True
    before, after = text[end - 1], text[end]
    in_word = "!" <= before <= "~" and "!" <= after <= "~"
    in_number = before.isdigit() and after.isdigit()
    composed = after in _JOINERS or before == "\u200d" or unicodedata.category(after) in ("Mn", "Mc", "Me")
    modified = "\U0001f3fb" <= after <= "\U0001f3ff"  # skin tone
    flag = "\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff"
    surrogates = "\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff"
    return not (in_word or in_number or composed or modified or flag or surrogates)
