"""What is said in the walkthrough: by Marisol in Spanish, and by those who answer her.

She puts telephones together in a supplier's works. People, places and events are made up.
"""

from collections.abc import Mapping

from config.local.walkthrough.hands import Values

LANGUAGE = "es"

NARRATIVE = (
    "Trabajo en la planta de Tijuana, en la línea donde se pegan las pantallas del teléfono. Desde "
    "marzo usamos un pegamento nuevo que huele muy fuerte y no hay extracción de aire. Dos "
    "compañeras se desmayaron. Cuando pedimos mascarillas nos mandaron a casa tres días sin pago."
)
FILE_NAME, FILE = "turnos de marzo.txt", b"3, 4 y 5 de marzo: sin turno y sin pago.\n"
ADDRESS = "marisol.de.la.linea.cuatro@example.org"
"""Where she can be told that there is something to read; nothing else is ever in such a mail."""

ANSWERS: tuple[Values, ...] = (
    {"narrative": NARRATIVE},
    {"who_was_harmed": "group"},
    {
        "value_chain_stage": "assembly",
        "chain_note": "Línea cuatro, las pantallas.",
        "country": "MX",
    },
    {"contact_channel": "email", "email": ADDRESS},
    {"fears_retaliation": "yes"},
    {"employer_may_know": "no"},
    {
        "remedies_wanted": ["restitution", "guarantees_of_non_repetition"],
        "remedy_note": "Que nos paguen los tres días y que el aire se pueda respirar.",
    },
)
"""One answer to each question, in the order of asking."""

TITLE = "Tijuana: fumes at the line for screens, three days unpaid"
ACKNOWLEDGED = (
    "Gracias por escribirnos. Soy la persona que recibe los mensajes y he leído el suyo. Lo que "
    "cuenta es peligroso, así que hoy mismo lo paso al equipo."
)
ISSUE = ("Safety and health at work", "Seguridad y salud en el trabajo")
TEAM = ("Labour rights", "Derechos laborales")
"""As the lists name them, in the two languages in which the desk is used here."""

SEVERITY: Mapping[str, str] = {
    "scale": "2",
    "scope": "2",
    "irremediability": "1",
    "level_of_harm": "group",
    "origin_stage": "assembly",
}
ELEMENT = "Fumes without extraction made people faint; three days without pay for asking."
NEXUS: Mapping[str, str] = {
    "own_act_alone": "no",
    "own_act_with_others": "yes",
    "foreseeable": "yes",
    "risk_reduced": "no",
    "tie": "yes",
}
NEXUS_EVIDENCE: Mapping[str, str] = {
    "own_act_alone_evidence": "The line belongs to the supplier, and so do its rules.",
    "own_act_with_others_evidence": "Our drawing names the glue; the order names the days.",
    "foreseeable_evidence": "The safety sheet of the glue, in our own files since January.",
    "risk_reduced_evidence": "Nobody asked for extraction, as the letters show.",
    "tie_evidence": "The contract with the supplier.",
}
NEXUS_NOTE = "Our drawing asks for this glue, and we shortened the time of delivery."

ASK = (
    "Queremos preguntar a la empresa de la planta, sin decir quién nos escribió. Así pueden "
    "cambiar el aire enseguida. Si usted prefiere que no, buscamos otro camino."
)
RENDITION = (
    "At one of your lines a new glue is used without extraction of air. People fainted, and some "
    "who asked for masks lost three days of pay. Please stop the glue until the air is clean, pay "
    "the days back to everybody concerned, and tell us what you did. Do not ask who told us."
)
RECEIVED = "Received. Our safety officer goes to the line today."
STEP = "The glue is not used since this morning. Fans are there; the extraction comes."
ANSWER = (
    "All of it is so. The extraction is ordered, the glue is replaced, and the three days are paid "
    "back to the eleven people who lost them."
)

PAY = "Se le pagan los tres días de marzo, a usted y a todas las personas que los perdieron."
AIR = "Se cambia el pegamento y se instala la extracción de aire antes de volver a usar la línea."
DOCTOR = "Un médico que usted elija la revisa este mes. Lo pagamos nosotros."
OFFER = "Esto es lo que podemos hacer. Puede aceptar una parte y otra no."
COUNTER = "Está bien el aire, pero también quiero que nos vea un médico. Sigo mareada."
SECOND_OFFER = "Tiene razón: añadimos el médico."
LETTER_NAME, LETTER = "qué se mide en el aire.txt", b"Se mide el aire cada lunes.\n"
WROTE = "Aquí le mandamos cómo se mide el aire desde ahora."
EVIDENCE = ("The pay slips of eleven people.", "Two measurements of the air.", "The doctor's bill.")
CHANGE = "No new glue at any line before its air has been measured."
CHANGE_PROOF = "The rule of the works, and the first two measurements."
RESULT = "The pay came, the air is measured, and the doctor was paid."
ENDED = (
    "Se hizo todo lo acordado y otra persona lo comprobó. Lamentamos lo que pasó y gracias por "
    "decirlo: la línea es más segura para todas las personas que trabajan en ella."
)
VERDICT: Mapping[str, str] = {
    "delivered": "yes",
    "adequate": "yes",
    "prompt": "yes",
    "safe": "yes",
    "words": "Ya se puede respirar. Ojalá hubieran escuchado antes.",
}
