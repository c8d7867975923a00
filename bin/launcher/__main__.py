"""`python bin/launcher COMMAND …`: run by its path, it leaves its place on the import path to its parent."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from launcher.entry import main

sys.exit(main(sys.argv[1:]))
