"""Replies whose copy names only who is answered: 引用 某人 的消息："…", 回复 某人：话.

What is quoted is written as 「某人：…」 over dashes; a reply in its writer's own words as @某人 话, for
the writer is not named and the words are not those of the person before.
"""

import re
from collections.abc import Sequence

from knowledge.chatlog.names import is_name
from knowledge.chatlog.speakers import cue_in
from knowledge.chatlog.stamps import narrow
from knowledge.text import bare, tidy

_B = r"\s{0,4}"
"""Blanks; bounded, so that a line of nothing else is read in time."""
_WHOSE = r"(?P<name>[^:：\s\"“「]{1,20})"
_QUOTED = re.compile(
    rf"^{_B}[\[【(（「]?{_B}(?:引用|回复|针对)?{_B}[了]?[@＠]?{_B}{_WHOSE}{_B}"
    rf"(?:的|发的|发送的){_B}(?:消息|话|发言|信息){_B}[\]】)）」]?{_B}[:：]?{_B}"
    r"(?P<open>[\"“「『《])(?P<said>.+?)[\"”」』》]\s{0,4}[\]】)）]?\s{0,4}(?P<after>.*)$"
)
_REPLY = re.compile(rf"^{_B}(?:回复|答复|[Rr]e){_B}[:：]?{_B}[@＠]?{_B}{_WHOSE}{_B}[:：]{_B}(?P<said>\S.*)$")
_BRACKETED = re.compile(
    r"^(?P<who>[^:：()（）\[\]【】]{1,16})[(（\[【](?:引用|回复)了?\s{0,4}"
    r"(?P<quote>[^()（）\[\]【】]*?[:：].+?)[)）\]】]\s{0,4}(?P<rest>[:：].*)$"
)
"""小明(引用 主任: 明天停电)：几点"""
_RULE = "- - - - - - - -"


def replies_marked(lines: Sequence[str]) -> list[str]:
    """The same lines, with quotes and replies written as the reader knows them."""
    marked: list[str] = []
    for place, line in enumerate(lines):
        quoted, reply, inside = _QUOTED.match(line.strip()), _REPLY.match(line.strip()), _BRACKETED.match(line.strip())
        if quoted and is_name(quoted["name"]):
            marked += [f"「{quoted['name']}：{quoted['said']}」", _RULE, *filter(None, [quoted["after"].strip()])]
        elif inside and is_name(inside["who"]):
            marked += [f"「{inside['quote']}」", _RULE, f"{inside['who']}{inside['rest']}"]
        elif reply and is_name(reply["name"]) and not _is_quote(reply, lines, place):
            marked.append(f"@{reply['name']} {reply['said']}")
        else:
            marked.append(line)
    return marked


def _is_quote(reply: re.Match[str], lines: Sequence[str], place: int) -> bool:
    """Are the words those of the person answered: said before, or with the answer on the next line?"""
    said = bare(tidy(reply["said"]))
    if any(said in bare(tidy(line)) for line in lines[:place] if not _REPLY.match(line)):
        return True
    below = next((line for line in lines[place + 1 :] if line.strip()), "")
    return bool(below) and not _REPLY.match(below) and cue_in(narrow(below)) is None
