"""Grievances of the demonstration that came in Spanish. People and events are made up."""

from datetime import timedelta

from grievance.management.demo.telling import Story
from grievance.management.demo.working import (
    begin,
    conclude,
    element,
    lever,
    measure,
    nexus,
    nothing_back,
    offer,
    opening,
    paid,
    plan,
    rate,
    say,
    settle,
    share,
    told,
    verdict,
)
from grievance.management.demo.world import WAYBILL
from grievance.models import WhoWasHarmed
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

# Influence on a supplier without effect, and said so.
_UNION = Story(
    ago=timedelta(days=160),
    account=told(
        "Trabajamos en Tolva Metals, donde se funde el metal de sus baterías. Cuando formamos un "
        "sindicato, despidieron a los siete que firmaron. La empresa dice que fue por falta de "
        "pedidos, pero esa semana contrató a doce personas nuevas.",
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.RAW_MATERIALS,
        chain_note="Tolva Metals, la fundición.",
        country="CL",
        email="los.siete@example.org",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.YES,
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        remedy_note="Volver a nuestro trabajo.",
        language="es",
    ),
    steps=(
        *opening(
            answered=1.1,
            words="Gracias por escribirnos. He leído su mensaje y hoy hablo con compras.",
            title="Tolva Metals: siete despidos tras formar un sindicato",
            taken_up=6.0,
            harm=Harm.FREEDOM_OF_ASSOCIATION,
        ),
        rate(15.0, (2, 2, 1), "collective", "raw_materials"),
        element(15.1, Harm.FREEDOM_OF_ASSOCIATION, "group", "reversible", "Siete despidos."),
        nexus(15.2, "nnnny", "Compramos su metal; no supimos nada antes de su carta."),
        share(15.3, "linked", 100, partner="Tolva Metals"),
        plan(18.0),
        lever(19.0, "Tolva Metals", "contract", "Pedir la vuelta de los siete.", due=30),
        lever(19.1, "Tolva Metals", "peers", "Pedirlo junto con otros dos clientes.", due=60),
        begin(20.0),
        settle(55.0, 0, "no_effect"),
        say(57.0, "La empresa dijo que no. Ahora lo pedimos junto con otros dos clientes."),
        settle(90.0, 1, "no_effect"),
        conclude(
            95.0,
            "leverage_no_effect",
            "Lo pedimos dos veces, solos y con otros, y la empresa dijo que no. No renovamos el "
            "contrato antes de que ustedes nos digan qué prefieren. El juez laboral puede más.",
        ),
        verdict(
            99.0,
            "no",
            "Gracias por decirlo claro. Seguimos sin trabajo.",
            adequate=Answer.NO,
            prompt=Answer.YES,
            safe=Answer.YES,
        ),
    ),
)

# The offer lies with the person.
_TIPS = Story(
    ago=timedelta(days=40),
    account=told(
        "Reparto comida con Waybill. Desde mayo la aplicación cuenta las propinas como parte de lo "
        "que me paga la empresa. En total me faltan casi dos semanas de trabajo.",
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.CUSTOMER_USE,
        country="MX",
        remedies_wanted=(RemedyForm.COMPENSATION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        language="es",
    ),
    steps=(
        *opening(
            answered=1.4,
            words="Gracias. Ya tengo su mensaje y pido las cuentas de mayo.",
            title="Waybill: propinas descontadas del pago",
            taken_up=7.0,
            harm=Harm.WAGES_HOURS_DISMISSAL,
        ),
        rate(14.0, (2, 3, 0), "group", "design_product_development"),
        element(14.1, Harm.WAGES_HOURS_DISMISSAL, "person", "reversible", "Propinas restadas."),
        nexus(14.2, "nyyun", "La regla está en nuestro programa; el cliente la activó."),
        share(14.3, "contributed", 60, product=WAYBILL),
        plan(18.0),
        nothing_back(23.0, 0, "nothing_taken"),
        measure(
            24.0,
            "compensation",
            "Todas las propinas desde mayo, con intereses.",
            due=25,
            money=paid("lost_pay", 180, 220),
        ),
        measure(
            24.1,
            "guarantees_of_non_repetition",
            "Waybill ya no puede contar propinas como pago, en ningún país.",
            due=50,
        ),
        offer(33.0, "Puede aceptar una cosa y la otra no. No pierde ningún derecho."),
    ),
)

STORIES = (_UNION, _TIPS)
