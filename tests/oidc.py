#!/usr/bin/env python3
"""oidc.py: signing in with a provider (OpenID Connect): for real with Debian's glewlwyd, and with one
that lies (evil_provider.py), whose every lie must be refused while everybody else is served.
Usage: tests/oidc.py [UPKEEP]"""
import os, re, sqlite3, subprocess, threading, time, urllib.parse
import evil_provider, glewlwyd, served
from tally import ROOT, UPKEEP, db, end, must, verdict, work

TODAY = "2026-10-10"
os.environ.pop("UPKEEP_KEY", None)
EVIL_ISSUERS = ("plain", "other-issuer", "not-encrypted", "endless", "leads-on", "no-json")


# ---- the settings file

GOOD = ["provider a", "name A", "issuer https://a.example", "client upkeep", "secret s", "for staff"]


def settings():
    """Each mistake has its sentence."""
    def said(lines, mode=0o600, more=("--address", "http://localhost:1")):
        name = os.path.join(work, "wrong")
        with open(name, "w") as f:
            f.write("\n".join(lines) + "\n")
        os.chmod(name, mode)
        done = subprocess.run([UPKEEP, "serve", "--db", work + "/none", "--providers", name, *more],
                              capture_output=True, text=True, timeout=60)
        return done.stderr if done.returncode == 2 else f"status {done.returncode}"
    for lines, sentence in [
            (GOOD, "none"),  # the settings are right: what is wrong is the database
            ([], "names no provider"), (["# only this"], "names no provider"), (["name A"], "begin with a line"),
            (["provider A B"], "short name has"), (GOOD + GOOD, "there already"), (GOOD[:1] + GOOD[2:], "has no name"),
            (GOOD[:2] + GOOD[3:], "has no issuer"), (GOOD[:3] + GOOD[4:], "has no client"),
            (GOOD[:4] + GOOD[5:], "has no secret"), (GOOD[:5], 'has no "for"'), (GOOD + ["secret t"], "said twice"),
            (GOOD + ["secert t"], "line 7: a line begins with"), (GOOD + ["for all"], "staff, parents or everyone"),
            (GOOD[:2] + ["issuer http://a.example"] + GOOD[3:], "line 3: an issuer is an address that begins with https"),
            (GOOD[:2] + ["issuer https://a.example?x"] + GOOD[3:], "begins with https"),
            (GOOD + ["second-step never"], '"second-step" is'), (GOOD + ["second-step not-with amr "], '"second-step" is'),
            (GOOD + ["secret-in cookie"], "header or form"), (GOOD + ["certificates /nowhere"], "cannot be read"),
            (GOOD[:3] + ["client"], "stands alone")]:
        verdict(sentence in said(lines), f"settings {lines[-1:]}: {said(lines)!r}, not {sentence!r}")
    verdict("Others may read" in said(GOOD, 0o644), "a file that others may read")
    verdict("needs --address" in said(GOOD, more=()), "no address")
    for address in ("upkeep.example", "http://upkeep.example", "https://upkeep.example/path", "https://", "https://a b"):
        verdict("address" in said(GOOD, more=("--address", address)) or "encrypted" in said(GOOD, more=("--address", address)),
                f"the address {address!r} is taken")
    verdict("secret s" not in said(GOOD + ["for all"]), "a secret is shown")


def write_settings(evil, real):
    name = os.path.join(work, "providers")
    with open(name, "w") as f:
        f.write(f"# for the test\nprovider real\nname  Real sign-in\nissuer {real.issuer}\nclient {real.client}\n"
                f"secret {real.secret}\nfor everyone\ncertificates {real.folder}/ca.pem\n\n")
        for issuer in EVIL_ISSUERS:
            f.write(f"provider {issuer}\nname Evil {issuer}\nissuer {evil.url}/{issuer}\nclient upkeep\n"
                    f"secret the evil one's\nfor staff\ncertificates {evil.folder}/ca.pem\n"
                    f"second-step not-with amr mfa hwk\nsecret-in form\n")
        f.write(f"provider untrusted\nname Nobody knows it\nissuer {evil.url}/untrusted\nclient upkeep\nsecret s\nfor staff\n")
    os.chmod(name, 0o600)
    return name


