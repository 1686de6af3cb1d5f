"""A clamd that speaks INSTREAM, in a thread of the test, on a socket of the machine itself."""

import socket
import struct
import threading
from contextlib import contextmanager, suppress

# The sign that scanners agree to find, in halves, so that none finds it in this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _receive(line, size):
    got = b""
    while len(got) < size:
        piece = line.recv(size - len(got))
        if not piece:
            raise EOFError
        got += piece
    return got


def _answer_to(line, largest, says):
    """What clamd says of one stream."""
    if _receive(line, 10) != b"zINSTREAM\0":
        return b"UNKNOWN COMMAND\0"
    got = b""
    while (size := struct.unpack(">L", _receive(line, 4))[0]) > 0:
        got += _receive(line, size)
        if len(got) > largest:
            return b"INSTREAM size limit exceeded. ERROR\0"
    if says:
        return says + b"\0"
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in got else b"stream: OK\0"


@contextmanager
def fake_clamd(path=None, largest=1 << 30, silent=None, says=b""):
    """Its address. `silent` is an event: until it is set, nothing is answered."""
    server = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    server.bind(str(path) if path else ("127.0.0.1", 0))
    server.listen()

    def serve():
        with suppress(OSError):
            while True:
                line, _peer = server.accept()
                with line, suppress(OSError, EOFError):
                    if silent is not None:
                        silent.wait(10)
                    line.sendall(_answer_to(line, largest, says))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield str(path) if path else f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        if silent is not None:
            silent.set()
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)
