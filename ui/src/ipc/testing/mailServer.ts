import { createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** A mail server on this computer, as bad as a test wants it. */
export class MailServer {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private taking: () => void = () => {};
  /** It has a message, and has not said so. */
  readonly isTaking = new Promise<void>((resolve) => {
    this.taking = resolve;
  });

  /** Knows nobody whose address begins with `unknown`, and never finishes taking a message to whoever is `slow`. */
  constructor() {
    this.server = createServer((socket) => this.talk(socket));
  }

  /** Its port. */
  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.server.listen(0, "127.0.0.1", () => resolve((this.server.address() as { port: number }).port));
    });
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    // Whoever ends in the middle of a word is what the tests are about.
    socket.on("error", () => {});
    let to = "";
    let isText = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 here");
    createInterface({ input: socket }).on("line", (line) => {
      if (isText) {
        if (line !== ".") return;
        isText = false;
        if (to.includes("<slow")) this.taking();
        else say("250 2.0.0 Taken");
      } else if (/^RCPT/i.test(line)) {
        to = line;
        // As some servers do, it says its code twice: once for programs, once for people.
        say(line.includes("<unknown") ? "550 550 5.1.1 No such person here" : "250 2.1.5 Known");
      } else if (/^DATA/i.test(line)) {
        isText = true;
        say("354 Go on");
      } else if (/^QUIT/i.test(line)) {
        say("221 2.0.0 Bye");
        socket.end();
      } else say("250 here");
    });
  }
}
