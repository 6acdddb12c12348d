#!/usr/bin/python3
"""api.py: the interface for programs, against the families of tests/own/canary.play: every way in of
src/web/api_routes.c is in doc/openapi.json and the reverse, every answer is as its schema says, every
member a schema has is answered somewhere, the figures are those of `upkeep` itself, tokens open what
they should and nothing else, and the examples of doc/api.md run.  Usage: tests/api.py [UPKEEP]"""
import http.client, json, os, re, sqlite3, subprocess
import jsonschema
import served
from tally import ROOT, UPKEEP, db, end, must, verdict, work

TODAY = "2026-10-10"
DOCUMENT = json.load(open(os.path.join(ROOT, "doc/openapi.json")))
answered = {}   # operation: statuses
members = set() # (schema, member) answered


# ---- the document

def schema_of(schema):
    """A schema with the document's own parts beside it."""
    return {**schema, "components": DOCUMENT["components"], "$schema": "https://json-schema.org/draft/2020-12/schema"}


def deref(schema):
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def note_members(schema, value, name):
    """Which members of which schema were answered."""
    name = schema["$ref"].rsplit("/", 1)[1] if "$ref" in schema else name
    schema = deref(schema)
    for one in schema.get("anyOf", []):
        if value is not None or one == {"type": "null"}:
            note_members(one, value, name)
    if isinstance(value, dict):
        for key, inner in value.items():
            members.add((name, key))
            if key in schema.get("properties", {}):
                note_members(schema["properties"][key], inner, f"{name}.{key}")
    elif isinstance(value, list):
        for inner in value:
            note_members(schema.get("items", {}), inner, f"{name}[]")


def all_members(schema, name, seen):
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if name in seen:
            return
        seen.add(name)
    schema = deref(schema)
    for one in schema.get("anyOf", []):
        yield from all_members(one, name, seen)
    for key, inner in schema.get("properties", {}).items():
        yield name, key
        yield from all_members(inner, f"{name}.{key}", seen)
    if "items" in schema:
        yield from all_members(schema["items"], f"{name}[]", seen)


def operations():
    for path, ways in DOCUMENT["paths"].items():
        for method, operation in ways.items():
            yield method.upper(), path, operation


def operation_of(method, path):
    bare = path.split("?")[0]
    best = None
    for m, pattern, operation in operations():
        if m == method and re.fullmatch(re.sub(r"\{\w+\}", r"[A-Za-z0-9_-]+", pattern), bare):
            if best is None or pattern.count("{") < best[0].count("{"):
                best = pattern, operation
    return best


def forms():
    """The fields of each form of page/*.html."""
    found = {}
    for name in (n for n in os.listdir(os.path.join(ROOT, "page")) if n.endswith(".html")):
        text = open(os.path.join(ROOT, "page", name)).read()
        for form, body in re.findall(r"\{\{form (\w+)\n(.*?)\}\}", text, re.S):
            found["form_" + form] = {line.split()[0] for line in body.splitlines() if not line.startswith("say ")}
    return found


def document():
    """Routes, scopes and fields on either side."""
    text = open(os.path.join(ROOT, "src/web/api_routes.c")).read()
    scopes = dict(re.findall(r"\[SCOPE_(\w+)\]\s*=\s*\{\s*\"([^\"]+)\"", open(os.path.join(ROOT, "src/web/program.c")).read()))
    there = {}
    for method, path, form, scope in re.findall(
            r'\{ METHOD_(\w+), "([^"]+)", ACCESS_\w+, \w+, &?(\w+),\s*\w+ \},\s*SCOPE_?(\w+)', text):
        there[method, path] = scopes.get(scope), form
    for path, scope, form in re.findall(r'READ\("([^"]+)", (\w+), \w+, \w+, &?(\w+)\)', text):
        there["GET", path] = scopes.get(scope), form
    for path, scope, form in re.findall(r'DO\("([^"]+)", (\w+), \w+, \w+, &?(\w+)\)', text):
        there["POST", path] = scopes.get(scope), form
    described = {(m, re.sub(r"\{\w+\}", "{}", p)): o for m, p, o in operations()}
    verdict(set(there) == set(described), f"in one of routes and document: {set(there) ^ set(described)}")
    declared = forms()
    for key, operation in described.items():
        scope, form = there.get(key, (None, "NULL"))
        said = {s for option in operation["security"] for names in option.values() for s in names}
        verdict(said == ({scope} if scope else set()), f"{key} wants {scope}, and the document says {said}")
        fields = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query"}
        bodies = operation.get("requestBody", {}).get("content", {})
        body = bodies.get("application/json", bodies.get("multipart/form-data", {})).get("schema")
        if body and not fields:
            fields = set(deref(body)["properties"])
        verdict(fields == declared.get(form, set()), f"{key} takes {declared.get(form)}, and the document says {fields}")
    offered = set(re.search(r"scopes ticks of (.*?) missing", open(os.path.join(ROOT, "page/account_tokens.html")).read())[1].split())
    verdict(offered == set(scopes.values()), f"offered on the page: {offered}")
    jsonschema.Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"]["Case"])


# ---- asking

