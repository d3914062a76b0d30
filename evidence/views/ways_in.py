"""Ways in beside the form: the installed app with its offline queue, the bookmarklet, the iPhone recipe."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from evidence import screenshots
from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to

MOST_IN_ADDRESS = 2400  # characters, escaped: what is selected beyond that is left out, and an ellipsis says so

# Reads the page it is clicked on and opens our form with it; it sends nothing anywhere by itself.
BOOKMARKLET = (
    "javascript:(()=>{{const s=String(getSelection()),e=encodeURIComponent;let t=s;"
    "while(e(t).length>{most})t=t.slice(0,-20);if(t!==s)t+=' …';"
    "open('{form}?url='+e(location.href.slice(0,2000))+'&title='+e(document.title.slice(0,200))+'&text='+e(t))}})()"
)


@open_to(Audience.SIGNED_IN)
@require_safe
def ways_in(request: SignedInRequest) -> HttpResponse:
    """How to get things here from a phone and from a browser."""
    form = settings.SITE_URL + reverse("evidence:capture")
    bookmarklet = BOOKMARKLET.format(most=MOST_IN_ADDRESS, form=form)
    context = {
        "bookmarklet": "javascript:" + quote(bookmarklet.removeprefix("javascript:"), safe="(){}=>,;:'+.!?/&$"),
        "form_url": form,
        "breadcrumbs": loading.trail(("My inbox", reverse("evidence:inbox"))),
    }
    return render(request, "evidence/capturing/ways_in.html", context)


@open_to(Audience.EVERYONE)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes the site an app that a phone can share to."""
    icons = [
        {"src": static("img/app-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/app-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("img/app-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    accept = ["image/png", "image/jpeg", "image/webp"]
    said = {
        "id": reverse("evidence:capture"),
        "name": f"{settings.SITE_NAME}: log what you heard",
        "short_name": settings.SITE_NAME,
        "description": "Save what residents say in public about a service, for a committee that listens.",
        "lang": "en-GB",
        "start_url": reverse("evidence:inbox"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#1d5141",
        "icons": icons,
        "share_target": {
            "action": reverse("evidence:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "pictures", "accept": accept}],
            },
        },
    }
    return JsonResponse(said, content_type="application/manifest+json")


@open_to(Audience.EVERYONE)
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Keeps what is shared while the phone is offline, on the phone, and sends it later. Keeps no page of ours."""
    context = {
        "share": reverse("evidence:share"),
        "offline": reverse("evidence:offline"),
        "style": static("built/app.css"),
        "script": static("built/capture.js"),
        "most": screenshots.MOST,
    }
    return render(request, "evidence/capturing/service_worker.js", context, content_type="text/javascript")


@open_to(Audience.EVERYONE)
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What waits on this phone, also shown without a connection: so it says nothing of the person."""
    return render(request, "evidence/capturing/offline.html", {})
