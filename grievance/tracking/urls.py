"""Addresses of a person's own case. The case key is never part of one."""

from django.urls import path

from grievance.tracking import views

app_name = "tracking"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("open/", views.case, name="case"),
    path("write/", views.write, name="write"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("close/", views.close, name="close"),
]
