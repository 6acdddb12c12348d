#!/usr/bin/env python3
"""canary.py: no place that has not been given the right to shows what is kept sealed.  A family in
which every protected thing has a word of its own (tests/canary/family.play, words.txt) is played; then
everything there is to read is rendered: every page and file a caseworker, a team leader and an examiner
can reach, statements and letters in both languages, what the commands print, the server's own log.  A
word may be found only where tests/canary/allowed.txt says, and must be found there: so a search that
finds nothing fails too.  Usage: tests/canary.py [UPKEEP]"""
import fnmatch, html, json, os, re, sqlite3, subprocess
import served
from tally import ROOT, UPKEEP, db, end, must, verdict, work

FILES = os.path.join(ROOT, "tests/canary")
MOST = 1500     # pages of one reader
found = {}      # (word's name, place): an excerpt
read = {}       # kind of reader: places read


def lines_of(name):
    with open(os.path.join(FILES, name), encoding="utf-8") as f:
        return [line.rstrip("\n") for line in f if line.strip() and not line.startswith("#")]


words = [line.split(None, 1) for line in lines_of("words.txt")]
words = [(name, word.strip().lower()) for name, word in words]


def text_of(body, kind):
    """All that a body tells: as it is and, of a PDF, its text and its particulars."""
    if not body.startswith(b"%PDF"):
        return html.unescape(body.decode("utf-8", "replace"))
    path = os.path.join(work, "one.pdf")
    with open(path, "wb") as f:
        f.write(body)
    said = [subprocess.run([tool, path, *more], capture_output=True).stdout.decode("utf-8", "replace")
            for tool, more in (("pdftotext", ["-"]), ("pdfinfo", []), ("pdfinfo", ["-meta"]))]
    return "\n".join(said) + body.decode("latin-1")


def look(place, body, kind=""):
    """Searches what was rendered at a place."""
    text = re.sub(r"\s+", " ", text_of(body, kind)).lower()
    read[place.split(" ")[0]] = read.get(place.split(" ")[0], 0) + 1
    for name, word in words:
        at = text.find(word)
        if at >= 0:
            found.setdefault((name, place), text[max(0, at - 60):at + 60])


def run(place, *command, given=None):
    done = subprocess.run([UPKEEP, *command], capture_output=True, input=given)
    look(place, done.stdout + b"\n" + done.stderr)
    return done


# ---- the pages

class Reader(served.Client):
    """Somebody signed in, who follows every link."""

    def __init__(self, port, name, role):
        super().__init__(port)
        self.name = name
        account = name + ".1"  # a role's own name may be reserved
        password = must("account", "add", account, "--role", role, "--generate", "--db", db)
        status = self.sign_in(account, password)
        verdict(status == 303, f"{name} cannot sign in: {status}")

    def crawl(self, first, place_of, follow=True):
        todo, seen = list(first), set(first)
        while todo and len(seen) < MOST:
            path = todo.pop(0)
            status, body, headers = self.ask("GET", path)
            place = f"{self.name} {place_of(path)}"
            look(place, body)
            look(place, headers.encode())
            verdict(status < 500, f"{place} answers {status}")
            if not follow or not body.lstrip().startswith(b"<"):
                continue
            for link in re.findall(r'href="(/[^"#]*)', body.decode("utf-8", "replace")):
                link = html.unescape(link)
                if link not in seen and not link.startswith(("/assets", "/calculator", "/exit")):
                    seen.add(link)
                    todo.append(link)
        verdict(len(seen) < MOST, f"{self.name} finds more than {MOST} pages")
        return seen


def letter_places():
    """The letters by number: to whom."""
    with sqlite3.connect(db) as c:
        return {id: given.lower() for id, given in c.execute(
            "SELECT l.id, p.given FROM letter l JOIN person p ON p.id = l.person AND p.pp = l.pp")}


