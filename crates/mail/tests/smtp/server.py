"""A mail server on loopback for tests, by aiosmtpd: tells on its output what happens, a JSON object a line.

Arguments: starttls, tls, plain or injected; certificate; key. The user is "career" with the password "right".
What becomes of a message is said by its recipient: gone@ is refused, later@ put off, late@ refused after the text,
drop@ loses the connection after the text was taken; "+" and what follows it change nothing of that.

With "injected" somebody stands in between: with the server's word that TLS may begin come the answers to all that is
still to be asked, as if the server had given them. It takes no message, and tells what it hears encrypted.
"""

import asyncio
import base64
import json
import logging
import os
import socket
import ssl
import sys
import threading
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

# Refused handshakes are part of the tests.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

security, certificate, key = sys.argv[1:4]


def tell(**happened):
    print(json.dumps(happened), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0].split("+")[0]
        if name == "gone":
            return "550 5.1.1 No such person here"
        if name == "later":
            return "451 4.7.1 Greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0].split("+")[0]
        if name == "late":
            return "554 5.7.1 This message is not wanted"
        tell(
            event="message",
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            content=base64.b64encode(envelope.original_content).decode(),
            secured=session.ssl is not None or security == "tls",
            user=session.auth_data.decode() if session.auth_data else None,
            peer=session.peer[1],
        )
        if name == "drop":
            server.transport.abort()
        return "250 2.0.0 Queued as 4711"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"career", b"right")
    return AuthResult(success=right, handled=False, auth_data=data.login if right else None)


def serve_injected():
    """Serves connection after connection, with answers given before TLS begins."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))
    # The test holds the other end: when it is gone, so is this.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    tell(event="listening", port=listener.getsockname()[1])
    while True:
        connection, _ = listener.accept()
        try:
            connection.sendall(b"220 mail.test.example\r\n")
            connection.recv(1000)
            connection.sendall(b"250-mail.test.example\r\n250 STARTTLS\r\n")
            connection.recv(1000)
            after_hello = b"250-hello\r\n250 AUTH PLAIN\r\n"
            after_log_in = b"235 welcome\r\n250 ok\r\n250 ok\r\n354 go\r\n250 Queued as 4711\r\n"
            connection.sendall(b"220 go\r\n" + after_hello + after_log_in)
            with context.wrap_socket(connection, server_side=True) as secured:
                secured.settimeout(5)
                for line in secured.makefile("rb"):
                    tell(event="heard", line=line.decode().strip())
        except OSError:
            # The client went, which is all it should do.
            connection.close()
        tell(event="ended")


async def main():
    context = None
    if security != "plain":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

    def protocol():
        tell(event="connection")
        return SMTP(
            Handler(),
            hostname="mail.test.example",
            authenticator=authenticate,
            auth_required=security != "plain",
            auth_require_tls=security != "tls",
            require_starttls=security == "starttls",
            tls_context=context if security == "starttls" else None,
            enable_SMTPUTF8=False,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if security == "tls" else None)
    tell(event="listening", port=server.sockets[0].getsockname()[1])
    # The test holds the other end: when it is gone, so is this.
    await loop.run_in_executor(None, sys.stdin.read)


if security == "injected":
    serve_injected()
else:
    asyncio.run(main())
