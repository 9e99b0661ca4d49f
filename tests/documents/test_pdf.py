"""PDF by typst: what a person typed stays text, and the machine it runs on does not matter."""

import asyncio
import shutil
import subprocess
import threading
from datetime import date
from pathlib import Path

import pytest

from documents.notice import Notice, notice_pdf
from documents.pdf import DocumentError, compile_pdf, page_count

NOTICE = Notice(
    title="示例通知",
    facts=(("时间", "2026年9月1日"),),
    body=("*#evil* 不是排版命令。", "张三甲、䶮㐂的名字要印得出。"),
    issuer="示例镇示例村",
    issued_on=date(2026, 11, 24),
    source="示例文件",
)


@pytest.fixture
def read(tmp_path: Path):
    """Read the text of a PDF; only where the machine has the tool for it."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("这台机器没有 pdftotext，读不出 PDF 里的字")

    def text_of(pdf: bytes) -> str:
        path = tmp_path / "read.pdf"
        path.write_bytes(pdf)
        return subprocess.run([tool, str(path), "-"], capture_output=True, check=True).stdout.decode()

    return text_of


def test_what_a_person_typed_is_printed_and_not_run(read) -> None:
    text = read(notice_pdf(NOTICE))

    assert "*#evil*" in text


def test_rare_characters_of_names_are_in_the_font(read) -> None:
    text = read(notice_pdf(NOTICE))

    assert "䶮" in text
    assert "㐂" in text


def test_the_same_values_give_the_same_bytes() -> None:
    assert notice_pdf(NOTICE) == notice_pdf(NOTICE)


@pytest.mark.parametrize("name", ["nothing", "../pdf", "base/../notice", ""])
def test_an_unknown_template_is_refused_by_name(name: str) -> None:
    with pytest.raises(DocumentError, match="这个版式"):
        compile_pdf(name, {})


def test_missing_values_are_an_error_with_a_sentence() -> None:
    with pytest.raises(DocumentError, match="排不了版"):
        page_count("notice", {"title": "只有标题", "size": 20})


async def test_several_threads_make_the_same_sheet_at_once() -> None:
    sheets = await asyncio.gather(*(asyncio.to_thread(notice_pdf, NOTICE) for _ in range(6)))

    assert len(set(sheets)) == 1


def test_other_threads_run_while_a_document_is_made() -> None:
    long = Notice("长", (), ("字" * 20_000,), "示例", date(2026, 11, 24), "示例")
    ticks = 0
    stop = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not stop.wait(0.002):
            ticks += 1

    counter = threading.Thread(target=count)
    counter.start()
    with pytest.raises(DocumentError, match="放不下"):
        notice_pdf(long)
    stop.set()
    counter.join()

    assert ticks > 2
