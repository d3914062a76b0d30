from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path

urlpatterns = [
    path("", include("pages.urls")),
    path("", include("unmentoring.urls")),
    path("", include("networking.urls")),
    path("", include("evidence.urls")),
    path("", include("meetups.urls")),
    path("", include("people.urls")),
    path("account/", include("people.account_urls")),
    path("administer/", admin.site.urls),
]

handler500 = "pages.views.site.server_error"

admin.site.unregister(Group)  # nobody is in one: roles are rows of people.RoleGrant
# Words of the administrators' pages.
admin.site.site_header = admin.site.site_title = "Administer"
admin.site.index_title = "Raw data"
