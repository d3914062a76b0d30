"""What people are told and agree to, word for word. New words are a new version; old ones stay with who saw them."""

from dataclasses import dataclass
from datetime import datetime

from people.models import Consent, Person


@dataclass(frozen=True)
class Wording:
    """The words shown on a form. Raise `version` whenever `text` changes."""

    purpose: str
    version: int
    text: str


# Shown on the sign-up form and when somebody makes an account.
KEEPING_DETAILS = Wording(
    purpose="keeping details",
    version=1,
    text=(
        "We keep what you enter here to run meet-ups you sign up for and to write to you about your place."
        " Hosts see it; nobody else does. Details are reduced to counts some weeks after the meet-up."
    ),
)

# Ticked by whoever says what they thought of a meet-up.
QUOTING_UNNAMED = Wording(
    purpose="quoting without a name",
    version=1,
    text="You may show my words on public pages of this site, without my name.",
)
QUOTING_NAMED = Wording(
    purpose="quoting with a name",
    version=1,
    text="You may show my words on public pages of this site, with my name and council.",
)


def give(person: Person, wording: Wording, *, now: datetime) -> Consent:
    """Record that this person agreed to these words; once per version, however often they meet them."""
    consent, _ = Consent.objects.get_or_create(
        person=person,
        purpose=wording.purpose,
        version=wording.version,
        withdrawn_at=None,
        defaults={"wording": wording.text, "given_at": now},
    )
    return consent


def withdraw(person: Person, purpose: str, *, now: datetime) -> None:
    """They agree to it no longer; what they agreed to and when stays on record."""
    Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)
