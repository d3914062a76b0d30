"""Pieces for crispy layouts that GOV.UK pages need and crispy-forms does not have."""

from typing import Any

from crispy_forms import layout
from crispy_forms.utils import TEMPLATE_PACK
from django.template import Context
from django.utils.safestring import SafeString


class Question(layout.Field):
    """A field with a bigger label: `size` is s, m, l or xl. With `is_heading` the label is the page's h1."""

    def __init__(self, *fields: str, size: str = "m", is_heading: bool = False, **kwargs: Any) -> None:
        super().__init__(*fields, **kwargs)
        self.label = {"label_size": size, "label_is_heading": is_heading}

    def render(
        self,
        form: Any,
        context: Context,
        template_pack: str = TEMPLATE_PACK,
        extra_context: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> SafeString:
        extra = {**(extra_context or {}), **self.label}
        return super().render(form, context, template_pack=template_pack, extra_context=extra, **kwargs)


class Fieldset(layout.Fieldset):
    """Fields under one legend: `size` is s, m, l or xl; `hint` is a line under the legend."""

    def __init__(self, legend: str, *fields: Any, size: str = "m", hint: str = "", **kwargs: Any) -> None:
        super().__init__(legend, *fields, **kwargs)
        self.size = size
        self.hint = hint


class Details(layout.Div):
    """Fields that few people need, behind a line that opens them. Open from the start when one has an error."""

    template = "%s/layout/details.html"

    def __init__(self, summary: str, *fields: Any, **kwargs: Any) -> None:
        super().__init__(*fields, **kwargs)
        self.summary = summary
        self.is_open = False

    def render(self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        self.is_open = any(pointer.name in form.errors for pointer in self.get_field_names())
        return super().render(form, context, template_pack=template_pack, **kwargs)


class Link(layout.BaseInput):
    """A link beside the buttons, such as "Cancel": for `helper.add_input` and inside a ButtonHolder."""

    input_type = "link"

    def __init__(self, label: str, url: str) -> None:
        super().__init__(name=label, value=label)
        self.url = url


class Secondary(layout.Submit):
    """A grey button, for the action that is not the main one."""

    field_classes = "govuk-button--secondary"


class Warn(layout.Submit):
    """A red button, for what cannot be undone."""

    field_classes = "govuk-button--warning"
