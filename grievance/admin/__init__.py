"""The staff desk: Django's AdminSite with views of our own inside.

Nothing here decides anything. A press is one lifecycle verb; what is shown comes through
`Case.objects.visible_to` and `grievance.reading`; who may do what comes from `stakeholders.roles`.
"""
