"""Views, addresses and entry point of the floor."""

import os

from django import forms
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.floor.settings")

_INSERT = (
    "INSERT INTO floor_grievance (narrative, who, country, contact) VALUES (%s, %s, %s, %s) "
    "RETURNING id"
)
_SELECT = "SELECT id, narrative, who, country, received_at FROM floor_grievance WHERE id = %s"


class GrievanceForm(forms.Form):
    """The least that a form about a grievance could ask."""

    narrative = forms.CharField(widget=forms.Textarea, max_length=50_000)
    who = forms.ChoiceField(choices=[("me", "Me"), ("group", "A group"), ("unknown", "Unknown")])
    country = forms.CharField(max_length=2, required=False)
    contact = forms.EmailField(required=False)


def form(request: HttpRequest) -> HttpResponse:
    """Show the form, or store what was sent and lead on."""
    filled = GrievanceForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not filled.is_valid():
        return render(request, "form.html", {"form": filled})
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [filled.cleaned_data[name] for name in ("narrative", "who", "country")]
            + [filled.cleaned_data["contact"]],
        )
    return redirect("thanks")


def thanks(request: HttpRequest) -> HttpResponse:
    """Confirm."""
    return render(request, "thanks.html")


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one row."""
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, [pk])
        row = cursor.fetchone()
    if row is None:
        raise Http404
    return render(request, "detail.html", {"row": row})


urlpatterns = [
    path("", form),
    path("thanks/", thanks, name="thanks"),
    path("<int:pk>/", detail),
]

application = get_wsgi_application()
