"""Print the command in the Nth code block of README.md, so that CI runs what the README says."""

import re
import sys
from pathlib import Path

BLOCK = re.compile(r"^```[a-z]*\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def command(text: str, number: int) -> str:
    """Return the only line of code block *number*, counted from 1."""
    blocks = BLOCK.findall(text)
    lines = blocks[number - 1].splitlines()
    if len(lines) != 1:
        raise SystemExit(f"README 的第 {number} 个代码块应当只有一行")
    return str(lines[0])


if __name__ == "__main__":
    readme = Path(__file__).resolve().parent.parent / "README.md"
    print(command(readme.read_text("utf-8"), int(sys.argv[1])))
