"""What hands do on a keyboard: walk to something with Tab, press it, type in it. No pointer."""

from collections.abc import Iterator
from typing import Any

# What has the focus: the node that is wanted, a radio button of its group, or something else; a node that the page put
# another in place of cannot have it any more.
FOCUS = """node => !node.isConnected ? 'gone' : node === document.activeElement ? 'here'
  : node.name && node.name === document.activeElement.name ? 'group' : 'elsewhere'"""
FARTHEST = 120


def on_the_way(wanted: Any) -> Iterator[str]:
    """Where the focus is, asked before each key. One node is followed: to look for it at each key costs most of it."""
    node = wanted.element_handle()
    for _step in range(FARTHEST):
        focus = node.evaluate(FOCUS)
        if focus == "gone":
            node = wanted.element_handle()
            focus = node.evaluate(FOCUS)
        if focus == "here":
            return
        yield focus
    raise AssertionError(f"never reached: {wanted}")


def reach(page: Any, wanted: Any, *, key: str = "Tab") -> Any:
    """Press Tab until `wanted` has the focus, and see that it shows it."""
    for _focus in on_the_way(wanted):
        page.keyboard.press(key)
    outline = wanted.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline != "none" or wanted.evaluate("node => node.matches('[type=radio], [type=checkbox]')")
    return wanted


def press(page: Any, wanted: Any) -> None:
    """A link or a button."""
    reach(page, wanted)
    page.keyboard.press("Enter")


def write(page: Any, wanted: Any, text: str) -> None:
    """In the place of what is there."""
    reach(page, wanted)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def choose(page: Any, wanted: Any) -> None:
    """A radio button: Tab leads to its group, arrows to itself."""
    for focus in on_the_way(wanted):
        page.keyboard.press("ArrowRight" if focus == "group" else "Tab")
    page.keyboard.press("Space")


def pick(page: Any, wanted: Any, words: str) -> None:
    """In a list that drops down: what one types is looked for in it."""
    reach(page, wanted)
    page.keyboard.type(words)
    shown = wanted.evaluate("node => node.selectedOptions[0].textContent")
    assert words in shown, shown
