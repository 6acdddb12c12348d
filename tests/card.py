#!/usr/bin/env python3
"""card.py: a parent pays by card on the real server, with the card provider that `upkeep simulate card`
makes up.  The server is killed (SIGKILL) before, between and after each step, the provider is away or
loses its answer, notices come twice, and the provider's file is read: each payment is in the ledger
exactly once, and nobody who was told "You have paid" has paid nothing."""
import os, re, signal, sqlite3, subprocess, sys, tempfile, time, threading, urllib.request

sys.path.insert(0, os.path.dirname(__file__))
from served import Client

UPKEEP = sys.argv[1] if len(sys.argv) > 1 else "build/upkeep"
TODAY = "2026-04-20"
PAYS, LATE, REFUSED = "4444333322221111", "4242424242424242", "4000000000000002"
passed = failed = 0


def check(good, what):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print("card: FAILED", what)


def run(*args, **more):
    return subprocess.run([UPKEEP, *args], capture_output=True, text=True, **more)


def begun(args, log, pattern, env=None):
    """A program that says on standard error where it listens."""
    out = open(log, "ab")
    start = out.tell()
    p = subprocess.Popen([UPKEEP, *args], stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env)
    for _ in range(400):
        at = re.search(pattern, open(log, encoding="utf-8", errors="replace").read()[start:])
        if at:
            return p, int(at[1])
        if p.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit(f"{args[0]} does not start: " + open(log).read())


class World:
    def __init__(self, work):
        self.work, self.db, self.settings = work, f"{work}/card.db", f"{work}/settings"
        played = run("play", "--quiet", "--db", self.db, "tests/own/safety.play")
        assert played.returncode == 0, played.stderr
        run("receive", "--db", self.db, "--card-provider", "Pretend Card Company")
        self.ref = self.one("SELECT ref FROM person WHERE given = 'Marcus'")
        made = run("account", "add", "marcus", "--db", self.db, "--role", "paying_parent", "--person", self.ref,
                   "--generate")
        self.password = made.stdout.strip()
        self.port = self.free()
        self.simulator, self.pay = begun(
            ["simulate", "card", "--notify", f"http://127.0.0.1:{self.port}/card/notice", "--key", "notices"],
            f"{work}/simulator.log", r"127\.0\.0\.1:(\d+)")
        with open(self.settings, "w") as f:
            os.fchmod(f.fileno(), 0o600)
            f.write(f"api http://127.0.0.1:{self.pay}\npage http://127.0.0.1:{self.pay}\n"
                    f"home http://127.0.0.1:{self.port}\nsecret pretend\nnotices notices\n")
        self.env = {**os.environ, "UPKEEP_CARD": self.settings}
        self.serve()

    @staticmethod
    def free():
        import socket
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            return s.getsockname()[1]

    def one(self, sql):
        with sqlite3.connect(self.db, timeout=30) as c:
            return c.execute(sql).fetchone()[0]

    def serve(self):
        self.server, _ = begun(["serve", "--db", self.db, "--listen", f"127.0.0.1:{self.port}", "--today", TODAY],
                               f"{self.work}/server.log", r"127\.0\.0\.1:(\d+)", self.env)
        self.client = Client(self.port)
        assert self.client.sign_in("marcus", self.password) == 303

    def kill(self, serve=True):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        if serve:
            self.serve()

    def get(self, path):
        status, body, headers = self.client.ask("GET", path)
        at = re.search(r"(?im)^location: (.*)$", headers)
        return status, body.decode(), at[1].strip() if at else ""

    def confirm_fields(self, amount):
        path = f"/home/pay/{self.ref}"
        page = self.get(path)[1]
        form = {**Client.hidden(page), "choice": "other", "amount": amount, "act": "check"}
        status, body, _ = self.client.ask("POST", path, form)
        assert status == 200, body
        return path, Client.hidden(body.decode())

    def confirm(self, amount):
        path, form = self.confirm_fields(amount)
        _, _, headers = self.client.ask("POST", path, form)
        at = re.search(r"(?im)^location: (.*)$", headers)
        return at[1].strip() if at else ""

    def newest(self):
        return f"/home/pay/{self.ref}/" + str(self.one("SELECT max(event) FROM card_payment"))

    def paid(self, amount):
        """Whether the newest payment's page says that it is paid; a slow machine may be away for a while."""
        for _ in range(60):
            if f"You have paid £{amount}.00" in self.get(self.newest())[1]:
                return True
            time.sleep(0.5)
        return False

    def go(self):
        """The provider's page of the newest payment, once the provider can be reached."""
        for _ in range(60):
            link = self.get(self.newest() + "/go")[2]
            if "/pay/sim" in link:
                return link
            time.sleep(0.5)
        return link

    def state(self):
        return self.one("SELECT became FROM step WHERE machine = 'card_payment' ORDER BY event DESC LIMIT 1")

    def give(self, link, card=PAYS, act="pay"):
        """What the payer does on the provider's page; where it leads."""
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args):
                return None
        try:
            urllib.request.build_opener(Stay).open(link, f"card={card}&act={act}".encode())
        except urllib.error.HTTPError as e:
            return e.headers.get("Location", "")
        return ""

    def make(self, act):
        self.give(f"http://127.0.0.1:{self.pay}/", act=act)

    def receipts(self):
        return self.one("SELECT count(*) FROM receipt WHERE bank_ref LIKE 'card/%'")

    def follow(self):
        return run("card", "--db", self.db, "--today", TODAY, env=self.env)


