"""The desk's page of one case's consents and referrals: ask, look, send, take back.

What goes out is looked at word for word before it goes; the press that sends carries the hash of
the text that was shown, so that no other text can slip in between.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core import vault
from grievance import lifecycle
from grievance.admin import case_page
from grievance.admin.permissions import actor_of, require
from grievance.admin.reading_reasons import PageReason
from grievance.admin.referral_forms import (
    AnswerHelpForm,
    AskConsentForm,
    DraftForm,
    RespondentForm,
    requests_for_help,
)
from grievance.lifecycle import PERMISSION_FOR, Refused, facts_of
from grievance.models import WITH_THEM, Case, Consent, Referral
from grievance.reading import referrals as referral_reading
from grievance.states import Verb, available
from stakeholders.models import User
from stakeholders.roles import Permission, can

NOTHING_DONE = 422
PREVIEW = "preview"
_OURS = (
    Verb.NAME_RESPONDENT_ORGANISATION,
    Verb.ASK_CONSENT,
    Verb.SEND_REFERRAL,
    Verb.RETURN_REFERRAL,
    Verb.ANSWER_HELP,
    Verb.ADD_MEASURE,
)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was asked, sent and answered on a case."""
    user = require(request, Permission.SEE_QUEUE)
    return _page(request, case_page.find(user, pk), user)


