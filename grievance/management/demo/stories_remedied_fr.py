"""Grievances in French that went on to an end. People, firms and events are made up."""

from datetime import timedelta

from grievance.management.demo.telling import Story
from grievance.management.demo.working import (
    accept,
    appeal,
    begin,
    change,
    check,
    conclude,
    confirm,
    confirm_nexus,
    done,
    element,
    find,
    judge,
    lever,
    many,
    measure,
    nexus,
    offer,
    opening,
    paid,
    plan,
    rate,
    say,
    settle,
    share,
    spoken,
    told,
    verdict,
)
from grievance.management.demo.world import FIELDBOOK, PARLEY
from grievance.models import WhoWasHarmed
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

# Closed as remedied in part, and the people say no: contested.
_WELL = Story(
    ago=timedelta(days=170),
    account=told(
        "Depuis que l’atelier de batteries s’est installé, l’eau du puits de notre quartier a un "
        "goût de métal. Nous achetons l’eau en bidons. Deux familles ont perdu leurs moutons. On "
        "nous avait promis une analyse, nous ne l’avons jamais vue.",
        who_was_harmed=WhoWasHarmed.POPULATION,
        value_chain_stage=ValueChainStage.OWN_OPERATIONS_WORKPLACE,
        country="MA",
        email="le.puits@example.org",
        employer_may_know=Answer.YES,
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.COMPENSATION),
        remedy_note="L’eau comme avant, et les moutons.",
        language="fr",
    ),
    steps=(
        *opening(
            answered=1.2,
            words="Merci de nous avoir écrit. Ne buvez plus cette eau, nous en faisons livrer.",
            title="Atelier de batteries : eau d’un puits",
            taken_up=5.0,
            harm=Harm.ENVIRONMENT_LIVELIHOOD,
        ),
        rate(14.0, (3, 3, 3), "collective", "own_operations_workplace"),
        many(
            14.05,
            "Les familles du quartier, environ trois cents personnes, et leurs bêtes.",
            "surroundings",
            "L’eau de lavage de l’atelier est passée dans la nappe du puits.",
            "nuun",
        ),
        element(14.1, Harm.ENVIRONMENT_LIVELIHOOD, "group", "partly", "L’eau du puits."),
        nexus(14.2, "ynynn", "Notre atelier rejette l’eau de lavage sans la filtrer."),
        share(14.3, "caused", 100),
        plan(18.0),
        measure(22.0, "restitution", "Un filtre à l’atelier et un nouveau puits.", due=60),
        measure(
            22.1,
            "compensation",
            "Le prix des moutons et de l’eau achetée.",
            due=30,
            money=paid("damage", 1_450_000, currency="XOF"),
        ),
        offer(25.0, "Voici ce que nous proposons au quartier."),
        accept(31.0, 0),
        accept(31.1, 1),
        begin(32.0),
        done(55.0, 1, "Reçus signés par les deux familles."),
        check(58.0, 1),
        say(60.0, "Le filtre est posé la semaine prochaine. Le forage du puits a commencé."),
        done(82.0, 0, "Photos du filtre et du puits, première analyse."),
        check(85.0, 0),
        *change(
            85.1,
            -1,
            "Aucun atelier ne rejette plus d’eau de lavage sans filtre.",
            "Consigne signée et relevés de trois ateliers.",
        ),
        judge(88.0, 0, "partial", "L’eau du nouveau puits est bonne, l’ancien reste fermé."),
        conclude(
            90.0,
            "remedied_partial",
            "Le filtre fonctionne et le nouveau puits est ouvert. L’ancien puits reste fermé : "
            "la terre mettra des années à se nettoyer.",
        ),
        verdict(
            96.0,
            "no",
            "Le nouveau puits est à sec depuis une semaine. Rien n’est réglé.",
            adequate=Answer.NO,
            prompt=Answer.NO,
            safe=Answer.YES,
        ),
        spoken(
            98.0,
            "Comité des usagers de l’eau",
            "partly",
            "Le filtre est posé. Nous attendons de l’eau toute l’année.",
        ),
    ),
)

# The person asks other people to look again.
_LOAN = Story(
    ago=timedelta(days=120),
    account=told(
        "On m’a refusé un prêt dans une boutique de téléphones. Le vendeur a dit que votre "
        "programme ne donne pas de crédit dans mon quartier. Je paie mes factures depuis dix ans. "
        "Ma voisine, qui a déménagé, l’a eu tout de suite.",
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.MARKETING_SALES,
        country="FR",
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        language="fr",
    ),
    steps=(
        *opening(
            answered=2.0,
            words="Merci. J’ai lu votre message et nous demandons comment ce crédit est calculé.",
            title="Fieldbook à crédit : refus selon le quartier",
            taken_up=9.0,
            harm=Harm.ALGORITHMIC_DISCRIMINATION,
        ),
        rate(20.0, (2, 3, 1), "group", "marketing_sales"),
        element(20.1, Harm.ALGORITHMIC_DISCRIMINATION, "group", "reversible", "Crédit refusé."),
        nexus(20.2, "nyynn", "Le calcul vient de nous, la boutique l’applique."),
        share(20.3, "contributed", 80, product=FIELDBOOK),
        plan(23.0),
        measure(26.0, "restitution", "Votre demande est revue sans le quartier.", due=20),
        offer(
            28.0,
            "Nous proposons de revoir votre demande.",
            despite="cannot_wait",
            note="La réponse presse. Le calcul change pour tous dans un autre dossier.",
        ),
        accept(31.0, 0),
        begin(32.0),
        done(40.0, 0, "Nouvelle réponse de la boutique, positive."),
        check(43.0, 0),
        judge(44.0, 0, "partial", "Le crédit est là, le calcul n’a pas encore changé."),
        conclude(
            46.0,
            "remedied_partial",
            "Vous avez le crédit. Le calcul lui-même est encore le même pour les autres.",
        ),
        verdict(50.0, "no", "Et les gens de ma rue ?", adequate=Answer.NO),
        appeal(
            108.0,
            "Vous avez réparé pour moi et pas pour les autres. Je demande que quelqu’un d’autre "
            "regarde encore une fois.",
        ),
    ),
)