def journeys(w):
    """The plain ways."""
    link = w.confirm("10")
    check(link.startswith(f"http://127.0.0.1:{w.pay}/pay/"), "it leads to the provider's page")
    back = w.give(link)
    check(back.endswith(w.newest().replace("/home/pay", "/paid")), "the provider leads back")
    status, page, _ = w.get(back[len(f"http://127.0.0.1:{w.port}"):])
    check(status == 200 and w.newest() in page, "the page of coming back leads on")
    for _ in range(3):
        check(w.paid("10"), "paid, and again")
    for _ in range(60):
        if w.state() == "paid":
            break
        time.sleep(0.1)
    check(w.receipts() == 1, f"one receipt, notices and pages together: {w.receipts()}")
    link = w.confirm("11")
    w.give(link)
    for _ in range(100):  # nobody comes back: the notices tell
        if w.state() == "paid":
            break
        time.sleep(0.1)
    check(w.state() == "paid" and w.receipts() == 2, "a notice, twice, books it once")
    link = w.confirm("12")
    w.give(link, REFUSED)
    check("No money was taken" in w.get(w.newest())[1] and w.receipts() == 2, "a refused card")
    link = w.confirm("13")
    w.give(link, act="cancel")
    check("No money was taken" in w.get(w.newest())[1] and w.state() == "cancelled", "cancelled there")


def two_tabs(w):
    """The same page sent from two tabs at once: one payment."""
    path, form = w.confirm_fields("14")
    answers = []
    tabs = [threading.Thread(target=lambda: answers.append(w.client.ask("POST", path, form)[0])) for _ in range(2)]
    before = w.one("SELECT count(*) FROM card_payment")
    for t in tabs:
        t.start()
    for t in tabs:
        t.join()
    check(w.one("SELECT count(*) FROM card_payment") == before + 1, f"two tabs, one payment: {answers}")
    link = w.go()
    before = w.receipts()  # a notice may book it before any page does
    w.give(link)
    pages = [threading.Thread(target=lambda: w.get(w.newest())) for _ in range(6)]
    for t in pages:
        t.start()
    for t in pages:
        t.join()
    check(w.paid("14") and w.receipts() == before + 1, "six pages at once book it once")


