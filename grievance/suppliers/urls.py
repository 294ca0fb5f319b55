"""Addresses of the supplier desk. A referral is named by its own random reference."""

from django.urls import path

from grievance.suppliers import views

app_name = "suppliers"
urlpatterns = [
    path("", views.referrals, name="referrals"),
    path("<slug:reference>/", views.referral, name="referral"),
    path("<slug:reference>/file/<int:file_id>/", views.file, name="file"),
    path("<slug:reference>/say/<slug:kind>/", views.say, name="say"),
]
