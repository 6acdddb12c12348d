#!/usr/bin/env python3
"""slow.py: clients that send slowly or never do not stop others.

Holds more half-open connections than the server takes, of three kinds (nothing sent, half a header,
half a body), and opens new ones for as long as it runs; somebody else asks for pages all the while.
"""
import os, resource, socket, subprocess, sys, tempfile, threading, time

sys.path.insert(0, os.path.dirname(__file__))
from served import Client, begin_server

UPKEEP = sys.argv[1] if len(sys.argv) > 1 else "build/upkeep"
MOST, IDLE = 4000, 15  # SERVER_CONNECTIONS and SERVER_IDLE of src/web/server.h
SENT = [b"", b"GET /help HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 400\r\n\r\nname=a"]


class Flood(threading.Thread):
    """Half-open connections, the newest MOST + 500 of them kept."""

    def __init__(self, port, kept):
        super().__init__(daemon=True)
        self.port, self.kept, self.opened, self.held, self.over = port, kept, 0, [], False

    def run(self):
        held = self.held
        while not self.over:
            try:
                s = socket.create_connection(("127.0.0.1", self.port), timeout=1)
                s.sendall(SENT[self.opened % len(SENT)])
                held.append((s, time.monotonic()))
                self.opened += 1
            except OSError:
                time.sleep(0.01)
            if len(held) > self.kept:
                held.pop(0)[0].close()

    def closed_young(self):
        """How many the server has closed that were opened less than IDLE seconds ago."""
        found = 0
        for s, since in self.held:
            s.setblocking(False)
            try:
                found += s.recv(1) == b"" and time.monotonic() - since < IDLE
            except ConnectionResetError:
                found += time.monotonic() - since < IDLE
            except BlockingIOError:
                pass
        return found


def main():
    passed = failed = 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    kept = MOST + 500
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, kept + 200), hard))
    kept = min(kept, hard - 200)
    with tempfile.TemporaryDirectory() as work:
        db = f"{work}/slow.db"
        subprocess.run([UPKEEP, "init", "--rehearsal", "--db", db], check=True, capture_output=True)
        server, port = begin_server(UPKEEP, db, f"{work}/log", "2026-11-23")
        flood = Flood(port, kept)
        flood.start()
        begun = time.monotonic()
        while flood.opened < kept and time.monotonic() < begun + 60:
            time.sleep(0.1)
        longest = 0
        for n in range(40):
            asked = time.monotonic()
            try:
                good = Client(port).ask("GET", "/help")[0] == 200
            except OSError as error:
                good = False
                print(f"slow: FAILED page {n}: {error}")
            longest = max(longest, time.monotonic() - asked)
            passed, failed = passed + good, failed + (not good)
        flood.over = True
        flood.join()
        closed = flood.closed_young()
        server.terminate()
        # Room was made for who came, and not by waiting until the slow ones were too late.
        good = flood.opened > kept and closed > 0 and server.wait(30) == 0
        passed, failed = passed + good, failed + (not good)
        print(f"{flood.opened} half-open connections, {closed} closed early, the longest answer after {longest:.2f} s")
    print(f"slow: {passed} passed, {failed} failed")
    return failed != 0


sys.exit(main())
