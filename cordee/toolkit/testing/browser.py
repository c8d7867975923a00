"""A real Chromium for the tests marked `browser`, and what is asked of a page in it."""

import os
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    # Each page runs its scripts once: to compile them better meanwhile costs more than it brings.
    "--js-flags=--single-threaded,--no-opt,--no-maglev",
]
# Without all that passes, which is long to carry over, nor the style sheets, which none of its rules reads.
AXE = """() => axe.run({ resultTypes: ["violations"], preload: { assets: ["media"] } })
  .then((found) => found.violations)"""
# Axe reads the same few colours again for each text of a page: a third of its time.
READ_COLOURS_ONCE = """(() => {
  const known = new Map();
  const proto = axe.commons.color.Color.prototype;
  const parse = proto.parseString;
  proto.parseString = function (text) {
    if (!known.has(text)) {
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  };
})();"""
# What people may force on a page (WCAG 1.4.12): nothing may be lost.
WIDE_TEXT = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-block-end: 2em !important }"
)
# A sheet made by script passes the strict policy, which refuses the ones written in the page.
FORCE_STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
# What sticks out at the side, unless an ancestor scrolls on purpose.
RUNS_OVER = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const cut = (node) => node && (getComputedStyle(node).overflowX !== "visible" || cut(node.parentElement));
  const found = [...document.body.querySelectorAll("*")]
    .filter((node) => node.getBoundingClientRect().right > edge + 1 && !cut(node.parentElement))
    .map((node) => `${node.outerHTML.slice(0, 80)} → ${Math.round(node.getBoundingClientRect().right)}`);
  return [`${document.documentElement.scrollWidth} px`, ...found.slice(-3)];
}"""
# Text in a box that hides what does not fit. What is only said aloud is hidden on purpose.
IS_CUT = """() => [...document.body.querySelectorAll("*")]
  .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
  .filter((node) => node.checkVisibility())
  .filter((node) => {
    const style = getComputedStyle(node);
    if (node.closest(".vh") || style.position === "absolute") return false;
    const hides = (axis) => axis === "hidden" || axis === "clip";
    return (hides(style.overflowX) && node.scrollWidth > node.clientWidth + 1) ||
      (hides(style.overflowY) && node.scrollHeight > node.clientHeight + 1);
  })
  .map((node) => node.outerHTML.slice(0, 100))"""

MISFITS = f"() => [({RUNS_OVER})(), ({IS_CUT})()]"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A Chromium for the whole run; `CORDEE_CHROMIUM` says which.

    Its windows are of someone who wants less motion: a fade draws the whole page a dozen times. A test that is to see
    pages move says `reduced_motion="no-preference"`.
    """
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CORDEE_CHROMIUM"), args=FLAGS)
        browser.new_context = partial(browser.new_context, reduced_motion="reduce")  # type: ignore[method-assign]
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


FADE = "Transition was aborted"


def listen(page: Any) -> list[str]:
    """What the console complains of from now on: errors, and what the security policy refused.

    A page left before its picture has faded in says so as an error; it is none.
    """
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: None if FADE in str(error) else complaints.append(str(error)))
    return complaints


def misfits(page: Any) -> list[str]:
    """What does not fit, both ways, in one question: a page asks it at each width."""
    over, cut = page.evaluate(MISFITS)
    return [*(f"runs over: {what}" for what in over), *(f"cut: {what}" for what in cut)]


def runs_over(page: Any) -> list[str]:
    """The elements that make the page wider than the screen."""
    return page.evaluate(RUNS_OVER)


def cut_texts(page: Any) -> list[str]:
    return page.evaluate(IS_CUT)


def force_wide_text(page: Any) -> None:
    page.evaluate(FORCE_STYLE, WIDE_TEXT)


def axe_script() -> str:
    """Axe itself, for `add_init_script` where each page of a window is looked at."""
    from axe_playwright_python.base import AXE_SCRIPT

    return f"{AXE_SCRIPT};{READ_COLOURS_ONCE}"


def axe(page: Any) -> list[str]:
    """What axe finds, as (rule, element)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
    found = page.evaluate(AXE)
    return [f"{violation['id']}: {node['html'][:120]}" for violation in found for node in violation["nodes"][:3]]
