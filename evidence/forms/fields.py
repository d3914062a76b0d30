"""Fields that forms of what was heard have in common."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator

from evidence import link_sites, links, subjects
from evidence.models import Search, Topic
from meetups import dates
from people.forms import LineField

NO_LINK = "Enter a web address, like https://www.example.org/page, or put the words into “Exact words”"
NO_TOPIC = "Select a topic"


class MonthField(forms.CharField):
    """A month, from a browser's picker or typed: 2027-02, 02/2027, February 2027. Cleans to its first day."""

    FORMATS = ("%Y-%m", "%m/%Y", "%B %Y", "%b %Y", "%m %Y")

    def clean(self, value: Any) -> date | None:
        typed = " ".join(super().clean(value).split())
        if not typed:
            return None
        for form in self.FORMATS:
            try:
                found = datetime.strptime(typed, form).date()  # noqa: DTZ007 -- a month has no zone
            except ValueError:
                continue
            if 1990 <= found.year <= 2100:
                return found
        raise ValidationError("Enter a month, like 02/2027", code="invalid")


class LinkField(LineField):
    """The address of one item. Text with an address in it gives the address; a profile is refused."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=8000, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        if subjects.is_handle(typed):
            raise ValidationError(subjects.LINK_IS_A_NAME, code="person")
        found = links.canonicalise(links.first_link(typed).address or typed)
        if found.is_profile:
            raise ValidationError(subjects.PROFILE_AS_EVIDENCE, code="profile")
        if found.platform == links.NOT_A_LINK:
            raise ValidationError(NO_LINK, code="invalid")
        return links.first_link(typed).address or typed


class TopicField(forms.TypedChoiceField):
    """The topics of the inquiries somebody logs for, grouped when there are several. Cleans to a Topic or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Topic", empty_value=None, required=False, **kwargs)
        self.error_messages["invalid_choice"] = self.error_messages["required"] = NO_TOPIC

    def offer(self, topics: Iterable[Topic]) -> None:
        self.by_pk = {str(topic.pk): topic for topic in topics}
        self.coerce = self.by_pk.__getitem__
        grouped: dict[str, list[tuple[str, str]]] = {}
        for key, topic in self.by_pk.items():
            grouped.setdefault(topic.inquiry.title, []).append((key, topic.name))
        groups = list(grouped.items()) if len(grouped) > 1 else next(iter(grouped.values()), [])
        self.choices = [("", "Choose a topic"), *groups]


class PlatformField(forms.ChoiceField):
    """Where it was said, for what has no address that tells: a photo, words that were pasted."""

    def __init__(self, **kwargs: Any) -> None:
        known = sorted((links.platform_name(each.name), each.name) for each in (*links.PLATFORMS, link_sites.MASTODON))
        choices = [("", "As the link says"), *((key, name) for name, key in known), ("web", "Another site")]
        super().__init__(
            label="Where was it said?",
            choices=choices,
            required=False,
            help_text="Only when no link says it.",
            **kwargs,
        )


class SearchField(forms.TypedChoiceField):
    """Which of somebody's own searches it came from. Cleans to a Search or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Which search did it come from?", empty_value=None, required=False, **kwargs)
        self.error_messages["invalid_choice"] = "Select one of your searches, or none"

    def offer(self, searches: Iterable[Search]) -> None:
        self.by_pk = {str(one.pk): one for one in searches}
        self.coerce = self.by_pk.__getitem__
        self.choices = [("", "None of my searches"), *((key, _named(one)) for key, one in self.by_pk.items())]


def _named(search: Search) -> str:
    when = timezone.localtime(search.searched_at)
    return f"{Truncator(str(search)).chars(60)}, {dates.day(when.date())}"
