"""Whether the web server of this machine answers: `python -m stack.healthy 8000 [/readyz]`."""

import http.client
import os
import sys


def answers(port: int, hosts: str, page: str = "/healthz") -> bool:
    """Whether `page` answers well, asked by the first name that the product goes by."""
    host = hosts.split(",", 1)[0].strip(" .*") or "localhost"
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", page, headers={"Host": host})
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


if __name__ == "__main__":
    port, *pages = sys.argv[1:]
    sys.exit(not answers(int(port), os.environ.get("ALLOWED_HOSTS", ""), *pages))
