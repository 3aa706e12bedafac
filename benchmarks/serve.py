"""Edit to visible: from the save to the changed text in a real browser, beside `hugo server`.

`python -m benchmarks.serve --help`. Needs Playwright (the development tools) and Chromium.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks import corpus
from benchmarks.peers import PEERS
from benchmarks.peers.hugo import binary
from benchmarks.peers.marbre import COMMAND
from benchmarks.peers.peer import Absent

WORK = Path(__file__).parent.parent / "build" / "bench"
PATIENCE = 300
"""Seconds for a server to begin, or a change to be seen."""
LOOK = """
(words) => new Promise((seen) => {
  const look = () => {
    if (document.body?.textContent.includes(words)) seen(Date.now());
    else setTimeout(look, 2);
  };
  look();
})
"""
"""Asked again after a reload, this finds the moment when the text is in the page; a timer, because
browsers do not draw, and call no animation frames, for a page that they think unseen."""


REST = 2.5
"""Seconds between two edits: what the last one set going has come to rest."""
Results = dict[tuple[int, str], tuple[list[float], int]]
"""By size and server: seconds of each edit, and the server's largest resident set in bytes."""


def main(words: Sequence[str] | None = None) -> None:
    """Measure as asked and print a table in Markdown."""
    asked = _arguments(words)
    results: Results = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for size in asked.sizes:
            for name in _present():
                results[size, name] = _measure(name, size, asked.edits, browser)
        browser.close()
    print(_table(results))
    if asked.json:
        rows = [
            {"articles": size, "server": name, "seconds": times, "peak memory": memory}
            for (size, name), (times, memory) in results.items()
        ]
        asked.json.write_text(json.dumps(rows, indent=1) + "\n")


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks.serve", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--edits", type=int, default=15)
    parser.add_argument("--json", type=Path, help="keep every single time")
    return parser.parse_args(words)


def _present() -> Iterator[str]:
    for name in ("marbre", "hugo"):
        try:
            PEERS[name].install(WORK / name)
            yield name
        except Absent as reason:
            print(f"{name} is left out: {reason}", file=sys.stderr)


def _measure(name: str, size: int, edits: int, browser: Browser) -> tuple[list[float], int]:
    """Seconds of each edit of one of the newest articles, the first left out; peak memory."""
    print(f"{size} articles, {name} ...", file=sys.stderr)
    site = WORK / name / "serve" / str(size)
    peer = PEERS[name]
    peer.lay_out(site, corpus.articles(size))
    article = corpus.article(size - 1)
    with _server(name, site) as (origin, pid):
        tab = browser.new_page()
        _open(tab, origin + article.address)
        times = []
        for edit in range(edits + 1):
            time.sleep(REST)
            changed = corpus.with_new_body(article, edit)
            begun = time.time()
            peer.put(site, changed)
            times.append(_seen(tab, f"Correction {edit}") - begun)
        tab.close()
        memory = _peak(pid)
    return times[1:], memory


def _peak(pid: int) -> int:
    """The largest resident set of a process so far, in bytes (Linux, proc(5), VmHWM)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = next(line for line in lines if line.startswith("VmHWM:"))
    return int(found.split()[1]) * 1024


def _seen(tab: Page, words: str) -> float:
    """When the words came into the page, by the same clock as `time.time`, in seconds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(Error):  # the page was reloaded while we were asking
            return float(tab.evaluate(LOOK, words)) / 1000
    raise SystemExit(f"{words} was never seen")


@contextmanager
def _server(name: str, site: Path) -> Iterator[tuple[str, int]]:
    """A server of a site: its address and its process."""
    port = _free_port()
    commands = {
        "marbre": [str(COMMAND), "serve", "-s", str(site), "-p", str(port)],
        "hugo": [str(binary(WORK / "hugo")), "server", "--port", str(port), "--quiet"],
    }
    process = subprocess.Popen(
        commands[name], cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        host = "127.0.0.1" if name == "marbre" else "localhost"
        yield f"http://{host}:{port}", process.pid
    finally:
        process.terminate()
        process.wait(30)


def _open(tab: Page, url: str) -> None:
    """Open the page once the server has built, and let it connect."""
    end = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(Error):
            answer = tab.goto(url, timeout=PATIENCE * 1000)
            if answer is not None and answer.ok:
                break
        if time.monotonic() > end:
            raise SystemExit(f"{url} never came")
        time.sleep(0.2)
    time.sleep(2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit("There is no Chromium here. On Debian: apt install chromium")
    return found


def _table(results: Results) -> str:
    lines = [
        "| articles | server | median | fastest | slowest | peak memory |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    for (size, name), (times, memory) in results.items():
        figures = (median(times), min(times), max(times))
        shown = " | ".join(f"{seconds * 1000:.0f} ms" for seconds in figures)
        lines.append(f"| {size:,} | {PEERS[name].title} | {shown} | {memory / 1e6:.0f} MB |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
