"""Addresses of the pages that are open to everybody."""

from django.urls import path

from grievance.openness import views

app_name = "openness"
urlpatterns = [
    path("", views.home, name="home"),
    path("scope/", views.scope, name="scope"),
    path("procedure/", views.procedure, name="procedure"),
    path("remedy/", views.remedies, name="remedies"),
    path("safety/", views.safety, name="safety"),
    path("figures/", views.figures, name="figures"),
    path("figures/figures.csv", views.figures_csv, name="figures_csv"),
    path("help/", views.help_elsewhere, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("leave/", views.leave, name="leave"),
]
