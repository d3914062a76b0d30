"""What the crispy template pack draws, read as a browser would read it."""

from datetime import date

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from govuk import words
from govuk.layout import Details, Fieldset, Link, Question, Secondary, Warn
from govuk.widgets import CountedTextarea, DateInput, DateTimeInput, SplitDateTime, TimeInput
from tests.govuk.page import Page


class EveryField(forms.Form):
    name = forms.CharField(label="Your name", help_text="As others know you")
    email = forms.EmailField(label="Email address", widget=forms.EmailInput(attrs={"placeholder": "you@council"}))
    web = forms.URLField(label="Web address", assume_scheme="https")
    places = forms.IntegerField(label="Places", widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}))
    about = forms.CharField(label="About you", max_length=20, widget=CountedTextarea)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose one"), ("video", "On video")])
    role = forms.ChoiceField(
        label="Your role",
        help_text="The one that fits best",
        choices=[("officer", "Officer"), ("councillor", "Councillor")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Topics", choices=[("housing", "Housing"), ("care", "Care")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="I agree", help_text="You can change this")
    day = forms.DateField(label="Day", widget=DateInput)
    starts = forms.SplitDateTimeField(label="Starts", widget=SplitDateTime)
    picture = forms.FileField(label="Picture")
    council = forms.CharField(label="Council", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, initial="kept")


def draw(form: forms.BaseForm | forms.BaseFormSet, helper: FormHelper | None = None) -> Page:
    # Not "helper or": a helper without a layout has no length and is false.
    return Page(render_crispy_form(form, FormHelper() if helper is None else helper, {"csrf_token": "token"}))


@pytest.fixture
def empty() -> Page:
    return draw(EveryField())


@pytest.fixture
def wrong() -> Page:
    return draw(EveryField({}))


SINGLE = ["name", "email", "web", "places", "about", "kind", "agree", "day", "picture", "council"]


@pytest.mark.parametrize("name", SINGLE)
def test_every_field_has_a_label_that_points_at_it(empty: Page, name: str) -> None:
    field = EveryField()[name]

    label = empty.label_of(f"id_{name}")

    assert label.removesuffix(" (optional)") == field.label


@pytest.mark.parametrize(
    ("name", "tag", "type_", "classes"),
    [
        ("name", "input", "text", "govuk-input"),
        ("email", "input", "email", "govuk-input"),
        ("web", "input", "url", "govuk-input"),
        ("places", "input", "number", "govuk-input govuk-input--width-4"),
        ("about", "textarea", None, "govuk-textarea govuk-js-character-count"),
        ("kind", "select", None, "govuk-select"),
        ("agree", "input", "checkbox", "govuk-checkboxes__input"),
        ("day", "input", "date", "govuk-input"),
        ("picture", "input", "file", "govuk-file-upload"),
    ],
)
def test_each_kind_of_field_is_drawn_with_its_own_classes(
    empty: Page, name: str, tag: str, type_: str, classes: str
) -> None:
    found = empty.by_id(f"id_{name}")

    assert (found.tag, found.get("type"), found.get("class")) == (tag, type_, classes)


def test_a_hint_describes_its_field(empty: Page) -> None:
    assert empty.by_id("id_name").get("aria-describedby") == "id_name_hint"
    assert empty.text_of("id_name_hint") == "As others know you"


def test_only_optional_fields_say_so(empty: Page) -> None:
    assert [text for text in empty.labels if "optional" in text] == ["Council (optional)"]


def test_no_placeholder_stands_in_for_a_label(empty: Page) -> None:
    assert "placeholder" not in empty.by_id("id_email").attrs


def test_nothing_is_called_wrong_before_anybody_typed(empty: Page) -> None:
    assert [node for node in empty.nodes if "aria-invalid" in node.attrs or "required" in node.attrs] == []
    assert empty.error_summary == []


def test_radios_stand_in_a_fieldset_with_legend_and_hint(empty: Page) -> None:
    fieldset = empty.by_id("id_role")

    assert fieldset.tag == "fieldset"
    assert fieldset.get("aria-describedby") == "id_role_hint"
    assert "Your role" in empty.legends
    assert [(node.get("id"), node.get("value")) for node in empty.named("role")] == [
        ("id_role_0", "officer"),
        ("id_role_1", "councillor"),
    ]


def test_an_option_can_have_a_hint_of_its_own() -> None:
    form = EveryField()
    form.fields["role"].widget.hints = {"officer": "You support committees"}

    page = draw(form)

    assert page.by_id("id_role_0").get("aria-describedby") == "id_role_0_hint"
    assert page.text_of("id_role_0_hint") == "You support committees"
    assert "aria-describedby" not in page.by_id("id_role_1").attrs


def test_what_was_chosen_stays_chosen() -> None:
    page = draw(EveryField({"role": "councillor", "topics": ["care"], "kind": "video", "name": "Ann <b>"}))

    assert [node.get("value") for node in page.nodes if "checked" in node.attrs] == ["councillor", "care"]
    assert [node.get("value") for node in page.nodes if "selected" in node.attrs] == ["video"]
    assert page.by_id("id_name").get("value") == "Ann <b>"


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("name", "govuk-input govuk-input--error"),
        ("about", "govuk-textarea govuk-textarea--error govuk-js-character-count"),
        ("kind", "govuk-select govuk-select--error"),
        ("day", "govuk-input govuk-input--error"),
        ("picture", "govuk-file-upload govuk-file-upload--error"),
    ],
)
def test_a_field_with_an_error_is_marked_for_eyes_and_ears(wrong: Page, name: str, classes: str) -> None:
    found = wrong.by_id(f"id_{name}")

    assert found.get("class") == classes
    assert found.get("aria-invalid") == "true"
    assert f"id_{name}_error" in found.get("aria-describedby").split()
    assert wrong.text_of(f"id_{name}_error").startswith("Error: ")


