"""`python -m bench.enlarge --times 10` or `--marks 100000`: a larger year in the database of the environment."""

import argparse

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--times", type=int, help="as many times what people made")
    wanted.add_argument("--marks", type=int, help="attendances in all")
    options = parser.parse_args()
    django.setup()
    enlarge(options)


def enlarge(options: argparse.Namespace) -> None:
    from bench.volume import YEAR, make_volume, multiply
    from cordee.meetings.models import Attendance
    from cordee.toolkit import clock
    from cordee.treasury.actions.runs import advance_run, start_run

    if options.times:
        multiply(options.times, until=clock.today())
        advance_run(start_run(year=YEAR, period="mid-year", by=None, on=clock.today()))
    else:
        make_volume(options.marks - Attendance.objects.count())


if __name__ == "__main__":
    main()
