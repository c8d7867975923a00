"""The two commands of a fresh machine, and what they share. Standard library only, no part of Cordée.

`start.sh` runs this folder with any Python from 3.9; `entry` finds one new enough and makes `.venv` from the
lock; then the command itself runs with the Python of `.venv`. All of it keeps to the syntax of 3.9, so that
`--help` and every refusal are read on the barest machine.
"""
