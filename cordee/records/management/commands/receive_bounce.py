"""manage.py receive_bounce: a message that came back (RFC 3464) on the standard input refuses the one it is about."""

import email
import sys
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any

from django.core.management.base import BaseCommand

from cordee.records import outbox

FAILED = "failed"


class Command(BaseCommand):
    help = "Lit sur l’entrée standard un avis de non-remise et marque refusé le courriel dont il parle."

    def handle(self, *args: Any, **options: Any) -> None:
        """Never fails on what it reads: the mail system would send the notice back in turn."""
        notice = email.message_from_bytes(sys.stdin.buffer.read(), policy=modern)
        message_id, said = bounced(notice)
        if not said:
            self.stdout.write("Ce n’est pas un avis de non-remise : rien n’a changé.")
        elif outbox.refuse(message_id, said):
            self.stdout.write(f"Refusé : {message_id}")
        else:
            self.stdout.write("L’avis parle d’un courriel inconnu ou déjà refusé : rien n’a changé.")


def bounced(notice: Any) -> tuple[str, str]:
    """(Message-ID of what came back, what the other server said); both empty for anything but a final failure."""
    message_id = said = ""
    for part in notice.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            said = said or " ".join(filter(None, map(failure, part.get_payload())))
        elif kind in ("message/rfc822", "text/rfc822-headers") and not message_id:
            message_id = original_id(part)
    return (message_id, said) if message_id and said else ("", "")


def failure(block: EmailMessage) -> str:
    """What one block of the report says when its recipient was refused for good."""
    if str(block.get("Action", "")).strip().lower() != FAILED:
        return ""
    diagnostic = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip()
    return " ".join(f"{block.get('Status', '')} {diagnostic}".split()) or FAILED


def original_id(part: Any) -> str:
    if part.get_content_type() == "message/rfc822":
        original = part.get_payload(0)
    else:
        original = email.message_from_string(part.get_content(), policy=modern)
    return str(original.get("Message-ID", "")).strip()
