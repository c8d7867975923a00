"""`python bin/launcher COMMAND …`: run by its path, so what holds the folder must join the import path first."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from launcher.entry import main

sys.exit(main(sys.argv[1:]))
