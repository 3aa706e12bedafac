"""What a reader would notice on an open page: sideways scrolling, lost focus, missing text."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

TOO_WIDE = """() => {
  const root = document.scrollingElement, wide = [];
  if (root.scrollWidth <= innerWidth) return [];
  const contained = element => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement)
      if (getComputedStyle(e).overflowX !== 'visible') return true;
    return false;
  };
  for (const e of document.body.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if ((box.right > innerWidth + 1 || box.left < -1) && box.height > 1 && !contained(e))
      wide.push(`${e.tagName.toLowerCase()}${e.className ? '.' + e.className : ''} `
        + `(${Math.round(box.left)} to ${Math.round(box.right)})`);
  }
  return [`the page is ${root.scrollWidth} px wide in a window of ${innerWidth}: `
    + wide.slice(-4).join(', ')];
}"""

FOCUSABLE = """() => {
  const look = e => { const s = getComputedStyle(e); return JSON.stringify([s.outlineStyle,
    s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor,
    s.textDecoration]); };
  window.judge = { look, before: new Map() };
  for (const e of document.querySelectorAll('*')) judge.before.set(e, look(e));
}"""

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect();
  const said = (e.innerText || e.ariaLabel || e.value || '').trim();
  const shown = [e, ...e.querySelectorAll('*')];
  if (e.parentElement) shown.push(e.parentElement);
  return {
    name: `${e.tagName.toLowerCase()} “${said.slice(0, 40)}”`,
    href: e.getAttribute('href') || '',
    marked: shown.some(x => judge.look(x) !== judge.before.get(x)),
    inView: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth,
    first: judge.seen === undefined ? (judge.seen = new Set([e]), true)
      : !judge.seen.has(e) && !!judge.seen.add(e),
  };
}"""

TARGET = """href => {
  const target = document.getElementById(decodeURIComponent(href.slice(1)));
  if (!target) return 'nothing has that id';
  const main = document.querySelector('main');
  return main && (target === main || main.contains(target) || target.contains(main))
    ? '' : 'that is not the main text';
}"""

TEXT = """() => {
  const main = document.querySelector('main');
  return main ? main.innerText.trim() : '';
}"""

STOPS = 40
"""How many times Tab is pressed on a page."""

ALLOWED_LOSS = 0.05
"""Part of the text that may need JavaScript: labels of buttons that do."""


def sideways(tab: Tab) -> list[str]:
    """Whether the page is wider than its window, and because of what."""
    found: list[str] = tab.evaluate(TOO_WIDE)
    return found


def keyboard(tab: Tab) -> list[str]:
    """Walk the page with Tab: a skip link first, and focus that is always seen."""
    tab.evaluate(FOCUSABLE)
    findings: list[str] = []
    for stop in range(STOPS):
        tab.keyboard.press("Tab")
        focused = tab.evaluate(FOCUSED)
        if stop == 0:
            findings += skip_link(tab, focused)
        if focused is None or not focused["first"]:
            break
        if not focused["inView"]:
            findings.append(f"focus is out of sight on {focused['name']}")
        elif not focused["marked"]:
            findings.append(f"focus is not marked on {focused['name']}")
    return findings


def skip_link(tab: Tab, focused: dict[str, str] | None) -> list[str]:
    if focused is None:
        return ["the first Tab reaches nothing"]
    if not focused["href"].startswith("#"):
        return [f"the first Tab reaches {focused['name']}, which is not a skip link"]
    wrong = tab.evaluate(TARGET, focused["href"])
    return [f"the skip link leads to {focused['href']}: {wrong}"] if wrong else []


def main_text(tab: Tab) -> str:
    """The text that a reader sees in the main part of the page."""
    text: str = tab.evaluate(TEXT)
    return text


def lost(with_script: str, without: str) -> list[str]:
    """Lines that only a reader with JavaScript gets to see; a few, such as buttons, may be."""
    if not without:
        return ["no text in <main>"]
    seen = set(without.splitlines())
    all_lines = dict.fromkeys(with_script.splitlines())
    lines = [line for line in all_lines if line.strip() and line not in seen]
    if sum(map(len, lines)) <= len(with_script) * ALLOWED_LOSS:
        return []
    return [f"is lost without JavaScript: {line[:80]}" for line in lines[:5]]
