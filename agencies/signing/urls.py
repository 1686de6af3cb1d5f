"""Addresses of the door and of one's own sign-in."""

from django.urls import path

from agencies.signing.views import account, entering, proving, sessions

urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("sign-in/factor/", entering.sign_in_factor, name="sign_in_factor"),
    path("sign-in/again/", proving.prove_again, name="prove_again"),
    path("sign-in/kept/", entering.kept_form, name="kept_form"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("account/needed/", account.factor_needed, name="factor_needed"),
    path("account/app/", account.app_add, name="app_add"),
    path("account/app/picture.svg", account.app_picture, name="app_picture"),
    path("account/key/", account.key_add, name="key_add"),
    path("account/factors/<int:pk>/remove/", account.factor_remove, name="factor_remove"),
    path("account/of/<int:pk>/clear/", account.factors_clear, name="factors_clear"),
    path("account/codes/", account.codes, name="codes"),
    path("account/codes/file/", account.codes_file, name="codes_file"),
    path("account/codes/renew/", account.codes_renew, name="codes_renew"),
    path("account/password/", account.password_change, name="password_change"),
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/<int:pk>/end/", sessions.session_end, name="session_end"),
    path("sessions/end-others/", sessions.session_end_others, name="session_end_others"),
]
