from django.urls import path

from bulletins.views import briefs, bulletins, consents, receipts, releases, renderings

app_name = "bulletins"
urlpatterns = [
    path("", bulletins.bulletin_list, name="bulletin_list"),
    path("new/", bulletins.bulletin_compose, name="bulletin_compose"),
    path("<int:pk>/", bulletins.bulletin_detail, name="bulletin_detail"),
    path("<int:pk>/edit/", bulletins.bulletin_edit, name="bulletin_edit"),
    path("<int:pk>/issue/", bulletins.bulletin_issue, name="bulletin_issue"),
    path("<int:pk>/rendering/", renderings.bulletin_rendering, name="bulletin_rendering"),
    path("<int:pk>/render-again/", renderings.bulletin_retry, name="bulletin_retry"),
    path("<int:pk>/pdf/", renderings.bulletin_pdf, name="bulletin_pdf"),
    path("<int:pk>/release/", releases.release_create, name="release_create"),
    path("releases/<int:pk>/recall/", releases.release_recall, name="release_recall"),
    path("<int:pk>/acknowledge/", receipts.receipt_acknowledge, name="receipt_acknowledge"),
    path("<int:pk>/briefed/", receipts.receipt_brief, name="receipt_brief"),
    path("<int:pk>/acted/", receipts.receipt_act, name="receipt_act"),
    path("<int:pk>/no-action/", receipts.receipt_decline, name="receipt_decline"),
    path("consents/of-<str:kind>/<int:pk>/", consents.consent_ask, name="consent_ask"),
    path("consents/<int:pk>/", consents.consent_detail, name="consent_detail"),
    path("consents/<int:pk>/grant/", consents.consent_grant, name="consent_grant"),
    path("consents/<int:pk>/refuse/", consents.consent_refuse, name="consent_refuse"),
    path("briefs/", briefs.brief_list, name="brief_list"),
    path("briefs/of-<str:kind>/<int:pk>/", briefs.brief_create, name="brief_create"),
    path("briefs/<int:pk>/", briefs.brief_detail, name="brief_detail"),
    path("briefs/<int:pk>/rendering/", renderings.brief_rendering, name="brief_rendering"),
    path("briefs/<int:pk>/render-again/", renderings.brief_retry, name="brief_retry"),
    path("briefs/<int:pk>/pdf/", renderings.brief_pdf, name="brief_pdf"),
]