def sign_in(client, name, password):
    """The page has several forms: this is the first."""
    csrf = served.Client.hidden(client.ask("GET", "/sign-in")[1].decode())["csrf"]
    return client.ask("POST", "/sign-in", {"csrf": csrf, "name": name, "password": password, "next": ""})[0]


# ---- a journey

class Journey:
    """A browser on its way to a provider; each from an address of its own, for they are counted."""
    count = 0

    def __init__(self, port, provider, client=None):
        Journey.count += 1
        self.client, self.port = client or served.Client(port, f"127.0.1.{Journey.count % 200 + 1}"), port
        page = self.client.ask("GET", "/sign-in")[1].decode()
        form = {"csrf": served.Client.hidden(page)["csrf"], "provider": provider, "next": "/work"}
        self.status, body, _ = self.client.ask("POST", "/sign-in/provider", form)
        self.page = body.decode()

    def go(self):
        """Where it is sent."""
        status, _, headers = self.client.ask("GET", "/sign-in/provider/go")
        self.where = re.search(r"^Location: (.*)$", headers, re.M)[1] if status == 303 else ""
        self.sent = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(self.where).query))
        return self

    def back(self, query):
        """The form of the page to which another site leads: no cookie of ours is seen there."""
        stranger = served.Client(self.port)
        status, body, headers = stranger.ask("GET", "/sign-in/provider/return?" + query)
        verdict("Set-Cookie" not in headers, "the page of coming back changes cookies")
        return status, served.Client.hidden(body.decode())

    def end(self, form):
        status, body, headers = self.client.ask("POST", "/sign-in/provider/end", form)
        at = re.search(r"^Location: (.*)$", headers, re.M)
        return status, body.decode(), at[1] if at else ""

    def through(self, code="a-code"):
        """All of it, with a provider that agrees to everything."""
        form = self.back(urllib.parse.urlencode({"code": code, "state": self.sent["state"], "session_state": "x"}))[1]
        return self.end(form)

    def is_in(self):
        return self.client.ask("GET", "/work")[0] == 200


def begin_evil(port, evil, mode):
    evil.mode = "good"
    journey = Journey(port, "plain").go()
    evil.mode, evil.nonce = mode, journey.sent.get("nonce", "")
    return journey


# ---- the real one

def really(port, real, visitor, client=None):
    """Through glewlwyd itself: where it ends."""
    journey = Journey(port, "real", client).go()
    back = urllib.parse.urlparse(visitor.authorize(journey.where))
    verdict(back.path == "/sign-in/provider/return", f"glewlwyd sends to {back.geturl()}")
    return journey, back.query


def real_ones(port, real):
    visitor = real.visit("robin")
    journey, query = really(port, real, visitor)
    form = journey.back(query)[1]
    status, page, _ = journey.end(form)
    subject = re.search(r"administrator and say: ([^<]*?)\.</p>", page)
    verdict(status == 422 and subject and not journey.is_in(), f"who has no account here gets {status}")
    must("account", "link", "sam", real.issuer, subject[1], "--db", db)
    status, page, where = journey.end(form)
    verdict(status in (403, 422) and not journey.is_in(), "the same answer is taken twice")
    journey, query = really(port, real, visitor)
    status, page, where = journey.end(journey.back(query)[1])
    verdict((status, where) == (303, "/work") and journey.is_in(), f"sam gets {status} {where}: {page[-900:]}")
    verdict("sam" in journey.client.ask("GET", "/account")[1].decode(), "somebody else is in")
    verdict(journey.client.cookies["provider"] == "", "the journey's cookie stays")
    journey, query = really(port, real, visitor)
    other = urllib.parse.urlencode([(k, "https://other.example" if k == "iss" else v)
                                    for k, v in urllib.parse.parse_qsl(query)])
    verdict("iss=" in query and journey.end(journey.back(other)[1])[0] == 422, "another issuer's answer is taken")
    verdict(journey.end(journey.back(query)[1])[0] == 303, "the right one is not taken any more")
    time.sleep(5.1)
    real.rotate()
    journey, query = really(port, real, visitor)
    verdict(journey.end(journey.back(query)[1])[0] == 303 and journey.is_in(), "a new key is not found")
    return subject[1]


