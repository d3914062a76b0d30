"""Forms in GOV.UK markup: a template pack for crispy-forms, layout pieces, widgets. Knows no other app."""
