"""The invented year 2024-2025 of the demonstration, loaded by `manage.py load_demo`.

Everything in it is invented but the cadre’s own data. Nothing is random at run time: the people, their
participations and the meetings are reviewed files (`data/`), attendance follows from arithmetic on their positions
(`attendance.py`), and what a real year has of the irregular is written out, one function each
(`irregularities.py`).
"""
