"""`bin/backup`: everything that must not be lost, in one file; the service may run meanwhile."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from launcher import project, serve


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/backup",
        description="Copie la base et les fichiers reçus dans une archive, avec leurs sommes de contrôle.",
    )
    parser.add_argument("folder", type=Path, help="le dossier où écrire l’archive")
    parser.add_argument(
        "--recipient", action="append", default=[], help="chiffre l’archive pour cette clé publique d’age (age1…)"
    )
    options = parser.parse_args(arguments)
    keys = [part for key in options.recipient for part in ("--recipient", key)]
    return project.manage(["backup", str(options.folder.absolute()), *keys], serve.settings())
