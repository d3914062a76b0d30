"""The share kit of a meet-up: words for every network, the picture, a snippet for other sites."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from meetups import addresses, share_pictures, sharing
from meetups.views import public, trail
from meetups.views.loading import published_or_404, shared_by_or_404
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.HOSTS)
@require_GET
def share_kit(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = shared_by_or_404(request.user, slug)
    subject = public.subject_of(meetup)
    embed_url = addresses.absolute(reverse("meetups:embed", args=[meetup.series.slug]))
    context = {
        "meetup": meetup,
        "posts": sharing.posts(subject),
        "shares": sharing.shares(subject),
        "picture": share_pictures.path_of(meetup),
        "picture_alt": share_pictures.alt(meetup),
        "embed_url": embed_url,
        "embed_html": sharing.embed_html(embed_url, meetup.series.name),
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/news/share_kit.html", context)


@open_to(Audience.EVERYONE)
@require_safe
def picture(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """Drawn once for these words. Its address holds their hash, so it may be kept for ever."""
    meetup = published_or_404(slug)
    if digest != share_pictures.digest_of(meetup):
        raise Http404
    answer = HttpResponse(share_pictures.png_of(meetup), content_type="image/png")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