def pages(pp):
    letters = letter_places()
    log = os.path.join(work, "server.log")
    server, port = served.begin_server(UPKEEP, db, log, "2025-05-26")

    def place_of(path):
        path = path.replace(f"/case/{pp}", "/case/1", 1) if path.startswith(f"/case/{pp}") else path
        return re.sub(r"/letter/(\d+)", lambda m: "/letter/" + letters.get(int(m[1]), m[1]), path)

    more = [f"/case/{pp}/letter/{id}{end}?language={language}&large={large}"
            for id in letters for end in ("", "/pdf", "/text", "/plain") for language in ("english", "welsh")
            for large in ("", "yes")]
    try:
        applied(port)
        reader = Reader(port, "caseworker", "caseworker")
        seen = reader.crawl(["/work", "/application/online", "/application/online/1", f"/case/{pp}", "/account", "/employers", "/employers/507391000017", *more], place_of)
        verdict(any("/sealed/" in path for path in seen), "no page offers to show what is kept sealed")
        verdict(any("/letter/" in path for path in seen), "no letter was read")
        verdict(any("/application?online=" in path for path in seen), "no online application was read")
        for name in ("team_leader", "examiner", "auditor", "administrator"):
            Reader(port, name.replace("_", "-"), name).crawl(["/work", f"/case/{pp}", "/glass", "/staff", *more], place_of)
        programs(port, pp)
        opened(reader, pp)
        reader.name = "caseworker-after"
        reader.crawl([f"/case/{pp}{end}" for end in ("", "/facts", "/facts/history", "/timeline", "/looks")],
                     place_of, follow=False)
    finally:
        server.terminate()
        server.wait()
    with open(log, "rb") as f:
        look("server-log", f.read())


def programs(port, pp):
    """Every way in for programs, with tokens of everything that a role may give."""
    with sqlite3.connect(db) as c:
        ref = c.execute("SELECT ref FROM person WHERE id = ?", (pp,)).fetchone()[0]
        arrangements = [a for a, in c.execute("SELECT ref FROM arrangement")]
        people = dict(c.execute("SELECT given, ref FROM person"))
        numbers = {"decisions": [n for n, in c.execute("SELECT id FROM decision")]}
    with open(os.path.join(ROOT, "src/web/program.c"), encoding="utf-8") as f:
        scopes = re.findall(r"\[SCOPE_\w+\]\s*=\s*\{\s*\"([^\"]+)\",\s*(\w+)", f.read())
    with open(os.path.join(ROOT, "doc/openapi.json"), encoding="utf-8") as f:
        paths = [path for path, ways in json.load(f)["paths"].items() if "get" in ways]
    for account, kinds in (("caseworker.1", {"ACCESS_CASEWORKER"}), ("team-leader.1", {"ACCESS_CASEWORKER"}), ("walt", {"ACCESS_OWN"}),
                           ("rose", {"ACCESS_OWN"})):
        if account in ("walt", "rose"):
            must("account", "add", account, "--role", "paying_parent" if account == "walt" else "receiving_parent", "--person",
                 people[account.title()], "--generate", "--db", db)
        token = must("token", "add", account, "--name", "canary", "--db", db, "--scopes",
                     ",".join(name for name, kind in scopes if kind in kinds))
        client, read_well = served.Client(port), 0
        for path in paths:
            for one in (ref, *arrangements):
                for number in numbers.get("decisions") if "{number}" in path else [0]:
                    full = path.replace("{reference}", one).replace("{number}", str(number))
                    for query in ("", "?whose=" + arrangements[0], "?language=welsh", "?q=Walt", "?after=0"):
                        status, body, headers = client.ask("GET", full + query, headers={"Authorization": "Bearer " + token})
                        place = f"api-{account.split('.')[0]} {path}{query.split('=')[0]}"
                        read_well += status == 200
                        look(place, body)
                        look(place, headers.encode())
                        verdict(status < 500, f"{place} answers {status}")
        verdict(read_well > 2, f"{account}'s program reads {read_well} answers")


