"""The person decides how they may be reached: at once, for every letter that has not left yet."""

from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from core.vault import DataKey
from core.vault.blind import blind_index
from grievance import notices
from grievance.lifecycle.submit import AddressMissing, UnknownCode
from grievance.lifecycle.turn import turn
from grievance.models import Complainant, ContactChannel, SafeTime
from grievance.states import Verb

PLACE = "grievance.Complainant.contact_address"


def change_contact(
    case_id: int,
    *,
    at: datetime,
    channel: str,
    email: str = "",
    safe_time: str = SafeTime.ANY,
    wants_link: bool = False,
) -> None:
    """Change how the person may be reached, or stop all letters.

    An empty `email` keeps the address that is there. With the channel `portal_only` the address
    is taken off the record at once, and letters that wait for it are not sent; history keeps it
    sealed until the data key is destroyed. Raises UnknownCode, AddressMissing, CaseNotFound.
    """
    if channel not in ContactChannel.values or safe_time not in SafeTime.values:
        raise UnknownCode
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.CHANGE_CONTACT, by=by, at=at) as now:
        person = Complainant.objects.select_for_update().get(case=now.case)
        person.contact_channel = channel
        if channel == ContactChannel.PORTAL_ONLY:
            _reach_no_more(person)
        else:
            _reach_at(person, email.strip(), now.case.people_key)
            person.safe_time, person.wants_link = safe_time, wants_link
        person.save(
            update_fields=[
                "contact_channel",
                "contact_address",
                "contact_index",
                "safe_time",
                "wants_link",
            ]
        )
        now.data["channel"] = channel
        notices.reconsider_person(person, at=at)


def _reach_no_more(person: Complainant) -> None:
    person.contact_address = person.contact_index = None
    person.safe_time, person.wants_link = SafeTime.ANY, False


def _reach_at(person: Complainant, email: str, key: DataKey) -> None:
    if email:
        person.contact_address = vault.seal(email, key=key, place=PLACE)
        person.contact_index = blind_index(email)
    elif person.contact_address is None:
        raise AddressMissing