@sensitive_post_parameters()
@require_POST
def press(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do one step. What was typed stays on the page when it is refused."""
    user = require(request, Permission.REFER)
    case = case_page.find(user, pk)
    doing = _STEPS.get(step)
    if doing is None:
        raise Http404
    return doing(request, case, user, timezone.now())


def _name_respondent(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = RespondentForm(request.POST, case=case)
    if form.is_valid():
        chosen = form.cleaned_data["organisation"]

        def call() -> None:
            lifecycle.name_respondent_organisation(
                case.pk,
                by=actor_of(user),
                at=at,
                organisation_id=chosen.pk if chosen else None,
            )

        if _done(form, call):
            return _back(request, case, _("Noted."))
    return _page(request, case, user, respondent=form, status=NOTHING_DONE)


def _ask(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = AskConsentForm(request.POST, case=case)
    if form.is_valid():
        answers = form.answers()

        def call() -> None:
            lifecycle.ask_consent(case.pk, by=actor_of(user), at=at, **answers)

        if _done(form, call):
            return _back(request, case, _("The person was asked. Nothing goes before they agree."))
    return _page(request, case, user, ask=form, status=NOTHING_DONE)


def _preview(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = DraftForm(request.POST, case=case, consents=_consents(case, at))
    looked: list[lifecycle.Preview] = []
    if form.is_valid():

        def call() -> None:
            looked.append(
                lifecycle.preview_referral(
                    case,
                    at=at,
                    consent_id=form.cleaned_data["consent"].pk,
                    rendition=form.cleaned_data["rendition"],
                )
            )

        _done(form, call)
    status = 200 if looked else NOTHING_DONE
    return _page(
        request, case, user, draft=form, preview=looked[0] if looked else None, status=status
    )


def _send(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = DraftForm(request.POST, case=case, consents=_consents(case, at))
    if form.is_valid():

        def call() -> None:
            lifecycle.send_referral(
                case.pk,
                by=actor_of(user),
                at=at,
                consent_id=form.cleaned_data["consent"].pk,
                rendition=form.cleaned_data["rendition"],
                previewed=request.POST.get("previewed", ""),
            )

        if _done(form, call):
            return _back(request, case, _("Sent. The person sees exactly what went."))
    return _page(request, case, user, draft=form, status=NOTHING_DONE)


def _answer_help(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = AnswerHelpForm(request.POST, case=case)
    if form.is_valid():

        def call() -> None:
            lifecycle.answer_help(
                case.pk,
                by=actor_of(user),
                at=at,
                entry_id=form.cleaned_data["entry"].pk,
                body=form.cleaned_data["body"],
            )

        if _done(form, call):
            return _back(request, case, _("Your answer is sent."))
    return _page(request, case, user, answered=form, status=NOTHING_DONE)


def _return(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    wanted = request.POST.get("referral", "")
    found = Referral.objects.filter(case=case, reference=wanted).first()
    try:
        lifecycle.return_referral(
            case.pk, by=actor_of(user), at=at, referral_id=found.pk if found else 0
        )
    except Refused as refused:
        return _page(request, case, user, refusal=str(refused.sentence), status=NOTHING_DONE)
    return _back(request, case, _("Taken back. They read nothing of it any more."))


_STEPS: dict[str, Callable[[HttpRequest, Case, User, datetime], HttpResponse]] = {
    Verb.NAME_RESPONDENT_ORGANISATION: _name_respondent,
    Verb.ASK_CONSENT: _ask,
    PREVIEW: _preview,
    Verb.SEND_REFERRAL: _send,
    Verb.RETURN_REFERRAL: _return,
    Verb.ANSWER_HELP: _answer_help,
}


def _done(form: Any, call: Callable[[], None]) -> bool:
    """Make the one call. A refusal becomes a sentence on the form."""
    try:
        call()
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
        return False
    return True


def _back(request: HttpRequest, case: Case, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("admin:case_referrals", pk=case.pk)


def _consents(case: Case, at: datetime) -> Any:
    rows = Consent.objects.valid(at=at).filter(case=case).select_related("organisation")
    return rows.order_by("pk")


def _opened(
    case: Case, user: User, at: datetime
) -> list[tuple[Referral, referral_reading.OpenedReferral | None]]:
    """Return the referrals with their words, or without for those who may not read them."""
    if can(user, Permission.READ_ACCOUNT):
        try:
            opened = referral_reading.referrals_of(
                case, by=actor_of(user), reason=PageReason.REFERRAL_PAGE, at=at
            )
            return [(one.referral, one) for one in opened]
        except vault.KeyDestroyed:
            pass
    rows = Referral.objects.filter(case=case).select_related("organisation", "consent")
    return [(one, None) for one in rows.order_by("-sent_at", "-pk")]


def _help(case: Case, open_now: set[Verb]) -> AnswerHelpForm | None:
    """Return the form that answers a request for help, where there is one."""
    if Verb.ANSWER_HELP not in open_now or not requests_for_help(case).exists():
        return None
    return AnswerHelpForm(case=case)


def _page(
    request: HttpRequest,
    case: Case,
    user: User,
    *,
    respondent: RespondentForm | None = None,
    ask: AskConsentForm | None = None,
    draft: DraftForm | None = None,
    preview: lifecycle.Preview | None = None,
    answered: AnswerHelpForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> TemplateResponse:
    at = timezone.now()
    case.refresh_from_db()
    open_now = {
        verb
        for verb in available(case.status, facts_of(case))
        if verb in _OURS and can(user, PERMISSION_FOR[verb])
    }
    consents = _consents(case, at)
    about = {"organisation": case.respondent_organisation_id}
    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "consents": [(one, one.stands(at=at)) for one in referral_reading.consents_of(case)],
        "referrals": [
            (one, words, one.state in WITH_THEM, one.is_awaited and one.due_at < at)
            for one, words in _opened(case, user, at)
        ],
        "about": case.respondent_organisation,
        "respondent": respondent or RespondentForm(case=case, initial=about),
        "ask": ask or AskConsentForm(case=case),
        "draft": draft or (DraftForm(case=case, consents=consents) if consents else None),
        "preview": preview,
        "refusal": refusal,
        "can_name": Verb.NAME_RESPONDENT_ORGANISATION in open_now,
        "can_ask": Verb.ASK_CONSENT in open_now,
        "can_send": Verb.SEND_REFERRAL in open_now,
        "help": answered or _help(case, open_now),
        "can_plan": Verb.ADD_MEASURE in open_now,
        "can_return": Verb.RETURN_REFERRAL in open_now,
    }
    return TemplateResponse(request, "desk/referrals.html", context, status=status)
