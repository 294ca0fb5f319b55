"""Walks rows of real, public cases through the real verbs, on a scratch database.

`rows` reads the file, `scratch` makes and drops the database, `cast` hires the people, `scope`
says which rows a company's mechanism is the wrong place for, `journey` does the walking, and
`report` says how far a row came.
"""
