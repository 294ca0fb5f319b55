"""The desk's page of one case's evidence bundles: ask the person, choose documents, download.

A bundle is not kept: each press makes it anew, is an event of the case and goes out at once. What
stays is the fingerprint of its manifest, by which a stranger's copy can be known again.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core import vault
from grievance import lifecycle
from grievance.admin import case_page
from grievance.admin.forms import DeskForm, text_field
from grievance.admin.permissions import actor_of, require
from grievance.admin.reading_reasons import PageReason
from grievance.files.handing_out import as_archive
from grievance.lifecycle import PERMISSION_FOR, Refused, facts_of
from grievance.models import BundleConsent, Case
from grievance.models.bundles import BUNDLE_PURPOSES
from grievance.reading import bundles as bundle_reading
from grievance.states import Verb, available
from stakeholders.models import Mechanism, User
from stakeholders.roles import Permission, can

NOTHING_DONE = 422
_WORDS_SHOWN = 20


class DocumentsForm(DeskForm):
    """Which documents are meant."""

    account = forms.BooleanField(label=gettext_lazy("What the person wrote"), required=False)
    messages = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Messages"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    documents = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Files"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, contents: bundle_reading.Contents, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["messages"].choices = [  # type: ignore[attr-defined]
            (pk, _labelled(one.at, Truncator(one.text).words(_WORDS_SHOWN)))
            for pk, one in contents.messages
        ]
        self.fields["documents"].choices = [  # type: ignore[attr-defined]
            (one.file.pk, _labelled(one.file.at, one.name or _("sealed"))) for one in contents.files
        ]

    def chosen(self) -> lifecycle.Chosen:
        """Return what the verbs take."""
        said = self.cleaned_data
        return lifecycle.Chosen(
            said["account"], frozenset(said["messages"]), frozenset(said["documents"])
        )


class AskForm(DocumentsForm):
    """Whether the person agrees that these documents go to a body."""

    mechanism = forms.ModelChoiceField(
        Mechanism.objects.none(),
        label=gettext_lazy("For whom"),
        error_messages={"required": gettext_lazy("Choose a body from the list.")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=[(one.value, one.label) for one in BUNDLE_PURPOSES],
    )
    body = text_field(
        gettext_lazy("Message to the person"),
        help_text=gettext_lazy("Say why you want to ask them. Write it in the person’s language."),
    )
    field_order = ("mechanism", "purpose", "account", "messages", "documents", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        bodies = Mechanism.objects.in_use().order_by("country", "name", "pk")
        self.fields["mechanism"].queryset = bodies  # type: ignore[attr-defined]


class ChooseForm(DocumentsForm):
    """Which documents go into one bundle, and in which language its note is written."""

    consent = forms.ModelChoiceField(
        BundleConsent.objects.none(),
        label=gettext_lazy("For whom"),
        empty_label=None,
        error_messages={
            "invalid_choice": gettext_lazy(
                "The person has not agreed to this, or not any more. Ask them first."
            ),
        },
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    field_order = ("consent", "account", "messages", "documents", "language")

    def __init__(
        self,
        *args: Any,
        consents: QuerySet[BundleConsent],
        contents: bundle_reading.Contents,
        **kwargs: Any,
    ) -> None:
        # What the person left out of every consent is not even offered.
        may = bundle_reading.left_in(contents, consents)
        super().__init__(*args, auto_id="choose_%s", contents=may, **kwargs)
        consent = self.fields["consent"]
        consent.queryset = consents  # type: ignore[attr-defined]
        consent.label_from_instance = lambda one: one.mechanism.name  # type: ignore[attr-defined]


def _labelled(at: datetime, words: str) -> str:
    return f"{date_format(timezone.localtime(at), 'SHORT_DATE_FORMAT')} · {words}"


@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was asked and made, and what may be chosen."""
    user = require(request, Permission.READ_IDENTITY)
    return _page(request, case_page.find(user, pk), user)


@sensitive_post_parameters()
@never_cache
@require_POST
def press(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Ask the person, or make a bundle and hand it out."""
    user = require(request, Permission.READ_IDENTITY)
    case = case_page.find(user, pk)
    if step == Verb.ASK_BUNDLE:
        return _ask(request, case, user, timezone.now())
    if step == Verb.EXPORT_BUNDLE:
        return _export(request, case, user, timezone.now())
    raise Http404


def _ask(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = AskForm(request.POST, case=case, contents=_contents(case, user, at))
    if form.is_valid():
        try:
            lifecycle.ask_bundle(
                case.pk,
                by=actor_of(user),
                at=at,
                mechanism_id=form.cleaned_data["mechanism"].pk,
                body=form.cleaned_data["body"],
                chosen=form.chosen(),
                purpose=form.cleaned_data["purpose"],
            )
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The person was asked. Nothing goes before they agree."))
            return redirect("admin:case_bundles", pk=case.pk)
    return _page(request, case, user, ask=form, status=NOTHING_DONE)


def _export(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    contents = _contents(case, user, at)
    form = ChooseForm(request.POST, case=case, consents=_consents(case, at), contents=contents)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = lifecycle.export_bundle(
                case.pk,
                by=actor_of(user),
                at=at,
                consent_id=said["consent"].pk,
                chosen=form.chosen(),
                language=said["language"],
            )
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return as_archive(made.content, "evidence.zip")
    return _page(request, case, user, choose=form, status=NOTHING_DONE)


def _consents(case: Case, at: datetime) -> QuerySet[BundleConsent]:
    rows = BundleConsent.objects.valid(at=at).filter(case=case).select_related("mechanism")
    found: QuerySet[BundleConsent] = rows.order_by("pk")
    return found


def _contents(case: Case, user: User, at: datetime) -> bundle_reading.Contents:
    """Return what can be chosen; nothing where the case's key was destroyed."""
    try:
        return bundle_reading.contents_of(
            case, by=actor_of(user), reason=PageReason.BUNDLE_PAGE, at=at
        )
    except vault.KeyDestroyed:
        return bundle_reading.Contents((), ())


def _page(
    request: HttpRequest,
    case: Case,
    user: User,
    *,
    ask: AskForm | None = None,
    choose: ChooseForm | None = None,
    status: int = 200,
) -> TemplateResponse:
    at = timezone.now()
    case.refresh_from_db()
    open_now = {
        verb
        for verb in available(case.status, facts_of(case))
        if verb in (Verb.ASK_BUNDLE, Verb.EXPORT_BUNDLE) and can(user, PERMISSION_FOR[verb])
    }
    consents = _consents(case, at)
    may_ask, may_make = (verb in open_now for verb in (Verb.ASK_BUNDLE, Verb.EXPORT_BUNDLE))
    may_make = may_make and bool(consents)
    shows = (choose is None and may_make) or (ask is None and may_ask)
    contents = _contents(case, user, at) if shows else bundle_reading.Contents((), ())
    if choose is None and may_make:
        initial = {"language": case.language}
        choose = ChooseForm(case=case, consents=consents, contents=contents, initial=initial)
    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "asked": [(one, one.stands(at=at)) for one in bundle_reading.consents_of(case)],
        "made": bundle_reading.made_of(case),
        "ask": (ask or AskForm(case=case, contents=contents)) if may_ask else None,
        "choose": choose,
    }
    return TemplateResponse(request, "desk/bundles.html", context, status=status)
