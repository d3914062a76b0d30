"""Planning a workshop, and taking a place at one."""

from datetime import datetime, time
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from govuk.layout import Link
from meetups.forms.moments import TimeOfMeetupMixin
from meetups.forms.signing_up import AnswersForm, way_field
from meetups.models import Meetup, SignUp
from meetups.signups import Details
from networking.forms.programmes import one_line
from networking.models import CohortSprint, Member
from networking.workshops import Plan
from people.forms import helper


class WorkshopForm(TimeOfMeetupMixin):
    title = one_line("a title", "Title", max_length=120)
    mode = forms.ChoiceField(
        label="Where it takes place", choices=Meetup.Mode.choices, initial=Meetup.Mode.ONLINE, widget=forms.RadioSelect
    )
    field_order = ("title", "on", "starts", "ends", "mode")

    def __init__(self, *args: Any, sprint: CohortSprint, now: datetime, back: str, **kwargs: Any) -> None:
        number = sprint.workshops.count() + 1
        title = f"Workshop: {sprint.name}"[:110] + (f", part {number}" if number > 1 else "")
        known = {"title": title, "on": sprint.starts_on, "starts": time(10), "ends": time(12)}
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["on"].help_text = ""
        self.helper = helper("Make the draft")
        self.helper.add_input(Link("Cancel", back))

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.clean_time(self.now)
        return self.cleaned_data

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(said["title"], said["starts_at"], said["ends_at"], said["mode"])


class PlaceForm(AnswersForm):
    """For somebody in the cohort: we know who they are, so only what the hosts ask is left."""

    def __init__(self, *args: Any, meetup: Meetup, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, meetup=meetup, **kwargs)
        self.member = member
        for name in ("name", "works_at", "role"):
            del self.fields[name]
        if meetup.is_both:
            self.fields["way"] = way_field(meetup)
        self.order_fields(["way", *self.questions, "access_needs"])
        self.helper = helper("Take my place" if meetup.all_places_left else "Join the waiting list")
        self.helper.layout = Layout(*self.fields)

    def my_details(self) -> Details:
        person = self.member.person
        return Details(
            name=person.name,
            email=person.email,
            council=person.council,
            organisation=person.organisation,
            role=SignUp.Role.COUNCILLOR if self.member.is_councillor else SignUp.Role.OFFICER,
            access_needs=self.cleaned_data["access_needs"],
            way=self.cleaned_data.get("way") or self.meetup.ways[0],
            answers={question.pk: self._answer(name) for name, question in self.questions.items()},
        )
