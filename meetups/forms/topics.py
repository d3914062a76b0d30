from collections.abc import Iterable
from typing import Any

from django import forms

from meetups.models import Candidate, Poll, Topic
from people.forms import helper


class ProposeForm(forms.Form):
    """A topic in one line."""

    title = forms.CharField(
        label="What should a meet-up be about?",
        help_text="One line. If it is on the list already, you back it.",
        max_length=150,
        error_messages={"required": "Enter a topic"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Propose topic")
        self.helper.form_action = "?do=propose"


class VoteForm(forms.Form):
    """One of the candidates of a poll."""

    candidate = forms.ModelChoiceField(
        Candidate.objects.none(),
        label="What should the next meet-up be about?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select a topic", "invalid_choice": "Select one of the topics"},
    )

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["candidate"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = poll.candidates.select_related("topic")
        self.helper = helper("Vote")
        self.helper.form_action = "?do=vote"


class PollForm(forms.Form):
    """Which topics are put to the vote."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label="Topics to vote on",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select two topics or more"},
    )

    def __init__(self, *args: Any, among: Iterable[Topic], **kwargs: Any) -> None:
        chosen = [topic.pk for topic in among]
        super().__init__(*args, **kwargs)
        self.initial["topics"] = chosen[:5]
        field = self.fields["topics"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Topic.objects.filter(pk__in=chosen)
        self.helper = helper("Open the poll")
        self.helper.form_action = "?do=open"

    def clean_topics(self) -> list[Topic]:
        topics = list(self.cleaned_data["topics"])
        if len(topics) < 2:
            raise forms.ValidationError("Select two topics or more")
        return topics


class CloseForm(forms.Form):
    """Close the poll; in a tie the host says who wins."""

    winner = forms.ModelChoiceField(
        Candidate.objects.none(),
        label="Several topics have the most votes. Which one wins?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the winner", "invalid_choice": "Select one of these topics"},
    )

    def __init__(self, *args: Any, leaders: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(leaders) < 2:
            del self.fields["winner"]
        else:
            field = self.fields["winner"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Candidate.objects.filter(pk__in=[one.pk for one in leaders]).select_related("topic")
        self.helper = helper("Close the poll")
        self.helper.form_action = "?do=close"
