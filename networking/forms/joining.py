"""What somebody says about themselves in a cohort, and the lists that leads paste."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Details, Fieldset, Link
from networking import invitation_lines, joining
from networking.forms.programmes import number
from networking.invitation_lines import Reading
from networking.joining import AboutMe, Who
from networking.models import Member, Skill
from networking.models.members import MOST_CAPACITY
from networking.models.skills import Level
from people.forms import CouncilField, LineField, email_field, helper, name_field

MOST_BYTES = 1_000_000
LEVELS = [(str(value), label) for value, label in Level.choices]
DETAILS = ("area", "days", "languages", "capacity")


class AboutMeForm(forms.Form):
    """Where, when and with what somebody can help; mentors also say how many councillors they take."""

    area = LineField(
        label="Town or district",
        help_text="Where you are most days. Councillors and mentors of the same one are matched rather than others who "
        "can help as much.",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"list": "areas"}),
    )
    days = forms.MultipleChoiceField(
        label="Days that suit you for meetings",
        choices=Member.Day.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = LineField(
        label="Languages beside English",
        help_text="With commas between them. Those you share with your councillor or mentor are told both.",
        max_length=200,
        required=False,
    )
    BUTTON = "Save"

    def __init__(self, *args: Any, member: Member, skills: Sequence[Skill], back: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(member, name) for name in DETAILS}
        super().__init__(*args, **kwargs)
        self.member = member
        self.areas = joining.areas_of(member.cohort)
        if not (member.is_councillor or member.is_mentor):  # only who is matched
            del self.fields["languages"]
        if member.is_mentor:
            self.fields["capacity"] = number("How many councillors can you support?", least=0, most=MOST_CAPACITY)
        self.skills = list(skills) if member.helps else []
        known = {level.skill_id: level.level for level in member.levels.all()} if self.skills else {}
        for skill in self.skills:
            self.fields[_key(skill)] = forms.ChoiceField(
                label=skill.name, choices=LEVELS, required=False, initial=str(known.get(skill.pk, 0))
            )
        self.helper = helper(self.BUTTON)
        self.helper.layout = self.made_layout()
        if back:
            self.helper.add_input(Link("Go back without saving", back))

    def made_layout(self) -> Layout:
        mine = [name for name in ("name", "works_at", *DETAILS) if name in self.fields]
        skills = [_key(skill) for skill in self.skills]
        hint = "Councillors are matched with you by this, and questions find you. Leave out what you do not do."
        return Layout(*mine, *([Fieldset("What you can help with", *skills, hint=hint)] if skills else []))

    def clean_area(self) -> str:
        return " ".join(self.cleaned_data["area"].split())

    def about(self) -> AboutMe:
        said = self.cleaned_data
        levels = {skill: int(said[_key(skill)] or 0) for skill in self.skills}
        return AboutMe(said["area"], said["days"], said.get("languages", ""), said.get("capacity"), levels)


def _key(skill: Skill) -> str:
    return f"skill-{skill.slug}"


class AcceptForm(AboutMeForm):
    """The same, and who they are where we do not know it yet."""

    BUTTON = "Yes, I take part"

    def made_layout(self) -> Layout:
        person = self.member.person
        if not person.name:
            self.fields["name"] = name_field()
        if not person.works_at:
            self.fields["works_at"] = CouncilField()
        self.order_fields(["name", "works_at"])
        return super().made_layout()

    def who(self) -> Who:
        name = " ".join(self.cleaned_data.get("name", "").split())
        council, organisation = self.cleaned_data.get("works_at") or (None, "")
        return Who(name, council, organisation)


class AskToJoinForm(forms.Form):
    """For whoever was handed the link to a cohort."""

    email = email_field(help_text="We send a link to this address. You are in once you have opened it and said yes.")
    role = forms.ChoiceField(
        label="How do you take part?",
        choices=[
            ("councillor", "As a councillor"),
            ("mentor", "As a mentor: I support councillors"),
            ("expert", "As an expert: I answer questions on what I am good at"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you take part"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Send me the link")


class InviteForm(forms.Form):
    """A list of people, pasted or as a file. It is looked through before anybody is told."""

    role = forms.ChoiceField(
        label="Invite them as",
        help_text="A column “role” in the list goes before this.",
        choices=[
            ("councillor", "Councillors"),
            ("mentor", "Mentors"),
            ("expert", "Experts, who answer questions"),
            ("lead", "Leads, who run the cohort with you"),
        ],
        initial="councillor",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you invite them as"},
    )
    people = forms.CharField(
        label="People",
        help_text="A line for each: an email address, or a name, an email address, a council and a town or "
        "district with commas between them. Lines pasted from a spreadsheet and addresses copied from a mail work too.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="A CSV file",
        help_text="Its first line names the columns: email, name, role, council, where. Only email is needed.",
        required=False,
        error_messages={"empty": "The file is empty"},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
    note = forms.CharField(
        label="Your words to them",
        help_text="They stand in the invitation.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reading: Reading

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Look it through", enctype="multipart/form-data")
        self.helper.layout = Layout("role", "people", Details("Choose a file instead", "file"), "note")
        self.helper.add_input(Link("Cancel", back))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "file" in self.errors:
            return said
        field = "file" if said.get("file") else "people"
        try:
            self.text = self._text(said)
            self.reading = invitation_lines.read(
                self.text, role=said.get("role", "councillor"), is_file=field == "file"
            )
        except invitation_lines.NotAList as error:
            self.add_error(field, str(error))
        return said

    def _text(self, said: dict[str, Any]) -> str:
        if said.get("file") is None:
            return str(said.get("people", ""))
        if said.get("people", "").strip():
            raise invitation_lines.NotAList("Paste a list or choose a file, not both")
        if said["file"].size > MOST_BYTES:
            raise invitation_lines.NotAList("The file must be 1 MB or smaller")
        text = invitation_lines.decode(said["file"].read())
        if len(text.encode()) > MOST_BYTES:  # it comes back as text once it was looked through
            raise invitation_lines.NotAList("The file must be 1 MB or smaller")
        return text

    def clean_note(self) -> str:
        note = self.cleaned_data["note"].strip()
        if "://" in note and note.count("://") > 3:
            raise ValidationError("Use three links at most, or mail programs take it for spam")
        return str(note)
