"""What runs beside a case and where it came from, noted as staff would."""

from core.actors import Actor
from grievance import lifecycle
from tests import makers
from tests.makers import Made


def what_runs_beside(made: Made, *, by: Actor) -> None:
    """Note a court's proceeding and what the company does for a response of the State."""
    stand = lifecycle.Stand(role="lead", state="filed", reference="12/26")
    lifecycle.add_proceeding(made.id, by=by, at=made.at, stand=stand, name="A court")
    lifecycle.answer_state_response(
        made.id, by=by, at=made.at, preserves="yes", cooperates="yes", leaves_way_free="yes"
    )


def what_it_is_about(made: Made, *, by: Actor) -> None:
    """Note that it reaches into another country and who raises it."""
    described = lifecycle.Described(impact=("KE",), filer_role="affected_person")
    lifecycle.describe_matter(made.id, by=by, at=made.at, described=described)


def from_another_channel(*, by: Actor) -> lifecycle.Submitted:
    """Bring in a case that came up in technical support."""
    entered = lifecycle.Entered(by=by, channel="technical_support", reference="T-1")
    return lifecycle.submit(makers.an_account(), at=makers.RECEIVED_AT, entered=entered)
