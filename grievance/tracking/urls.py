"""Addresses of a person's own case. The case key is never part of one."""

from django.urls import path

from grievance.tracking import consent, contact, proceedings, remedy, routes, views

app_name = "tracking"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("open/", views.case, name="case"),
    path("write/", views.write, name="write"),
    path("lasts/", remedy.lasts, name="lasts"),
    path("answer/", remedy.answer, name="answer"),
    path("answer/all/", remedy.answer_whole, name="answer_whole"),
    path("instead/<int:measure_id>/", remedy.counter, name="counter"),
    path("verdict/", remedy.verdict, name="verdict"),
    path("again/", remedy.appeal, name="appeal"),
    path("others/", consent.show, name="consent"),
    path("others/afraid/", consent.afraid, name="afraid"),
    path("others/<int:pk>/answer/", consent.answer, name="consent_answer"),
    path("others/<int:pk>/take-back/", consent.take_back, name="consent_back"),
    path("others/<int:pk>/rate/", consent.rate, name="consent_rate"),
    path("others/documents/<int:pk>/answer/", consent.answer_bundle, name="bundle_answer"),
    path("others/documents/<int:pk>/take-back/", consent.take_back_bundle, name="bundle_back"),
    path("routes/", routes.show, name="routes"),
    path("file/<int:file_id>/", views.download, name="file"),
    path("elsewhere/", proceedings.tell, name="proceedings"),
    path("reach/", contact.change, name="contact"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("close/", views.close, name="close"),
]
