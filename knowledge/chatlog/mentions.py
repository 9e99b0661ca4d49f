"""Names after @: found, and taken out of what was said."""

import re

_AT = re.compile(r"[@＠]")
_TOKEN = re.compile(r"[^\s\u2005@＠，。？！,?!:：；;]{1,20}")
_TITLE = re.compile(
    r"(?:所有人|全体成员|全体村民|群主|群管理员?|all|[一-鿿]{0,6}?(?:网格员|妇女主任|村支书|支书|书记|"
    r"主任|村长|镇长|乡长|会计|组长|队长|文书|干部|医生|老师|哥|姐|叔|婶|嫂|伯|爷|奶奶?|姨))",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(r"[@＠]\s?(?:所有人|全体成员|全体村民|全体|all\b)", re.IGNORECASE)
_TALK = re.compile(
    r"低保|医保|社保|养老|补贴|补助|身份|户口|残疾|路灯|自来水|停[水电]|垃圾|我|你|怎么|什么|咋|哪|能不能|"
    r"可以|请问|问|想|这个|那个|今年|村里|孩子|小孩|老人|收到|谢谢|说|宅基|房子|危房"
)
_LONGEST_NAME = 16


def calls_everybody(line: str) -> bool:
    """Does a line call the whole group?"""
    return bool(_EVERYBODY.search(line))


def mentioned(line: str, names: frozenset[str]) -> list[str]:
    """The names a line calls with @."""
    found = [line[start:end].strip() for start, end in _spans(line, names)]
    return [name for name in (item.lstrip("@＠").strip() for item in found) if name]


def without_mentions(line: str, names: frozenset[str]) -> str:
    """The line without @ and the names behind it."""
    kept, last = [], 0
    for start, end in _spans(line, names):
        kept.append(line[last:start])
        last = end
    return " ".join(part.strip() for part in [*kept, line[last:]] if part.strip())


def _spans(line: str, names: frozenset[str]) -> list[tuple[int, int]]:
    """Where the mentions of a line begin and end."""
    spans: list[tuple[int, int]] = []
    for at in _AT.finditer(line):
        if at.start() > 0 and line[at.start() - 1].isascii() and line[at.start() - 1].isalnum():
            continue
        if not spans or at.start() >= spans[-1][1]:
            spans.append((at.start(), at.end() + _name_length(line[at.end() :], names)))
    return spans


def _name_length(rest: str, names: frozenset[str]) -> int:
    """How many characters of *rest* are the name: a known one, up to a blank, a title, or up to the talk."""
    known = max((len(name) for name in names if rest.startswith(name)), default=0)
    token = _TOKEN.match(rest)
    if known or not token:
        return known
    name = token.group()
    if len(name) < len(rest) and rest[len(name)] in " \u2005\u3000\xa0" and not _TALK.search(name):
        return len(name)
    title = _TITLE.match(name)
    if title:
        return title.end()
    talk = _TALK.search(name, 1)
    if talk:
        return talk.start()
    return len(name) if len(name) <= 6 else 0