def applied(port):
    """Somebody applies online with what the family keeps sealed; neither they nor staff are shown it."""
    client = served.Client(port)

    def fill(path, **fields):
        fields = {key.replace("__", "-"): value for key, value in fields.items()}
        csrf = client.hidden(client.ask("GET", path)[1].decode()).get("csrf", "")
        status, body, headers = client.ask("POST", path, {"csrf": csrf, **fields})
        look(f"applicant {path}", body)
        look(f"applicant {path}", headers.encode())
        return status

    fill("/apply/who", applicant="receiving")
    sent = [("name", dict(own_given="Zoe", own_family="Wren", own_born__day="1", own_born__month="2", own_born__year="1990")),
            ("nation", dict(own_nation="england")), ("nino", dict(own_nino="QQ773915D")),
            ("address", dict(own_address="3 Xylophone Close\nZX2 3RR")),
            ("reach", dict(own_channel="telephone", own_phone="07700 973915", own_email="snark@example.org")),
            ("safe", dict(own_words="Uffish", own_hours="Beamish")), ("abuse", dict(abuse="yes")),
            ("other", dict(other_given="Zack", other_family="Wren")),
            ("find", dict(other_address="1 Zebrawood Road", other_work="Tulgey Works")),
            ("child/1", dict(given="Zara", family="Wren", born__day="1", born__month="2", born__year="2016")),
            ("court", dict(court="none")), ("abroad", dict(abroad="no")), ("service", dict(service="unknown")),
            ("often", dict(often="unknown")), ("estimate", {}), ("words", dict(words="Nothing else"))]
    for name, fields in sent:
        status = fill("/apply/" + name, **fields)
        verdict(status == 303, f"/apply/{name} answers {status}")
    for language in ("cy", "en"):
        client.cookies["language"] = language
        for path in [f"/apply/{name}" for name, _ in sent] + ["/apply/tasks", "/apply/check", "/apply/children"]:
            status, body, _ = client.ask("GET", path)
            verdict(status != 200 or f'<html lang="{language}"'.encode() in body, f"{path} is not in {language}")
            look(f"applicant {path}", body)
    verdict(fill("/apply/check", agree="yes") == 200, "the application was not sent")
    look("applicant /apply/sent", client.ask("GET", "/apply/sent")[1])


def opened(reader, pp):
    """One thing is shown to a caseworker who says why; nothing is shown to one who does not."""
    with sqlite3.connect(db) as c:
        fact = c.execute("SELECT max(id) FROM fact WHERE kind = 'address' AND value LIKE '%Xylophone%'").fetchone()[0]
    path = f"/case/{pp}/sealed/{fact}"
    form = reader.hidden(reader.ask("GET", path)[1].decode())
    for why in ("", "why", "The address is 3 Xylophone Close, Umberby"):
        status, body, headers = reader.ask("POST", path, {**form, "why": why})
        verdict(status == 422, f"a sealed address is shown because \"{why}\": {status}")
        look(f"refused a reason of {len(why)} letters", body.replace(why.encode(), b"") if why else body)
    status, body, headers = reader.ask("POST", path, {**form, "why": "The court asks where the papers are to go"})
    verdict(status == 200, f"a sealed address is not shown: {status}")
    look("shown to a caseworker with a reason", body)
    look("shown-headers", headers.encode())
    with sqlite3.connect(db) as c:
        said = c.execute("SELECT about FROM event WHERE verb = 'sealed_shown'").fetchall()
    verdict(said == [("Postal address of Rose Wren shown to caseworker.1: The court asks where the papers are to go",)],
            f"the record says of it: {said}")


# ---- the commands

