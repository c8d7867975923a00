"""Copies of everything that must not be lost: the database and the files received, in one archive.

`archive` is the file itself, its checksums and its encryption; `sqlite` and `postgresql` take a database as it stands
at one instant, and put one in the place of another; `copying` makes an archive, `restoring` proves one in a scratch
place before it replaces anything.
"""
