"""What was acknowledged, and what is found of it after a misfortune.

`python -m bench.acknowledged send ADDRESS FILE` sends arrivals, as telephones at the door do, until nobody answers any
more, and writes each one that was acknowledged. `python -m bench.acknowledged count FILE` says, on the database of its
own settings, how many of these are lost, and since when.
"""

import argparse
import http.client
import json
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TextIO
from urllib.parse import urlsplit

import django

from bench.crowd import Caller

CLIENTS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    send = commands.add_parser("send")
    send.add_argument("address")
    send.add_argument("file", type=Path)
    commands.add_parser("count").add_argument("file", type=Path)
    options = parser.parse_args()
    django.setup()
    if options.command == "send":
        sent(options.address, options.file)
    else:
        print(json.dumps(counted(options.file)))


def sent(address: str, file: Path) -> None:
    from bench.arrivals import arriving

    telephones = arriving(address, CLIENTS).callers
    with file.open("w", encoding="utf-8") as written:
        threads = [Thread(target=send_all, args=(telephone, written)) for telephone in telephones]
        print("ready", flush=True)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def send_all(telephone: Caller, written: TextIO) -> None:
    """Until the first silence: what is sent after it proves nothing."""
    connection = http.client.HTTPConnection(urlsplit(telephone.address).netloc, timeout=60)
    with suppress(OSError, http.client.HTTPException):
        for call in telephone.calls():
            if not telephone.send(connection, call):
                written.write(json.dumps([*call, time.time()]) + "\n")
                written.flush()
    connection.close()


def counted(file: Path) -> dict[str, object]:
    """`window_s`: from the first acknowledged act that is lost to the last that was acknowledged, 0 when none is."""
    from cordee.meetings.models import CheckIn

    acts = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.endswith("]")]
    found = set(CheckIn.objects.order_by("pk").values_list("meeting_id", "person__email"))
    lost = [at for meeting, address, at in acts if (meeting, address) not in found]
    last = max((at for *_act, at in acts), default=0.0)
    return {
        "acknowledged": len(acts),
        "lost": len(lost),
        "window_s": round(last - min(lost), 2) if lost else 0.0,
    }


if __name__ == "__main__":
    main()
