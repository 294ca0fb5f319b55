"""One made-up case from its first word to its last, walked through the pages in a real browser.

The four users each have a module that knows their pages and nothing else; `story` lets them take
turns. Tests walk it to prove the way, `config.local.pictures` to show it. Nothing here knows the
database: what a person cannot do on a page is not done.
"""
