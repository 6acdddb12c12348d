#!/usr/bin/env python3
"""attack.py: what somebody who means harm tries, against the families of tests/own/canary.play: every
route of src/web/routes.c by everybody who has no right to it, forms from elsewhere, markup, SQL and
lines in what is sent, sessions put upon others, files that are not what they say, names guessed.
Nothing may fail (500), nothing may be written, nobody may read a word that tests/own/canaries.txt
keeps from them.  Usage: tests/attack.py [UPKEEP]"""
import contextlib, os, re, socket, sqlite3, urllib.parse
import robot, served
from tally import ROOT, UPKEEP, db, end, must, verdict, work

TODAY = "2026-10-10"


def routes():
    """(method, path, access) of each route."""
    text = open(os.path.join(ROOT, "src/web/routes.c")).read()
    kinds = {}
    for name, body in re.findall(r"#define (\w+)\(path[^)]*\)((?:.*\\\n)+.*\n)", text):
        kinds[name] = re.findall(r"METHOD_(\w+), path, ACCESS_(\w+)", body)
    table = text[text.index("const struct route routes[]"):]
    for method, path, access in re.findall(r'METHOD_(\w+), "([^"]+)", ACCESS_(\w+)', table):
        yield method.split("_")[0], path, access
    for name, path in re.findall(r'^\s*(\w+)\("([^"]+)"', table, re.M):
        for method, access in kinds[name]:
            yield method, path, access


def record():
    """What the record holds: an attack must leave it as it was."""
    with sqlite3.connect(db) as c:
        return [c.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("event", "fact", "letter", "account")]


# ---- who there is

with_rights = {  # role: kinds of page it may use (law/flow/access.flow)
    "nobody": {"PUBLIC"},
    "receiving_parent": {"PUBLIC", "ACCOUNT", "OWN"},
    "paying_parent": {"PUBLIC", "ACCOUNT", "OWN"},
    "child_in_scotland": {"PUBLIC", "ACCOUNT", "OWN"},
    "representative": {"PUBLIC", "ACCOUNT", "OWN"},  # with nobody's authority
    "statistician": {"PUBLIC", "ACCOUNT"},
    "administrator": {"PUBLIC", "ACCOUNT", "ADMIN"},
    "examiner": {"PUBLIC", "ACCOUNT", "CASE"},
}


def somebody(port, role, person=None, name=None):
    client = served.Client(port)
    if role != "nobody":
        name = name or "zz" + role.replace("_", "-")
        more = ["--person", person] if person else []
        password = must("account", "add", name, "--role", role, *more, "--generate", "--db", db)
        verdict(client.sign_in(name, password) == 303, f"{name} cannot sign in")
    return client


# ---- forced browsing, forms from elsewhere

def is_shut(status, headers, role):
    """Refused, sent to sign in, or not there."""
    return status in (400, 403, 404, 405, 415) or (
        status == 303 and re.search(r"^Location: (/sign-in|/employer\b|/home/?$|/account)", headers, re.M))


def forced(clients, ids):
    for method, path, access in sorted(set(routes())):
        parts = path.split("{}")
        full = parts[0] + "".join(str(i) + p for i, p in zip(ids, parts[1:]))
        for role, client in clients.items():
            if method == "GET" and path in ("/exit",):
                continue
            status, body, headers = client.ask(method, full, {} if method == "POST" else None)
            verdict(status < 500, f"{role}: {method} {full} answers {status}")
            if access not in with_rights[role]:
                verdict(is_shut(status, headers, role), f"{role} gets {status} for {method} {full}")
            elif method == "POST":
                verdict(status in (400, 401, 403, 404, 415), f"{role}: {method} {full} without its token answers {status}")


