"""Walks rows of real, public cases through the real verbs, on a scratch database.

`rows` reads the file, `scratch` makes and drops the database, `cast` hires the people, `scope`
says which rows a company's mechanism is the wrong place for, `journey` walks to the assessment
and `remedying` to the end. `allegation`, `gravity`, `firms` and `endings` say what a row is taken
to mean: reviewed tables with reasons. `report` says how far a row came.
"""