class Program:
    def __init__(self, port, token=None):
        self.port, self.token = port, token

    def ask(self, method, path, body=None, headers=None, check=True):
        """Status, answer (JSON if it is), headers; held against the document."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Authorization": "Bearer " + self.token} if self.token else {}
        if isinstance(body, (dict, list)):
            body, sent["Content-Type"] = json.dumps(body), "application/json"
        c.request(method, path, body, {**sent, **(headers or {})})
        answer = c.getresponse()
        text = answer.read()
        said = {k.lower(): v for k, v in answer.getheaders()}
        c.close()
        value = json.loads(text) if "json" in said.get("content-type", "") else text
        if check:
            self.held(method, path, answer.status, value, said)
        return answer.status, value, said

    def held(self, method, path, status, value, said):
        found = operation_of(method, path)
        verdict("set-cookie" not in said and "access-control-allow-origin" not in said,
                f"{path} answers with a cookie or to other sites")
        verdict(said.get("cache-control") == "no-store", f"{path} may be kept")
        if not found:
            verdict(status in (404, 405), f"{path} is not in the document and answers {status}")
            return
        pattern, operation = found
        response = operation["responses"].get(str(status))
        verdict(response, f"{method} {path} answers {status}, which is not in the document: {value}")
        if not response:
            return
        answered.setdefault(operation["operationId"], set()).add(status)
        kind = said["content-type"].split(";")[0]
        verdict(kind in response["content"], f"{path} answers {kind}")
        schema = response["content"].get(kind, {}).get("schema", {})
        faults = list(jsonschema.Draft202012Validator(schema_of(schema)).iter_errors(value))
        for fault in faults[:3]:
            print(f"api: {path}: {'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}")
        verdict(not faults, f"{method} {path} ({status}) is not as its schema says")
        note_members(schema, value, operation["operationId"])

    def get(self, path, status=200):
        got, value, _ = self.ask("GET", path)
        verdict(got == status, f"GET {path} answers {got}, not {status}: {value}")
        return value


def refused(got, status, code, what):
    verdict(got[0] == status and isinstance(got[1], dict) and got[1].get("code") == code,
            f"{what}: {got[0]} {got[1]}, not {status} {code}")


def account(name, role, person=None):
    must("account", "add", name, "--role", role, *(["--person", person] if person else []), "--generate", "--db", db)
    return name


def token(name, scopes):
    return must("token", "add", name, "--name", "a test", "--scopes", scopes, "--db", db)


# ---- what is read

FACTS = {"effective_date": "2026-04-06", "paying_parent": {"income": {"weekly": "600.00"}},
         "receiving_parents": [{"id": "A", "children": [{"id": "b"}, {"id": "c"}]}]}


def calculation(nobody, port):
    for body in (FACTS, {**FACTS, "id": "x", "variations": [{"ground": "contact_costs", "weekly": "30.00"}]},
                 {**FACTS, "default_decision": True}):
        status, value, _ = nobody.ask("POST", "/api/v1/calculate", body)
        same = json.loads(must("assess", given=json.dumps(body)))
        verdict(status == 200 and value == same, f"a calculation is another than assess makes: {value}")
    status, value, _ = nobody.ask("POST", "/api/v1/calculate?steps=no", FACTS)
    verdict(status == 200 and "steps" not in value, "the steps are not left out")
    for wrong, code in (({**FACTS, "colour": "red"}, "key_unknown"), ({**FACTS, "effective_date": "2010-01-01"}, "date_before_scheme"),
                        ({**FACTS, "paying_parent": {}}, "income_missing")):
        refused(nobody.ask("POST", "/api/v1/calculate", wrong), 422, code, "a wrong calculation")
        said = subprocess.run([UPKEEP, "assess"], input=json.dumps(wrong), capture_output=True, text=True).stdout
        error = json.loads(said)["error"]
        problem = nobody.ask("POST", "/api/v1/calculate", wrong)[1]
        verdict((problem["detail"], problem.get("field", "")) == (error["message"], error["path"]), f"{problem} is not {error}")
    refused(nobody.ask("POST", "/api/v1/calculate?colour=red", FACTS), 400, "key_unknown", "an unknown parameter")
    refused(nobody.ask("POST", "/api/v1/calculate", "a=b", {"Content-Type": "application/x-www-form-urlencoded"}), 415,
            "content_type_wrong", "a form")
    refused(Program(port, "upkeep_" + "0" * 64).ask("POST", "/api/v1/calculate", FACTS), 401, "token_wrong",
            "a calculation with a token that is none")


def plain(reply):
    """A calculation without its sentences, which name people where assess has their ids."""
    return {**reply, "steps": [{**s, "label": ""} for s in reply["steps"]]}


def case(staff, ref, arrangements):
    found = staff.get("/api/v1/cases")
    verdict(found["found"] is None and len(found["cases"]) == 2, f"the cases are {found}")
    for q, n in (("Marcus", 1), (ref, 1), (ref[:4] + "%20" + ref[4:], 1), ("nobody", 0)):
        verdict(staff.get(f"/api/v1/cases?q={q}")["found"] == n, f"\"{q}\" does not find {n}")
    one = staff.get(f"/api/v1/cases/{ref}")
    verdict(one == staff.get(f"/api/v1/cases/{arrangements[0]}"), "a case is another by its arrangement's reference")
    paying = staff.get(f"/api/v1/cases/{ref}/statement")
    verdict(paying["closing"] == one["owed"] == one["sides"][0]["amount"],
            f"owed: {one['owed']}; the statement says {paying['closing']}, the parent's side {one['sides'][0]['amount']}")
    same = json.loads(must("statement", ref, "--format", "json", "--to", TODAY, "--known-on", TODAY, "--db", db))
    verdict(paying == same, "the statement is another than `upkeep statement` writes")
    for a, side in zip(arrangements, one["sides"][1:]):
        its = staff.get(f"/api/v1/cases/{ref}/statement?whose={a}")
        verdict(its["closing"].lstrip("-") == side["amount"], f"{a}: {its['closing']} and {side['amount']}")
    welsh = staff.get(f"/api/v1/cases/{ref}/statement?language=welsh&from=2026-08-01&to=2026-09-01&known_on=2026-09-01")
    verdict(welsh["language"] == "cy-GB" and welsh["from"] == "2026-08-01", f"a statement of a month: {welsh}")
    decisions = staff.get(f"/api/v1/cases/{ref}/decisions")["decisions"]
    for d in decisions:
        opened = staff.get(f"/api/v1/cases/{ref}/decisions/{d['number']}")
        verdict(opened["agrees"] and opened["weekly"] == d["weekly"], f"decision {d['number']} does not come out")
        again = json.loads(must("assess", given=json.dumps(opened["input"])))
        verdict(plain(again) == plain(opened["calculation"]), f"decision {d['number']} is another worked out by assess")
    sent = [one for one in staff.get(f"/api/v1/cases/{ref}/letters")["letters"] if not one["refused"]]
    for query in ("", "?language=welsh&large=yes"):
        pdf = staff.get(f"/api/v1/cases/{ref}/letters/{sent[0]['number']}/pdf{query}")
        verdict(pdf[:5] == b"%PDF-", "a letter is no PDF")
    staff.get(f"/api/v1/cases/{ref}/letters/999/pdf", 404)
    staff.get(f"/api/v1/cases/{ref}/letters/{sent[0]['number']}/pdf?large=huge", 422)
    for query in ("", "?whose=mine", "?whose=nobody&page=1", "?kind=decide"):
        staff.get("/api/v1/work-list" + query)
    return one


def tells(port, ref, arrangements):
    """What a parent's program tells us: as the pages would, once, and of their own family only."""
    reader = Program(port, token("zdana", "own.read"))
    mine, ways = Program(port, token("zdana", "own.read,own.write")), f"/api/v1/me/{arrangements[0]}"
    family = sqlite3.connect(db).execute("SELECT id FROM person WHERE given = 'Marcus'").fetchone()[0]
    kinds = {k["kind"]: k for k in mine.get(ways + "/changes")["kinds"]}
    verdict(len(kinds) > 5 and len({k["answer"] for k in kinds.values()}) > 2, f"the kinds are {list(kinds)}")
    of_marcus = Program(port, token("zmarcus", "own.read,own.write"))
    his = {k["kind"] for k in of_marcus.get(f"/api/v1/me/{ref}/changes")["kinds"]}
    verdict(his != set(kinds), "both parents are asked the same")
    for kind in kinds.values():
        body = {"kind": kind["kind"], "preview": True}
        if kind["answer"]:
            body[kind["answer"]] = {"amount": "120.00", "number": 60, "pick": (kind["choices"] or [{"word": ""}])[0]["word"], "text": "07700 900123"}[kind["answer"]]
        if kind["when"]:
            body["happened"] = "2026-10-05"
        if not kind["straight"]:
            body["note"] = "zcanary words"
        if len(kind["about"]) > 1:
            body["about"] = kind["about"][0]["reference"]
        before = events_of(family)
        status, shown, _ = mine.ask("POST", ways + "/changes", body)
        verdict(status == 200 and shown["preview"] or status == 422 and shown.get("field") in body, f"{body}: {status} {shown}")
        verdict(events_of(family) == before, f"the preview of {kind['kind']} is written")
    nights = {"kind": "nights", "about": kinds["nights"]["about"][0]["reference"], "number": 104, "happened": "2026-10-05", "note": "since October"}
    refused(reader.ask("POST", ways + "/changes", {**nights, "preview": True}), 403, "scope_missing", "a token that only reads")
    refused(mine.ask("POST", ways + "/changes", {**nights, "preview": False}), 400, "key_missing", "a change without a key")
    for change, field in ((("number", None), "number"), (("about", "121999999990"), "about"), (("happened", None), "happened"), (("amount", "1.00"), "amount"), (("number", 1001), "number")):
        body = {**nights, "preview": True, change[0]: change[1]}
        status, said, _ = mine.ask("POST", ways + "/changes", {k: v for k, v in body.items() if v is not None})
        verdict(status == 422 and said["code"] == "field_wrong" and said.get("field") == field, f"{change}: {status} {said}")
    verdict(mine.ask("POST", ways + "/changes", {**nights, "kind": "nonsense", "preview": True})[0] == 404, "a kind that is none")
    before = events_of(family)
    status, done, _ = mine.ask("POST", ways + "/changes", {**nights, "preview": False}, once("told"))
    verdict(status == 200 and not done["repeated"] and events_of(family) == before + 1, f"a change: {status} {done}")
    status, again, _ = mine.ask("POST", ways + "/changes", {**nights, "preview": False}, once("told"))
    verdict(status == 200 and again["repeated"] and events_of(family) == before + 1, f"a change twice: {status} {again}")
    verdict(mine.get(ways + "/changes")["told"][0]["open"], "what was told is not listed")
    verdict(mine.ask("POST", f"/api/v1/me/{arrangements[1]}/changes", {**nights, "preview": True})[0] == 404, "a change in another's arrangement")
    messages(mine, ways, family)
    files(mine, Program(port, token("zpriya", "own.read,own.write")), ways)
    look_again(mine, reader, ways, family)
    paid(port, mine, arrangements[1])


