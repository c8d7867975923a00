"""What Teams and people add to a name, and what is left of it."""

import re

from cordee.meetings.rules.teams.stamps import tidy
from cordee.values.text import fold

# In the language of the participant, whatever that of the file.
MARKERS = {
    *("guest", "unverified", "external", "ext", "invite", "invitee", "invite e", "non verifie", "non verifiee"),
    *("externe", "invitado", "invitada", "no verificado", "externo", "externa", "convidado", "convidada"),
    *("nao verificado", "gosc", "niezweryfikowany", "zewnetrzny", "gast", "nicht verifiziert", "extern"),
}
LAST_BRACKET = re.compile(r"(.*\S)\s*\(([^()]*)\)")


def bare_name(shown: str) -> str:
    """Without the known markers at its end, however many: « rpiolet (Invité) » is « rpiolet »."""
    name = tidy(shown)
    while (found := LAST_BRACKET.fullmatch(name)) and fold(found[2]) in MARKERS:
        name = found[1]
    return name
