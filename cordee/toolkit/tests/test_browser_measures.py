"""What is asked of every page in a browser finds what it looks for."""

import pytest

from cordee.toolkit.testing.browser import axe, cut_texts, force_wide_text, listen, runs_over

pytestmark = pytest.mark.browser
WORD = "anticonstitutionnellement"


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 600})
    yield context.new_page()
    context.close()


def test_what_is_wider_than_the_screen_is_named(page):
    page.set_content(f"<main><p>Court</p><p id='wide' style='width: 500px'>{WORD}</p></main>")
    assert any("wide" in found for found in runs_over(page))


def test_a_region_that_scrolls_on_purpose_is_no_fault(page):
    page.set_content(f"<main style='overflow-x: auto'><p style='width: 500px'>{WORD}</p></main>")
    assert runs_over(page) == []


def test_text_that_its_box_hides_is_named(page):
    page.set_content(f"<p id='cut' style='width: 40px; overflow: hidden'>{WORD}</p><p>{WORD}</p>")
    assert [found for found in cut_texts(page) if "cut" in found] == cut_texts(page) != []


def test_spaced_text_needs_more_room(page):
    page.set_content(f"<p style='width: max-content'>{WORD} {WORD[:12]}</p>")
    assert runs_over(page) == []
    force_wide_text(page)
    assert runs_over(page) != []


def test_axe_and_the_console_speak(page):
    complaints = listen(page)
    page.set_content("<img src='data:,'><script>throw new Error('perdu')</script>")
    assert any("image-alt" in found for found in axe(page))
    assert "perdu" in complaints
