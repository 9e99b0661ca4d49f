"""XML as the platform speaks it: a flat list of fields, read and written without a document tree.

Read: hostile (no document type, no entities, bounded depth and number of elements) and forgiving
towards what residents type (control characters, an unescaped ``]]>``). Written: CDATA-safe.
Why not wechatpy's parser: docs/decisions/0002-envelope-parsing.md.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

from bot.refusal import Refused

Fields = Mapping[str, str | None]
"""Text of each child of the root; None for a child that has children itself."""

MAX_DEPTH = 6  # SendPicsInfo of the pic_* events nests five deep
MAX_ELEMENTS = 200

_ILLEGAL = bytes(set(range(32)) - {9, 10, 13})
_ILLEGAL_REFERENCE = re.compile(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));", re.I)
_STRAY_END = re.compile(r"\]\]>(?!\s{0,8}<[/!])")


def read_fields(xml: bytes) -> Fields:
    """Parse one message of the platform.

    Residents can send control characters, which WeChat forwards raw (wechat.md 1.2): they are
    dropped. What is still broken is mended once, then refused. Halves of a
    character are dropped (wechat.md 1.2); other bytes that are no UTF-8 are never mended: the
    platform sends none, and a guess at them would be other words than the sender's.

    Raises:
        Refused: 400, for anything that is not one flat message with distinct fields.
    """
    clean = xml.translate(None, _ILLEGAL)
    try:
        return _Reader().read(clean)
    except expat.ExpatError:
        pass
    try:
        return _Reader().read(_mended(clean))
    except (expat.ExpatError, UnicodeDecodeError):
        raise Refused(400, "malformed xml") from None


def read_items(xml: bytes) -> list[dict[str, str]]:
    """Return what the lists two levels deep hold, one mapping for each ``List`` of a subscribe_msg event.

    For messages `read_fields` has read before; what cannot be read is no item.
    """
    reader = _ItemReader()
    try:
        reader.read(xml.translate(None, _ILLEGAL))
    except expat.ExpatError:
        return []
    return reader.items


def scrubbed(text: str) -> bytes:
    """Encode *text* without the characters XML forbids: controls, lone surrogates, non-characters."""
    raw = text.encode("utf-8", "ignore").translate(None, _ILLEGAL)
    return raw.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")


def cdata(text: str) -> bytes:
    """Quote *text* so that no content can end the section early."""
    return b"<![CDATA[" + scrubbed(text).replace(b"]]>", b"]]]]><![CDATA[>") + b"]]>"


def _mended(xml: bytes) -> bytes:
    text = xml.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\ufffe", "").replace("\uffff", "")
    text = _STRAY_END.sub("]]]]><![CDATA[>", _ILLEGAL_REFERENCE.sub("", text))
    return text.encode()


class _Reader:
    """Collects the root's children; one instance per document."""

    def __init__(self) -> None:
        self.fields: dict[str, str | None] = {}
        self.depth = 0
        self.elements = 0
        self.text: list[str] = []
        self.nested = False

    def read(self, xml: bytes) -> Fields:
        parser = expat.ParserCreate("utf-8")  # whatever the document claims: no encoding tricks
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.EntityDeclHandler = _refuse_declaration
        parser.Parse(xml, True)
        return self.fields

    def _start(self, name: str, attributes: object) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise Refused(400, "xml too deep or too large")
        if self.depth == 1 and name != "xml":
            raise Refused(400, "root element is not xml")
        self.nested = self.depth > 2
        self.text.clear()

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.depth != 1:
            return
        if name in self.fields:
            raise Refused(400, "duplicate field")
        self.fields[name] = None if self.nested else "".join(self.text)
        self.nested = False


class _ItemReader(_Reader):
    """Collects the elements four deep into one item for each element three deep."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[dict[str, str]] = []

    def _start(self, name: str, attributes: object) -> None:
        super()._start(name, attributes)
        if self.depth == 3:
            self.items.append({})

    def _end(self, name: str) -> None:
        if self.depth == 4:
            self.items[-1][name] = "".join(self.text)
        super()._end(name)


def _refuse_declaration(*_: object) -> None:
    raise Refused(400, "document type or entity declared")
