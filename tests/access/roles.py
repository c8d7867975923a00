"""Who asks: the nine people of the demonstration, someone signed in who has no right at all, and nobody."""

from cordee.home.demo.personas import personas
from cordee.people.models import Person, User

# The columns of `access.json`, in order, and the persona of each.
PERSONAS = {
    "coo": "coordonnatrice",
    "sec": "secretaire",
    "tre": "tresorier",
    "bil": "facturation",
    "riv": "facturation-riverside",
    "man": "responsable",
    "lia": "repondante",
    "par": "participante",
    "dir": "direction",
}
NO_RIGHT, SIGNED_OUT = "non", "out"
LEGEND = PERSONAS | {
    NO_RIGHT: "signed in, without any right",
    SIGNED_OUT: "signed out; as an answer: sent to the sign-in page",
}
ROLES = (*PERSONAS, NO_RIGHT, SIGNED_OUT)
OVERSEERS = ("coo", "sec", "tre")
# They open the pages the secretary opens: theirs are not rendered here, nor counted.
UNRENDERED = ("coo", "tre")
# Those the probe tries every foreign object as: two centres, a liaison, a participant, a director.
PROBED = ("bil", "riv", "lia", "par", "dir")
RESTRICTED = tuple(role for role in ROLES if role not in (*OVERSEERS, SIGNED_OUT))


def people() -> dict[str, User | None]:
    """The account of each role; `non` is made here: a known person of no organization and no group."""
    known = {persona.key: persona.person for persona in personas()}
    stranger = Person.objects.create(first_name="Charlie", last_name="Sansdroit", email="charlie@exemple.test")
    User.objects.create(email=stranger.email, person=stranger)
    found = {role: known[key] for role, key in PERSONAS.items()} | {NO_RIGHT: stranger}
    users = {user.person_id: user for user in User.objects.filter(person__in=found.values()).order_by("pk")}
    return {role: users[person.pk] for role, person in found.items()} | {SIGNED_OUT: None}
