"""The one table of the floor."""

TABLE = """
CREATE TABLE floor_grievance (
    id bigserial PRIMARY KEY,
    narrative text NOT NULL,
    who varchar(16) NOT NULL,
    country varchar(2) NOT NULL,
    contact varchar(254) NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
)
"""
