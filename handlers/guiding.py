"""Find a guide's situation, one numbered question at a time; its end is the exact list to bring."""

from handlers import wording
from handlers.commands import Command, command_in, number_in
from handlers.services import Said, Services, Told
from handlers.state import Guiding
from handlers.turn import Reply, Tap, Turn
from knowledge import cards
from knowledge.model import Branch, Guide, Leaf


def first_situation(guide: Guide) -> tuple[Reply, Guiding]:
    """Return the first question of a guide that has situations."""
    if guide.situations is None:
        raise ValueError(f"{guide.id} has no situations")
    return _question(guide.situations, ()), Guiding(guide.id)


def choose_situation(turn: Turn, services: Services) -> Said | None:
    """Take a number, 返回 or 全部; None when the words are something else."""
    pending = turn.state.pending
    if not isinstance(pending, Guiding):
        return None
    guide = services.knowledge.entry(pending.entry_id)
    if not isinstance(guide, Guide) or guide.situations is None:
        return None
    match command_in(turn.words):
        case Command.BACK:
            return _at(guide, pending.path[:-1])
        case Command.ALL:
            return Said(Reply(_every_leaf(guide)), _told(guide), pending=pending, entry_id=guide.id)
    number = number_in(turn.words)
    return None if number is None else _chosen(guide, pending, number)


def node_at(guide: Guide, path: tuple[int, ...]) -> Branch | Leaf | None:
    """Follow *path* (option numbers from 1) down the tree."""
    node: Branch | Leaf | None = guide.situations
    for number in path:
        if not isinstance(node, Branch) or not 1 <= number <= len(node.options):
            return None
        node = node.options[number - 1][1]
    return node


def leaf_text(guide: Guide, path: tuple[int, ...], leaf: Leaf) -> str:
    """Say the whole list of one situation (一次告知)."""
    by_name = {material.name: material for material in guide.materials}
    lines = [
        f"{place}. {cards.material_line(by_name[name]) if name in by_name else name}"
        for place, name in enumerate(leaf.materials, 1)
    ]
    chosen = "，".join(_labels(guide, path))
    parts = [
        f"【{guide.title}】{chosen}",
        _opening(guide) if lines else "这种情况不用交材料。",
        *lines,
        leaf.note,
        cards.trust(guide.origin),
    ]
    return "\n".join(part for part in parts if part)


def _opening(guide: Guide) -> str:
    """Only a list whose basis was read may promise to be complete."""
    is_read = guide.origin.confidence == "高" and guide.origin.checked_on is not None
    return "这种情况带齐这些就够：" if is_read else "这种情况一般要带这些，以窗口告知的为准："


def _chosen(guide: Guide, pending: Guiding, number: int) -> Said:
    path = (*pending.path, number)
    if node_at(guide, path) is None:
        here = _at(guide, pending.path)
        return Said(Reply(f"{wording.OUT_OF_RANGE.text}\n{here.reply.text}", here.reply.taps), here.told, here.pending)
    return _at(guide, path)


def _at(guide: Guide, path: tuple[int, ...]) -> Said:
    node = node_at(guide, path)
    if isinstance(node, Branch):
        return Said(_question(node, path), _told(guide), pending=Guiding(guide.id, path), entry_id=guide.id)
    if node is None:
        return Said(wording.NOTHING_CHOSEN)
    reply = Reply(f"{leaf_text(guide, path, node)}\n选错了回复“返回”，看别的情况回复“全部”。")
    return Said(reply, _told(guide), pending=Guiding(guide.id, path), entry_id=guide.id)


def _question(branch: Branch, path: tuple[int, ...]) -> Reply:
    back = "“返回”退一步，“全部”看所有情况" if path else "“全部”看所有情况"
    return Reply(
        f"您是哪种情况？{branch.question}回复数字（{back}）：",
        tuple(Tap(f"{place}. {label}", str(place)) for place, (label, _) in enumerate(branch.options, 1)),
    )


def _labels(guide: Guide, path: tuple[int, ...]) -> list[str]:
    node: Branch | Leaf | None = guide.situations
    labels = []
    for number in path:
        if isinstance(node, Branch):
            label, node = node.options[number - 1]
            labels.append(label)
    return labels


def _every_leaf(guide: Guide) -> str:
    leaves = [leaf_text(guide, path, leaf) for path, leaf in walk(guide)]
    tail = cards.trust(guide.origin)
    return "\n\n".join(text.removesuffix("\n" + tail) for text in leaves) + "\n\n" + tail


def walk(guide: Guide) -> list[tuple[tuple[int, ...], Leaf]]:
    """Return every leaf with its path, in the order of the file."""
    found: list[tuple[tuple[int, ...], Leaf]] = []
    todo: list[tuple[tuple[int, ...], Branch | Leaf]] = [((), guide.situations)] if guide.situations else []
    while todo:
        path, node = todo.pop(0)
        match node:
            case Leaf():
                found.append((path, node))
            case Branch(options=options):
                todo[:0] = [((*path, place), child) for place, (_, child) in enumerate(options, 1)]
    return found


def _told(guide: Guide) -> Told:
    return Told("answer", guide.id, domain=guide.domain, unit=guide.origin.unit)
