"""The other end of relay.c: relay.py PORT NAME ARGUMENT... runs NAME on Linux and sends what it writes to that port."""

import os
import re
import socket
import struct
import subprocess
import sys
import threading


def path(argument):
    """A path of Windows as Linux has it; anything else as it is."""
    argument = argument.removeprefix("\\\\?\\")
    drive = re.match(r"([A-Za-z]):[\\/]", argument)
    if drive:
        drives = os.path.join(os.environ["LIAISON_WINE"], "dosdevices")
        return os.path.join(drives, drive[1].lower() + ":", argument[3:].replace("\\", "/"))
    return argument.replace("\\", "/") if argument.startswith("/") else argument


def main():
    port, name, *arguments = sys.argv[1:]
    relay = socket.create_connection(("127.0.0.1", int(port)))
    sending = threading.Lock()

    def send(kind, number, data=b""):
        with sending:
            relay.sendall(kind + struct.pack(">I", number) + data)

    # The system's own Python, which has the system's packages.
    program = ["/usr/bin/python3" if name == "python3" else name, *map(path, arguments)]
    # Its input stays open until the program of Windows ends: that is what the tests' mail server goes by.
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def carry(kind, stream):
        while data := os.read(stream.fileno(), 32768):
            send(kind, len(data), data)

    def watch():
        # Nothing is ever sent this way: it ends when the program of Windows does.
        relay.recv(1)
        process.kill()

    threading.Thread(target=watch, daemon=True).start()
    carriers = [threading.Thread(target=carry, args=pair) for pair in ((b"o", process.stdout), (b"e", process.stderr))]
    for carrier in carriers:
        carrier.start()
    for carrier in carriers:
        carrier.join()
    send(b"x", process.wait() & 0xFF)


main()
