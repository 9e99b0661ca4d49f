"""People called by name inside a line (老李你家咋办的, 王主任，我想问): found, and taken out of what was said."""

import re

from knowledge.chatlog.names import SURNAMES

_OFFICE = "书记|主任|会计|组长|队长|村长|支书|文书|医生|老师|校长|师傅|镇长|乡长|站长|所长|局长|干部|警官|总"
_KIN = "哥|姐|叔|婶|嫂|伯|爷|奶奶|姨|大爷|大妈|大哥|大姐|大叔|大婶|阿姨|伯伯|嫂子|老弟|妹子"
_PERSON = (
    rf"(?:[老小][{SURNAMES}]|阿[一-鿿]|[{SURNAMES}][一-鿿]{{0,2}}?(?:{_OFFICE}|{_KIN})|"
    rf"(?![我你他她俺咱这那大小表堂亲])[一-鿿]{{1,3}}(?:{_KIN})(?=[你您]))"
)
_START = r"(?:^|(?<=[。！？!?；;，,、~～…\s]))"
_CALLED = re.compile(
    rf"{_START}(?P<name>{_PERSON})(?:[你您]?好?[，,、!！~～：:\s]+(?=\S)|(?:在吗|在不在)[，,、。!！?？\s]*|(?=[你您]))"
)
_CALLED_LAST = re.compile(rf"[，,、\s](?P<name>{_PERSON})(?P<end>[。！？!?~～…\s]*)$")


def addressed(line: str) -> list[str]:
    """The people a line speaks to by name."""
    return [found["name"] for shape in (_CALLED, _CALLED_LAST) for found in shape.finditer(line)]


def without_addresses(line: str) -> str:
    """The line without the names it calls; who is meant by 你 then stays open."""
    return _CALLED_LAST.sub(lambda found: found["end"], _CALLED.sub("", line))
