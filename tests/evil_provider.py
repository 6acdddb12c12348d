"""evil_provider.py: an OpenID Connect provider that does what it should not.  Each of its issuers is a
path (/plain, /other-issuer, ...); what its next ID token or answer is like is set by `mode`."""
import base64, hashlib, hmac, http.server, json, os, ssl, subprocess, threading, time

KEYS = ("sign", "rogue", "small")
BIG = "x" * 400_000


def packed(data):
    if isinstance(data, dict):
        data = json.dumps(data).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Evil:
    def __init__(self, folder):
        """folder: where glewlwyd.certificates() has been."""
        self.folder, self.mode, self.nonce, self.kid, self.key = folder, "good", "", "k1", "sign"
        self.asked, self.forms = [], []
        for key in KEYS:
            bits = "1024" if key == "small" else "2048"
            subprocess.run(["openssl", "genrsa", "-out", self.pem(key), bits], check=True, capture_output=True)
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self, None)

            def do_POST(self):
                outer.answer(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):  # who breaks off is right to do so
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def pem(self, key):
        return os.path.join(self.folder, f"evil-{key}.pem")

    # ---- answers

    def answer(self, h, form):
        self.asked.append(h.path)
        issuer, _, what = h.path[1:].partition("/")
        if what == ".well-known/openid-configuration":
            return self.discovery(h, issuer)
        if what == "jwks":
            return self.loop(h) if self.mode == "keys that lead on" else self.send(h, {"keys": self.keys()})
        if what == "token":
            self.forms.append((form, h.headers["Authorization"]))
            return self.token(h, issuer)
        self.send(h, {}, 404)

    def send(self, h, what, status=200):
        body = what if isinstance(what, bytes) else json.dumps(what).encode()
        h.send_response(status)
        h.send_header("Content-Type", "application/json")
        h.send_header("Content-Length", str(len(body)))
        h.end_headers()
        h.wfile.write(body)

    def loop(self, h):
        h.send_response(302)
        h.send_header("Location", self.url + h.path)
        h.send_header("Content-Length", "0")
        h.end_headers()

    def discovery(self, h, issuer):
        at = f"{self.url}/{issuer}"
        document = {"issuer": at, "authorization_endpoint": at + "/auth", "token_endpoint": at + "/token",
                    "jwks_uri": at + "/jwks"}
        if issuer == "other-issuer":
            document["issuer"] = self.url + "/plain"
        if issuer == "not-encrypted":
            document["token_endpoint"] = document["token_endpoint"].replace("https", "http")
        if issuer == "endless":
            document["more"] = BIG
        if issuer == "leads-on":
            return self.loop(h)
        self.send(h, b"<html>" if issuer == "no-json" else document)

    def token(self, h, issuer):
        mode = self.mode
        if mode == "silent":
            time.sleep(25)
        if mode == "leads on":
            return self.loop(h)
        if mode == "endless":
            return self.send(h, {"id_token": self.id_token(issuer), "more": BIG})
        if mode == "refuses":
            return self.send(h, {"error": "invalid_grant"}, 400)
        if mode == "broken":
            return self.send(h, b"", 500)
        if mode == "no JSON":
            return self.send(h, b"id_token=a.b.c")
        if mode == "no token":
            return self.send(h, {"access_token": "a", "token_type": "Bearer"})
        if mode == "no signature at all":
            return self.send(h, {"id_token": "a.b"})
        self.send(h, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(issuer)})

    # ---- keys and tokens

    def number(self, key):
        text = subprocess.run(["openssl", "rsa", "-in", self.pem(key), "-noout", "-modulus"], check=True,
                              capture_output=True, text=True).stdout
        return bytes.fromhex(text.strip().partition("=")[2])

    def keys(self):
        key = {"kty": "RSA", "use": "sig", "kid": self.kid, "e": "AQAB",
               "n": packed(self.number("small" if self.mode == "a small key" else self.key))}
        if self.mode == "a key for other ends":
            key["use"] = "enc"
        return [key, {**key, "kid": "k0"}] if self.mode == "two keys, none named" else [key]

    def id_token(self, issuer):
        mode, now = self.mode, int(time.time())
        header = {"alg": "RS256", "kid": self.kid, "typ": "JWT"}
        claims = {"iss": f"{self.url}/{issuer}", "aud": "upkeep", "sub": "robin-1", "nonce": self.nonce,
                  "iat": now, "exp": now + 300}
        changes = {
            "another nonce": {"nonce": "0" * 64}, "an empty nonce": {"nonce": ""}, "no nonce": {"nonce": None},
            "for another": {"aud": "another"}, "for two": {"aud": ["upkeep", "another"]},
            "for nobody": {"aud": []}, "made for another": {"azp": "another"},
            "for two, made for another": {"aud": ["upkeep", "another"], "azp": "another"},
            "of another issuer": {"iss": self.url + "/other"}, "too late": {"exp": now - 120},
            "without an end": {"exp": None}, "an end in words": {"exp": str(now + 300)},
            "old": {"iat": now - 3600}, "of tomorrow": {"iat": now + 86400}, "not yet": {"nbf": now + 600},
            "about nobody": {"sub": ""}, "about a number": {"sub": 1}, "a long name": {"sub": "a" * 300},
            "lines in the name": {"sub": "robin-1\r\nX: y"}, "proved": {"amr": ["pwd", "mfa"]},
            "proved otherwise": {"amr": ["pwd"]}, "for two, made for us": {"aud": ["another", "upkeep"], "azp": "upkeep"},
        }
        claims = {k: v for k, v in {**claims, **changes.get(mode, {})}.items() if v is not None}
        header.update({"not signed": {"alg": "none"}, "signed with what all know": {"alg": "HS256"},
                       "another way": {"alg": "RS512"}, "a key of no name there": {"kid": "k9"},
                       "to be understood": {"crit": ["x"], "x": 1}}.get(mode, {}))
        if mode == "two keys, none named":
            del header["kid"]
        if mode == "a key in its head":
            header["jwk"] = {"kty": "RSA", "n": packed(self.number("rogue")), "e": "AQAB"}
        text = packed(header) + "." + packed(claims)
        if mode == "claims changed":
            return text.split(".")[0] + "." + packed({**claims, "sub": "sam"}) + "." + self.sign(text)
        return text + "." + self.sign(text)

    def sign(self, text):
        if self.mode == "not signed":
            return ""
        if self.mode == "signed with what all know":
            return packed(hmac.new(self.number(self.key), text.encode(), hashlib.sha256).digest())
        key = {"another key": "rogue", "a key in its head": "rogue", "a small key": "small"}.get(self.mode, self.key)
        return packed(subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.pem(key)], input=text.encode(),
                                     check=True, capture_output=True).stdout)
