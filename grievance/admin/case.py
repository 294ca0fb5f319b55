"""The case page: read it, open the account, press a button. A press is one lifecycle call."""

from uuid import uuid4

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import attempts, vault
from grievance import reading
from grievance.admin import case_page, files
from grievance.admin.assess_forms import LOOK
from grievance.admin.forms import ConfirmForm, DeskForm, OpenAddressForm, ReadAccountForm
from grievance.admin.permissions import actor_of, require
from grievance.admin.presses import PRESSES
from grievance.admin.reading_reasons import ReadReason
from grievance.admin.remedy_presses import REMEDY_PRESSES
from grievance.lifecycle import PERMISSION_FOR, MoveNotAllowed, NotPermitted, Refused
from grievance.models import Case
from grievance.reading import elsewhere
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.roles import Permission, can

NOTHING_DONE = 422
NOT_PERMITTED = 403
ONE_PRESS_SECONDS = 60 * 60
CHOSEN_BY_LINK = ("element", "measure", "step", "clock", "form", "responsible", "proposal")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case. `?do=verb` opens that button's form; nothing changes by reading."""
    user = require(request, Permission.SEE_QUEUE)
    case = case_page.find(user, pk)
    verb = _verb(request.GET.get("do", ""))
    form = None
    if verb is not None and can(user, PERMISSION_FOR[verb]) and _has_what_it_needs(verb, case):
        form = PRESSES[verb].form(case=case, initial=_chosen(request))
    return _page(request, case, user, verb=verb if form else None, form=form)


@require_POST
def press(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do one verb. What was typed stays on the page when it is refused."""
    user = require(request, Permission.SEE_QUEUE)
    known = _verb(verb)
    if known is None:
        raise Http404
    case = case_page.find(user, pk)
    if not _has_what_it_needs(known, case):
        return _page(request, case, user, verb=known, form=_moved_on(case), status=NOTHING_DONE)
    form = PRESSES[known].form(request.POST, request.FILES, case=case)
    if not can(user, PERMISSION_FOR[known]):
        return _not_permitted(request, case, user, known, form)
    if form.looks and LOOK in request.POST:
        seen = form.look()
        return _page(
            request, case, user, verb=known, form=form, status=200 if seen else NOTHING_DONE
        )
    if form.is_valid() and _first_time(request, form) and _done(known, form, case, user):
        messages.success(request, str(PRESSES[known].done))
        return _onwards(case, user)
    return _page(request, case, user, verb=known, form=form, status=NOTHING_DONE)


@require_POST
def read_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what the person wrote, once, for a reason that the read log keeps."""
    user = require(request, Permission.READ_ACCOUNT)
    case = case_page.find(user, pk)
    form = ReadAccountForm(request.POST, case=case)
    if not form.is_valid():
        return _page(request, case, user, reading_form=form, status=NOTHING_DONE)
    at = timezone.now()
    account = reading.account_of(case, by=actor_of(user), reason=form.cleaned_data["reason"], at=at)
    return _page(request, case, user, account=account)


@require_POST
def open_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the person's address, once, for a reason that the read log keeps."""
    user = require(request, Permission.READ_IDENTITY)
    case = case_page.find(user, pk)
    form = OpenAddressForm(request.POST, case=case)
    if not form.is_valid():
        return _page(request, case, user, address_form=form, status=NOTHING_DONE)
    reason = form.cleaned_data["reason"]
    try:
        address = reading.contact_of(case, by=actor_of(user), reason=reason, at=timezone.now())
    except vault.KeyDestroyed:
        address = ""
    return _page(request, case, user, address=address or _("There is no address any more."))


def _onwards(case: Case, user: User) -> HttpResponse:
    """Back to the case; to the list, for whoever has just been kept away from it."""
    if Case.objects.visible_to(user).filter(pk=case.pk).exists():
        return redirect("admin:case", pk=case.pk)
    return redirect("admin:queue")


def _has_what_it_needs(verb: Verb, case: Case) -> bool:
    """Whether the case has a remediation, where the verb is one of remedy."""
    return case.remediation_id is not None or verb not in REMEDY_PRESSES


def _moved_on(case: Case) -> DeskForm:
    form = ConfirmForm({}, case=case)
    form.add_error(None, str(MoveNotAllowed.sentence))
    return form


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return which row a link of the remedy page means. Nothing else is taken from an address."""
    return {name: request.GET[name] for name in CHOSEN_BY_LINK if name in request.GET}


def _verb(text: str) -> Verb | None:
    return Verb(text) if text in PRESSES else None


def _not_permitted(
    request: HttpRequest, case: Case, user: User, verb: Verb, form: DeskForm
) -> HttpResponse:
    """Say that the role does not include it. A role may be lost while somebody writes."""
    form.errors.clear()
    form.add_error(None, str(NotPermitted.sentence))
    return _page(request, case, user, verb=verb, form=form, status=NOT_PERMITTED)


def _first_time(request: HttpRequest, form: DeskForm) -> bool:
    """Let each open form through once, so that a double press does not write twice."""
    ticket = request.POST.get("ticket", "")
    if not ticket or attempts.allow("desk.press", ticket, limit=1, seconds=ONE_PRESS_SECONDS):
        return True
    form.add_error(
        None,
        _("We got this once already. Look whether it was done before you send it again."),
    )
    return False


def _done(verb: Verb, form: DeskForm, case: Case, user: User) -> bool:
    """Make the one lifecycle call. A refusal becomes a sentence on the form."""
    press = PRESSES[verb]
    try:
        press.call(
            case.pk,
            by=actor_of(user),
            at=timezone.now(),
            **press.answers(form.cleaned_data),
        )
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
        return False
    return True


def _page(
    request: HttpRequest,
    case: Case,
    user: User,
    *,
    verb: Verb | None = None,
    form: DeskForm | None = None,
    reading_form: DeskForm | None = None,
    account: reading.OpenedAccount | None = None,
    address_form: DeskForm | None = None,
    address: str = "",
    status: int = 200,
) -> TemplateResponse:
    everything = "all" in request.GET
    context = case_page.context(case, user=user, at=timezone.now(), everything=everything)
    if status == 200 and verb not in context["buttons"].verbs:
        verb = form = None
    context |= {
        **admin.site.each_context(request),
        "title": case.reference,
        "verb": verb,
        "press": PRESSES[verb] if verb else None,
        "form": form,
        "ticket": uuid4(),
        "account": account,
        "files": files.rows(case, user=user, at=timezone.now()),
        "file_reasons": ReadReason.choices,
        "reading_form": reading_form or ReadAccountForm(case=case),
        "address_form": address_form or OpenAddressForm(case=case),
        "address": address,
        "state_flag": elsewhere.state_flag_of(case) if case.is_open else None,
    }
    return TemplateResponse(request, "desk/case.html", context, status=status)
