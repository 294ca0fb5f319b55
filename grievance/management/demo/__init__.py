"""The demonstration: a made-up technology company, its people, and grievances raised with it.

`world` holds the company, `stories*` what people wrote and what was answered, `playing` plays the
stories through the real verbs, and `keepsake` remembers the sample case's key for the next start.
"""
