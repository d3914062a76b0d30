"""Writing in the journal, commenting, hiding."""

from typing import Any
from uuid import UUID, uuid4

from crispy_forms.layout import Layout
from django import forms

from govuk.layout import Link
from govuk.widgets import CountedTextarea
from networking.forms.programmes import one_line
from networking.journal import Written
from networking.models import Post
from people.forms import helper

MOST_WORDS, MOST_COMMENT = 10_000, 2_000


class NonceField(forms.UUIDField):
    """One per form that was opened, so that a double click writes once; nonsense counts as a new one."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)

    def clean(self, value: Any) -> UUID:
        try:
            return super().clean(value) or uuid4()
        except forms.ValidationError:
            return uuid4()


class PostForm(forms.Form):
    title = one_line("a title", "Title", max_length=120)
    body = forms.CharField(
        label="What you want to say",
        help_text="Markdown: empty lines between paragraphs, - for lists, **bold**, [words](https://address).",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Enter what you want to say", "max_length": "Say it in 10,000 characters or fewer"},
    )
    wants_public = forms.BooleanField(
        label="Everybody may read it, not only the cohort",
        help_text="With your name. A lead looks at it first. Comments stay in the cohort.",
        required=False,
    )
    nonce = NonceField()

    def __init__(self, *args: Any, post: Post | None = None, back: str, **kwargs: Any) -> None:
        same = ("title", "body", "wants_public")
        kwargs["initial"] = {name: getattr(post, name) for name in same} if post else {"nonce": uuid4()}
        super().__init__(*args, **kwargs)
        self.helper = helper("Save post" if post else "Post it")
        self.helper.layout = Layout("title", "body", "wants_public", "nonce")
        self.helper.add_input(Link("Cancel", back))

    def written(self) -> Written:
        said = self.cleaned_data
        return Written(said["title"], said["body"], said["wants_public"])


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Your comment",
        max_length=MOST_COMMENT,
        widget=CountedTextarea(attrs={"rows": 4}),
        error_messages={"required": "Enter a comment", "max_length": "Say it in 2,000 characters or fewer"},
    )
    nonce = NonceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"nonce": uuid4()}
        super().__init__(*args, **kwargs)
        self.helper = helper("Add comment")


class HideForm(forms.Form):
    why = forms.CharField(
        label="Why",
        help_text="Its author gets these words in a mail.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, so that its author understands"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Hide the post")
        self.helper.add_input(Link("Cancel", back))
