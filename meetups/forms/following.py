from typing import Any

from django import forms

from meetups.models import Follower
from people.forms import email_field, helper
from people.models import Person


class FollowForm(forms.Form):
    """One field: where we may write to."""

    email = email_field(help_text="We ask this address first. You can stop at any time with one click.")

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Follow", action=action)


class FollowingForm(forms.Form):
    """One tick per series somebody follows or followed."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = person.follows.filter(confirmed_at__isnull=False).select_related("series").order_by("series__name")
        self.followers: dict[str, Follower] = {f"series_{row.pk}": row for row in rows}
        for name, row in self.followers.items():
            self.fields[name] = forms.BooleanField(
                label=f"Write to me about {row.series.name}", required=False, initial=row.is_following
            )
        self.helper = helper("Save")

    def wanted(self) -> set[int]:
        return {row.pk for name, row in self.followers.items() if self.cleaned_data[name]}