def audited(real, subject, staff_port):
    text = must("account", "links", "--db", db)
    verdict(f"sam\t{real.issuer}\t{subject}\tconnected" in text and "by administrator" in text, f"links: {text}")
    journey, query = really(staff_port, real, real.visit("robin"))
    verdict(journey.end(journey.back(query)[1])[0] == 303, "sam cannot come in")
    must("account", "unlink", "sam", real.issuer, "--db", db)
    verdict(not journey.is_in(), "a session outlives its connection")
    journey, query = really(staff_port, real, real.visit("robin"))
    verdict(journey.end(journey.back(query)[1])[0] == 422, "an ended connection opens the account")
    verdict("ended" in must("account", "links", "--db", db), "the end is not listed")


# ---- a parent connects

def parents(port, real, person):
    password = must("account", "add", "rose", "--role", "receiving_parent", "--person", person, "--generate", "--db", db)
    client = served.Client(port)
    sign_in(client, "rose", password)
    page = client.ask("GET", "/account/providers")[1].decode()
    verdict("Connect Real sign-in" in page and "Evil" not in page, "a parent's page of providers")
    form = {**served.Client.hidden(page), "choice": "link-real"}
    verdict(client.ask("POST", "/account/providers", {**form, "password": "not it at all"})[0] == 422, "without the password")
    verdict(client.ask("POST", "/account/providers", {**form, "choice": "link-plain", "password": password})[0] == 403,
            "with a provider of staff's")
    status, body, _ = client.ask("POST", "/account/providers", {**form, "password": password})
    verdict(status == 200 and b"/sign-in/provider/go" in body, f"connecting answers {status}")
    journey = Journey.__new__(Journey)
    journey.client, journey.port = client, port
    journey.go()
    query = urllib.parse.urlparse(real.visit("stranger").authorize(journey.where)).query
    hidden = journey.back(query)[1]
    signed_out = served.Client(port)
    signed_out.cookies["provider"] = client.cookies["provider"]
    journey.client = signed_out
    status, page, _ = journey.end(hidden)
    verdict(status == 422 and "signed out meanwhile" in page, f"nobody connects: {status}")
    must_connect(port, real, client, form, password, journey)
    newcomer, query = really(port, real, real.visit("stranger"))
    status, page, where = newcomer.end(newcomer.back(query)[1])
    verdict(status == 303 and newcomer.client.ask("GET", "/home")[0] == 200, f"the parent gets {status} {page[-500:]}")
    verdict(newcomer.client.ask("GET", "/work")[0] == 403, "a parent gets a right from a provider")
    done = subprocess.run([UPKEEP, "account", "link", "sam", real.issuer, subject_of("rose"), "--db", db],
                          capture_output=True, text=True)
    verdict("Another account" in done.stderr, "two accounts with one sign-in")
    must("account", "close", "rose", "--db", db)
    newcomer, query = really(port, real, real.visit("stranger"))
    verdict("is closed" in newcomer.end(newcomer.back(query)[1])[1], "a closed account")
    must("account", "open", "rose", "--db", db)
    client = served.Client(port)
    sign_in(client, "rose", password)
    form = served.Client.hidden(client.ask("GET", "/account/providers")[1].decode())
    status, _, _ = client.ask("POST", "/account/providers", {**form, "choice": "end-real", "password": password})
    verdict(status == 303 and "Not connected" in client.ask("GET", "/account/providers")[1].decode(), "disconnecting")
    newcomer, query = really(port, real, real.visit("stranger"))
    verdict(newcomer.end(newcomer.back(query)[1])[0] == 422, "what was disconnected opens the account")


def subject_of(account):
    with sqlite3.connect(db) as c:
        return c.execute("SELECT subject FROM account_link WHERE account = ? AND ended = 0", (account,)).fetchone()[0]


def must_connect(port, real, client, form, password, journey):
    client.ask("POST", "/account/providers", {**form, "password": password})
    journey.client = client
    journey.go()
    query = urllib.parse.urlparse(real.visit("stranger").authorize(journey.where)).query
    status, page, where = journey.end(journey.back(query)[1])
    verdict((status, where) == (303, "/account/providers"), f"connecting ends with {status} {where} {page[-600:]}")
    verdict("Connected since" in client.ask("GET", "/account/providers")[1].decode(), "it does not say so")


# ---- the evil one

