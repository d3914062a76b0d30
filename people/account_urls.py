"""The pages of allauth that we use: signing in by code or passkey, a second factor; nothing about passwords."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("sign-in/", views.request_login_code, name="account_login"),
    path("sign-in/code/", views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-out/", views.logout, name="account_logout"),
    path("join/", views.signup, name="account_signup"),
    path("confirm-email/", views.email_verification_sent, name="account_email_verification_sent"),
    path("email/", views.email, name="account_email"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("second-step/", include("allauth.mfa.urls")),
]
