from django.urls import path

from bulletins.views import (
    briefs,
    bulletins,
    consents,
    copies,
    editions,
    exports,
    jobs,
    notices,
    products,
    public,
    receipts,
    releases,
    renderings,
    verifying,
)

app_name = "bulletins"
urlpatterns = [
    path("", bulletins.bulletin_list, name="bulletin_list"),
    path("new/", bulletins.bulletin_compose, name="bulletin_compose"),
    path("preview/", products.bulletin_preview, name="bulletin_preview"),
    path("<int:pk>/", bulletins.bulletin_detail, name="bulletin_detail"),
    path("<int:pk>/edit/", bulletins.bulletin_edit, name="bulletin_edit"),
    path("<int:pk>/history/", editions.bulletin_history, name="bulletin_history"),
    path("<int:pk>/next-edition/", editions.edition_begin, name="edition_begin"),
    path("<int:pk>/issue/", bulletins.bulletin_issue, name="bulletin_issue"),
    path("<int:pk>/rendering/", renderings.bulletin_rendering, name="bulletin_rendering"),
    path("<int:pk>/render-again/", renderings.bulletin_retry, name="bulletin_retry"),
    path("<int:pk>/pdf/", renderings.bulletin_pdf, name="bulletin_pdf"),
    path("<int:pk>/copies/trace/", copies.copy_trace, name="copy_trace"),
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
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<int:pk>/retry/", jobs.job_retry, name="job_retry"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/choose/", notices.notice_choose, name="notice_choose"),
    path("overdue/", notices.overdue_list, name="overdue_list"),
    path("briefs/", briefs.brief_list, name="brief_list"),
    path("briefs/of-<str:kind>/<int:pk>/", briefs.brief_create, name="brief_create"),
    path("briefs/<int:pk>/", briefs.brief_detail, name="brief_detail"),
    path("briefs/<int:pk>/rendering/", renderings.brief_rendering, name="brief_rendering"),
    path("briefs/<int:pk>/render-again/", renderings.brief_retry, name="brief_retry"),
    path("briefs/<int:pk>/pdf/", renderings.brief_pdf, name="brief_pdf"),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/new/", exports.export_create, name="export_create"),
    path("exports/<int:pk>/", exports.export_detail, name="export_detail"),
    path("exports/<int:pk>/cancel/", exports.export_cancel, name="export_cancel"),
    path("exports/<int:pk>/go-on/", exports.export_resume, name="export_resume"),
    path("exports/<int:pk>/file/", exports.export_file, name="export_file"),
]
# Public, and short enough to be typed: /verify/.
verify = [
    path("", verifying.verify, name="verify"),
    path("certificate.pem", verifying.certificate, name="certificate"),
    path("<str:number>/<str:digest>/", verifying.verify_code, name="verify_code"),
]
# Public: what the link in an e-mail leads to.
notices_stopped = [path("stop/<str:token>/", notices.stop, name="stop")]
# Public: what is open to anyone.
open_to_all = [
    path("", public.public_list, name="public_list"),
    path("feed.atom", public.feed, name="feed"),
    path("<str:number>/", public.public_detail, name="public_detail"),
    path("<str:number>/pdf/", public.public_pdf, name="public_pdf"),
]