LIES = ("another nonce", "an empty nonce", "no nonce", "for another", "for two", "for nobody", "made for another",
        "for two, made for another", "of another issuer", "too late", "without an end", "an end in words", "old",
        "of tomorrow", "not yet", "about nobody", "about a number", "a long name", "lines in the name", "not signed",
        "signed with what all know", "another way", "another key", "a key in its head", "claims changed",
        "to be understood", "a key of no name there", "leads on", "endless", "refuses", "no JSON", "no token",
        "no signature at all")


def lies(port, evil):
    must("account", "link", "kim", evil.url + "/plain", "robin-1", "--db", db)
    journey = begin_evil(port, evil, "good")
    verdict(journey.sent.get("code_challenge_method") == "S256" and len(journey.sent["state"]) == 64
            and journey.sent["scope"] == "openid" and "secret" not in journey.where, f"sent there: {journey.where}")
    verdict(journey.through()[0] == 303 and journey.is_in(), "the truth is not believed")
    form, header = evil.forms[-1]
    verdict("client_secret=the%20evil" in form and "code_verifier=" in form and not header, "the secret in the form")
    for mode in LIES:
        journey = begin_evil(port, evil, mode)
        status, page, _ = journey.through()
        verdict(status == 422 and "cannot be trusted" in page and not journey.is_in(), f"{mode}: {status}")
        verdict("sign in with your name and password" in page, f"{mode}: no way on")
    for mode in ("broken",):
        status, page, _ = begin_evil(port, evil, mode).through()
        verdict(status == 422 and "does not answer" in page, f"{mode}: {status}")
    time.sleep(5.1)  # the keys are looked for anew
    for mode in ("keys that lead on", "a small key", "a key for other ends", "two keys, none named"):
        evil.kid = "k" + str(len(evil.asked))
        journey = begin_evil(port, evil, mode)
        verdict(journey.through()[0] == 422 and not journey.is_in(), f"{mode} is believed")
        time.sleep(5.1)
    evil.kid = "k1"
    for issuer in EVIL_ISSUERS[1:]:
        verdict(Journey(port, issuer).status == 422, f"the provider {issuer} is believed")
    journey = Journey(port, "untrusted")
    verdict(journey.status == 422 and "does not answer" in journey.page, "a certificate nobody knows is believed")


def many(port):
    """One address begins so many in a minute and no more."""
    client = served.Client(port, "127.0.2.1")
    status = [Journey(port, "plain", client).status for _ in range(31)]
    verdict(status == [200] * 30 + [422], f"thirty-one at once: {status}")


def second_steps(port, evil):
    """Ours is asked, unless the provider says that one of the proofs named was given."""
    with sqlite3.connect(db) as c:
        c.execute("INSERT INTO second_factor (account, active, seal, step, since) VALUES ('kim', 1, x'00', 0, 0)")
    for mode, where in (("good", "/sign-in/code?next=%2Fwork"), ("proved otherwise", "/sign-in/code?next=%2Fwork"),
                        ("proved", "/work")):
        journey = begin_evil(port, evil, mode)
        status, _, location = journey.through()
        verdict((status, location) == (303, where), f"{mode}: {status} {location}")
        verdict(journey.is_in() == (where == "/work"), f"{mode}: in without the second step")
    with sqlite3.connect(db) as c:
        c.execute("DELETE FROM second_factor")