# Looked into, not established, decided by two people.
_LISTENING = Story(
    ago=timedelta(days=60),
    account=told(
        "Je crois que Parley écoute ce que je dis. J’ai parlé d’un lit pour enfant et le soir j’ai "
        "vu une publicité pour un lit. Cela est arrivé trois fois.",
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.END_USE_PLATFORM_CONTENT,
        country="CA",
        remedies_wanted=(RemedyForm.SATISFACTION,),
        language="fr",
    ),
    steps=(
        *opening(
            answered=1.0,
            words="Merci de nous l’avoir dit. Nous allons regarder ce que l’appareil envoie.",
            title="Parley : publicité après une conversation",
            taken_up=7.0,
            harm=Harm.TRACKING_PROFILING,
        ),
        rate(20.0, (1, 1, 0), "individual", "end_use_platform_content"),
        element(20.1, Harm.TRACKING_PROFILING, "person", "reversible", "Publicité ressentie."),
        nexus(20.2, "uunun", "Rien ne montre un enregistrement ; d’autres traceurs restent."),
        nexus(27.0, "nnnnn", "Un mois d’envois relu, ici et par un laboratoire : aucun son."),
        confirm_nexus(28.0),
        find(
            30.0,
            "not_established",
            "evidence_does_not_show",
            "Nous avons regardé tout ce que votre appareil a envoyé pendant un mois. Il n’y a "
            "aucun son. Un laboratoire de l’extérieur a trouvé la même chose. Si vous en doutez, "
            "l’organisme nommé ici peut vérifier sans nous.",
            "dpa-ca",
        ),
        confirm(33.0),
    ),
)

# Linked: influence on a partner had an effect.
_CHILD_IN_A_CLIP = Story(
    ago=timedelta(days=150),
    account=told(
        "Un fournisseur de contenus qui travaille avec Parley nous fait signer des vidéos "
        "d’enfants sans demander les parents. Mon fils de neuf ans est dans une publicité, je "
        "l’ai appris à l’école.",
        who_was_harmed=WhoWasHarmed.SOMEONE_ELSE,
        value_chain_stage=ValueChainStage.DATA_SHARING_THIRD_PARTY,
        country="SN",
        fears_retaliation=Answer.UNKNOWN,
        remedies_wanted=(RemedyForm.SATISFACTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        language="fr",
    ),
    steps=(
        *opening(
            answered=0.8,
            words="J’ai lu votre message. La vidéo de votre fils est retirée depuis ce matin.",
            title="Parley : vidéo d’un enfant sans accord",
            taken_up=4.0,
            harm=Harm.CHILD_DESIGN_HARM,
        ),
        rate(10.0, (3, 2, 2), "group", "data_sharing_third_party"),
        element(10.1, Harm.CHILD_DESIGN_HARM, "person", "partly", "Images d’un enfant."),
        nexus(10.2, "nnnny", "Le partenaire agit seul, mais il travaille avec Parley."),
        share(10.3, "linked", 100, partner="Teranga Courses", product=PARLEY),
        plan(13.0),
        lever(
            14.0,
            "Teranga Courses",
            "contract",
            "Plus de vidéo sans l’accord écrit des parents, sinon plus de contrat.",
            due=30,
        ),
        lever(14.1, "Teranga Courses", "capacity", "Former les équipes de tournage.", due=60),
        begin(16.0),
        settle(50.0, 0, "effect"),
        say(52.0, "Le partenaire a signé. Nous formons maintenant ses équipes."),
        settle(75.0, 1, "effect"),
        conclude(
            80.0,
            "leverage_effect",
            "Le partenaire a retiré onze vidéos et demande maintenant l’accord des parents. Nous "
            "avons vu les papiers.",
        ),
        verdict(
            84.0,
            "partly",
            "C’est bien pour la suite. Personne ne s’est excusé auprès de mon fils.",
            adequate=Answer.NO,
            prompt=Answer.YES,
            safe=Answer.YES,
        ),
    ),
)

STORIES = (_WELL, _LOAN, _LISTENING, _CHILD_IN_A_CLIP)
