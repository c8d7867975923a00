"""Whether the server of this container answers: status 0 when it does."""

import os
import sys
from http.client import HTTPConnection, HTTPException

host = os.environ["CORDEE_HOSTS"].split(",")[0].strip()
connection = HTTPConnection("127.0.0.1", int(os.environ.get("CORDEE_PORT", "8000")), timeout=4)
try:
    connection.request("GET", "/sante/vivant/", headers={"Host": host})
    sys.exit(connection.getresponse().status != 200)
except (OSError, HTTPException):
    sys.exit(1)
