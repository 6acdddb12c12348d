"""served.py: `upkeep serve` for a test, and somebody who asks it for pages."""
import html, http.client, re, subprocess, sys, time, urllib.parse


def begin_server(upkeep, db, log_name, today, *more, port=0):
    """The server and its port, once it listens."""
    log = open(log_name, "wb")
    server = subprocess.Popen([upkeep, "serve", "--db", db, "--listen", f"127.0.0.1:{port}", "--today", today, *more],
                              stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    for _ in range(400):
        with open(log_name, encoding="utf-8", errors="replace") as f:
            at = re.search(r"127\.0\.0\.1:(\d+)", f.read())
        if at:
            return server, int(at[1])
        if server.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit("the server does not start: " + open(log_name).read())


class Client:
    """A browser without a screen: keeps its cookies, follows nothing by itself."""

    def __init__(self, port, source="127.0.0.1"):
        self.port, self.cookies, self.source = port, {}, source

    @staticmethod
    def hidden(page):
        form = {}
        for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name:
                form[name[1]] = html.unescape(value[1])
        return form

    def ask(self, method, path, form=None, headers=None):
        """Status, body, headers.  form: fields, or bytes with a Content-Type among the headers."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.source, 0))
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if isinstance(form, dict):
            form = urllib.parse.urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        c.request(method, path, form, {**sent, **(headers or {})})
        answer = c.getresponse()
        body = answer.read()
        for key, value in answer.getheaders():
            if key.lower() == "set-cookie":
                name, _, rest = value.partition("=")
                self.cookies[name] = rest.split(";")[0]
        c.close()
        return answer.status, body, "\n".join(f"{k}: {v}" for k, v in answer.getheaders())

    def sign_in(self, account, password):
        """The status of the answer: 303 when it is in."""
        page = self.ask("GET", "/sign-in")[1].decode()
        return self.ask("POST", "/sign-in", {**self.hidden(page), "name": account, "password": password})[0]
