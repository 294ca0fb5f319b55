"""Grievances of the demonstration that came in French. People, firms and events are made up."""

from datetime import timedelta

from grievance.lifecycle import Account
from grievance.management.demo.telling import Step, Story
from grievance.models import ContactChannel, OutOfScopeReason, WhoWasHarmed
from grievance.states import Verb
from stakeholders.roles import Role
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

_OVERTIME = Story(
    ago=timedelta(days=38),
    account=Account(
        narrative=(
            "Nous sommes onze ouvrières de l’atelier de câblage chez Sable Assembly. Depuis "
            "janvier, nous restons jusqu’à vingt-deux heures quatre jours par semaine, et la fiche "
            "de paie ne montre que huit heures par jour. Le chef dit que celles qui ne sont pas "
            "contentes peuvent partir. Une collègue enceinte est tombée deux fois. Nous ne voulons "
            "pas perdre notre place, nous voulons être payées et rentrer à l’heure."
        ),
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.ASSEMBLY,
        chain_note="Sable Assembly, atelier de câblage de la caméra Hearth.",
        country="MA",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.COMPENSATION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        remedy_note="Les heures de janvier à aujourd’hui, et des horaires affichés.",
        language="fr",
    ),
    steps=(
        Step(
            day=2.0,
            verb=Verb.ACKNOWLEDGE,
            by=Role.INTAKE_OFFICER,
            words=(
                "Merci de nous avoir écrit. J’ai lu votre message. Personne chez Sable Assembly "
                "n’apprendra que vous nous avez écrit."
            ),
        ),
        Step(
            day=2.1,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="Sable Assembly : heures supplémentaires non payées",
        ),
        Step(day=9.0, verb=Verb.TAKE_UP, by=Role.TEAM_LEAD, code=Harm.WAGES_HOURS_DISMISSAL),
        Step(
            day=20.0,
            verb=Verb.TELL_PLAN,
            by=Role.CASE_HANDLER,
            words=(
                "Voici où nous en sommes. Nous avons demandé à Sable Assembly les pointages de "
                "tous les ateliers, sans parler de vous. Nous les comparons maintenant aux fiches "
                "de paie. Vous aurez des nouvelles de nous dans les trente jours."
            ),
        ),
        Step(
            day=22.5,
            verb=Verb.WRITE_BACK,
            words=(
                "Merci. Depuis votre demande on nous laisse sortir à dix-huit heures, mais on ne "
                "nous a rien payé. Deux d’entre nous ont noté toutes leurs heures dans un cahier."
            ),
        ),
        Step(
            day=30.0,
            verb=Verb.WRITE_TO_PERSON,
            by=Role.CASE_HANDLER,
            words=(
                "Le cahier nous aide beaucoup. Gardez-le chez vous. Les pointages montrent la même "
                "chose que vous. Nous préparons la suite et nous vous la dirons ici."
            ),
        ),
    ),
)

_CITY_CAMERAS = Story(
    ago=timedelta(days=31),
    account=Account(
        narrative=(
            "La mairie de ma ville m’a envoyé trois amendes à cause de caméras qui lisent les "
            "plaques. Ce n’était pas ma voiture : je l’ai vendue l’an dernier. On me répond que "
            "l’ordinateur a raison. J’ai vu que votre entreprise fait des caméras, alors je vous "
            "écris."
        ),
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.UNKNOWN,
        country="FR",
        contact_channel=ContactChannel.EMAIL,
        email="ancienne.voiture@example.org",
        fears_retaliation=Answer.NO,
        employer_may_know=Answer.UNKNOWN,
        remedies_wanted=(RemedyForm.RESTITUTION,),
        language="fr",
    ),
    steps=(
        Step(day=1.5, verb=Verb.ACKNOWLEDGE, by=Role.INTAKE_OFFICER),
        Step(
            day=1.6,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="Amendes d’une mairie : caméras d’un autre fabricant",
        ),
        Step(
            day=6.0,
            verb=Verb.PROPOSE_OUT_OF_SCOPE,
            by=Role.INTAKE_OFFICER,
            code=OutOfScopeReason.OTHER_PROCEDURE,
            words=(
                "Nous avons vérifié : ces caméras ne viennent pas de nous, et les amendes sont une "
                "décision de votre mairie. Nous ne pouvons pas les annuler. Le Défenseur des "
                "droits peut vous aider gratuitement quand une administration ne répond pas ou se "
                "trompe. N’attendez pas : le délai pour contester une amende est court."
            ),
            places=("equality-fr-defenseur-des-droits",),
        ),
        Step(day=8.2, verb=Verb.CONFIRM_OUT_OF_SCOPE, by=Role.REVIEWER),
    ),
)