def commands(payer, receiver, arrangement):
    for to, more in (("Walt", []), ("Rose", ["--for", "receiving"])):
        for form in ("text", "csv", "json", "pdf"):
            for welsh in ([], ["--welsh"]):
                run(f"statement {form} to {to}", "statement", payer, "--db", db, "--format", form, *more, *welsh,
                    "--today", "2025-05-26")
    for place, *command in (
            ["balance", "balance"], ["balance", "balance", "--accounts", payer], ["check", "check"],
            ["status", "status"], ["status", "status", "--json"], ["journal", "export", "journal"],
            ["journal", "export", "journal", "--anonymous"], ["journal", "export", "accounts"],
            ["suspense", "suspense"], ["suspense", "suspense", "--csv"], ["employers", "employers"],
            ["orders", "orders", "--case", payer], ["instruction", "instruction", "--case", payer, "show"],
            ["accounts", "account", "list"], ["bank", "bank"], ["employers' file", "orders", "rates"],
            ["benefit offices' file", "orders", "requests"]):
        run(place, *command, "--db", db)
    payments = os.path.join(work, "payments")
    run("pay", "pay", "--db", db, "--again", "1", "--out", payments)
    if os.path.exists(payments):
        with open(payments, "rb") as f:
            look("payment file", f.read())


def posted():
    """What goes out of the house but letters themselves: lists, names of files, messages, what the run says."""
    out = os.path.join(work, "post")
    run("post", "post", "--db", db, "--out", out, "--today", "2025-05-26")
    messages = [name for name in sorted(os.listdir(out)) if name.endswith(".txt")]
    verdict(messages, "nobody is told by message that there is something to read")
    look("post names", " ".join(sorted(os.listdir(out))).encode())
    for name in sorted(os.listdir(out)):
        if not name.endswith(".pdf"):
            with open(os.path.join(out, name), "rb") as f:
                text = f.read()
            look("post message" if name in messages else "post list", text)
            verdict(name not in messages or not re.search(rb"Walt|Rose|Lily|Finch|maintenance|http|\d+\.\d\d", text),
                    f"{name} tells what it is about")


def events():
    """What the record says of each step, and what every file and table is called."""
    with sqlite3.connect(db) as c:
        for verb, about in c.execute("SELECT verb, about FROM event"):
            look(f"event {verb}", about.encode())
        for kind, said_by, evidence in c.execute("SELECT kind, said_by, evidence FROM fact"):
            look(f"evidence of {kind}", f"{said_by} {evidence}".encode())
        held = "\n".join(value for value, in c.execute("SELECT value FROM fact")).lower()
        held += "\n".join(note for note, in c.execute("SELECT note FROM alert")).lower()
        held += "\n".join(reason for reason, in c.execute("SELECT reason FROM step")).lower()
        held += "\n".join(a + s for a, s in c.execute("SELECT account, sort_code FROM instruction"))
    for name, word in words:
        if name != "refused_address" and not name.endswith("digits"):
            verdict(word in held, f"{name}: nothing in the family has \"{word}\"")


# ---- what may be where

def judge():
    allowed = [[part.strip() for part in line.split("|")] for line in lines_of("allowed.txt")]
    needed = [False] * len(allowed)
    for (name, place), text in sorted(found.items()):
        may = False
        for i, (names, where, _) in enumerate(allowed):
            places = [where.replace("staff ", who) for who in ("caseworker ", "team-leader ")]
            if name in names.split(",") and any(fnmatch.fnmatchcase(place, where) for where in places):
                needed[i] = may = True
        verdict(may, f"{place} tells {name}: ...{text}...")
    for line, was in zip(allowed, needed):
        verdict(was, f"allowed, and never found there: {line[0]} | {line[1]}")


def main():
    run("play", "play", "--db", db, os.path.join(FILES, "family.play"))
    played = subprocess.run([UPKEEP, "check", "--db", db], capture_output=True, text=True)
    verdict(played.returncode == 0, f"the family is not clean: {played.stdout}{played.stderr}")
    with sqlite3.connect(db) as c:
        pp, payer = c.execute("SELECT id, ref FROM person WHERE given = 'Walt'").fetchone()
        receiver = c.execute("SELECT ref FROM person WHERE given = 'Rose'").fetchone()[0]
        arrangement = c.execute("SELECT ref FROM arrangement").fetchone()[0]
    commands(payer, receiver, arrangement)
    pages(pp)
    posted()
    events()
    judge()
    verdict(must("check", "--db", db) is not None, "the family is not clean after it was read")
    print("canary: places read:", ", ".join(f"{n} of {who}" for who, n in sorted(read.items())))


end(main)
