"""How fast messages are answered, against a bare aiohttp+wechatpy echo server in the same run.

Both servers run pinned to one core in safe mode with the shipped catalogs; the load comes from this
process on another core, over loopback, and is bounded in count. Ratios matter, not absolute figures.

    python benchmarks/throughput.py [--messages 3000] [--connections 16]
"""

import argparse
import asyncio
import base64
import itertools
import os
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yarl import URL

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from simulator.account import Account  # noqa: E402
from simulator.crypto import encrypt, sign  # noqa: E402

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]


@dataclass(frozen=True, slots=True)
class Packet:
    """One signed and encrypted delivery."""

    query: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured: messages a second, and latency in milliseconds."""

    rate: float
    p50: float
    p99: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--connections", type=int, default=16)
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    asyncio.run(compare(chosen.messages, chosen.connections))


async def compare(count: int, connections: int) -> None:
    """Run echo and ours in turn, three times, and print the medians and their ratios."""
    account = Account(
        "wxbench",
        secrets.token_hex(16),
        "benchtoken",
        base64.b64encode(secrets.token_bytes(32)).decode()[:43].replace("+", "A").replace("/", "B"),
    )
    texts = phrasings()
    rows: dict[str, list[Figures]] = {"echo": [], "new": [], "same words": [], "repeated": []}
    with tempfile.TemporaryDirectory() as folder:
        async with server("bench_ours.py", account, Path(folder)) as ours:
            print(f"start without cache: {ours.ready_in:.2f} s")
        async with (
            server("bench_ours.py", account, Path(folder)) as ours,
            server("bench_echo.py", account, Path(folder)) as echo,
        ):
            print(f"start with cache:    {ours.ready_in:.2f} s")
            for turn in range(3):
                new = packets(account, texts[turn * count :] + texts[: turn * count], count, f"n{turn}")
                one = packets(account, [texts[0]], count, f"s{turn}")
                rows["echo"].append(await load(echo.url, packets(account, texts, count, f"e{turn}"), connections))
                rows["new"].append(await load(ours.url, new, connections))
                rows["same words"].append(await load(ours.url, one, connections))
                rows["repeated"].append(await load(ours.url, new, connections))
            print(f"memory (RSS):        {ours.rss_mb():.0f} MB")
    show(rows)


def show(rows: dict[str, list[Figures]]) -> None:
    """Print medians and ratios."""
    base = statistics.median(found.rate for found in rows["echo"])
    print(f"{'':12}{'msg/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'of echo':>9}")
    for name, found in rows.items():
        rate = statistics.median(item.rate for item in found)
        p50 = statistics.median(item.p50 for item in found)
        p99 = statistics.median(item.p99 for item in found)
        print(f"{name:12}{rate:8.0f}{p50:9.2f}{p99:9.2f}{rate / base:9.0%}")


def phrasings() -> list[str]:
    """Residents' questions, never the same twice in a run: shipped phrasings with small changes."""
    from bot.assembly import CATALOGS
    from knowledge.library import load as read

    library = read(CATALOGS)
    told = [words for entry in library.entries.values() for words in entry.phrasings]
    random.Random(7).shuffle(told)
    return told


def packets(account: Account, texts: Sequence[str], count: int, run: str) -> list[Packet]:
    """Encrypt *count* messages of 200 residents beforehand."""
    rng = random.Random(run)
    now = int(time.time())
    made = []
    for number, text in zip(range(count), itertools.cycle(texts), strict=False):
        openid = f"oBENCH{rng.randrange(200):022d}"
        message_id = f"{rng.randrange(10**17, 10**18)}"
        changed = text + ("" if count == 0 else rng.choice(["", "呢", "啊", "？", "怎么办"]))
        xml = (
            f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
            f"<CreateTime>{now}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
            f"<Content><![CDATA[{changed}]]></Content><MsgId>{message_id}</MsgId></xml>"
        )
        sealed = encrypt(account.key_bytes, xml.encode(), account.appid)
        nonce = f"{run}{number}"
        query = {
            "signature": sign(account.token, str(now), nonce),
            "msg_signature": sign(account.token, str(now), nonce, sealed),
            "timestamp": str(now),
            "nonce": nonce,
            "openid": openid,
            "encrypt_type": "aes",
        }
        made.append(
            Packet(
                query,
                f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode(),
            )
        )
    return made


async def load(url: str, made: list[Packet], connections: int) -> Figures:
    """Send every packet once over a few kept connections; every answer must be a 200 with a sealed body."""
    target = URL(url)
    todo = iter([_request(target, packet) for packet in made])
    spent: list[float] = []

    async def worker() -> None:
        reader, writer = await asyncio.open_connection(target.host, target.port)
        for request in todo:
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            if not head.startswith(b"HTTP/1.1 200") or b"Encrypt" not in body:
                raise SystemExit(f"unexpected answer: {head[:60]!r} {body[:80]!r}")
            spent.append((time.perf_counter() - begun) * 1000)
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(connections)))
    seconds = time.perf_counter() - begun
    spent.sort()
    return Figures(len(made) / seconds, spent[len(spent) // 2], spent[int(len(spent) * 0.99)])


def _request(target: URL, packet: Packet) -> bytes:
    path = target.with_query(packet.query).raw_path_qs
    head = f"POST {path} HTTP/1.1\r\nHost: {target.host}:{target.port}\r\nContent-Length: {len(packet.body)}\r\n\r\n"
    return head.encode() + packet.body


class server:  # noqa: N801 - reads as the statement it is used in
    """A server process of ours, pinned to one core, ended when the block ends."""

    def __init__(self, script: str, account: Account, folder: Path) -> None:
        self._command = [sys.executable, str(Path(__file__).with_name(script))]
        self._env = {
            **os.environ,
            "WECHAT_APPID": account.appid,
            "WECHAT_SECRET": account.secret,
            "WECHAT_TOKEN": account.token,
            "WECHAT_AES_KEY": account.aes_key,
            "WECHAT_API_BASE": "http://127.0.0.1:9",
            "BOT_PORT": "0",
            "CONSOLE_PORT": "0",
            "BOT_DATA_DIR": str(folder),
            "PYTHONPATH": str(ROOT),
        }
        self.url = ""
        self.ready_in = 0.0

    async def __aenter__(self) -> "server":
        begun = time.perf_counter()
        self._process = self._started()
        os.sched_setaffinity(self._process.pid, {SERVER_CORE})
        assert self._process.stdout is not None
        self.url = (await asyncio.to_thread(self._process.stdout.readline)).strip()
        self.ready_in = time.perf_counter() - begun
        return self

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command, env=self._env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    async def __aexit__(self, *_: object) -> None:
        self._process.terminate()
        await asyncio.to_thread(self._process.wait, 10)

    def rss_mb(self) -> float:
        """Return the resident memory of the process in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
