"""Walk the main job against a running demonstration; exit 0, or 1 with the sentence of the step that failed."""

import sys
from urllib.error import URLError

from cordee.home.walkthrough.story import STEPS, Story, WentWrong


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Donnez l’adresse : python -m cordee.home.walkthrough http://127.0.0.1:8000\n")
        return 2
    story = Story(arguments[0])
    for step in STEPS:
        try:
            for seen in step(story):
                sys.stdout.write(f"✓ {seen}\n")
        except (WentWrong, LookupError, StopIteration, URLError, ValueError) as error:
            sys.stdout.write(f"✗ {step.__name__} : {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
