"""Addresses of the intake. None of them tells what a case is about."""

from django.urls import path

from grievance.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.start, name="start"),
    path("check/", views.check, name="check"),
    path("send/", views.send, name="send"),
    path("key/", views.receipt, name="receipt"),
    path("kept/", views.kept, name="kept"),
    path("delete/", views.delete, name="delete"),
    path("<slug:slug>/", views.step, name="step"),
]
