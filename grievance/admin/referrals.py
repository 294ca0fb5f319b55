"""The desk's page of one case's consents and referrals: ask, look, send, take back.

What goes out is looked at word for word before the person is asked about it; the press that asks
carries the hash of the text that was shown, so that no other text can slip in between.
"""

from collections.abc import Callable
from dataclasses import dataclass
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
from core.actors import ActorKind
from grievance import lifecycle
from grievance.admin import case_page
from grievance.admin.permissions import actor_of, require
from grievance.admin.reading_reasons import PageReason
from grievance.admin.referral_forms import (
    AnswerHelpForm,
    BodySaidForm,
    PassOnForm,
    ProposalForm,
    requests_for_help,
)
from grievance.files.handing_out import as_text
from grievance.lifecycle import PERMISSION_FOR, Refused, facts_of
from grievance.lifecycle.to_bodies import SAYS
from grievance.models import Case, Referral
from grievance.reading import referrals as referral_reading
from grievance.referral_states import Recipient, ReferralMove, moves_open
from grievance.states import Verb, available
from stakeholders.models import User
from stakeholders.roles import Permission, can

NOTHING_DONE = 422
PREVIEW = "preview"
BODY = "body"
"""Under this name an address says which body of the directory is chosen already, by its code."""
_OURS = (
    Verb.ASK_CONSENT,
    Verb.SEND_REFERRAL,
    Verb.RETURN_REFERRAL,
    Verb.NOTE_FROM_BODY,
    Verb.ANSWER_HELP,
    Verb.ADD_MEASURE,
)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was asked, sent and answered on a case."""
    user = require(request, Permission.SEE_QUEUE)
    return _page(request, case_page.find(user, pk), user)


@require_safe
def hand_out(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """Hand the exact text of a referral out as a file, to be passed on to a body."""
    user = require(request, Permission.READ_ACCOUNT)
    case = case_page.find(user, pk)
    text = referral_reading.text_of(
        case,
        reference,
        by=actor_of(user),
        reason=PageReason.REFERRAL_PAGE,
        at=timezone.now(),
    )
    if text is None:
        raise Http404
    return as_text(text, f"{reference}.txt")


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


def _preview(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = ProposalForm(request.POST, case=case)
    looked: list[lifecycle.Proposal] = []
    if form.is_valid():

        def call() -> None:
            looked.append(lifecycle.preview_proposal(case, at=at, **form.text()))

        _done(form, call)
    status = 200 if looked else NOTHING_DONE
    return _page(
        request, case, user, ask=form, preview=looked[0] if looked else None, status=status
    )


def _ask(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = ProposalForm(request.POST, case=case)
    if form.is_valid():

        def call() -> None:
            lifecycle.ask_consent(
                case.pk,
                by=actor_of(user),
                at=at,
                body=form.cleaned_data["body"],
                previewed=request.POST.get("previewed", ""),
                **form.text(),
            )

        if _done(form, call):
            return _back(request, case, _("The person was asked. Nothing goes before they agree."))
    return _page(request, case, user, ask=form, status=NOTHING_DONE)


def _send(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    referral = _wanted(request, case)
    form = PassOnForm(request.POST, case=case, referral=referral)
    to_body = referral.to is Recipient.BODY
    if to_body and not form.is_valid():
        return _page(request, case, user, bound=(referral, form), status=NOTHING_DONE)
    way = form.cleaned_data["way"] if to_body else ""
    try:
        lifecycle.send_referral(case.pk, by=actor_of(user), at=at, referral_id=referral.pk, way=way)
    except Refused as refused:
        return _page(request, case, user, refusal=str(refused.sentence), status=NOTHING_DONE)
    return _back(request, case, _("Sent. The person sees exactly what went."))


def _note(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    referral = _wanted(request, case)
    form = BodySaidForm(request.POST, case=case, referral=referral)
    if form.is_valid():

        def call() -> None:
            lifecycle.note_from_body(
                case.pk,
                by=actor_of(user),
                at=at,
                referral_id=referral.pk,
                said=form.cleaned_data["said"],
                body=form.cleaned_data["body"],
            )

        if _done(form, call):
            return _back(request, case, _("Noted."))
    return _page(request, case, user, bound=(referral, form), status=NOTHING_DONE)


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
    referral = _wanted(request, case)
    try:
        lifecycle.return_referral(case.pk, by=actor_of(user), at=at, referral_id=referral.pk)
    except Refused as refused:
        return _page(request, case, user, refusal=str(refused.sentence), status=NOTHING_DONE)
    if referral.to is Recipient.BODY:
        return _back(request, case, _("Noted."))
    return _back(request, case, _("Taken back. They read nothing of it any more."))


def _wanted(request: HttpRequest, case: Case) -> Referral:
    """Return the referral that a form names by its reference. Raises Http404."""
    rows = Referral.objects.filter(case=case, reference=request.POST.get("referral", ""))
    found: Referral | None = rows.first()
    if found is None:
        raise Http404
    return found


_STEPS: dict[str, Callable[[HttpRequest, Case, User, datetime], HttpResponse]] = {
    Verb.ASK_CONSENT: _ask,
    PREVIEW: _preview,
    Verb.SEND_REFERRAL: _send,
    Verb.NOTE_FROM_BODY: _note,
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
    rows = Referral.objects.filter(case=case).select_related("organisation", "mechanism", "consent")
    return [(one, None) for one in rows.order_by("-pk")]


@dataclass(frozen=True, slots=True)
class Row:
    """One referral on the page: its words for those who may read them, and what can be done."""

    one: Referral
    words: referral_reading.OpenedReferral | None
    late: bool
    can_send: bool
    can_return: bool
    pass_on: PassOnForm | None
    said: BodySaidForm | None


def _rows(
    case: Case,
    user: User,
    open_now: set[Verb],
    bound: tuple[Referral, PassOnForm | BodySaidForm] | None,
    at: datetime,
) -> list[Row]:
    def row(one: Referral, words: referral_reading.OpenedReferral | None) -> Row:
        again = bound[1] if bound and bound[0].pk == one.pk else None
        now = moves_open(one.state, to=one.to, by=ActorKind.STAFF)
        sends = Verb.SEND_REFERRAL in open_now and ReferralMove.SEND in now
        notes = Verb.NOTE_FROM_BODY in open_now and any(doing in now for doing in SAYS.values())
        to_body = one.to is Recipient.BODY
        pass_on = again if isinstance(again, PassOnForm) else None
        said = again if isinstance(again, BodySaidForm) else None
        if to_body and sends and pass_on is None:
            pass_on = PassOnForm(case=case, referral=one)
        if notes and said is None:
            said = BodySaidForm(case=case, referral=one)
        return Row(
            one=one,
            words=words,
            late=one.is_late(at=at),
            can_send=sends and not to_body,
            can_return=Verb.RETURN_REFERRAL in open_now and ReferralMove.TAKE_BACK in now,
            pass_on=pass_on if sends else None,
            said=said if notes else None,
        )

    return [row(one, words) for one, words in _opened(case, user, at)]


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
    ask: ProposalForm | None = None,
    preview: lifecycle.Proposal | None = None,
    bound: tuple[Referral, PassOnForm | BodySaidForm] | None = None,
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
    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "consents": [(one, one.stands(at=at)) for one in referral_reading.consents_of(case)],
        "referrals": _rows(case, user, open_now, bound, at),
        "reads": can(user, Permission.READ_ACCOUNT),
        "about": case.respondent_organisation,
        "ask": ask or ProposalForm(case=case, body=request.GET.get(BODY, "")),
        "preview": preview,
        "refusal": refusal,
        "can_ask": Verb.ASK_CONSENT in open_now,
        "help": answered or _help(case, open_now),
        "can_plan": Verb.ADD_MEASURE in open_now,
    }
    return TemplateResponse(request, "desk/referrals.html", context, status=status)