def test_hint_is_read_before_error(wrong: Page) -> None:
    assert wrong.by_id("id_name").get("aria-describedby") == "id_name_hint id_name_error"


def test_the_error_of_radios_describes_the_group(wrong: Page) -> None:
    assert wrong.by_id("id_role").get("aria-describedby") == "id_role_hint id_role_error"
    assert wrong.text_of("id_role_error") == "Error: Select your role"


def test_the_error_summary_leads_to_the_first_input_of_each_field(wrong: Page) -> None:
    assert wrong.error_summary == [
        ("#id_name", "Enter your name"),
        ("#id_email", "Enter an email address"),
        ("#id_web", "Enter web address"),
        ("#id_places", "Enter places"),
        ("#id_about", "Enter about you"),
        ("#id_kind", "Select kind"),
        ("#id_role_0", "Select your role"),
        ("#id_topics_0", "Select topics"),
        ("#id_agree", "Tick “I agree” to go on"),
        ("#id_day", "Enter day"),
        ("#id_starts_0", "Enter starts"),
        ("#id_picture", "Choose picture"),
        (None, "Enter secret"),
    ]
    assert {target.removeprefix("#") for target, _ in wrong.error_summary if target} <= wrong.ids


def test_no_id_is_used_twice(wrong: Page) -> None:
    ids = [node.get("id") for node in wrong.nodes if "id" in node.attrs]

    assert sorted(ids) == sorted(set(ids))


def test_every_description_exists(wrong: Page) -> None:
    described = {id_ for node in wrong.nodes for id_ in (node.get("aria-describedby") or "").split()}

    assert described <= wrong.ids


def test_an_error_of_the_whole_form_is_in_the_summary() -> None:
    class Clash(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("The meet-up ends before it starts")

    assert draw(Clash({})).error_summary == [(None, "The meet-up ends before it starts")]


def test_what_a_form_says_itself_is_left_alone() -> None:
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Say who you are"})

    assert draw(Own({})).error_summary == [("#id_name", "Say who you are")]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (
            forms.EmailField(label="Email"),
            "x",
            "Enter an email address in the correct format, like name@council.gov.uk",
        ),
        (forms.CharField(label="Title", max_length=3), "abcd", "Title must be 3 characters or fewer"),
        (forms.CharField(label="MP"), "", "Enter MP"),
        (forms.CharField(label="Where do you work?"), "", "Answer “Where do you work?”"),
        (forms.DateField(label="Day"), "31/02/2027", "Enter a real date, like 24/02/2027"),
    ],
)
def test_stock_errors_say_what_to_do(field: forms.Field, typed: str, said: str) -> None:
    form = type("OneField", (forms.Form,), {"x": field})({"x": typed})

    assert words.errors_of(form["x"]) == [said]


def test_a_counted_textarea_counts_and_cuts_nothing_off(empty: Page) -> None:
    textarea = empty.by_id("id_about")
    group = next(node for node in empty.nodes if node.get("data-module") == "govuk-character-count")

    assert group.get("data-maxlength") == "20"
    assert "maxlength" not in textarea.attrs
    assert textarea.get("aria-describedby") == "id_about-info"
    assert empty.text_of("id_about-info") == "You can enter up to 20 characters"


def test_date_and_time_of_one_field_have_a_label_each(empty: Page) -> None:
    assert [(empty.label_of(f"id_starts_{n}"), empty.by_id(f"id_starts_{n}").get("type")) for n in (0, 1)] == [
        ("Date", "date"),
        ("Time", "time"),
    ]


