"""`bin/restore`: a copy proved in a place apart, then put where the data stand; what stood there is kept beside."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from launcher import project, serve


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/restore", description="Vérifie une archive dans un endroit à part, puis la met en place."
    )
    parser.add_argument("archive", type=Path, nargs="?", help="l’archive faite par bin/backup")
    parser.add_argument("--identity", type=Path, help="le fichier de la clé privée d’age, si l’archive est chiffrée")
    parser.add_argument("--replica", action="store_true", help="reprend la base de la réplique (CORDEE_REPLICA)")
    parser.add_argument("--at", help="avec --replica, l’instant voulu, par exemple 2025-01-20T15:04:05Z")
    parser.add_argument("--check", action="store_true", help="vérifie seulement, sans rien remplacer")
    options = parser.parse_args(arguments)
    env = serve.settings()
    serve.data_folder(serve.probed(env)["data"])
    asked = [str(options.archive.absolute())] if options.archive else []
    asked += ["--identity", str(options.identity.absolute())] if options.identity else []
    asked += ["--replica"] if options.replica else []
    asked += ["--at", options.at] if options.at else []
    asked += ["--check"] if options.check else []
    return project.manage(["restore", *asked], env)
