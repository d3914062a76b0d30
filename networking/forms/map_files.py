"""A file for a map: what names are of which it says nothing more, and then yes or no."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Details, Link
from networking import map_imports, map_parts
from networking.forms.maps import KIND_CHOICES, layers_field, tie_field
from networking.map_files import LONGEST_FILE, Incoming, NotAMap
from networking.map_parts import Node
from people.forms import helper


class FileForm(forms.Form):
    file = forms.FileField(
        label="CSV or GraphML file",
        help_text="From this site, or from programs such as Gephi and yEd. 900 KB at most. Nothing changes yet.",
        error_messages={"required": "Select a file", "empty": "The file is empty"},
    )
    kind = forms.ChoiceField(label="They are", choices=KIND_CHOICES, initial="person")
    layers = layers_field("Layers")
    tie = tie_field("I know them")

    def __init__(self, data: Any = None, files: Any = None, *, cancel: str) -> None:
        super().__init__(data, files, initial={"layers": ["offline"], "tie": "1"})
        self.incoming = Incoming()
        self.helper = helper("Read the file", enctype="multipart/form-data")
        unsaid = "What names are, where the file does not say: kind, layers, how well you know them"
        self.helper.layout = Layout("file", Details(unsaid, "kind", "layers", "tie"))
        self.helper.add_input(Link("Cancel", cancel))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LONGEST_FILE:
            raise ValidationError("The file must be smaller than 900 KB", code="size")
        try:
            self.incoming = map_imports.read(file.name, file.read())
        except NotAMap as error:
            raise ValidationError(str(error), code="unreadable") from None
        if self.incoming.errors:
            raise ValidationError(list(self.incoming.errors))
        if not self.incoming.nodes:
            raise ValidationError("There are no names in this file", code="nothing")
        return file

    def like(self) -> Node:
        said = self.cleaned_data
        return Node(0, "", said["kind"], map_parts.in_order(said["layers"]), said["tie"])
