"""The fault harness: a whole Redress of its own, under load, killed again and again, then counted.

`make faults` runs it. Web server, worker, beat, PostgreSQL, Redis and a mail server run as
processes on loopback. People raise grievances through the pages and try again when something
breaks; staff move cases at the desk. Meanwhile processes are killed at moments drawn from a seed.
At the end what people were shown, and what the mail server took, is compared with the database.
"""
