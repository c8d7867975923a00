"""Each trap makes a class of mistakes fail by itself, in tests of code not yet written."""

import random
import re
import socket
from datetime import datetime
from typing import Any

import pytest

from cordee.toolkit import triggers
from cordee.toolkit.testing.english import french_in

SCRIPT_WITHOUT_SOURCE = re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style|<[^>]+\sstyle\s*=", re.IGNORECASE)
POST_FORM = re.compile(r"<form\b[^>]*method=[\"']?post.*?</form>", re.IGNORECASE | re.DOTALL)
# What the page itself would fetch; a link that one follows, to a meeting held online, is no request of ours.
FOREIGN_ADDRESS = re.compile(
    r"<(?!a\s)[^>]*\s(?:src|href)=[\"']?(?:https?:)?//(?!testserver|localhost|127\.)", re.IGNORECASE
)
HTMX = "data-htmx defer"
# What brings HTMX by itself as it opens.
BRINGS_HTMX = re.compile(r"<details[^>]*\sdata-htmx=.*?</details>", re.DOTALL)
LOCAL = {"127.0.0.1", "::1", "localhost"}


def undefined_variables_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template variable that does not exist is a mistake, not an empty string (outside `{% if %}` and `default`)."""
    from django.template.base import FilterExpression, Variable, VariableDoesNotExist

    resolve = FilterExpression.resolve

    def strict(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:  # noqa: FBT001, FBT002 (Django's own signature)
        if not ignore_failures and isinstance(self.var, Variable) and not _is_tolerant(self):
            try:
                found = self.var.resolve(context)
            except VariableDoesNotExist as error:
                if "site-packages" not in context.template.origin.name:
                    raise AssertionError(f"{context.template.name}: {error}") from None
            else:
                if not self.filters:
                    return found
        return resolve(self, context, ignore_failures)

    monkeypatch.setattr(FilterExpression, "resolve", strict)


def _is_tolerant(expression: Any) -> bool:
    return any(function.__name__ in {"default", "default_if_none"} for function, _arguments in expression.filters)


def unordered_rows_come_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL owes no order to who asks for none; a lock over joined rows must say which it locks."""
    from django.db.models import QuerySet

    fetch, dice = QuerySet._fetch_all, random.Random(20250120)

    def shuffled(self: Any) -> None:
        fresh = self._result_cache is None
        if self.query.select_for_update and self.query.select_related and not self.query.select_for_update_of:
            raise AssertionError("select_for_update with select_related needs of=(…)")
        fetch(self)
        if fresh and not self.ordered and len(self._result_cache) > 1:
            dice.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)


def instants_are_not_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django cuts a datetime given to a date field without a word, in UTC: after 19 h it is tomorrow."""
    from django.db.models import DateField, DateTimeField

    prepare = DateField.get_prep_value

    def strict(self: Any, value: Any) -> Any:
        if isinstance(value, datetime) and not isinstance(self, DateTimeField):
            raise AssertionError(f"{self}: a datetime was given to a date field")
        return prepare(self, value)

    monkeypatch.setattr(DateField, "get_prep_value", strict)


def pages_keep_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """No inline script, handler or style; a token in each POST form; nothing from elsewhere; no raw template code; no
    French in an English page.
    """
    from django.test import Client

    request = Client.request

    def checked(self: Any, **kwargs: Any) -> Any:
        response = request(self, **kwargs)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            check_html(response.content.decode())
        return response

    monkeypatch.setattr(Client, "request", checked)


def check_html(html: str) -> None:
    """Raise AssertionError naming what the page may not hold."""
    for pattern in (SCRIPT_WITHOUT_SOURCE, HANDLER, INLINE_STYLE, FOREIGN_ADDRESS):
        found = pattern.search(html)
        assert not found, f"forbidden in a page: {html[found.start() : found.start() + 120]!r}"
    main = BRINGS_HTMX.sub("", html.partition("<main")[2].partition("</main>")[0])
    if "hx-get=" in main or "hx-post=" in main:
        assert HTMX in html, "a page that HTMX is to work on comes without it"
    assert "{{" not in html and "{%" not in html, "template code reached the page"
    for form in POST_FORM.findall(html):
        assert "csrfmiddlewaretoken" in form, f"a POST form without its token: {form[:160]}"
    french = french_in(html)
    assert not french, "French in an English page: " + "; ".join(french)


def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests speak to this machine only."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise AssertionError(f"the network was asked for {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


def let_sqlite_flush_frozen_tables() -> None:
    """Emptying the database after a test is no act: the append-only triggers are set aside for that moment only.

    PostgreSQL's TRUNCATE passes row triggers by itself; SQLite has only DELETE.
    """
    # By `base`: on PostgreSQL nothing has loaded it yet, and `operations` imports it back.
    from django.db.backends.sqlite3.base import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def without_triggers(self: Any, statements: list[str]) -> None:
        with triggers.set_aside():
            flush(self, statements)

    # On the class: beside the event loop of a browser, connections come and go.
    DatabaseOperations.execute_sql_flush = without_triggers  # type: ignore[method-assign]


def let_nothing_follow_a_flush() -> None:
    """Django makes its own permissions and names of models again, a tenth of a second each time; nobody here asks."""
    from django.core.management.commands import flush

    flush.emit_post_migrate_signal = lambda *_given, **_named: None
