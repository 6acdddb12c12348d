"""glewlwyd.py: Debian's OpenID Connect provider, started for a test in a folder of its own: its
database, its certificate, one client and one user.  The package is unpacked, not installed, so that
no service is started and nothing is asked; the libraries it needs are installed by tools/setup.sh."""
import glob, gzip, http.cookiejar, json, os, shutil, socket, sqlite3, ssl, subprocess, sys, time, urllib.error
import urllib.parse, urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
UNPACKED = os.path.join(ROOT, "build/test/glewlwyd")
ADMIN = {"username": "admin", "password": "password"}  # of the database that comes with the package


def unpack():
    """The folder with its files: Debian's, fetched once."""
    if os.path.exists("/usr/bin/glewlwyd"):
        return "/"
    if not os.path.exists(UNPACKED + "/usr/bin/glewlwyd"):
        shutil.rmtree(UNPACKED, ignore_errors=True)
        os.makedirs(UNPACKED)
        subprocess.run(["apt-get", "download", "-qq", "glewlwyd", "glewlwyd-common"], cwd=UNPACKED, check=True)
        for package in glob.glob(UNPACKED + "/*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, UNPACKED], check=True)
    return UNPACKED


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def certificates(folder):
    """An authority of our own, and a certificate of localhost that it signed: ca.pem, key.pem, cert.pem."""
    def run(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
    run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
        "-subj", "/CN=test authority")
    run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.csr", "-subj", "/CN=localhost")
    with open(os.path.join(folder, "names"), "w") as f:
        f.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    run("x509", "-req", "-in", "cert.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
        "-extfile", "names", "-out", "cert.pem")


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    """A browser at the provider: JSON there and back, cookies kept, redirects not followed."""

    def __init__(self, folder):
        context = ssl.create_default_context(cafile=os.path.join(folder, "ca.pem"))
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), Stay)

    def ask(self, method, url, what=None):
        """Status, headers, body."""
        request = urllib.request.Request(url, method=method, data=None if what is None else json.dumps(what).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as e:
            return e.code, e.headers, e.read()


    def authorize(self, where):
        """Where the provider sends the browser at last, once its own page has asked what it asks."""
        at = self.ask("GET", where)[1]["Location"] or ""
        page = urllib.parse.urlparse(at)
        if page.path == "/login.html":
            on = urllib.parse.parse_qs(page.query)["callback_url"][0] + "&g_continue"
            at = self.ask("GET", on)[1]["Location"] or ""
        return at


class Glewlwyd:
    def __init__(self, folder, redirect):
        files = unpack()
        self.folder, self.port = folder, free_port()
        self.url = f"https://localhost:{self.port}/"
        self.issuer, self.client, self.secret = self.url + "api/oidc", "upkeep", "a-secret-of-the-test_1"
        certificates(folder)
        doc = os.path.join(files, "usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz")
        with sqlite3.connect(folder + "/glewlwyd.db") as db:
            db.executescript(gzip.open(doc, "rt").read())
        self.configure(files)
        self.log = open(folder + "/glewlwyd.log", "wb")
        self.process = subprocess.Popen([os.path.join(files, "usr/bin/glewlwyd"), "-c", folder + "/glewlwyd.conf"],
                                        stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        try:
            self.fill(redirect)
        except BaseException:
            self.stop()
            raise

    def configure(self, files):
        modules = os.path.join(files, "usr/lib/glewlwyd")
        with open(self.folder + "/glewlwyd.conf", "w") as f:
            f.write(f"""port={self.port}
bind_address="127.0.0.1"
external_url="https://localhost:{self.port}"
login_url="login.html"
api_prefix="api"
static_files_path="{self.folder}"
cookie_secure=1
log_mode="console"
log_level="INFO"
use_secure_connection=true
secure_connection_key_file="{self.folder}/key.pem"
secure_connection_pem_file="{self.folder}/cert.pem"
hash_algorithm="SHA512"
session_key="GLEWLWYD2_SESSION_ID"
session_expiration=86400
admin_scope="g_admin"
profile_scope="g_profile"
login_api_enabled=true
user_module_path="{modules}/user"
user_middleware_module_path="{modules}/user_middleware"
client_module_path="{modules}/client"
user_auth_scheme_module_path="{modules}/scheme"
plugin_module_path="{modules}/plugin"
database = {{ type="sqlite3" path="{self.folder}/glewlwyd.db" }};
""")

    def must(self, visitor, method, path, what=None):
        status, headers, body = visitor.ask(method, self.url + "api/" + path, what)
        if status != 200:
            raise RuntimeError(f"glewlwyd: {method} {path} answers {status}: {body[:300]}")
        return body

    def plugin(self):
        with open(self.folder + "/sign.pem", "w") as f:
            subprocess.run(["openssl", "genrsa", "2048"], stdout=f, stderr=subprocess.DEVNULL, check=True)
        key = open(self.folder + "/sign.pem").read()
        public = subprocess.run(["openssl", "rsa", "-in", self.folder + "/sign.pem", "-pubout"], check=True,
                                capture_output=True, text=True).stdout
        return {"module": "oidc", "name": "oidc", "display_name": "OpenID Connect", "enabled": True, "parameters": {
            "iss": self.issuer, "jwt-type": "rsa", "jwt-key-size": "256", "key": key, "cert": public,
            "access-token-duration": 600, "refresh-token-duration": 600, "code-duration": 60,
            "refresh-token-rolling": False, "allow-non-oidc": False, "subject-type": "public", "jwks-show": True,
            "auth-type-code-enabled": True, "auth-type-token-enabled": False, "auth-type-id-token-enabled": True,
            "auth-type-implicit-enabled": False, "auth-type-password-enabled": False,
            "auth-type-client-enabled": False, "auth-type-refresh-enabled": False,
            "pkce-allowed": True, "pkce-required": True, "pkce-method-plain-allowed": False,
            "oauth-as-iss-id": True, "address-claim": {"type": "no"}, "name-claim": "no", "email-claim": "no",
            "scope-claim": "no"}}

    def rotate(self):
        """It signs with a new key from now on."""
        plugin = self.plugin()
        del plugin["enabled"]
        self.must(self.admin, "PUT", "mod/plugin/oidc", plugin)
        self.must(self.admin, "PUT", "mod/plugin/oidc/reset")

    def fill(self, redirect):
        self.admin = Visitor(self.folder)
        for _ in range(200):
            try:
                self.must(self.admin, "POST", "auth/", ADMIN)
                break
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None:
                    raise
                time.sleep(0.05)
        self.must(self.admin, "POST", "mod/plugin/", self.plugin())
        self.must(self.admin, "POST", "client/", {
            "client_id": self.client, "name": "Upkeep", "confidential": True, "enabled": True,
            "client_secret": self.secret, "authorization_type": ["code"], "redirect_uri": [redirect],
            "token_endpoint_auth_method": ["client_secret_basic", "client_secret_post"], "scope": []})
        for name in ("robin", "stranger"):
            self.must(self.admin, "POST", "user/", {"username": name, "name": name, "password": "the provider's own",
                                                    "email": name + "@example.org", "enabled": True,
                                                    "scope": ["openid"]})

    def visit(self, name):
        """A browser in which somebody has signed in to the provider and lets it tell us."""
        visitor = Visitor(self.folder)
        self.must(visitor, "POST", "auth/", {"username": name, "password": "the provider's own"})
        self.must(visitor, "PUT", f"auth/grant/{self.client}/", {"scope": "openid"})
        return visitor

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()