def kills(w):
    """Killed at each step, and while a step is going on."""
    before = w.receipts()
    w.make("away")
    check(w.confirm("20") == w.newest() and w.state() == "asked", "written down while the provider is away")
    check("We cannot reach" in w.get(w.newest())[1], "the page says so")
    w.kill()
    w.make("back")
    link = w.go()
    check("/pay/" in link and w.state() == "sent", "goes on after it was killed")
    w.kill()
    w.give(link)
    w.kill()
    check(w.paid("20"), "paid while the server was gone")
    w.kill()
    check(w.paid("20") and w.receipts() == before + 1, "and still, once")
    w.make("lose")  # the provider has made it, and we do not know
    w.confirm("21")
    check(w.state() == "asked", "an answer is lost")
    w.kill()
    time.sleep(0.1)
    link = w.go()
    w.give(link)
    w.kill(serve=False)
    for _ in range(30):
        said = w.follow()
        if said.returncode == 0:
            break
        time.sleep(0.5)
    check(said.returncode == 0 and w.state() == "paid", f"the command finds out: {said.stderr}")
    said = w.follow()
    check(said.stderr == "" and w.receipts() == before + 2, "and again nothing")
    w.serve()
    told = 0
    for i in range(12):  # killed at some moment while it is asked for, and while it is found out
        told_paid = False
        def go(what):
            nonlocal told_paid
            try:
                what()
            except Exception:
                pass
        amount = str(30 + i)
        at = threading.Thread(target=go, args=(lambda: w.confirm(amount),))
        at.start()
        time.sleep(0.004 * (i + 1) + 0.01 * (i % 4))
        w.kill()
        at.join()
        if w.state() not in ("asked", "sent"):
            w.confirm(amount)
        link = w.go()
        w.give(link)
        seen = []
        at = threading.Thread(target=go, args=(lambda: seen.append(w.get(w.newest())[1]),))
        at.start()
        time.sleep(0.003 * (i + 1))
        w.server.send_signal(signal.SIGKILL)
        w.server.wait()
        at.join()
        told_paid = bool(seen) and "You have paid" in seen[0]
        told += told_paid
        check(not told_paid or w.state() == "paid", f"told, and not in the record ({i})")
        w.serve()
        w.paid(amount)
        check(w.state() == "paid", f"paid at last ({i}): {w.state()}")
    pays = w.one("SELECT count(*) FROM step WHERE machine = 'card_payment' AND became = 'paid'")
    check(w.receipts() == pays, f"{w.receipts()} receipts for {pays} payments")


def settlement(w):
    """The provider's own file, which knows all of them."""
    text = urllib.request.urlopen(f"http://127.0.0.1:{w.pay}/settlement.csv").read().decode()
    name = f"{w.work}/settlement.csv"
    # the made-up provider lives today, the case in its story
    lines = [re.sub(r"^\d{4}-\d\d-\d\d", TODAY, l) for l in text.splitlines()]
    open(name, "w").write("\n".join(lines) + "\n")
    before = w.receipts()
    check(len(lines) - 1 == before, f"the file has {len(lines) - 1}, the ledger {before}")
    said = run("receive", "--db", w.db, "--today", TODAY, "--card", name)
    check(said.returncode == 0 and w.receipts() == before, f"every line is known: {said.stdout}{said.stderr}")
    doubled = w.one("SELECT count(*) FROM (SELECT bank_ref FROM receipt GROUP BY bank_ref HAVING count(*) > 1)")
    check(doubled == 0, "nothing is booked twice")
    check(w.one("SELECT count(*) FROM clock WHERE kind = 'card_payment' AND gone = 0") == 0, "nothing waits")
    said = run("check", "--db", w.db)
    check(said.returncode == 0, f"the record is sound: {said.stdout}{said.stderr}")


def main():
    shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=shm) as work:
        w = World(work)
        try:
            for part in (journeys, two_tabs, kills, settlement):
                part(w)
            said = open(f"{work}/server.log").read()
            check(not re.search(r"4444|pretend|Webb", said), "no card, key or name in the log")
        finally:
            for p in (w.server, w.simulator):
                if p.poll() is None:
                    p.kill()
                p.wait()
    print(f"card: {passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
