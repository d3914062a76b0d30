"""The list of skills that councillors and mentors are asked about, for organisers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from networking import ordering, programmes
from networking.forms.programmes import SkillForm
from networking.models import Skill
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: SignedInRequest) -> HttpResponse:
    form = SkillForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            programmes.add_skill(name)
        except programmes.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"“{name}” is in the list.")
            return redirect("networking:skills")
    rows = list(Skill.objects.all())
    context = {
        "form": form,
        "asked": [skill for skill in rows if not skill.retired_at],
        "retired": [skill for skill in rows if skill.retired_at],
        "breadcrumbs": loading.trail(),
    }
    return render(request, "networking/programmes/skills.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_skill(request: SignedInRequest, skill_pk: int) -> HttpResponse:
    skill = get_object_or_404(Skill, pk=skill_pk)
    back = reverse("networking:skills")
    form = SkillForm(request.POST if request.method == "POST" else None, skill=skill, back=back)
    if form.is_valid():
        try:
            programmes.rename_skill(skill, form.cleaned_data["name"])
        except programmes.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "The skill is saved.")
            return redirect(back)
    context = {"form": form, "title": "Change the skill", "breadcrumbs": loading.trail(("Skills", back))}
    return render(request, "networking/form.html", context)


@open_to(Audience.ORGANISERS)
def shift_skill(request: SignedInRequest, skill_pk: int) -> HttpResponse:
    """Up, down, no longer asked for, or asked for again. What people said about it is kept."""
    skill = get_object_or_404(Skill, pk=skill_pk)
    direction = request.POST.get("direction", "")
    if request.method == "POST" and direction in {"out", "back"}:
        Skill.objects.filter(pk=skill.pk).update(retired_at=timezone.now() if direction == "out" else None)
    elif request.method == "POST":
        ordering.shift(skill, direction, Skill.objects.all())
    return redirect("networking:skills")