def messages(mine, ways, family):
    before = len(mine.get(ways + "/messages")["conversations"])
    refused(mine.ask("POST", ways + "/messages", {"about": "question", "words": "When?"}), 400, "key_missing", "a message without a key")
    for _ in range(2):
        status, done, _ = mine.ask("POST", ways + "/messages", {"about": "question", "words": "When am I paid?"}, once("ask"))
        verdict(status == 200, f"a message: {status} {done}")
    verdict(done["repeated"], "a message sent twice is not told as repeated")
    talks = mine.get(ways + "/messages")["conversations"]
    verdict(len(talks) == before + 1 and talks[0]["messages"][0]["words"] == "When am I paid?" and talks[0]["we_answer_by"], f"the message is not there: {talks}")
    status, done, _ = mine.ask("POST", ways + "/messages", {"number": talks[0]["number"], "words": "And how much?"}, once("more"))
    verdict(status == 200 and len(mine.get(ways + "/messages")["conversations"][0]["messages"]) == 2, f"it does not go on: {done}")
    refused(mine.ask("POST", ways + "/messages", {"about": "question", "number": 999, "words": "x"}, once("none")), 422, "no_such_message", "no conversation")
    verdict(mine.ask("POST", ways + "/messages", {"about": "weather", "words": "x"}, once("weather"))[0] == 422, "a message about the weather")
    said = mine.ask("POST", ways + "/messages", {"words": "x"}, once("about nothing"))
    refused(said, 422, "field_wrong", "a message about nothing")
    verdict(said[1].get("field") == "about", f"what is missing is {said[1]}")


