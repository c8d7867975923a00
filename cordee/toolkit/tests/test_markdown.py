"""What people write as Markdown, and what the hostile among them try."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.toolkit.markdown import read, to_html


def html(text, **options):
    return str(to_html(read(text, **options)))


def test_headings_lists_links_and_tables_are_read():
    shown = html(
        "# Plan\n\n1. un\n2. **deux**\n\n- *trois*\n\n[ici](https://exemple.test)\n\n| a | b |\n|---|--:|\n| 1 | 2 |"
    )
    for part in (
        "<h1>Plan</h1>",
        '<ol start="1"><li>un</li><li><strong>deux</strong></li></ol>',
        "<ul><li><em>trois</em></li></ul>",
        '<a href="https://exemple.test" rel="noopener noreferrer nofollow">ici</a>',
        '<th scope="col" class="num">b</th>',
        '<td class="num">2</td>',
    ):
        assert part in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](//exemple.test/x)",
        "[x](/compte/logout/)",
        "<javascript:alert(1)>",
        "![x](https://exemple.test/suivi.gif)",
        "[x]: javascript:alert(1)\n\n[x]",
        '[x](https://exemple.test "\\" onmouseover=alert(1) x=\\"")',
    ],
)
def test_no_markup_passes_and_no_link_but_to_the_web_or_to_a_mailbox(hostile):
    shown = html(hostile)
    assert "<script" not in shown
    assert "<img" not in shown
    assert " onmouseover=" not in shown
    assert all(part.startswith('href="https://exemple.test') for part in shown.split("<a ")[1:])


def test_a_mailbox_and_an_address_pasted_as_it_is_are_links():
    assert 'href="mailto:a@exemple.test"' in html("[écrire](mailto:a@exemple.test)")
    assert html("Voir https://exemple.test/a, puis").count('href="https://exemple.test/a"') == 1
    assert html("[https://exemple.test](https://exemple.test)").count("<a ") == 1


def test_headings_never_skip_a_level_and_start_where_the_page_wants():
    levels = [block["level"] for block in read("### a\n\n###### b\n\n# c\n\n## d", top=4)]
    assert levels == [4, 5, 4, 5]


def test_a_heading_that_says_nothing_is_left_out():
    assert html("#\n\n# \u00a0\n\n## a") == "<h1>a</h1>"


def test_what_is_relative_is_addressed_by_the_caller():
    addressed = "/aide/{}".format
    assert html("[a](b.md)", addressed=addressed) == '<p><a href="/aide/b.md">a</a></p>'
    assert html("![Une page](images/p.png)", addressed=addressed) == (
        '<p><img src="/aide/images/p.png" alt="Une page" loading="lazy"></p>'
    )


def test_a_tower_of_quotes_or_lists_is_read_without_falling():
    assert html(">" * 5000 + " a")
    assert html("\n".join("  " * depth + "- a" for depth in range(500)))


@given(st.text(alphabet="#*_[]()|<>-`!&:\\\n a1&;\"'", max_size=200))
def test_any_text_becomes_data_and_escaped_html(text):
    blocks = read(text)
    json.dumps(blocks)
    shown = str(to_html(blocks))
    assert "<script" not in shown
    assert "javascript:" not in shown