def elsewhere(client, path, form):
    """A whole form with a good token, as another site would have it sent."""
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"},
                    {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://127.0.0.1.evil.example"}):
        status = client.ask("POST", path, form, headers)[0]
        verdict(status == 403, f"a form from {headers} answers {status}")
    for wrong in ("", "0" * 64, form["csrf"][:-1], form["csrf"] + "0"):
        status = client.ask("POST", path, {**form, "csrf": wrong})[0]
        verdict(status == 403, f"a form with the token \"{wrong}\" answers {status}")


# ---- what is typed

MARKUP = ['"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", "</textarea><svg onload=alert(1)>",
          "{{frame.reader}}", "javascript:alert(1)"]
SQL = ["' OR '1'='1", "1; DROP TABLE event; --", "\" UNION SELECT value FROM fact --", "%' OR 1=1 --", "\\'; --"]
LINES = ["a\r\nSet-Cookie: session=evil", "a%0d%0aX-Evil: 1", "\u2028X-Evil: 1", "a\nLocation: https://evil.example"]


def typed(nobody, staff, parent, ref):
    """Each thing in each place where something typed is shown again."""
    page = staff.ask("GET", "/work")[1].decode()
    field = re.search(r'<input[^>]*type="text"[^>]*name="(\w+)"|name="(\w+)"[^>]*type="text"', page)
    find = next(filter(None, field.groups()))
    everybody = len(staff.ask("GET", "/work")[1])
    form = {**nobody.hidden(nobody.ask("GET", "/sign-in")[1].decode()), "password": "not the password"}
    for text in MARKUP + SQL + LINES:
        quoted = urllib.parse.quote(text, safe="")
        answers = [
            nobody.ask("POST", "/sign-in", {**form, "name": text[:40]}),
            nobody.ask("GET", "/sign-in?next=" + quoted),
            nobody.ask("GET", "/" + quoted),
            staff.ask("GET", f"/work?{find}={quoted}"),
            staff.ask("GET", f"/case/{quoted}"),
            parent.ask("GET", f"/home/account/{quoted}"),
            parent.ask("GET", f"/home/account/{ref}?month={quoted}"),
            parent.ask("GET", f"/home/payments/{ref}?{quoted}=1"),
        ]
        for status, body, headers in answers:
            shown = body.decode("utf-8", "replace")
            verdict(status < 500, f"\"{text}\" answers {status}")
            verdict(text not in shown or text in LINES[2:3] or not re.search(r"[<>\"']", text),
                    f"\"{text}\" is shown as it came")
            verdict("evil" not in headers.lower(), f"\"{text}\" is in the headers: {headers}")
            verdict(len(body) < everybody + 2000, f"\"{text}\" finds more than everything")


def redirects(nobody, password):
    """After signing in one goes to our own pages and nowhere else."""
    for to in ("https://evil.example", "//evil.example", "/\\evil.example", "/%5cevil.example", "\\\\evil.example",
               "/\tevil", "javascript:alert(1)", "/home\r\nX-Evil: 1", "http:evil.example", "///evil.example"):
        client = served.Client(nobody.port)
        page = client.ask("GET", "/sign-in?next=" + urllib.parse.quote(to, safe=""))[1].decode()
        form = {**client.hidden(page), "name": "zzstaff", "password": password, "next": to}
        status, _, headers = client.ask("POST", "/sign-in", form)
        where = re.search(r"^Location: (.*)$", headers, re.M)
        good = status == 422 or (where and re.fullmatch(r"/([a-z%][a-z0-9%./]*)?", where[1]))
        verdict(good, f"next={to!r} leads to {where and where[1]!r} ({status})")


# ---- sessions

def sessions(port, password):
    client = served.Client(port)
    client.cookies = {"session": "A" * 43, "visitor": "B" * 43}
    verdict(client.sign_in("zzstaff", password) in (303, 403), "a planted cookie breaks signing in")
    client = served.Client(port)
    client.ask("GET", "/sign-in")
    before = dict(client.cookies)
    verdict(client.sign_in("zzstaff", password) == 303, "staff cannot sign in")
    first = client.cookies["session"]
    verdict(first not in before.values(), "the session is the token of before signing in")
    thief = served.Client(port)
    for planted in ("A" * 43, first[:-1] + ("x" if first[-1] != "x" else "y"), first.upper(), first + "=", ""):
        thief.cookies = {"session": planted}
        verdict(thief.ask("GET", "/work")[0] == 303, f"the session \"{planted}\" opens the list of cases")
    form = client.hidden(client.ask("GET", "/account")[1].decode())
    verdict(client.ask("POST", "/sign-out", form)[0] == 303, "nobody can sign out")
    thief.cookies = {"session": first}
    verdict(thief.ask("GET", "/work")[0] == 303, "a session works after signing out")


def guessing(port, refs):
    """Who is there and who is not is answered alike."""
    said = set()
    for name in ("zzstaff", "zznobody-of-that-name"):
        client = served.Client(port)
        form = client.hidden(client.ask("GET", "/sign-in")[1].decode())
        status, body, _ = client.ask("POST", "/sign-in", {**form, "name": name, "password": "wrong wrong wrong"})
        said.add((status, re.sub(name + r"|value=\"[^\"]*\"", "", body.decode())))
    verdict(len(said) == 1, "an account that is there is told from one that is not")
    said = set()
    for ref in refs:
        client = served.Client(port)
        form = client.hidden(client.ask("GET", "/activate")[1].decode())
        fields = {"reference": ref, "code": "ABCD-EFGH-JKMN-PQRS", "name": "zzsomeone", "password": "long enough now",
                  "again": "long enough now"}
        status, body, _ = client.ask("POST", "/activate", {**form, **fields})
        said.add((status, re.sub(ref + r"|value=\"[^\"]*\"", "", body.decode())))
    verdict(len(said) == 1, "a reference that is there is told from one that is not")


# ---- files, and requests that are none

def part(name, file_name, content, kind="text/csv"):
    return (f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
            f"Content-Type: {kind}\r\n\r\n").encode() + content + b"\r\n"


def uploads(staff, port):
    status, page, _ = staff.ask("GET", "/bank")
    page = page.decode()
    where = re.search(r'<form[^>]*enctype="multipart/form-data"[^>]*>', page)
    verdict(where, "there is no form for a file")
    if not where:
        return
    path = re.search(r'action="([^"]*)"', where[0])[1]
    field = re.search(r'name="(\w+)"[^>]*type="file"|type="file"[^>]*name="(\w+)"', page)
    field = next(filter(None, field.groups()))
    token = f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{staff.hidden(page)["csrf"]}\r\n'.encode()
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    for name, content in (("../../etc/passwd", b"x"), ("a.csv\0.exe", b"x"), ("\r\nX: 1", b"x"), ("a" * 5000, b"x"),
                          ("a.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
                          ("a.csv", b"\x00" * 1000), ("a.csv", b""), ("a.pdf", b"%PDF-1.7 ..."),
                          ("a.xml", b"<a>" * 20000)):
        status, body, headers = staff.ask("POST", path, token + part(field, name, content) + b"--x--\r\n", kind)
        verdict(400 <= status < 500, f"the file {name[:30]!r} answers {status}")
        verdict(b"root:" not in body and "X: 1" not in headers, f"the file {name[:30]!r} is answered with more")
    many = b"".join(part(f"f{i}", "a.csv", b"x") for i in range(2000))
    for body in (token + many + b"--x--\r\n", token + part(field, "a.csv", b"x" * 30_000_000) + b"--x--\r\n",
                 b"--x\r\n" * 5000, token):
        try:
            status = staff.ask("POST", path, body, kind)[0]
        except (BrokenPipeError, ConnectionResetError):
            status = 413  # cut off while it was sending
        verdict(400 <= status < 500, f"{len(body)} bytes of parts answer {status}")


def raw(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as s:
        s.sendall(request)
        with contextlib.suppress(OSError):  # it may have answered and hung up already
            s.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: s.recv(65536), b"")).decode("latin-1")


def oddities(port):
    for line in ("TRACE / HTTP/1.1", "PUT /sign-in HTTP/1.1", "DELETE /case/1 HTTP/1.1", "CONNECT evil:80 HTTP/1.1",
                 "GET /assets/../../../etc/passwd HTTP/1.1", "GET /assets/%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
                 "GET /%00 HTTP/1.1", "GET //evil.example/ HTTP/1.1", "GET http://evil.example/ HTTP/1.1",
                 "GET /" + "a" * 100000 + " HTTP/1.1", "GET /?" + "a=1&" * 20000 + " HTTP/1.1"):
        said = raw(port, f"{line}\r\nHost: evil.example\r\n\r\n".encode())
        status = int(re.match(r"HTTP/1\.1 (\d+)", said)[1]) if said else 400
        verdict(status < 500, f"{line[:50]} answers {status}")
        verdict("root:" not in said and "evil" not in said.split("\r\n\r\n")[0], f"{line[:50]}: {said[:200]}")
    smuggled = ("POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
                "0\r\n\r\nGET /help HTTP/1.1\r\nHost: a\r\n\r\n")
    verdict("200" not in [m for m in re.findall(r"HTTP/1\.1 (\d+)", raw(port, smuggled.encode()))][:1],
            "a request in a request is answered first")
    verdict(raw(port, b"GET /help HTTP/1.1\r\nHost: a\r\n\r\n").startswith("HTTP/1.1 200"), "the server is gone")


def strangers(stranger, others, answer=404):
    """A parent of another family reads nothing of these: not even whether they are there."""
    for path in ("account", "payments", "worked"):
        bodies = set()
        for ref in (*others, "121999999990"):
            status, body, _ = stranger.ask("GET", f"/home/{path}/{ref}")
            verdict(status == answer, f"a stranger gets {status} for /home/{path}/{ref}")
            bodies.add(body.decode().replace(ref, ""))
        verdict(len(bodies) == 1, "what is not theirs is told from what is not there")


def programs(clients, port, ids, person):
    """Every way in for programs, by everybody who has no right to it; and what nobody should send."""
    text = open(os.path.join(ROOT, "src/web/api_routes.c")).read()
    ways = re.findall(r'METHOD_(\w+), "([^"]+)", ACCESS_(\w+)', text)
    ways += [("GET", path, access) for path, _, access in re.findall(r'READ\("([^"]+)", (\w+), (\w+)', text)]
    ways += [("POST", path, access) for path, _, access in re.findall(r'DO\("([^"]+)", (\w+), (\w+)', text)]
    verdict(len(ways) > 10, f"{len(ways)} ways in for programs are found")
    tokens = {"nobody": None, "a liar": "upkeep_" + "0" * 64, "injected": "upkeep_' OR '1'='1"}
    for role, scopes in (("receiving_parent", "own.read"), ("paying_parent", "own.read"), ("statistician", "calculate"),
                         ("examiner", "calculate"), ("administrator", "calculate")):
        tokens[role] = must("token", "add", "zz" + role.replace("_", "-"), "--name", "attack", "--scopes", scopes, "--db", db)
    for i, (method, path, access) in enumerate(ways):
        source = f"127.0.0.{i + 2}"  # who comes too often is told so, and nothing else
        parts = path.split("{}")
        full = parts[0] + "".join(str(i) + p for i, p in zip(ids, parts[1:]))
        for role, token in tokens.items():
            headers = {"Content-Type": "application/json", **({"Authorization": "Bearer " + token} if token else {})}
            status, body, _ = served.Client(port, source).ask(method, full, b"{}" if method == "POST" else None, headers)
            allowed = access in ("PUBLIC",) or (access in with_rights.get(role, ()))
            verdict(status < 500, f"{role}: {method} {full} answers {status}")
            verdict(allowed or status in (401, 403), f"{role}'s program gets {status} for {method} {full}")
        for role, client in clients.items():
            status, _, _ = client.ask(method, full, b"{}" if method == "POST" else None, {"Content-Type": "application/json"})
            verdict(access == "PUBLIC" or status in (401, 429), f"{role}'s cookie gets {status} for {method} {full}")
    good = must("token", "add", "zzstaff", "--name", "attack", "--scopes", "case.read,money.read,work.read", "--db", db)
    bearer = {"Authorization": "Bearer " + good}
    for text in MARKUP + SQL + LINES:
        quoted = urllib.parse.quote(text, safe="")
        for path in (f"cases?q={quoted}", f"cases/{quoted}", f"cases/{person}/decisions/{quoted}", f"work-list?kind={quoted}",
                     f"cases/{person}/statement?{quoted}=1", f"cases/{person}/statement?whose={quoted}"):
            status, body, headers = served.Client(port).ask("GET", "/api/v1/" + path, headers=bearer)
            verdict(status < 500, f"\"{text}\" answers {status}")
            verdict("evil" not in headers.lower() and "json" in headers, f"\"{text}\" is in the headers: {headers}")
            verdict(len(body) < 4000, f"\"{text}\" finds {len(body)} bytes")
        for headers in ({"Authorization": "Bearer " + quoted}, {**bearer, "Idempotency-Key": quoted}, {**bearer, "Origin": "https://evil.example"}):
            status, _, said = served.Client(port).ask("GET", "/api/v1/token", headers=headers)
            verdict(status < 500 and "access-control" not in said.lower(), f"the header {headers} answers {status}: {said}")
    for body in (b"", b"{", b"[]", b"null", b"{}" * 100, b'{"a":' * 5000, b"\xff\xfe", b'{"a":"\\u0000"}', b"9" * 60000, b'{"id":1e999}'):
        status = served.Client(port).ask("POST", "/api/v1/calculate", body, {"Content-Type": "application/json"})[0]
        verdict(status in (400, 413, 422, 429), f"the body {body[:20]!r} answers {status}")


def applying(port):
    """An application online: what is typed comes back as text, a code that is none is answered as any other,
    there is no reading without it, and nobody begins or tries without end."""
    client = served.Client(port)

    def send(path, form, **more):
        csrf = client.hidden(client.ask("GET", path)[1].decode()).get("csrf", "")
        return client.ask("POST", path, {"csrf": csrf, **form}, **more)

    verdict(send("/apply/who", {"applicant": "receiving"})[0] == 303, "nobody can begin an application")
    born = {"own_born-day": "1", "own_born-month": "2", "own_born-year": "1990"}
    for text in MARKUP + SQL + LINES:
        status, body, headers = send("/apply/name", {"own_given": text, "own_family": "B", **born})
        verdict(status in (303, 422) and "evil" not in headers.lower(), f"\"{text}\" as a name answers {status}")
        for path in ("/apply/name", "/apply/check"):
            shown = client.ask("GET", path)[1].decode("utf-8", "replace")
            verdict(text not in shown or not re.search(r"[<>\"']", text), f"\"{text}\" is shown as it came")
    for form in ({"applicant": "admin"}, {"applicant": "receiving", "own_nino": "x"}, {"own_given": "A" * 60000}):
        verdict(400 <= send("/apply/who", form)[0] < 500, f"{str(form)[:40]} begins an application")
    verdict(send("/apply/words", {"words": "A" * 2001})[0] == 422, "more than 2,000 characters are taken")
    for number in ("0", "2", "7", "-1", "99999999999999999999"):
        verdict(client.ask("GET", f"/apply/child/{number}")[0] in (303, 404), f"there is a child {number}")
    mine = client.cookies["application"]
    for planted in ("", "A" * 19, mine[:-1] + ("A" if mine[-1] != "A" else "B"), mine.lower() + "x", "A-000001", "1"):
        thief = served.Client(port)
        thief.cookies = {"application": planted}
        for path in ("/apply/tasks", "/apply/check", "/apply/sent", "/apply/name"):
            verdict(thief.ask("GET", path)[0] == 303, f"the code \"{planted}\" opens {path}")
    said = set()
    for code in ("A-000001", "2222-2222-2222-2222", "1", mine[:-1] + ("A" if mine[-1] != "A" else "B")):
        status, body, _ = send("/apply/return", {"code": code})
        said.add((status, re.sub(r'value="[^"]*"', "", body.decode())))
    verdict(len(said) == 1 and min(said)[0] == 422, "codes that are none are answered in more than one way")
    for _ in range(60):
        send("/apply/return", {"code": "2222-2222-2222-2222"})
    verdict(send("/apply/return", {"code": mine})[0] == 303, "wrong codes of somebody at this address shut out the right one")
    for _ in range(6):
        body = send("/apply/estimate", {"estimate": "2222-2222"})[1]
    verdict(b"too many" in body.lower(), "codes of estimates can be tried without end")
    many = [send("/apply/who", {"applicant": "paying"})[0] for _ in range(25)]
    verdict(many[-1] == 422, "applications can be begun without end")


def main():
    must("play", "--db", db, os.path.join(ROOT, "tests/own/canary.play"))
    with sqlite3.connect(db) as c:
        person = dict(c.execute("SELECT given, ref FROM person"))
        family = c.execute("SELECT id FROM person WHERE given = 'Marcus'").fetchone()[0]
        arrangements = [ref for ref, in c.execute("SELECT ref FROM arrangement WHERE pp = ? ORDER BY id", (family,))]
    server, port = served.begin_server(UPKEEP, db, os.path.join(work, "log"), TODAY)
    try:
        password = must("account", "add", "zzstaff", "--role", "caseworker", "--generate", "--db", db)
        staff = served.Client(port)
        verdict(staff.sign_in("zzstaff", password) == 303, "staff cannot sign in")
        clients = {role: somebody(port, role) for role in with_rights if role not in ("receiving_parent", "paying_parent", "child_in_scotland")}
        clients["receiving_parent"] = somebody(port, "receiving_parent", person["Rose"])
        clients["child_in_scotland"] = somebody(port, "child_in_scotland", person["Ella"])
        clients["paying_parent"] = somebody(port, "paying_parent", person["Peter"])
        parent = somebody(port, "paying_parent", person["Marcus"], "zzmarcus")
        before = record()
        forced(clients, (family, 1, 1))
        strangers(clients["paying_parent"], [person["Marcus"], person["Dana"], *arrangements])
        strangers(clients["child_in_scotland"], [person["Marcus"], person["Dana"], *arrangements])
        strangers(clients["representative"], [person["Marcus"], person["Dana"], *arrangements], answer=303)
        elsewhere(staff, f"/case/{family}/day", staff.hidden(staff.ask("GET", f"/case/{family}")[1].decode()))
        typed(clients["nobody"], staff, parent, person["Marcus"])
        redirects(clients["nobody"], password)
        sessions(port, password)
        uploads(staff, port)
        oddities(port)
        programs(clients, port, (person["Marcus"], 1), person["Marcus"])
        guessing(port, [person["Marcus"], "121999999990"])
        applying(port)
        verdict(record() == before, f"the record was {before} and is {record()}")
        robot.walk({**clients, "staff": staff, "a parent": parent, "a team leader": somebody(port, "team_leader")},
                   alike=("staff", "a team leader"))
        must("check", "--db", db)
    finally:
        server.terminate()
        server.wait()


end(main)