def parts(name, kind, given, **fields):
    """A form with a file, and its headers."""
    mark = "zmark" + "0" * 20
    rows = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()]
    rows.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'.encode() + given + b"\r\n")
    return b"".join(rows) + f"--{mark}--\r\n".encode(), {"Content-Type": "multipart/form-data; boundary=" + mark}


def files(mine, other, ways):
    """Given with a message, once; read again byte for byte by who gave it and nobody else."""
    given, talks = b"%PDF-1.4 zpayslip\n\0\xff", mine.get(ways + "/messages")["conversations"]
    body, headers = parts("payslip.pdf", "application/pdf", given, about="payment", words="My payslip")
    refused(mine.ask("POST", ways + "/files", body, headers), 400, "key_missing", "a file without a key")
    for repeated in (False, True):
        status, done, _ = mine.ask("POST", ways + "/files", body, {**headers, **once("payslip")})
        verdict(status == 200 and done["repeated"] == repeated, f"a file: {status} {done}")
    now = mine.get(ways + "/messages")["conversations"]
    message = now[0]["messages"][0]
    verdict(len(now) == len(talks) + 1 and message["file"] and message["words"] == "My payslip", f"the file is not there: {now[0]}")
    status, got, said = mine.ask("GET", f"{ways}/files/{message['number']}")
    verdict(status == 200 and got == given and "attachment" in said.get("content-disposition", ""), f"the file comes back as {status} {got} {said}")
    verdict(mine.ask("GET", f"{ways}/files/{talks[0]['messages'][0]['number']}")[0] == 404, "a file of a message without one")
    verdict(mine.ask("GET", f"{ways}/files/999")[0] == 404 and other.ask("GET", f"{ways}/files/{message['number']}")[0] == 404, "another's file")
    body, headers = parts("reply.txt", "text/plain", b"and this", number=message["number"], words="And this")
    status, done, _ = mine.ask("POST", ways + "/files", body, {**headers, **once("reply")})
    verdict(status == 200 and len(mine.get(ways + "/messages")["conversations"][0]["messages"]) == 2, f"a file in answer: {status} {done}")
    for name, kind, bytes_, code in (("x.pdf", "application/pdf", b"MZ", "file_differs"), ("x.exe", "application/pdf", given, "file_kind"), ("x.pdf", "application/pdf", b"", "file_empty")):
        body, headers = parts(name, kind, bytes_, about="payment", words="x")
        refused(mine.ask("POST", ways + "/files", body, {**headers, **once(name + code)}), 422, code, f"the file {name}")
    refused(mine.ask("POST", ways + "/files", body[:-9], {**headers, **once("cut off")}), 400, "form_broken", "a form cut off")
    refused(mine.ask("POST", ways + "/files", {"about": "payment", "words": "x"}, once("as JSON")), 415, "content_type_wrong", "a file as JSON")


def look_again(mine, reader, ways, family):
    """A decision is to be looked at again: shown first, asked once."""
    at = ways + "/reconsiderations"
    decision = mine.get(at)
    verdict(not decision["asked_on"] and decision["until"] < decision["until_late"], f"the decision is {decision}")
    ask, before = {"preview": True, "why": "The income is last year's"}, events_of(family)
    if decision["late"]:
        ask["late"] = "The notice came late"
    refused(reader.ask("POST", at, ask), 403, "scope_missing", "a token that only reads")
    status, shown, _ = mine.ask("POST", at, ask)
    verdict(status == 200 and shown["preview"] and events_of(family) == before and mine.get(at) == decision, f"a preview: {status} {shown}")
    refused(mine.ask("POST", at, {**ask, "preview": False}), 400, "key_missing", "asking without a key")
    verdict(mine.ask("POST", at, {**ask, "why": ""})[0] == 422, "asking without saying why")
    for repeated in (False, True):
        status, done, _ = mine.ask("POST", at, {**ask, "preview": False}, once("again"))
        verdict(status == 200 and done == {**shown, "preview": False, "repeated": repeated} and events_of(family) == before + 1, f"asked: {status} {done}")
    verdict(mine.get(at)["asked_on"] == TODAY, "that it was asked is not told")
    refused(mine.ask("POST", at, {**ask, "preview": False}, once("once more")), 422, "asked_before", "asking twice")


def paid(port, mine, ref):
    """Of the arrangement whose payments are made directly."""
    hers, ways = Program(port, token("zpriya", "own.read,own.write")), f"/api/v1/me/{ref}/payments"
    due = hers.get(ways)["payments"]
    verdict(due, "there are no payments made directly")
    first = [d for d in due if not d["yours"]][0]
    body = {"due": first["due"], "paid": "0.00", "preview": True}
    status, shown, _ = hers.ask("POST", ways, body)
    verdict(status == 200 and shown["deed"] in ("report", "tell"), f"a payment's preview: {status} {shown}")
    verdict(hers.get(ways)["payments"] == due, "the preview is written")
    status, done, _ = hers.ask("POST", ways, {**body, "preview": False}, once("missed"))
    verdict(status == 200 and done == {**shown, "preview": False}, f"a missed payment: {status} {done}")
    status, again, _ = hers.ask("POST", ways, {**body, "preview": False}, once("missed"))
    verdict(status == 200 and again["repeated"] and again["deed"] is None, f"twice: {again}")
    now = [d for d in hers.get(ways)["payments"] if d["due"] == first["due"]][0]
    verdict(now["yours"] and now["yours"]["paid"] == "0.00", f"it is not told: {now}")
    refused(hers.ask("POST", ways, {**body, "due": "2026-01-02"}), 422, "nothing_due", "a day on which nothing was due")
    verdict(mine.ask("GET", ways)[0] == 404, "another's payments")


