"""What hands do on a keyboard: walk to something with Tab, press it, type in it. No pointer."""

from typing import Any

HERE = "node => node === document.activeElement"
FARTHEST = 120


def reach(page: Any, wanted: Any, *, key: str = "Tab") -> Any:
    """Press Tab until `wanted` has the focus, and see that it shows it."""
    for _step in range(FARTHEST):
        if wanted.evaluate(HERE):
            outline = wanted.evaluate("node => getComputedStyle(node).outlineStyle")
            assert outline != "none" or wanted.evaluate("node => node.matches('[type=radio], [type=checkbox]')")
            return wanted
        page.keyboard.press(key)
    raise AssertionError(f"never reached by {key}: {wanted}")


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
    group = wanted.evaluate("node => node.name")
    for _step in range(FARTHEST):
        if wanted.evaluate(HERE):
            page.keyboard.press("Space")
            return
        inside = page.evaluate("name => document.activeElement.name === name", group)
        page.keyboard.press("ArrowRight" if inside else "Tab")
    raise AssertionError(f"never reached: {wanted}")


def pick(page: Any, wanted: Any, words: str) -> None:
    """In a list that drops down: what one types is looked for in it."""
    reach(page, wanted)
    page.keyboard.type(words)
    shown = wanted.evaluate("node => node.selectedOptions[0].textContent")
    assert words in shown, shown
