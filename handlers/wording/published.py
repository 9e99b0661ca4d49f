"""What a resident reads when a question of theirs has an answer at last."""


def now_answered(question: str, answer: str) -> str:
    """Give the answer to somebody who asked before there was one; *question* is masked as it was kept."""
    asked = question if len(question) <= 40 else f"{question[:40]}…"
    return f"您问过“{asked}”，现在有核实过的答案了：\n{answer}\n还有不清楚的，接着问就行。"