def faults(staff, ref):
    refused(staff.ask("GET", "/api/v1/cases/121999999990"), 404, "no_such_case", "no case")
    refused(staff.ask("GET", f"/api/v1/cases/{ref}/decisions/999"), 404, "no_such_decision", "no decision")
    refused(staff.ask("GET", f"/api/v1/cases/{ref}/decisions/x"), 404, "no_such_decision", "no decision's number")
    refused(staff.ask("GET", f"/api/v1/cases/{ref}/statement?whose=121999999990"), 422, "no_such_arrangement", "no arrangement")
    for query, code in (("from=yesterday", "date_wrong"), ("colour=red", "key_unknown"), ("from=2026-02-30", "date_wrong"), ("%zz=1", "key_unknown"), ("csrf=1", "key_unknown")):
        refused(staff.ask("GET", f"/api/v1/cases/{ref}/statement?{query}"), 400, code, query)
    for query in ("page=x", "page=0"):
        refused(staff.ask("GET", "/api/v1/cases?" + query), 422, "field_wrong", query)
    verdict(staff.ask("GET", "/api/v1/work-list?page=x")[0] == 422, "a page x of the work list")
    verdict(staff.ask("GET", f"/api/v1/cases/{ref}/statement?language=klingon")[0] == 422, "a language")
    refused(staff.ask("GET", "/api/v1/nothing"), 404, "not_found", "nothing")
    refused(staff.ask("POST", f"/api/v1/cases/{ref}/letters", {}), 405, "method_wrong", "a POST to what is read")
    for method, path, allow in (("DELETE", f"/api/v1/cases/{ref}", "GET, HEAD"), ("PUT", "/api/v1/calculate", "POST"),
                                ("GET", "/api/v1/bank-files", "POST"), ("PATCH", f"/api/v1/cases/{ref}/decisions", "GET, HEAD, POST")):
        got = staff.ask(method, path)
        refused(got, 405, "method_wrong", f"{method} {path}")
        verdict(got[2].get("allow") == allow, f"{method} {path} is told to use {got[2].get('allow')}")
    refused(staff.ask("DELETE", "/api/v1/nothing"), 404, "not_found", "a DELETE of nothing")
    refused(staff.ask("POST", "/api/v1/calculate", "x" * 70000, {"Content-Type": "application/json"}), 413, "body_large", "a long body")
    refused(staff.ask("POST", "/api/v1/calculate", None, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}, check=False), 411,
            "length_missing", "a body of no known length")


def listed(text):
    """The paths that doc/api.md lists are those of the document, with their scopes, in both directions."""
    rows = set(re.findall(r"^\| `(GET|POST) (/\S+)` \| (?:`([\w.]+)`|none|any) \|", text, re.M))
    there = {(method, path, ({s for option in o["security"] for names in option.values() for s in names} or {""}).pop())
             for method, path, o in operations()}
    verdict(rows == there, f"doc/api.md lists other paths than there are: {rows ^ there}")
    for name in sorted(os.listdir(os.path.join(ROOT, "src/web"))):
        if name.startswith("api") and name.endswith(".c"):
            source = open(os.path.join(ROOT, "src/web", name)).read()
            for code in re.findall(r'api_refuse\(\s*r,\s*\w+,\s*"(\w+)"', source) + re.findall(r'FAIL_INPUT,\s*"(\w+)"', source):
                verdict(f"`{code}`" in text, f"doc/api.md does not have the code {code}")


def own(port, person, arrangements, one):
    """What a parent reads is what the case says of them, and their own only."""
    rows = (("zmarcus", "paying_parent", "Marcus", person["Marcus"], 0), ("zdana", "receiving_parent", "Dana", arrangements[0], 1),
            ("zpriya", "receiving_parent", "Priya", arrangements[1], 2))
    for name, role, who, ref, i in rows:
        account(name, role, person[who])
        mine = Program(port, token(name, "own.read"))
        me = mine.get("/api/v1/me")
        verdict(me["sides"] == [one["sides"][i]], f"{who} reads {me['sides']}, and the case says {one['sides'][i]}")
        letters = mine.get("/api/v1/me/letters")["letters"]
        verdict(letters, f"{who} has no letters")
        for letter in letters[:2]:
            pdf = mine.get(f"/api/v1/me/{letter['reference']}/letters/{letter['number']}/pdf")
            verdict(pdf[:5] == b"%PDF-", "a letter of one's own is no PDF")
            verdict(mine.ask("GET", f"/api/v1/me/121999999990/letters/{letter['number']}/pdf")[0] == 404, "another's letter")
        for _, _, _, other, _ in rows:
            status = 200 if other == ref else 404
            account_of = mine.get(f"/api/v1/me/{other}/statement", status)
            if status == 200:
                verdict(account_of["closing"].lstrip("-") == me["sides"][0]["amount"], f"{who}'s statement is another")
        refused(mine.ask("GET", f"/api/v1/cases/{person['Marcus']}"), 403, "scope_missing", f"{who} and a case")
    done = subprocess.run([UPKEEP, "token", "add", "zdana", "--name", "x", "--scopes", "case.read", "--db", db], capture_output=True, text=True)
    verdict(done.returncode == 2 and "cannot give case.read" in done.stderr, "a parent gives a token that reads cases")


# ---- what is changed

def once(name):
    return {"Idempotency-Key": name}


def events_of(family):
    with sqlite3.connect(db) as c:
        return c.execute("SELECT count(*) FROM event WHERE pp = ?", (family,)).fetchone()[0]


