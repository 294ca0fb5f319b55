"""A grievance of the demonstration that came in Portuguese. People and events are made up."""

from datetime import timedelta

from grievance.management.demo.telling import Story
from grievance.management.demo.working import (
    accept,
    begin,
    change,
    check,
    conclude,
    done,
    element,
    judge,
    measure,
    nexus,
    offer,
    opening,
    plan,
    rate,
    see,
    share,
    told,
    verdict,
)
from grievance.management.demo.world import FIELDBOOK
from grievance.models import WhoWasHarmed
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

# The whole way, with a person who calls it done in part.
_READER = Story(
    ago=timedelta(days=115),
    account=told(
        "Minha avó tem oitenta e um anos. O telefone Fieldbook dela aceitou sozinho uma assinatura "
        "de jogos que custa mais do que a luz. O botão para cancelar está em inglês e em letra "
        "cinza. Ela pagou sete meses porque pensou que era a conta do telefone.",
        who_was_harmed=WhoWasHarmed.SOMEONE_ELSE,
        value_chain_stage=ValueChainStage.MARKETING_SALES,
        country="BR",
        email="avo.e.neta@example.org",
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        language="pt",
    ),
    steps=(
        *opening(
            answered=1.3,
            words="Obrigada por escrever. Li a sua mensagem, e a assinatura está parada.",
            title="Fieldbook: assinatura que ninguém pediu",
            taken_up=6.0,
            harm=Harm.CONSUMER_DECEPTION_DARK_PATTERNS,
        ),
        rate(12.0, (1, 3, 0), "group", "marketing_sales"),
        element(
            12.1,
            Harm.CONSUMER_DECEPTION_DARK_PATTERNS,
            "person",
            "reversible",
            "Sete meses pagos sem querer.",
        ),
        nexus(12.2, "ynynn", "A tela de compra é nossa, e os testes mostraram o erro."),
        share(12.3, "caused", 100, product=FIELDBOOK),
        plan(15.0),
        measure(18.0, "restitution", "Os sete meses de volta.", due=20),
        measure(18.1, "guarantees_of_non_repetition", "Um botão claro, em português.", due=60),
        offer(20.0, "Devolvemos a todas as pessoas que pagaram sem querer."),
        accept(23.0, 0),
        accept(23.1, 1),
        begin(24.0),
        done(30.0, 0, "Comprovante do banco."),
        check(32.0, 0),
        see(33.0, 0, "confirmed"),
        done(64.0, 1, "Imagem da tela nova."),
        check(66.0, 1),
        *change(64.1, 1, "Nenhuma compra sem um botão claro para sair.", "Teste da tela nova."),
        judge(67.0, 0, "full", "O dinheiro voltou inteiro e o botão mudou."),
        conclude(68.0, "remedied_full", "O dinheiro voltou e o botão mudou para todos."),
        verdict(
            72.0,
            "partly",
            "O dinheiro voltou. Levou tempo demais para uma pessoa de oitenta e um anos.",
            adequate=Answer.YES,
            prompt=Answer.NO,
            safe=Answer.YES,
        ),
    ),
)

STORIES = (_READER,)
