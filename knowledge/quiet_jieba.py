"""jieba, imported without ``pkg_resources``.

jieba wants it only to open a file of its own and does as well without; importing it costs a
seventh of a second of every start, and it warns that it will be gone.
"""

import sys

_UNWANTED = "pkg_resources"
_held = sys.modules.get(_UNWANTED)
sys.modules[_UNWANTED] = None  # type: ignore[assignment]  # the documented way to make an import fail
try:
    import jieba
    from jieba import finalseg
finally:
    if _held is None:
        del sys.modules[_UNWANTED]
    else:
        sys.modules[_UNWANTED] = _held

__all__ = ["finalseg", "jieba"]
