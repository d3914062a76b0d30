"""Making and changing a series while somebody else does the same."""

import pytest

from meetups import series_kept
from meetups.forms.organising import SeriesForm
from meetups.models import Series
from tests import make, reading

pytestmark = pytest.mark.django_db
TAKEN = "There is a series with this name already"


@pytest.fixture
def nobody_looks(monkeypatch):
    """As if the form had looked for the name a moment before somebody else took it."""
    monkeypatch.setattr(SeriesForm, "clean_name", lambda form: form.cleaned_data["name"])


def test_a_double_click_makes_one_series_and_says_so(nobody_looks):
    client, typed = make.client(make.organiser()), {"name": "Essex scrutiny", "purpose": "To meet.", "hosts": ""}

    first, second = (client.post("/organise/series/new/", typed) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 200)
    assert TAKEN in reading.words(second)
    assert "To meet." in second.content.decode()
    assert list(Series.objects.values_list("name", "slug")) == [("Essex scrutiny", "essex-scrutiny")]


def test_a_series_that_takes_the_name_of_another_in_this_moment_stays_as_it_was(nobody_looks):
    make.series(name="Essex scrutiny")
    other = make.series(name="Kent scrutiny")
    host = make.person()

    answer = make.client(make.organiser()).post(
        f"/organise/series/{other.slug}/", {"name": "Essex scrutiny", "purpose": "New", "hosts": host.email}
    )

    assert TAKEN in reading.words(answer)
    kept = Series.objects.get(pk=other.pk)
    assert (kept.name, kept.purpose, kept.hosts.count()) == ("Kent scrutiny", other.purpose, 0)


def test_two_names_that_give_the_same_address_in_the_same_moment_get_two(monkeypatch):
    make.series(name="Essex scrutiny", slug="essex-scrutiny")
    looked = iter(["essex-scrutiny", "essex-scrutiny-2"])
    monkeypatch.setattr(series_kept, "free_slug", lambda name: next(looked))

    assert series_kept.start("Essex: scrutiny", "", []).slug == "essex-scrutiny-2"


def test_hosts_that_cannot_be_kept_leave_no_series_behind():
    with pytest.raises(TypeError):
        series_kept.start("Essex scrutiny", "", [object()])

    assert not Series.objects.exists()