def test_browsers_get_dates_and_times_in_their_own_format() -> None:
    class When(forms.Form):
        day = forms.DateField(widget=DateInput, initial=date(2027, 2, 24))
        at = forms.TimeField(widget=TimeInput, initial="10:00")
        ends = forms.DateTimeField(widget=DateTimeInput)

    form = When({"day": "2027-02-24", "at": "10:00", "ends": "2027-02-24T12:00"})

    assert draw(When()).by_id("id_day").get("value") == "2027-02-24"
    assert form.is_valid()
    assert draw(form).by_id("id_ends").get("value") == "2027-02-24T12:00"


def test_a_form_with_a_file_is_sent_in_parts(empty: Page) -> None:
    assert empty.form.get("enctype") == "multipart/form-data"
    assert "enctype" not in draw(forms.Form()).form.attrs


def test_a_sent_file_is_not_asked_for_again_by_accident() -> None:
    form = EveryField({}, {"picture": SimpleUploadedFile("a.png", b"x")})

    assert "aria-invalid" not in draw(form).by_id("id_picture").attrs


def test_the_form_brings_its_token_and_leaves_checking_to_us(empty: Page) -> None:
    assert (empty.form.get("method"), "novalidate" in empty.form.attrs) == ("post", True)
    assert [node.get("value") for node in empty.named("csrfmiddlewaretoken")] == ["token"]
    assert [(node.get("type"), node.get("value")) for node in empty.named("secret")] == [("hidden", "kept")]


def test_a_search_form_has_no_token_and_no_optional() -> None:
    class Search(forms.Form):
        words = forms.CharField(required=False)

    helper = FormHelper()
    helper.form_method = "get"
    page = draw(Search(), helper)

    assert page.named("csrfmiddlewaretoken") == []
    assert page.labels == ["Words"]


def test_buttons_and_links_stand_in_one_group() -> None:
    helper = FormHelper()
    for piece in [
        Submit("send", "Sign up"),
        Secondary("draft", "Save"),
        Warn("drop", "Delete"),
        Link("Cancel", "/back/"),
    ]:
        helper.add_input(piece)

    page = draw(forms.Form(), helper)

    assert [(node.get("class"), node.get("name")) for node in page.nodes if node.tag == "button"] == [
        ("govuk-button", "send"),
        ("govuk-button govuk-button--secondary", "draft"),
        ("govuk-button govuk-button--warning", "drop"),
    ]
    assert [node.get("href") for node in page.nodes if node.tag == "a"] == ["/back/"]
    assert all(node.get("data-prevent-double-click") == "true" for node in page.nodes if node.tag == "button")


def test_layouts_make_fieldsets_questions_and_details() -> None:
    helper = FormHelper()
    helper.layout = Layout(
        Fieldset("About you", "name", size="l", hint="Shown to hosts"),
        Question("role", size="m", is_heading=True),
        Details("More", "council"),
        ButtonHolder(Submit("send", "Send")),
    )

    page = draw(EveryField(), helper)

    assert page.legends == ["About you", "Your role"]
    assert [node.get("class") for node in page.nodes if node.tag == "legend"] == [
        "govuk-fieldset__legend govuk-fieldset__legend--l",
        "govuk-fieldset__legend govuk-fieldset__legend--m",
    ]
    assert [node.tag for node in page.nodes if node.tag in ("h1", "h2")] == ["h2", "h1"]
    assert "open" not in next(node for node in page.nodes if node.tag == "details").attrs


def test_details_are_open_when_an_error_hides_in_them() -> None:
    helper = FormHelper()
    helper.layout = Layout(Details("More", "name"))

    page = draw(EveryField({}), helper)

    assert "open" in next(node for node in page.nodes if node.tag == "details").attrs


def test_formsets_share_one_summary_and_one_token() -> None:
    class Item(forms.Form):
        title = forms.CharField(label="Title")

    items = forms.formset_factory(Item, extra=2)
    formset = items({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-title": "Welcome", "form-1-title": ""})
    formset.forms[1].empty_permitted = False

    page = draw(formset)

    assert page.error_summary == [("#id_form-1-title", "Enter title")]
    assert len(page.named("csrfmiddlewaretoken")) == 1
    assert len(page.named("form-TOTAL_FORMS")) == 1


def test_a_single_field_can_be_placed_by_hand() -> None:
    html = Template("{% load crispy_forms_filters %}{{ form.name|as_crispy_field }}").render(
        Context({"form": EveryField()})
    )

    assert Page(html).label_of("id_name") == "Your name"


def test_a_summary_of_several_forms_can_stand_above_the_heading() -> None:
    template = Template("{% load govuk %}{% error_summary one two %}")

    page = Page(template.render(Context({"one": EveryField({"name": "Ann"}, prefix="a"), "two": None})))

    assert page.error_summary[0] == ("#id_a-name", "Enter your name")
