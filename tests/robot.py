"""robot.py: somebody who follows every link and sends every form empty, with nonsense and with too much,
as each of the people there are.  No page may fail; a link that a person is shown must open for them; a
summary of what is wrong says so in the title, and each of its links leads to something on the page.
Called by attack.py."""
import collections, html.parser, re, urllib.parse
from tally import verdict

LEAVES = ("/exit", "/language/", "/assets/", "/apply/", "/calculator/")
SHUTS_OUT = ("/sign-out", "/account/leave", "/account/password", "/account/know", "/calculator/again")
EACH = 3  # pages of one kind
SENT = (("", ""), ("-1", "last"), ("9" * 30, "nonsense"), ("x" * 5000, "last"), ("'\"><b>%s%n", ""))  # typed, chosen


class Forms(html.parser.HTMLParser):
    """The forms of a page: [address, method, in parts, [(name, kind, values)]]."""

    def __init__(self, page):
        super().__init__()
        self.all, self.options = [], None
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, pairs):
        a = dict(pairs)
        if tag == "form":
            self.inside = True
            self.all.append([a.get("action"), a.get("method", "get").lower(), "enctype" in a, []])
        if not self.inside:
            return
        if tag in ("input", "textarea", "select", "button") and a.get("name"):
            self.options = []
            self.all[-1][3].append((a["name"], a.get("type", tag), self.options))
            if tag != "select":
                self.options.append(a.get("value", ""))
        if tag == "option" and self.options is not None:
            self.options.append(a.get("value", ""))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"


def kind_of(path):
    return re.sub(r"\d+", "0", path.split("?")[0])


def pages_of(client, who):
    """The pages a person finds by their links."""
    waiting, seen, count, pages = collections.deque([("/", "")]), set(), collections.Counter(), {}
    while waiting:
        path, source = waiting.popleft()
        if path in seen or path.startswith(LEAVES) or count[kind_of(path)] >= EACH:
            continue
        seen.add(path)
        count[kind_of(path)] += 1
        status, body, headers = client.ask("GET", path)
        if status == 303:
            waiting.append((re.search(r"^Location: (.*)$", headers, re.M)[1], path))
            continue
        verdict(status == 200, f"{who}: {path}, linked from {source}, answers {status}")
        if "text/html" not in headers:
            continue
        pages[path] = page = body.decode()
        ids = re.findall(r'\sid="([^"]*)"', page)
        verdict(len(ids) == len(set(ids)), f"{who}: {path}: an id twice")
        for address in re.findall(r'href="(/[^"#]*|#[^"]+)', page):
            if address[0] == "/":
                waiting.append((html.unescape(address), path))
            else:
                verdict(address[1:] in ids, f"{who}: {path}: {address} leads nowhere")
    return pages


def send(client, form, fields):
    address, method, parts, _ = form
    if method == "get":
        return client.ask("GET", address + "?" + urllib.parse.urlencode(fields))
    if not parts:
        return client.ask("POST", address, urllib.parse.urlencode(fields).encode(),
                          {"Content-Type": "application/x-www-form-urlencoded"})
    body = "".join(f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields)
    return client.ask("POST", address, (body + "--edge--\r\n").encode(), {"Content-Type": "multipart/form-data; boundary=edge"})


def filled(form, typed, chosen):
    """What is sent: what is hidden as it is, one of each choice or none, the same text in every field."""
    fields = {}
    for name, kind, values in form[3]:
        if kind == "hidden":
            fields[name] = values[0]
        elif kind in ("submit", "button"):
            fields[name] = values[0]
        elif kind in ("radio", "select", "checkbox"):
            if chosen and values:
                fields[name] = values[-1] if chosen == "last" else "nonsense"
        elif kind != "file":
            fields[name] = typed
    return list(fields.items())


def answer_good(who, path, answer):
    status, body, headers = answer
    page = body.decode("utf-8", "replace")
    verdict(status < 500, f"{who}: {path} answers {status}")
    if "govuk-error-summary__list" not in page:
        verdict(status != 422 or 'class="govuk-body"' in page, f"{who}: {path} refuses without saying why")
        return
    verdict("<title>Error: " in page or "<title>Gwall: " in page, f"{who}: {path}: the title does not say that there is a mistake")
    listed = re.search(r'error-summary__list">(.*?)</ul>', page, re.S)[1]
    for anchor in re.findall(r'href="#([^"]*)"', listed):
        verdict(f'id="{anchor}"' in page, f"{who}: {path}: the summary leads to #{anchor}, which is not there")


def walk(clients, alike=()):
    """clients: {name of a person: client}, each of whom is signed in; those who are alike send only what
    none of them has sent."""
    together = set()
    for who, client in clients.items():
        tried = together if who in alike else set()
        for path, page in pages_of(client, who).items():
            for form in Forms(page).all:
                form[0] = form[0] or path
                kind = (kind_of(form[0]), form[1], tuple(name for name, _, _ in form[3]))
                if kind in tried or form[0] in SHUTS_OUT or any(k == "password" for _, k, _ in form[3]):
                    continue
                tried.add(kind)
                for typed, chosen in SENT:
                    answer_good(who, f"{form[1]} {form[0]}", send(client, form, filled(form, typed, chosen)))