def changes(staff, ref, family, person):
    """Previewed, done, and not done twice; with the figures that the case has then."""
    facts, decisions = f"/api/v1/cases/{ref}/facts", f"/api/v1/cases/{ref}/decisions"
    fact = {"kind": "income_current", "how": "reported", "value": "19000.00", "happened": "2026-10-08", "said_by": "paying parent",
            "evidence": "payslip"}
    before = events_of(family)
    status, shown, _ = staff.ask("POST", facts, {**fact, "preview": True})
    verdict(status == 200 and shown["preview"] and shown["event"] is None and shown["what"], f"a fact's preview: {status} {shown}")
    verdict(events_of(family) == before, "a preview is written")
    refused(staff.ask("POST", facts, {**fact, "preview": False}), 400, "key_missing", "a change without a key")
    status, done, _ = staff.ask("POST", facts, {**fact, "preview": False}, once("first"))
    verdict(status == 200 and done["event"] and not done["repeated"] and done["what"] == shown["what"], f"a fact: {status} {done}")
    verdict({**done, "preview": True, "event": None} == shown, f"done is another than shown: {done} {shown}")
    after = events_of(family)
    verdict(after > before, "the fact is not written")
    status, again, _ = staff.ask("POST", facts, {**fact, "preview": False}, once("first"))
    verdict(status == 200 and again["repeated"] and again["event"] == done["event"] and again["what"] == done["what"], f"twice: {status} {again}")
    verdict(events_of(family) == after, "twice is twice")
    with sqlite3.connect(db) as c:
        verdict(c.execute("SELECT actor FROM event WHERE pp = ? AND seq = ?", (family, done["event"])).fetchone() == ("zwriter",), "somebody else did it")
    decide = {"kind": "change", "from": "2026-10-08", "reason": "a new income"}
    status, shown, _ = staff.ask("POST", decisions, {**decide, "preview": True})
    if status == 422 and shown.get("code") == "date_wrong":
        print("api:", shown)
    status, made, _ = staff.ask("POST", decisions, {**decide, "preview": False}, once("decide"))
    verdict(status == 200 and {**made, "preview": True, "event": None} == shown, f"a decision: {status} {made}; shown {shown}")
    one = staff.get(f"/api/v1/cases/{ref}")
    verdict(made.get("after", {}).get("owed") == one["owed"] and made["after"]["events"] == one["events"] and made["before"] != made["after"],
            f"after it {made.get('after')}, and the case says {one['owed']}")
    verdict(staff.get(decisions)["decisions"][0]["reason"] == "a new income", "the decision is not there")
    status, twice, _ = staff.ask("POST", decisions, {**decide, "preview": False}, once("decide"))
    verdict(status == 200 and twice["repeated"] and twice["event"] == made["event"], f"a decision twice: {twice}")
    for body, code in (({**fact, "preview": True, "kind": "nonsense"}, "kind_unknown"), ({**fact, "preview": True, "kind": "address", "about": person["Marcus"]}, "kind_sealed"),
                       ({**fact, "preview": True, "kind": "domestic_abuse", "how": "ends"}, "kind_by_hand"), ({**fact, "preview": True, "how": "exact"}, "field_wrong"), ({**fact, "preview": True, "value": "much"}, None), ({**fact, "preview": True, "said_by": ""}, None)):
        status, said, _ = staff.ask("POST", facts, body)
        verdict(status == 422 and (code is None or said["code"] == code), f"{body}: {status} {said}")
    for body, code in (({**fact, "preview": True, "colour": "red"}, "key_unknown"), ({**fact, "preview": True, "value": 1.5}, "type_wrong"),
                       ({**fact, "preview": True, "happened": "08/10/2026"}, "date_wrong"), ([], "json_malformed")):
        refused(staff.ask("POST", facts, body), 400, code, f"{body}")
    refused(staff.ask("POST", facts, '{"preview": true, "preview": false}', {"Content-Type": "application/json"}), 400, "json_malformed", "a key twice")
    refused(staff.ask("POST", facts, "preview=true", {"Content-Type": "application/x-www-form-urlencoded"}), 415, "content_type_wrong", "a form")
    refused(staff.ask("POST", decisions, {**decide, "preview": True, "kind": "initial"}), 422, staff.ask("POST", decisions, {**decide, "preview": True, "kind": "initial"})[1]["code"], "a second first decision")
    verdict(events_of(family) == events_of(family) == one["events"], "something refused is written")


def bank(staff, ref):
    file = "date,amount,reference,payer name,payer account,remittance,type,original\n" \
        f"2026-10-09,36.40,API1,Marcus,,{ref},credit,\n2026-10-09,5.00,API2,Nobody,,,credit,\n2026-10-09,x,API3,Nobody,,,credit,\n"
    before = staff.get(f"/api/v1/cases/{ref}")["owed"]
    status, taken, _ = staff.ask("POST", "/api/v1/bank-files?name=october.csv", file, {"Content-Type": "text/csv"})
    verdict(status == 200 and taken["matched"] == {"number": 1, "amount": "36.40"} and taken["suspense"]["number"] == 1 and len(taken["faults"]) == 1,
            f"a bank file: {status} {taken}")
    paid = staff.get(f"/api/v1/cases/{ref}")["owed"]
    verdict(round(float(before) - float(paid), 2) == 36.40, f"owed {before}, then {paid}")
    again = staff.ask("POST", "/api/v1/bank-files", file, {"Content-Type": "text/csv"})[1]
    verdict(again["read_before"]["number"] == 2 and again["matched"]["number"] == 0, f"a bank file twice: {again}")
    verdict(staff.get(f"/api/v1/cases/{ref}")["owed"] == paid, "a line counts twice")
    verdict(staff.ask("POST", "/api/v1/bank-files", "<a>", {"Content-Type": "application/xml"})[0] == 422, "a file that is none")
    refused(staff.ask("POST", "/api/v1/bank-files", file, {"Content-Type": "application/json"}), 415, "content_type_wrong", "a file as JSON")


def follow(program, after=0):
    rows = []
    while True:
        page = program.get(f"/api/v1/events?after={after}")
        rows, after = rows + page["events"], page["next"]
        if not page["more"]:
            return rows, after


