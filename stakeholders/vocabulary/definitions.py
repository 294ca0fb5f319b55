"""What the codes shown to the public mean, one plain sentence each.

Only the lists that a person meets on a public page have their definitions here, because every
sentence is translated. The definitions of all lists are in `stakeholders/reference/vocabulary.csv`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.vocabulary.mechanisms import (
    Cost,
    MechanismFamily,
    MechanismKind,
    NhriRole,
    Power,
)
from stakeholders.vocabulary.remedies import RemedyForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# By class first: members are strings, so two lists' `unknown` would be one key of a flat table.
DEFINITIONS: dict[type[models.TextChoices], dict[str, _StrPromise]] = {
    RemedyForm: {
        RemedyForm.RESTITUTION: _("Put the person back where they were before the harm."),
        RemedyForm.COMPENSATION: _("Give money or its worth for damage that can be assessed."),
        RemedyForm.REHABILITATION: _("Help a person to recover in body, mind and daily life."),
        RemedyForm.SATISFACTION: _("Stop the harm, tell the truth, acknowledge and apologise."),
        RemedyForm.GUARANTEES_OF_NON_REPETITION: _(
            "Change things so that it does not happen again."
        ),
    },
    MechanismKind: {
        MechanismKind.COMPANY_BASED: _("A company's own channel for grievances."),
        MechanismKind.SUPPLIER_BASED: _("A supplier's own channel for grievances."),
        MechanismKind.MULTI_STAKEHOLDER_OR_INDUSTRY: _(
            "A complaints procedure of an industry or multi-stakeholder body."
        ),
        MechanismKind.DFI_ACCOUNTABILITY_MECHANISM: _(
            "A development bank's office for complaints about what it finances."
        ),
        MechanismKind.ARBITRATION: _("Private judges chosen under an agreement decide."),
        MechanismKind.INDEPENDENT_MEDIATION: _("A neutral person helps the sides to agree."),
        MechanismKind.OECD_NCP: _(
            "A government office that offers talks under the OECD Guidelines."
        ),
        MechanismKind.NHRI: _("An independent State institution for human rights."),
        MechanismKind.EQUALITY_BODY: _("A public body or tribunal against discrimination."),
        MechanismKind.DATA_PROTECTION_AUTHORITY: _("The public supervisor of personal data use."),
        MechanismKind.DIGITAL_SERVICES_COORDINATOR: _(
            "The national supervisor under the EU Digital Services Act."
        ),
        MechanismKind.ONLINE_SAFETY_REGULATOR: _(
            "A public body that can act on harmful online content."
        ),
        MechanismKind.OUT_OF_COURT_DISPUTE_BODY: _(
            "A certified body that reviews platform decisions."
        ),
        MechanismKind.CONSUMER_AUTHORITY: _(
            "A public body that protects consumers or settles their disputes."
        ),
        MechanismKind.LABOUR_BODY: _(
            "A public body that inspects work or conciliates disputes about it."
        ),
        MechanismKind.LABOUR_TRIBUNAL: _(
            "A court, tribunal or commission that decides disputes about work."
        ),
        MechanismKind.OMBUDSPERSON: _(
            "An office that looks into unfair treatment by those in its remit."
        ),
        MechanismKind.SUPPLY_CHAIN_AUTHORITY: _(
            "A public body that enforces a due diligence or transparency law."
        ),
        MechanismKind.AI_AUTHORITY: _("A public body that supervises artificial intelligence."),
        MechanismKind.POLICE_PROSECUTOR: _("A body that investigates and prosecutes crime."),
        MechanismKind.COURT_CIVIL: _(
            "A court that decides claims between people, companies and public bodies."
        ),
        MechanismKind.COURT_CRIMINAL: _("A court that decides guilt and sentence."),
        MechanismKind.COURT_CONSTITUTIONAL: _(
            "A court that tests acts of public power against law and fundamental rights."
        ),
        MechanismKind.PUBLIC_INQUIRY: _(
            "A parliament, royal commission or inquiry that finds facts in public."
        ),
        MechanismKind.INTERNATIONAL_BODY: _(
            "A United Nations, ILO or regional procedure, mostly about States."
        ),
        MechanismKind.DIGITAL_SECURITY_HELPLINE: _(
            "Technical help for people under digital attack."
        ),
        MechanismKind.ONLINE_GBV_OR_CHILD_SAFETY: _(
            "Help for people facing image abuse, harassment or abuse of children."
        ),
        MechanismKind.CHILD_SAFETY_HOTLINE: _(
            "A place to report abuse material so that it is taken down."
        ),
        MechanismKind.SUPPORT_ORGANISATION: _(
            "A group that advises, represents or accompanies people."
        ),
    },
    MechanismFamily: {
        MechanismFamily.STATE_JUDICIAL: _("Courts and criminal justice."),
        MechanismFamily.STATE_NON_JUDICIAL: _(
            "Public bodies other than courts that hear or follow up complaints."
        ),
        MechanismFamily.NON_STATE: _(
            "Company, industry, multi-stakeholder, finance and international mechanisms."
        ),
        MechanismFamily.SUPPORT: _(
            "Help for a person who looks for remedy or safety, without deciding anything."
        ),
    },
    Power: {
        Power.RECEIVES_COMPLAINTS: _("Takes a complaint or report from outside."),
        Power.INVESTIGATES: _("Looks into the facts."),
        Power.MEDIATES: _("Helps the sides to agree."),
        Power.ADJUDICATES: _("Decides who is right, even where the decision does not bind."),
        Power.ORDERS_COMPENSATION: _("Its decision can oblige someone to pay the person."),
        Power.ORDERS_CESSATION: _(
            "Its decision can oblige someone to stop, change, delete or restore."
        ),
        Power.FINES: _("Can impose or obtain a fine, which does not go to the person."),
        Power.ADVISES: _("Gives information, advice or recommendations."),
        Power.REPRESENTS: _("Acts or goes to court for people."),
        Power.EMERGENCY_SUPPORT: _("Gives quick help in danger."),
        Power.PROSECUTES: _("Can bring or lead a criminal case."),
    },
    NhriRole: {
        NhriRole.FOUNDATIONAL: _("Lays ground by training, research and advice on law."),
        NhriRole.INDIRECT: _("Helps people reach another body that gives remedy."),
        NhriRole.DIRECT: _("Handles complaints itself."),
    },
    Cost: {
        Cost.FREE: _("There is no fee."),
        Cost.FEE: _("A fee or court cost is usual."),
        Cost.OWN_COSTS: _("There is no fee, but travel, translation or a lawyer may cost money."),
        Cost.UNKNOWN: _("The cost is not recorded."),
    },
}


def definition_of(member: models.TextChoices) -> str:
    """The sentence that explains `member` in the active language.

    Raises KeyError for a list that no public page shows.
    """
    return str(DEFINITIONS[type(member)][member.value])
