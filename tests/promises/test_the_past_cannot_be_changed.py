"""What happened stays: the application's own role can add to the evidence, never alter it.

The tests speak to PostgreSQL as that role, so what is refused here is refused to a broken or
taken-over application, too.
"""

# ruff: noqa: S608  the names in these statements are our own tables

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from core.ledger import privileges
from core.ledger.append_only import WouldRewrite
from core.ledger.tracked import WouldEscapeHistory
from core.vault import ReadLog
from grievance import reading
from grievance.models import Case, CaseEvent, Message, Narrative
from stakeholders.vocabulary import CaseStatus
from tests import makers, people

pytestmark = pytest.mark.django_db

EVIDENCE = sorted(privileges.append_only_tables())
EVERYDAY = sorted(privileges.everyday_tables())
NAMED = {
    "core_readlog",
    "grievance_attachment",
    "grievance_caseevent",
    "grievance_conclusion",
    "grievance_historicalappeal",
    "grievance_historicalcase",
    "grievance_historicalclock",
    "grievance_historicalcomplainant",
    "grievance_historicalconsent",
    "grievance_historicalreferral",
    "grievance_historicalrefusal",
    "grievance_historicaltimelimit",
    "grievance_message",
    "grievance_narrative",
    "grievance_referralentry",
    "remedy_historicalharmelement",
    "remedy_historicalleveragestep",
    "remedy_historicaloffer",
    "remedy_historicalremediation",
    "remedy_historicalremedykind",
    "remedy_historicalremedymeasure",
    "remedy_historicalresponsibilityshare",
    "remedy_measureanswer",
    "remedy_nexusdetermination",
    "remedy_verdict",
    "stakeholders_historicalissue",
    "stakeholders_historicalmechanism",
    "stakeholders_historicalmembership",
    "stakeholders_historicalorganisation",
    "stakeholders_historicalproduct",
    "stakeholders_historicalteam",
    "stakeholders_historicaluser",
}
"""Written out, so that a table can't leave the list unseen."""


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def story() -> makers.Made:
    """A case with a past: events, versions, words and readings."""
    people.everyone()
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    by = people.by(people.CHIDI)
    reading.account_of(made.case, by=by, reason="to_work_on_it", at=made.at)
    return made


def test_no_table_has_left_the_list_of_evidence() -> None:
    assert set(EVIDENCE) >= NAMED


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
@pytest.mark.parametrize("table", EVIDENCE)
def test_evidence_can_be_neither_altered_nor_removed(table: str, verb: str) -> None:
    column = columns(table)[-1]
    statement = {
        "UPDATE": f'UPDATE {table} SET "{column}" = "{column}"',
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table} CASCADE",
    }[verb]
    with pytest.raises(ProgrammingError, match="permission denied"):
        attempt(statement)


def test_the_refusals_leave_every_row_where_it_was(story: makers.Made) -> None:
    tables = ["grievance_caseevent", "grievance_historicalcase", "grievance_narrative"]
    for table in [*tables, "core_readlog"]:
        with pytest.raises(ProgrammingError):
            attempt(f"DELETE FROM {table}")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] > 0


@pytest.mark.parametrize("table", EVERYDAY)
def test_other_tables_can_be_worked_with(table: str) -> None:
    column = columns(table)[-1]
    attempt(f'UPDATE {table} SET "{column}" = "{column}" WHERE false')
    attempt(f"DELETE FROM {table} WHERE false")
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        attempt(f"TRUNCATE {table} CASCADE")


def test_nor_by_way_of_a_table_that_evidence_points_to(story: makers.Made) -> None:
    """Deleting a case does not take its events along: the database holds on to both."""
    with pytest.raises(Exception, match="violates foreign key|permission denied"):
        attempt(f"DELETE FROM grievance_case WHERE id = {story.id}; SET CONSTRAINTS ALL IMMEDIATE")
    assert CaseEvent.objects.filter(case=story.id).exists()


@pytest.mark.parametrize("model", [CaseEvent, Narrative, Message, ReadLog, Case.history.model])
def test_programs_of_our_own_are_told_before_the_database_has_to(
    story: makers.Made, model: type
) -> None:
    row = model.objects.first()
    if row is not None:
        with pytest.raises(WouldRewrite):
            row.save()
        with pytest.raises(WouldRewrite):
            row.delete()
    with pytest.raises(WouldRewrite):
        model.objects.all().delete()
    with pytest.raises(WouldRewrite):
        model.objects.update(pk=1)


def test_a_case_cannot_be_changed_without_a_version_of_it(story: makers.Made) -> None:
    with pytest.raises(WouldEscapeHistory):
        Case.objects.filter(pk=story.id).update(status=CaseStatus.RECEIVED)
    with pytest.raises(WouldEscapeHistory):
        Case.objects.bulk_update([story.case], ["status"])


def test_the_check_of_the_roles_says_that_all_is_well() -> None:
    said = StringIO()
    call_command("check_privileges", stdout=said)
    assert said.getvalue().strip() == "The roles can do what they should, and no more."