def feed(staff, port, ref, family):
    """Everything once, in each case's own order, and what is new after the cursor."""
    rows, cursor = follow(staff)
    with sqlite3.connect(db) as c:
        there = c.execute("SELECT p.ref, e.seq, e.verb FROM event e JOIN person p ON p.id = e.pp WHERE e.pp > 0 ORDER BY e.pp, e.seq").fetchall()
    verdict(sorted((r["case"], r["number"], r["kind"]) for r in rows) == sorted(there), f"{len(rows)} events are told of {len(there)}")
    for case_ref in {r["case"] for r in rows}:
        own = [r["number"] for r in rows if r["case"] == case_ref]
        verdict(own == sorted(own), f"the events of {case_ref} come as {own}")
    verdict(follow(staff, cursor) == ([], cursor), "something is told that did not happen")
    fact = {"kind": "pension_contributions", "how": "reported", "value": "100.00", "said_by": "paying parent", "preview": False}
    done = staff.ask("POST", f"/api/v1/cases/{ref}/facts", fact, once("for the feed"))[1]
    new, last = follow(staff, cursor)
    verdict([(r["case"], r["number"]) for r in new][-1:] == [(ref, done.get("event"))] and last > cursor, f"new: {new}, of {done}")
    verdict(follow(staff, cursor)[0] == new and follow(staff)[0] == rows + new, "told again it is another")
    decide = {"kind": "change", "from": TODAY, "reason": "pension contributions", "preview": False}
    verdict(staff.ask("POST", f"/api/v1/cases/{ref}/decisions", decide, once("for the feed too"))[0] == 200, "no decision on it")
    last = follow(staff, last)[1]
    must("account", "bar", "zwriter", ref, "--why", "a cousin", "--db", db)
    verdict(all(r["case"] != ref for r in follow(staff)[0]) and follow(staff)[1] == last, "a barred case is followed")
    must("account", "lift", "zwriter", ref, "--db", db)
    refused(staff.ask("GET", "/api/v1/events?after=x"), 422, "field_wrong", "after x")


# ---- tokens

def tokens(port, ref):
    path = f"/api/v1/cases/{ref}"
    refused(Program(port).ask("GET", path), 401, "token_missing", "no token")
    verdict(Program(port).ask("GET", path)[2].get("www-authenticate") == "Bearer", "nobody says how to come in")
    good = token("zstaff", "case.read")
    for wrong in (good[:-1] + ("0" if good[-1] != "0" else "1"), good.upper(), good + " ", "upkeep_", "x" * 4000):
        status = Program(port, wrong).ask("GET", path)[0]
        verdict(status == 401 or wrong.strip() == good, f"the token {wrong[:20]} answers {status}")
    for scheme in ("Basic " + good, good, "Token " + good):
        refused(Program(port).ask("GET", path, headers={"Authorization": scheme}), 401, "token_wrong", scheme[:10])
    for other in ("/statement", "/letters"):
        refused(Program(port, good).ask("GET", path + other), 403, "scope_missing", other)
    refused(Program(port, good).ask("GET", "/api/v1/me"), 403, "scope_missing", "/me")
    refused(Program(port, good).ask("POST", "/api/v1/calculate", FACTS), 403, "scope_missing", "calculate")
    account("zexaminer", "examiner")
    # A session's cookie opens nothing here, and a token opens no page.
    person = served.Client(port)
    password = must("account", "add", "zperson", "--role", "caseworker", "--generate", "--db", db)
    verdict(person.sign_in("zperson", password) == 303, "nobody can sign in")
    verdict(person.ask("GET", path)[0] == 401, "a cookie opens the interface for programs")
    verdict(served.Client(port).ask("GET", "/work", headers={"Authorization": "Bearer " + good})[0] == 303, "a token opens a page")
    page(person, password, port, path)
    numbers = [line.split("\t") for line in must("token", "list", "zstaff", "--db", db).splitlines()]
    last = [line for line in numbers if line[3] == "case.read"][-1]
    must("token", "revoke", "zstaff", last[1], "--db", db)
    refused(Program(port, good).ask("GET", path), 401, "token_wrong", "a token that was revoked")
    with sqlite3.connect(db) as c:
        kept = c.execute("SELECT count(*) FROM program WHERE instr(token, ?) OR instr(name, ?)", (good, good)).fetchone()[0]
        verdict(kept == 0, "a token is kept as it is")
    ended = token("zexaminer", "calculate")
    with sqlite3.connect(db) as c:
        c.execute("UPDATE program SET ends_at = made_at WHERE account = 'zexaminer'")
    refused(Program(port, ended).ask("GET", "/api/v1/token"), 401, "token_wrong", "a token that has ended")


def page(person, password, port, path):
    """A token made on the page; shown once; it asks for the password."""
    form = person.hidden(person.ask("GET", "/account/tokens")[1].decode())
    fields = {**form, "name": "our spreadsheet", "scopes": "case.read", "days": "30"}
    verdict(person.ask("POST", "/account/tokens", {**fields, "password": "wrong wrong wrong"})[0] == 422, "a token without the password")
    verdict(person.ask("POST", "/account/tokens", {**fields, "scopes": "own.read", "password": password})[0] == 422, "a parent's scope for staff")
    status, body, _ = person.ask("POST", "/account/tokens", {**fields, "password": password})
    made = re.search(r'id="token">(upkeep_[0-9a-f]{64})<', body.decode())
    verdict(status == 200 and made, f"no token is made: {status}")
    if not made:
        return
    program = Program(port, made[1])
    verdict(program.get("/api/v1/token")["scopes"] == ["case.read"], "its scopes are others")
    program.get(path)
    again = person.ask("GET", "/account/tokens")[1].decode()
    verdict(made[1] not in again and "our spreadsheet" in again and "Never" not in again, "a token is shown twice, or not noted as used")
    status = person.ask("POST", "/account/tokens/revoke", {**form, "number": "1"})[0]
    verdict(status == 303, f"it cannot be revoked: {status}")
    refused(program.ask("GET", path), 401, "token_wrong", "a token revoked on the page")