_RIDER = Story(
    ago=timedelta(days=17),
    account=Account(
        narrative=(
            "Je livre à moto pour Teranga Courses avec votre application Waybill. Elle me donne "
            "des courses si serrées que je dois rouler trop vite. J’ai eu un accident en mai et "
            "mon compte a été bloqué pendant que j’étais à l’hôpital, parce que je refusais des "
            "courses. Je n’ai rien gagné pendant six semaines."
        ),
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.CUSTOMER_USE,
        country="SN",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.COMPENSATION, RemedyForm.REHABILITATION),
        language="fr",
    ),
    steps=(
        Step(
            day=1.0,
            verb=Verb.ACKNOWLEDGE,
            by=Role.INTAKE_OFFICER,
            words="Merci de nous l’avoir dit. J’ai lu votre message et je m’en occupe.",
        ),
        Step(
            day=1.1,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="Waybill : accident, compte bloqué à l’hôpital",
        ),
        Step(
            day=5.0,
            verb=Verb.WITHDRAW,
            code=Answer.YES,
            words=(
                "Mon chef a su que je vous ai écrit. Il m’a dit d’arrêter si je veux garder ma "
                "moto. J’arrête."
            ),
        ),
    ),
)

_COBALT = Story(
    ago=timedelta(days=12),
    account=Account(
        narrative=(
            "Mon neveu a treize ans et il descend dans les puits près de Kolwezi. Le minerai est "
            "vendu au dépôt qui fournit Ridgeway Minerals, on voit leurs camions. En juin un puits "
            "s’est effondré et deux enfants du quartier ont été blessés. Le dépôt a payé les "
            "familles pour qu’elles se taisent. Je parle pour mon neveu et pour les autres."
        ),
        who_was_harmed=WhoWasHarmed.SOMEONE_ELSE,
        value_chain_stage=ValueChainStage.RAW_MATERIALS,
        chain_note="Ridgeway Minerals, pour les batteries.",
        country="CD",
        contact_channel=ContactChannel.EMAIL,
        email="oncle.du.quartier@example.org",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(
            RemedyForm.REHABILITATION,
            RemedyForm.COMPENSATION,
            RemedyForm.GUARANTEES_OF_NON_REPETITION,
        ),
        remedy_note="Que les enfants soient soignés et retournent à l’école.",
        language="fr",
    ),
    steps=(
        # Answered late: the aim of three days had passed, and the team lead had heard of it.
        Step(
            day=4.6,
            verb=Verb.ACKNOWLEDGE,
            by=Role.TEAM_LEAD,
            words=(
                "Nous vous répondons plus tard que promis, et nous le regrettons. J’ai lu ce que "
                "vous écrivez sur les enfants. Nous vérifions tout de suite d’où viennent ces "
                "livraisons. Ne prenez aucun risque pour nous donner des preuves."
            ),
        ),
        Step(
            day=4.7,
            verb=Verb.NAME_CASE,
            by=Role.TEAM_LEAD,
            words="Ridgeway Minerals : enfants dans les puits",
        ),
    ),
)

STORIES = (_OVERTIME, _CITY_CAMERAS, _RIDER, _COBALT)
