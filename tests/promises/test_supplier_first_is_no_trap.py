"""A supplier's own mechanism comes first only where it is trusted, and safe for this person.

Nobody is asked about one that is not registered as trusted, nor while the case is urgent, the
person unknown or afraid. Any answer but a plain yes keeps the case here, and costs them nothing.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from grievance import lifecycle, tasks
from grievance.models import Clock, Consent, ConsentState, Referral, ReferralState
from remedy.models import PartnerReadiness
from stakeholders.models import SupplierMechanism
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.page import filled
from tests.referral_makers import RENDITION, liaison, supplier_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOW = "Ring Ms Lee on any Sunday. She speaks Swahili."
CALM = {"fears_retaliation": "no", "employer_may_know": "yes", "email": "amina@example.net"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        people.everyone()
        yield clock


def registered(status: str = "trusted") -> SupplierMechanism:
    row = SupplierMechanism(
        organisation=supplier_of(people.JONA),
        status=status,
        how_to_use=HOW,
        reviewed_on=datetime(2026, 1, 5, tzinfo=UTC).date(),
    )
    at = datetime(2026, 1, 5, tzinfo=UTC)
    with transaction.atomic(), stamped(Stamp(SYSTEM, "edit_reference", uuid4(), at, "new_entry")):
        row.save()
    return row


def a_case(**changes: str) -> makers.Made:
    return makers.a_case(in_status=CaseStatus.ASSESSMENT, **{**CALM, **changes})


def ask(made: makers.Made) -> Desk:
    """Chidi asks at the desk whether the supplier may handle it in its own way."""
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/referrals/")
    desk.send(
        "/preview/",
        organisation=str(supplier_of(people.JONA).pk),
        purpose="own_way",
        body="They may be quicker than we are.",
        rendition=RENDITION,
    )
    if not desk.refusals:
        desk.send("/ask_consent/")
    return desk


def answer(made: makers.Made, **values: str) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    amina.go("case/others/")
    consent = Consent.objects.get(case_id=made.id)
    amina.send(f"/others/{consent.pk}/answer/", {"answer": "yes"}, **values)
    return amina


def send(made: makers.Made) -> None:
    lifecycle.send_referral(
        made.id,
        by=people.by(people.CHIDI),
        at=made.at,
        referral_id=Referral.objects.get(case_id=made.id).pk,
    )


def test_a_plain_yes_lets_it_go_and_the_case_stays_open_here() -> None:
    registered()
    case = a_case()
    assert ask(case).refusals == []
    amina = Amina()
    amina.come_back(case.key)
    amina.go("case/others/")
    assert HOW in amina.page.words
    assert "Is it safe and possible for you to use it?" in amina.page.words
    assert "You have agreed." in answer(case, safe="yes").page.words
    send(case)
    assert Referral.objects.get(case_id=case.id).state == ReferralState.SENT
    assert Consent.objects.get(case_id=case.id).safe_to_use == "yes"


@pytest.mark.parametrize("said", ["no", "unsure", "tried"])
def test_any_other_answer_keeps_the_case_here(said: str) -> None:
    registered()
    case = a_case()
    ask(case)
    amina = answer(case, safe=said)
    assert "Your case stays here, and nothing goes there." in amina.page.words
    consent = Consent.objects.get(case_id=case.id)
    assert (consent.state, consent.safe_to_use) == (ConsentState.DECLINED, said)
    with pytest.raises(lifecycle.NoConsent):
        send(case)
    assert "The person did not agree" in Desk(people.CHIDI).open(case.id).words


def test_an_answer_without_the_question_of_safety_is_asked_again() -> None:
    registered()
    case = a_case()
    ask(case)
    amina = answer(case)
    assert amina.page.status == 422
    assert "Say whether it is safe and possible for you" in amina.page.words
    assert Consent.objects.get(case_id=case.id).state == ConsentState.ASKED


@pytest.mark.parametrize("status", ["none", "exists_untested", "not_trusted"])
def test_nobody_is_asked_about_a_mechanism_that_is_not_trusted(status: str) -> None:
    registered(status)
    case = a_case()
    desk = ask(case)
    assert desk.refusals == ["Their own mechanism is not registered as trusted."]
    assert "They may be quicker than we are." in desk.page.html
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"email": ""}, "Nobody here knows who raised the case"),
        ({"fears_retaliation": "yes"}, "There is fear of retaliation"),
        ({"fears_retaliation": "unknown"}, "It is not certain that it is safe to use it."),
        ({"employer_may_know": "no"}, "There is fear of retaliation"),
    ],
)
def test_nobody_is_asked_who_is_unknown_or_afraid(changes: dict[str, str], why: str) -> None:
    registered()
    desk = ask(a_case(**changes))
    assert any(why in one for one in desk.refusals)
    assert not Consent.objects.exists()


def test_what_turns_urgent_after_the_yes_goes_nowhere() -> None:
    registered()
    case = a_case()
    ask(case)
    answer(case, safe="yes")
    lifecycle.mark_urgent(
        case.id, by=people.by(people.BRAM), at=case.at, reason_code="life_at_risk"
    )
    with pytest.raises(lifecycle.StaysHere) as refused:
        send(case)
    assert str(refused.value) == "The case is urgent, so it stays here."
    assert not Referral.objects.exclude(sent_at=None).exists()


def with_the_partner() -> tuple[makers.Made, Referral]:
    """A case that a partner handles in its own way."""
    registered()
    case = a_case()
    ask(case)
    answer(case, safe="yes")
    send(case)
    return case, Referral.objects.get(case_id=case.id)


def told(notice: str) -> int:
    return OutboxMessage.objects.filter(notice=notice).count()


def test_what_turns_urgent_comes_back_at_once_and_both_are_told() -> None:
    case, there = with_the_partner()
    before = told("referral_news")
    lifecycle.mark_urgent(case.id, by=people.by(people.BRAM), at=case.at, reason_code="retaliation")
    there.refresh_from_db()
    assert (there.state, there.return_reason) == (ReferralState.RETURNED, "unsafe")
    assert (told("referral_news"), told("partner_ended")) == (before + 1, 1)
    assert not Clock.objects.filter(
        case=case.id, kind="partner_answer", stopped_at__isnull=True
    ).exists()
    amina = Amina()
    amina.come_back(case.key)
    amina.go("case/others/")
    assert "it is not safe there any more" in amina.page.words


def test_who_grows_afraid_says_so_with_one_press_and_it_comes_back() -> None:
    case, there = with_the_partner()
    amina, day = Amina(), timezone.localtime(there.due_at)
    assert f"They must answer by {day.day} {day:%B %Y}" in amina.come_back(case.key).words
    amina.go("case/others/")
    amina.send("/others/afraid/")
    assert "Thank you for telling us. Nothing of your case is with" in amina.page.words
    assert "I am afraid" not in amina.page.words
    there.refresh_from_db()
    assert there.state == ReferralState.REVOKED and told("partner_ended") == 1
    assert Consent.objects.get().state == ConsentState.REVOKED
    assert Desk(people.JONA).client.get(f"/desk/supplier/{there.reference}/").status_code == 404
    assert "They must answer by" not in amina.go("case/open/").words
    assert any("There is fear of retaliation" in one for one in ask(case).refusals)
    with pytest.raises(lifecycle.AfraidAlready):
        lifecycle.say_afraid(case.id, at=case.at)


def test_it_comes_back_by_itself_and_the_person_says_how_it_was(clock) -> None:
    registered()
    case = a_case()
    ask(case)
    answer(case, safe="yes")
    send(case)
    sent = Referral.objects.get(case_id=case.id)
    lifecycle.acknowledge_referral(sent.pk, by=liaison(people.JONA), at=case.at)
    clock.shift(32 * DAY)
    tasks.sweep_clocks()
    amina = Amina()
    amina.come_back(case.key)
    amina.go("case/others/")
    assert "How was it with Harbour Sorting Ltd?" in amina.page.words
    consent = Consent.objects.get(case_id=case.id)
    amina.send(f"/others/{consent.pk}/rate/", rating="")
    assert amina.page.status == 422
    amina.send(f"/others/{consent.pk}/rate/", rating="partly")
    assert "We keep your answer" in amina.page.words
    consent.refresh_from_db()
    assert consent.rating == "partly"


def test_nothing_is_to_say_before_they_had_their_turn() -> None:
    registered()
    case = a_case()
    ask(case)
    consent = Consent.objects.get(case_id=case.id)
    with pytest.raises(lifecycle.NothingToRate):
        lifecycle.rate_partner(case.id, at=case.at, consent_id=consent.pk, rating="good")


def test_the_register_shows_what_people_say_only_when_they_are_enough() -> None:
    registered()
    for _ in range(5):
        case = a_case()
        ask(case)
        answer(case, safe="yes")
        send(case)
        sent = Referral.objects.get(case_id=case.id)
        lifecycle.return_referral(
            case.id, by=people.by(people.CHIDI), at=case.at, referral_id=sent.pk
        )
        admin = Desk(people.FARID).go("stakeholders/suppliermechanism/")
        assert "too few answers to show" in admin.words
        consent = Consent.objects.get(case_id=case.id)
        lifecycle.rate_partner(case.id, at=case.at, consent_id=consent.pk, rating="good")
    admin = Desk(people.FARID).go("stakeholders/suppliermechanism/")
    assert "Yes, it was safe and fair: 5; In part: 0; No, it was not: 0" in admin.words


def test_the_register_tells_all_that_is_known_of_a_partner_on_one_page() -> None:
    row = registered()
    supplier = row.organisation
    desk = Desk(people.FARID)
    page = desk.go("stakeholders/suppliermechanism/")
    assert "0 – nothing there" not in page.words
    at = datetime(2026, 1, 6, tzinfo=UTC)
    with transaction.atomic(), stamped(Stamp(SYSTEM, "edit_reference", uuid4(), at, "new_entry")):
        PartnerReadiness(
            organisation=supplier,
            level=0,
            clauses=["cost_sharing"],
            basis="Their own report.",
            reviewed_on=at.date(),
        ).save()
    address = f"stakeholders/suppliermechanism/{row.pk}/change/"
    form = filled(desk.go(address).root.one("form", id="suppliermechanism_form"))
    said = {"edit_reason": "correction", "legitimate": "4", "equitable": "1"}
    desk.post(address, form | said)
    row.refresh_from_db()
    assert row.self_ratings == {"legitimate": 4, "equitable": 1}
    told = ("0 – nothing there", "Share the cost of remedy", "too few answers to show")
    for page in (desk.go("stakeholders/suppliermechanism/"), desk.go(address)):
        assert [words for words in told if words not in page.words] == []
    assert "2.5 (2/8)" in desk.go("stakeholders/suppliermechanism/").words
    desk.go(address)
    desk.post(address, form | said | {"equitable": "5"})
    row.refresh_from_db()
    assert row.equitable == 1, "From 0 to 4."


def test_the_database_sends_nobody_where_it_is_not_safe() -> None:
    registered()
    case = a_case()
    ask(case)
    consent = Consent.objects.get(case_id=case.id)
    consent.state, consent.scopes = ConsentState.GIVEN, ["facts"]
    consent.safe_to_use = "unsure"
    consent.given_at, consent.expires_at = case.at, case.at + DAY
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        stamped(Stamp(SYSTEM, "test", uuid4(), case.at)),
    ):
        consent.save()


def test_trust_needs_a_date_and_words_for_the_person() -> None:
    supplier = supplier_of(people.JONA)
    desk = Desk(people.FARID)
    told: dict[str, str] = {"organisation": str(supplier.pk), "status": "trusted"}
    told["edit_reason"] = "new_entry"
    for missing, sentence in (
        ({}, "Write the day on which somebody looked at it."),
        ({"reviewed_on": "2026-03-01"}, "Write how a person uses it"),
    ):
        desk.go("stakeholders/suppliermechanism/add/")
        page = desk.post("stakeholders/suppliermechanism/add/", told | missing)
        assert sentence in page.words
        assert not SupplierMechanism.objects.exists()
    desk.post(
        "stakeholders/suppliermechanism/add/",
        told | {"reviewed_on": "2026-03-01", "how_to_use_en": HOW},
    )
    assert SupplierMechanism.objects.get().is_trusted