def strangers_forms(port, evil):
    """Nobody is signed in with what another browser began."""
    attacker, victim = begin_evil(port, evil, "good"), served.Client(port)
    form = attacker.back("code=a-code&state=" + attacker.sent["state"])[1]
    before = len(evil.forms)
    for client, what in ((victim, "a browser that began nothing"), (Journey(port, "plain").client, "another that began")):
        verdict(client.ask("POST", "/sign-in/provider/end", form)[0] == 403, what + " comes in")
    for wrong in ("", "0" * 64, form["csrf"][:-1]):
        verdict(attacker.client.ask("POST", "/sign-in/provider/end", {**form, "csrf": wrong})[0] == 403, "a wrong state")
    verdict(attacker.client.ask("POST", "/sign-in/provider/end", form, {"Sec-Fetch-Site": "cross-site"})[0] == 403
            and attacker.client.ask("POST", "/sign-in/provider/end", form, {"Origin": "https://evil.example"})[0] == 403,
            "a form from elsewhere")
    verdict(len(evil.forms) == before, "a code was handed on all the same")
    verdict(attacker.back("error=access_denied&state=" + attacker.sent["state"])[0] == 422, "a refusal there")
    verdict(attacker.back("state=x")[0] == 422 and attacker.back("code=" + "a" * 5000)[0] == 422, "half an answer")
    with sqlite3.connect(db) as c:
        c.execute("UPDATE provider_wait SET started = started - 3600")
    verdict(attacker.end(form)[0] == 422, "a journey of an hour")
    journey = begin_evil(port, evil, "good")
    verdict(journey.sent["state"] != attacker.sent["state"] and journey.sent["nonce"] != attacker.sent["nonce"]
            and journey.sent["code_challenge"] != attacker.sent["code_challenge"], "something is used twice")
    twice = [threading.Thread(target=lambda: got.append(journey.through()[0])) for _ in range(4)]
    got = []
    for t in twice:
        t.start()
    for t in twice:
        t.join()
    verdict(sorted(got)[:1] == [303] and got.count(303) == 1, f"one answer, four times at once: {got}")


def silence(port, evil, password):
    """A provider that says nothing holds up nobody else."""
    journeys = [begin_evil(port, evil, "good") for _ in range(8)]
    evil.mode = "silent"
    got = []
    threads = [threading.Thread(target=lambda j=j: got.append(j.through())) for j in journeys]
    for t in threads:
        t.start()
    time.sleep(0.5)
    slowest = 0
    for _ in range(10):
        began = time.monotonic()
        verdict(sign_in(served.Client(port), "kim", password) == 303, "signing in with a password")
        slowest = max(slowest, time.monotonic() - began)
    verdict(slowest < 4 and not got, f"with a password it took {slowest:.1f} s, {len(got)} answered")
    for t in threads:
        t.join()
    verdict(all(status == 422 and "does not answer" in page for status, page, _ in got), "silence is taken for an answer")


def stopping(server, port, evil):
    """The server stops though a provider is silent."""
    journey = begin_evil(port, evil, "silent")
    thread = threading.Thread(target=lambda: quiet(journey.through))
    thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    server.terminate()
    status = server.wait(30)
    verdict(status == 0 and time.monotonic() - began < 5, f"stopping took {time.monotonic() - began:.1f} s, {status}")
    thread.join()


def quiet(run):
    try:
        run()
    except Exception:
        pass


def main():
    settings()
    must("play", "--db", db, os.path.join(ROOT, "tests/own/canary.play"))
    with sqlite3.connect(db) as c:
        person = dict(c.execute("SELECT given, ref FROM person"))
    must("account", "add", "sam", "--generate", "--db", db)
    password = must("account", "add", "kim", "--generate", "--db", db)
    port = glewlwyd.free_port()
    folder = os.path.join(work, "glewlwyd")
    os.mkdir(folder)
    real = glewlwyd.Glewlwyd(folder, f"http://localhost:{port}/sign-in/provider/return")
    server = None
    try:
        evil = evil_provider.Evil(folder)
        server, port = served.begin_server(UPKEEP, db, os.path.join(work, "log"), TODAY, "--address", f"http://localhost:{port}",
                                           "--providers", write_settings(evil, real), port=port)
        subject = real_ones(port, real)
        audited(real, subject, port)
        parents(port, real, person["Rose"])
        lies(port, evil)
        second_steps(port, evil)
        strangers_forms(port, evil)
        many(port)
        silence(port, evil, password)
        real.stop()
        verdict("does not answer" in Journey(port, "real").page or Journey(port, "real").status == 200, "it is gone")
        verdict(sign_in(served.Client(port), "kim", password) == 303, "with a password when it is gone")
        stopping(server, port, evil)
        log = open(os.path.join(work, "log")).read()
        for secret in (real.secret, "the evil one", "a-code", "robin", "stranger", subject, "eyJ"):
            verdict(secret not in log, f"the log has {secret!r}")
        verdict("sign-in provider plain: its ID token is refused" in log, "the log does not say what was wrong")
    finally:
        if server and server.poll() is None:
            server.terminate()
            server.wait()
        if real.process.poll() is None:
            real.stop()


end(main)
