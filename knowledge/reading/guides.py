"""Service guides: ``guides/<领域>/<slug>.yaml``."""

from pathlib import PurePosixPath

from knowledge.model import Branch, Guide, Leaf, Material, Myth, Place
from knowledge.reading.common import Head, read_bases, read_head, read_origin
from knowledge.reading.record import Record

DEEPEST_QUESTION = 3
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
PHRASINGS = 8
LEVELS = ("县", "乡", "村", "网上", "市", "省")


def read_guide(record: Record) -> Guide:
    """Read one guide; faults go to the record's ledger."""
    head = read_head(record, PHRASINGS)
    _check_folder(record, head)
    materials = tuple(_material(item) for item in record.records("材料"))
    names = frozenset(material.name for material in materials)
    _check_names(record, materials)
    legal, promised = _limits(record)
    guide = Guide(
        id=f"guide:{head.slug}",
        title=head.title,
        domain=head.domain,
        aliases=head.aliases,
        phrasings=head.phrasings,
        conclusion=record.text("结论"),
        eligibility=record.texts("谁能办", at_least=1),
        situations=_situations(record, names),
        materials=materials,
        places=tuple(_place(item) for item in record.records("去哪办")),
        online=record.text("网办"),
        proxy=record.text("代办"),
        steps=record.texts("流程", at_least=1),
        legal_limit=legal,
        promised_limit=promised,
        fee=record.text("费用"),
        bases=read_bases(record),
        myths=tuple(_myth(item) for item in record.records("误区", needed=False)),
        local_gaps=record.texts("本地待核", needed=False),
        origin=read_origin(record),
        hands_to=record.text("办理入口", needed=False),
    )
    _check_use(record, guide)
    record.done()
    return guide


def _check_use(record: Record, guide: Guide) -> None:
    """Report materials that no situation asks for: one of its lists is not complete."""
    if guide.situations is None:
        return
    used = _used(guide.situations)
    for number, material in enumerate(guide.materials, 1):
        if material.name and material.name not in used:
            place = f"材料[{number}].名称"
            record.error(place, f"没有哪种情形要带“{material.name[:30]}”", record.lines.get(place))


def _used(branch: Branch) -> frozenset[str]:
    names: set[str] = set()
    for _, target in branch.options:
        names |= set(target.materials) if isinstance(target, Leaf) else _used(target)
    return frozenset(names)


def _check_folder(record: Record, head: Head) -> None:
    folder = PurePosixPath(record.file).parent.name
    if head.domain and folder != head.domain:
        record.error("领域", f"文件放在“{folder}”里，领域却写“{head.domain[:20]}”，两处要一样")


def _check_names(record: Record, materials: tuple[Material, ...]) -> None:
    seen: set[str] = set()
    for number, material in enumerate(materials, 1):
        if material.name and material.name in seen:
            place = f"材料[{number}].名称"
            record.error(place, f"材料“{material.name}”写了两次", record.lines.get(place))
        seen.add(material.name)


def _material(item: Record) -> Material:
    material = Material(
        name=item.text("名称"),
        form=item.text("形式", needed=False),
        copies=item.text("份数", needed=False),
        origin=item.text("从哪来"),
        blank=item.text("空白表", needed=False),
        filling=item.text("填写说明", needed=False),
        sample=item.text("样表", needed=False),
    )
    item.done()
    return material


def _place(item: Record) -> Place:
    place = Place(item.text("层级"), item.text("地点"))
    if place.level and place.level not in LEVELS:
        item.error("层级", f"只能写 {'、'.join(LEVELS)}")
    item.done()
    return place


def _myth(item: Record) -> Myth:
    myth = Myth(item.text("听说"), item.text("实际"))
    item.done()
    return myth


def _limits(record: Record) -> tuple[str, str]:
    limits = record.record("时限")
    if limits is None:
        return "", ""
    legal, promised = limits.text("法定"), limits.text("承诺")
    limits.done()
    return legal, promised


def _situations(record: Record, names: frozenset[str]) -> Branch | None:
    tree = record.record("情形", needed=False)
    if tree is None:
        return None
    branch = _branch(tree, names, 1)
    tree.done()
    return branch


def _branch(tree: Record, names: frozenset[str], depth: int) -> Branch:
    """Read a question and its options; a fourth question in a row is a fault."""
    if depth > DEEPEST_QUESTION:
        tree.error("问", f"最多连问 {DEEPEST_QUESTION} 个问题")
    question = tree.text("问")
    options = tuple(_option(item, names, depth) for item in tree.records("选项"))
    if "选项" in tree and not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        tree.error("选项", f"要有 {FEWEST_OPTIONS} 到 {MOST_OPTIONS} 个选项，现在 {len(options)} 个")
    _check_answers(tree, tuple(answer for answer, _ in options))
    return Branch(question, options)


def _check_answers(tree: Record, answers: tuple[str, ...]) -> None:
    for number, answer in enumerate(answers, 1):
        if answer and answer in answers[: number - 1]:
            place = f"选项[{number}].答"
            tree.error(place, f"选项“{answer[:20]}”写了两次", tree.lines.get(tree.path + place))


def _option(item: Record, names: frozenset[str], depth: int) -> tuple[str, Branch | Leaf]:
    answer = item.text("答")
    target = _target(item, names, depth)
    item.done()
    return answer, target


def _target(item: Record, names: frozenset[str], depth: int) -> Branch | Leaf:
    """Read what follows an answer: the next question, written in place or under 情形, or the list."""
    nested = item.record("情形", needed=False)
    if nested is not None:
        nested.path = item.path  # both ways of writing give the same field names
        branch = _branch(nested, names, depth + 1)
        nested.done()
        return branch
    if "问" in item or "选项" in item:
        return _branch(item, names, depth + 1)
    leaf = Leaf(item.texts("材料"), item.text("说明", needed=False))
    if "材料" in item and not leaf.materials and not leaf.note:
        item.error("材料", "不用带材料的，请在“说明”里写明白")
    for number, name in enumerate(leaf.materials, 1):
        place = f"材料[{number}]"
        if name not in names:
            item.error(place, f"“{name[:30]}”不在上面的材料里", item.lines.get(item.path + place))
        elif name in leaf.materials[: number - 1]:
            item.error(place, f"“{name[:30]}”写了两次", item.lines.get(item.path + place))
    return leaf