def door(port, staff, ref, person):
    """What is read is written down; whoever is barred reads nothing."""
    with sqlite3.connect(db) as c:
        looks = c.execute("SELECT count(*) FROM look WHERE account = 'zstaff' AND page LIKE '/api/v1/cases/{}%'").fetchone()[0]
    verdict(looks >= 4, f"{looks} readings are written down")
    must("account", "bar", "zstaff", person["Dana"], "--why", "a neighbour", "--db", db)
    for path in ("", "/decisions", "/decisions/1", "/statement", "/letters"):
        refused(staff.ask("GET", f"/api/v1/cases/{ref}{path}"), 403, "case_barred", "a barred case" + path)
    rows = staff.get("/api/v1/cases")["cases"]
    shut = [row for row in rows if row["reference"] == ref]
    verdict(shut == [{"reference": ref, "barred": True}], f"a barred case in the list: {shut}")
    for row in staff.get("/api/v1/work-list")["rows"]:
        verdict(row["reference"] != ref or set(row) == {"reference", "barred"}, f"a barred case in the work list: {row}")
    must("account", "lift", "zstaff", person["Dana"], "--db", db)
    must("account", "close", "zstaff", "--db", db)
    refused(staff.ask("GET", f"/api/v1/cases/{ref}"), 401, "token_wrong", "the token of a closed account")
    must("account", "open", "zstaff", "--db", db)


def often(port):
    last = None
    for _ in range(700):
        last = Program(port).ask("GET", "/api/v1/me", check=False)
        if last[0] == 429:
            break
    refused(last, 429, "too_often", "asking all the time")
    Program(port).held("GET", "/api/v1/me", *last)
    verdict(1 <= int(last[2].get("retry-after", 0)) <= 60, "nobody says when to come again")


def examples(port, given):
    """The commands of doc/api.md, as they stand there."""
    text = open(os.path.join(ROOT, "doc/api.md")).read()
    listed(text)
    shown = re.findall(r"```sh\n(.*?)```", text, re.S)
    verdict(len(shown) >= 3, f"doc/api.md has {len(shown)} examples")
    for example in shown:
        done = subprocess.run(["bash", "-ec", example], capture_output=True, text=True, cwd=work,
                              env={**os.environ, **given, "HERE": f"http://127.0.0.1:{port}", "UPKEEP_DB": db,
                                   "PATH": os.path.dirname(UPKEEP) + ":" + os.environ["PATH"]})
        good = done.returncode == 0
        try:
            value = json.loads(done.stdout) if done.stdout.lstrip().startswith("{") else {}
            good &= "code" not in value
        except ValueError:
            good = False
        verdict(good, f"the example\n{example}ends with {done.returncode}: {done.stdout[:300]}{done.stderr[:300]}")


def complete():
    """Nothing in the document that was not answered here."""
    for method, path, operation in operations():
        name = operation["operationId"]
        verdict(answered.get(name), f"{name} was never asked")
        for status, response in operation["responses"].items():
            if status[0] != "2":
                continue
            for kind in response["content"].values():
                for member in all_members(kind["schema"], name, set()):
                    if member not in NEVER:
                        verdict(member in members, f"no answer to {name} has {member[0]}: {member[1]}")


# Of an input that was decided on: what these families have none of.
NEVER = {("AssessRequest", m) for m in ("id", "default_decision", "variations")}
NEVER |= {("AssessRequest.paying_parent", m) for m in ("circumstance", "benefit", "partner_also_liable", "benefit_weekly", "relevant_other_children", "other_arrangement_children")}
NEVER |= {("AssessRequest.paying_parent.income", m) for m in ("weekly", "current_annual", "pension_contributions_annual")}
NEVER |= {("AssessRequest.receiving_parents[]", "day_to_day_care"), ("AssessRequest.receiving_parents[].children[]", "local_authority_nights")}
NEVER |= {("AssessRequest.variations[]", m) for m in ("ground", "weekly", "annual", "asset_value")}


def main():
    document()
    must("play", "--db", db, os.path.join(ROOT, "tests/own/canary.play"))
    with sqlite3.connect(db) as c:
        person = dict(c.execute("SELECT given, ref FROM person"))
        family = c.execute("SELECT id FROM person WHERE given = 'Marcus'").fetchone()[0]
        arrangements = [ref for ref, in c.execute("SELECT ref FROM arrangement WHERE pp = ? ORDER BY id", (family,))]
    server, port = served.begin_server(UPKEEP, db, os.path.join(work, "log"), TODAY)
    try:
        nobody = Program(port)
        verdict(nobody.get("/api/openapi.json") == DOCUMENT, "the document that is served is another")
        calculation(nobody, port)
        account("zstaff", "caseworker")
        staff = Program(port, token("zstaff", "case.read,money.read,letter.read,work.read,calculate"))
        staff.get("/api/v1/token")
        staff.ask("POST", "/api/v1/calculate", FACTS)
        one = case(staff, person["Marcus"], arrangements)
        own(port, person, arrangements, one)
        account("zwriter", "caseworker")
        writer = Program(port, token("zwriter", "fact.write,decision.write,money.write,events.read,case.read"))
        changes(writer, person["Marcus"], family, person)
        bank(writer, person["Marcus"])
        feed(writer, port, person["Marcus"], family)
        tells(port, person["Marcus"], arrangements)
        tokens(port, person["Marcus"])
        door(port, staff, person["Marcus"], person)
        faults(staff, person["Marcus"])
        examples(port, {"TOKEN": staff.token, "WRITER": writer.token, "REFERENCE": person["Marcus"]})
        often(port)
        complete()
        must("check", "--db", db)
    finally:
        server.terminate()
        server.wait()


end(main)
