"""Whatever a remediation may hold, as hypothesis draws it."""

from hypothesis import strategies as st

from remedy.rules import ElementFact, Facts, MeasureFact
from remedy.states import MeasureState
from stakeholders.vocabulary import Nexus, RemedyForm

elements = st.builds(
    ElementFact,
    id=st.integers(1, 3),
    result=st.sampled_from(["", "full", "partial", "none"]),
    irreversible=st.booleans(),
    no_restitution=st.sampled_from(["", "impossible"]),
)
measures = st.builds(
    MeasureFact,
    element_id=st.integers(1, 3),
    form=st.sampled_from(RemedyForm.values),
    state=st.sampled_from(list(MeasureState)),
    disputed=st.booleans(),
    substitute=st.booleans(),
    says_how_much=st.booleans(),
    carried_out=st.booleans(),
)
facts = st.builds(
    Facts,
    nexus=st.sampled_from(list(Nexus)),
    provisional=st.booleans(),
    elements=st.lists(elements, max_size=3, unique_by=lambda one: one.id),
    measures=st.lists(measures, max_size=4),
    leverage_steps=st.integers(0, 3),
    leverage_results=st.lists(st.sampled_from(["effect", "no_effect"]), max_size=3),
    all_answered=st.booleans(),
    systemic_open=st.booleans(),
    cooperating_referral=st.booleans(),
)
