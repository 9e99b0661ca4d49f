"""A strict little XML reader for the bot's answers: no DOCTYPE, no attributes needed, nothing guessed."""

from dataclasses import dataclass, field
from xml.parsers import expat


class BadXmlError(ValueError):
    """The text is not well-formed or uses what the platform refuses; the text says why, in Chinese."""


@dataclass(slots=True)
class Node:
    """One element: its tag, its own text and its children in order."""

    tag: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, tag: str) -> list["Node"]:
        """Return the children called *tag*."""
        return [child for child in self.children if child.tag == tag]

    def find(self, *path: str) -> "Node | None":
        """Follow *path* downwards; None where a step is missing.

        Raises:
            BadXmlError: a step stands there more than once, so its meaning would be a guess.
        """
        here = self
        for tag in path:
            found = here.all(tag)
            if len(found) > 1:
                raise BadXmlError(f"<{tag}> 出现了 {len(found)} 次")
            if not found:
                return None
            here = found[0]
        return here

    def value(self, *path: str) -> str:
        """Return the text at *path*, empty where nothing stands there."""
        found = self.find(*path)
        return found.text if found else ""


def parse(text: str) -> Node:
    """Read one document.

    Raises:
        BadXmlError: not well-formed, or with a DOCTYPE.
    """
    top = Node("")
    open_nodes = [top]

    def start(tag: str, _attributes: dict[str, str]) -> None:
        node = Node(tag)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_tag: str) -> None:
        open_nodes.pop()

    def data(chunk: str) -> None:
        open_nodes[-1].text += chunk

    def doctype(*_args: object) -> None:
        raise BadXmlError("XML 里不许有 DOCTYPE")

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text.encode(errors="replace"), True)
    except expat.ExpatError as error:
        raise BadXmlError(f"不是合法的 XML：{error}") from error
    return top.children[0]
