"""Measure the matcher on question sets: ``python -m knowledge.evaluation FILE...``.

Each file is built as our own knowledge is built (weights and thresholds fitted from
its phrasings by the same code) and asked; two plain baselines run beside it, and the
answerable questions are asked again with noise. Retrieval only: no danger, chat or
demand triage.
"""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np

from knowledge.baselines import fts5_bm25, tfidf_margin
from knowledge.bench import Question, QuestionSet, Result, ask_all, build_matcher, read_set
from knowledge.encoding import NAMES, Encoder, load_encoder
from knowledge.lexicon import Lexicon, make_lexicon
from knowledge.matching import Matcher
from knowledge.metrics import auroc, coverage, reciprocal_rank
from knowledge.noise import Homophones, spoilers
from knowledge.reading.files import TextFile
from knowledge.reading.lexicon_files import read_synonyms
from knowledge.reading.problems import Ledger
from knowledge.thresholds import PARAPHRASES
from knowledge.vectors import Remembering

_SYNONYMS = Path(__file__).parent.parent / "catalogs" / "lexicon" / "everyday.csv"
_PRECISION = 0.95
_NOISY, _NOISY_ENCODED = 1500, 400
_SEED = 7


def main(arguments: Sequence[str] | None = None) -> None:
    """Evaluate every file and print one block each."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.evaluation", description="在问答集上测量匹配效果")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="每行一个 JSON：条目或问题")
    parser.add_argument("--encoder", choices=("none", *NAMES), default="none", help="句向量（需另装 encoder 附加包）")
    parser.add_argument("--out", type=Path, help="每个问题一行结果，按文件顺序")
    parser.add_argument("--limit", type=int, default=0, help="每类最多问多少条（0 为全部）")
    parser.add_argument("--cache", type=Path, default=_cache(), help="句向量存在哪个目录（缺省在 BOT_DATA_DIR 里）")
    parser.add_argument("--synonyms", type=Path, default=_SYNONYMS, help="近义词表，缺省用本库的 everyday.csv")
    chosen = parser.parse_args(arguments)
    lexicon = synonyms_in(chosen.synonyms)
    try:
        encoder = None if chosen.encoder == "none" else Remembering(load_encoder(chosen.encoder), chosen.cache)
    except ImportError:
        parser.error(f"句向量 {chosen.encoder} 没有装：pip install 'minwen[encoder]'")
    lines: list[str] = []
    for path in chosen.files:
        held = limited(read_set(path), chosen.limit)
        matcher, seconds = build_matcher(held, PARAPHRASES, encoder, lexicon)
        results = ask_all(matcher, held.questions)
        print(report(held, matcher, results, seconds, encoder), flush=True)
        lines += [line_of(result, held) for result in results]
    if chosen.out:
        chosen.out.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _cache() -> Path:
    return Path(os.environ.get("BOT_DATA_DIR", "data")) / "cache"


def synonyms_in(path: Path) -> Lexicon:
    """The synonyms of one table, which every set is built with as our own knowledge is; none where it is missing."""
    if not path.is_file():
        return make_lexicon(())
    data = path.read_bytes()
    return make_lexicon(read_synonyms(TextFile(path.name, data, data.decode("utf-8")), Ledger()))


def limited(held: QuestionSet, limit: int) -> QuestionSet:
    """The set with at most *limit* questions of each kind, in order; all where *limit* is 0."""
    if limit <= 0:
        return held
    kept: list[Question] = []
    for kind in ("para", "held", "near"):
        kept += [question for question in held.questions if question.kind == kind][:limit]
    return QuestionSet(held.name, held.entries, held.phrasings, tuple(kept))


def report(held: QuestionSet, matcher: Matcher, results: list[Result], seconds: float, encoder: Encoder | None) -> str:
    """The figures of one set as text."""
    fts = fts5_bm25(held, held.questions, matcher.segmenter)
    tfidf = tfidf_margin(matcher.index, matcher.segmenter, held.questions)
    rows = [
        _row("民问" if encoder is None else f"民问+{encoder.name}", results),
        _row("FTS5 bm25", fts),
        _row("tf-idf", tfidf),
    ]
    error = (1 - _at(_of(results, "para"), 1)) / max(1 - _at(_of(fts, "para"), 1), 1e-9)
    reach = _coverage(results) / max(_coverage(tfidf), 1e-9)
    times = [result.ms for result in results]
    head = "方法          R@1    R@3    MRR    AUROC(无条目)  AUROC(近似)  覆盖率@95%"
    return "\n".join(
        [
            f"== {held.name}：{len(held.entries)} 条目，{matcher.index.size} 说法，{len(results)} 个问题",
            head,
            *rows,
            f"错误率与 FTS5 之比 {error:.3f}；覆盖率与 tf-idf 之比 {reach:.3f}",
            _policy(results),
            f"建库 {seconds:.2f} 秒；每问中位 {np.median(times):.2f} 毫秒，p99 {np.quantile(times, 0.99):.2f} 毫秒",
            _noise(matcher, held),
        ]
    )


def line_of(result: Result, held: QuestionSet) -> str:
    """One question as a JSON line."""
    ranked = [{"entry": _number(held.entries[entry]), "score": round(score, 4)} for entry, score in result.ranked]
    told = {
        "query": result.question.text,
        "outcome": result.outcome,
        "ranked": ranked,
        "confidence": round(result.confidence, 4),
        "ms": round(result.ms, 3),
    }
    return json.dumps(told, ensure_ascii=False)


def _number(entry: str) -> int | str:
    return int(entry) if entry.lstrip("-").isdigit() else entry


def _of(results: Sequence[Result], kind: str) -> list[Result]:
    return [result for result in results if result.question.kind == kind]


def _at(results: Sequence[Result], count: int) -> float:
    return float(np.mean([result.place is not None and result.place < count for result in results])) if results else 0.0


def _coverage(results: Sequence[Result]) -> float:
    known = _of(results, "para") + _of(results, "held")
    return coverage([result.confidence for result in known], [result.place == 0 for result in known], _PRECISION)


def _row(name: str, results: Sequence[Result]) -> str:
    para = _of(results, "para")
    sure = {kind: [result.confidence for result in _of(results, kind)] for kind in ("para", "held", "near")}
    mrr = float(np.mean([reciprocal_rank(result.place) for result in para])) if para else 0.0
    return (
        f"{name:<12} {_at(para, 1):.4f} {_at(para, 3):.4f} {mrr:.4f} "
        f"{auroc(sure['para'], sure['held']):>10.3f} {auroc(sure['para'], sure['near']):>12.3f} "
        f"{_coverage(results):>11.3f}"
    )


def _policy(results: Sequence[Result]) -> str:
    known = _of(results, "para") + _of(results, "held")
    given = [result for result in known if result.outcome == "answer"]
    right = sum(result.place == 0 for result in given)
    para, held, near = (_of(results, kind) for kind in ("para", "held", "near"))
    wrong = sum(result.outcome == "answer" and result.place != 0 for result in para)
    return (
        f"按出厂门限：直接回答的准确率 {right / max(len(given), 1):.3f}；"
        f"有条目的问题 答对 {right / max(len(para), 1):.3f}，答错 {wrong / max(len(para), 1):.3f}，"
        f"反问 {_share(para, 'choice'):.3f}，不答 {_share(para, 'unknown'):.3f}；"
        f"无条目的问题 未直接回答 {1 - _share(held, 'answer'):.3f}；近似问题 直接回答 {_share(near, 'answer'):.3f}"
    )


def _share(results: Sequence[Result], outcome: str) -> float:
    return sum(result.outcome == outcome for result in results) / max(len(results), 1)


def _noise(matcher: Matcher, held: QuestionSet) -> str:
    most = _NOISY if matcher.encoder is None else _NOISY_ENCODED
    asked = [question for question in held.questions if question.kind == "para"][:most]
    clean = _at(ask_all(matcher, asked), 1)
    kinds = spoilers(Homophones(matcher.index.plain, matcher.index.spelling))
    parts = []
    for name, spoil in kinds.items():
        random = Random(_SEED)  # noqa: S311  (repeatable noise, no secret)
        spoilt = [Question(spoil(question.text, random), question.gold, question.kind) for question in asked]
        found = _at(ask_all(matcher, spoilt), 1)
        parts.append(f"{name} {found:.3f}（{found / max(clean, 1e-9):.3f}）")
    return f"加噪声的 R@1（与原文 {clean:.3f} 之比）：" + "，".join(parts)


if __name__ == "__main__":
    main()
