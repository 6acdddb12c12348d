#!/usr/bin/env python3
"""pages.py: pages a second and how long the slowest wait, beside nginx and node in the same run.

Usage: bench/pages.py [DATABASE [SECONDS]]
DATABASE: a caseload of `upkeep generate`; build/bench/pages.db (20,000 arrangements) is made unless told.
Before that one request at a time: the lists of staff that look over the whole caseload.
The server has one core, wrk (Debian: wrk, nginx-light) another; 64 connections, SECONDS (15) each.
"""
import os, random, re, resource, socket, sqlite3, subprocess, sys, threading, time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
os.chdir(ROOT)
sys.path.insert(0, "tests")
from served import Client, begin_server

UPKEEP, WORK, TODAY = "build/upkeep", "build/bench", "2026-10-01"
PARENTS, CASES, CONNECTIONS, HALF_OPEN = 60, 3000, 64, 3000
rng = random.Random(20261122)


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr or done.stdout}")
    return done.stdout.strip()


def caseload():
    db = f"{WORK}/pages.db"
    if not os.path.exists(db):
        run(UPKEEP, "generate", "--arrangements", "20000", "--seed", "1", "--until", "2026-09-30", "--db", db, "--quiet")
    return db


def accounts(db):
    """Names and passwords of a caseworker and of parents, and the families there are."""
    read = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    families = [pp for (pp,) in read.execute("SELECT DISTINCT pp FROM arrangement")]
    refs = [ref for (ref,) in read.execute(
        "SELECT p.ref FROM person p JOIN arrangement a ON a.pp = p.pp AND p.id IN (a.pp, a.rp)"
        " WHERE p.pp % 7 = 1 GROUP BY p.id LIMIT ?", (PARENTS,))]
    paying = {ref for (ref,) in read.execute("SELECT ref FROM person WHERE id = pp")}
    read.close()
    mark = f"{os.getpid()}"
    made = [(f"desk{mark}", run(UPKEEP, "account", "add", f"desk{mark}", "--generate", "--db", db))]
    for n, ref in enumerate(refs):
        role = "paying_parent" if ref in paying else "receiving_parent"
        name = f"home{mark}-{n}"
        made.append((name, run(UPKEEP, "account", "add", name, "--role", role, "--person", ref, "--generate", "--db", db)))
    return made, rng.sample(families, min(CASES, len(families)))


def lua(path, requests):
    """wrk asks for these, (path, cookies), in an order of its own."""
    with open(path, "w", encoding="ascii") as f:
        f.write("local asks = {\n")
        for where, cookies in requests:
            f.write(f'{{"{where}", "{cookies}"}},\n')
        f.write("}\nmath.randomseed(1)\nrequest = function()\n  local a = asks[math.random(#asks)]\n"
                '  return wrk.format("GET", a[1], {Cookie = a[2]})\nend\n')


def cpu(pid):
    fields = open(f"/proc/{pid}/stat", encoding="ascii").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(name, pid, port, script, seconds):
    before = cpu(pid)
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    if script:
        command += ["-s", script]
    said = run(*command, f"http://127.0.0.1:{port}/")
    used = cpu(pid) - before
    total = int(re.search(r"(\d+) requests in", said)[1])
    rate = float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1])
    half, most = (re.search(rf"{p}%\s+([\d.]+\w+)", said)[1] for p in (50, 99))
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    wrong = re.search(r"Socket errors: (.*)", said)
    size = re.search(r"([\d.]+\w+) read", said)[1]
    print(f"{name:44} {rate:9.1f} /s {1000 * used / total:8.2f} ms processor  half {half:>9}  99% {most:>9}"
          f"{f'  {bad[1]} REFUSED' if bad else ''}{f'  {wrong[1]}' if wrong else ''}  ({total} pages, {size})", flush=True)
    return rate


def alone(pid, client, path, times=51):
    """A page asked for again and again by nobody else: the time it takes, the first apart."""
    took, before = [], cpu(pid)
    for _ in range(times):
        began = time.perf_counter()
        status, body, _ = client.ask("GET", path)
        took.append(1000 * (time.perf_counter() - began))
        if status != 200:
            sys.exit(f"{path} answers {status}")
    later = sorted(took[1:])
    print(f"{path:20} {1000 * (cpu(pid) - before) / times:6.1f} ms processor  first {took[0]:8.1f} ms  half {later[len(later) // 2]:8.1f} ms  slowest {later[-1]:8.1f} ms"
          f"  ({len(body)} bytes)", flush=True)


def half_open(port, over):
    """Holds connections that have sent half a header; opens new ones for those that are closed."""
    held = []
    while not over.is_set():
        try:
            s = socket.create_connection(("127.0.0.1", port), timeout=1)
            s.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            held.append(s)
        except OSError:
            time.sleep(0.01)
        if len(held) > HALF_OPEN:
            held.pop(0).close()
            time.sleep(0.005)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(port):
    """The page at / once something listens there."""
    for _ in range(200):
        try:
            return Client(port).ask("GET", "/")[1]
        except OSError:
            time.sleep(0.05)
    sys.exit("a peer does not answer")


def peers(seconds):
    """node puts a page together; nginx sends the same page as a file."""
    port, folder = free_port(), os.path.abspath(f"{WORK}/nginx")
    node = subprocess.Popen(["taskset", "-c", "0", "node", "bench/peer_page.mjs", str(port)])
    page = answers(port)
    measure(f"node, a page of {len(page)} bytes, nothing else", node.pid, port, None, seconds)
    node.terminate()
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/index.html", "wb") as f:
        f.write(page)
    port = free_port()
    with open(f"{folder}/conf", "w", encoding="ascii") as f:
        f.write(f"""worker_processes 1; daemon off; master_process off; pid {folder}/pid; error_log {folder}/err;
            events {{ worker_connections 1024; }}
            http {{ access_log off; sendfile on; keepalive_requests 10000000; types {{ text/html html; }}
            client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
            uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
            server {{ listen 127.0.0.1:{port}; root {folder}; }} }}""")
    nginx = subprocess.Popen(["taskset", "-c", "0", "nginx", "-c", f"{folder}/conf"], stderr=subprocess.DEVNULL)
    answers(port)
    measure("nginx, the same as a file", nginx.pid, port, None, seconds)
    nginx.terminate()


def main():
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    os.makedirs(WORK, exist_ok=True)
    db = sys.argv[1] if len(sys.argv) > 1 else caseload()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    people, families = accounts(db)
    read = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    number = read.execute("SELECT count(*) FROM arrangement").fetchone()[0]
    read.close()
    print(f"{time.strftime('%FT%TZ', time.gmtime())}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
          f"{number} arrangements, {os.path.getsize(db) / number / 1000:.1f} kB each; {CONNECTIONS} connections")
    server, port = begin_server(UPKEEP, db, f"{WORK}/pages.log", TODAY)
    run("taskset", "-a", "-cp", "0", str(server.pid))
    homes, desk = [], []
    for name, password in people:
        client = Client(port)
        if client.sign_in(name, password) != 303:
            sys.exit(f"{name} cannot sign in")
        cookies = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
        if name.startswith("desk"):
            desk = [(f"/case/{pp}", cookies) for pp in families]
            for path in ("/suspense", "/employers", "/work", "/approvals", f"/case/{families[0]}"):
                alone(server.pid, client, path)
        else:
            homes.append(("/home", cookies))
    share = rng.choices(homes, k=2 * len(desk))
    for name, requests in (("home", homes), ("case", desk), ("mixed", share + desk)):
        lua(f"{WORK}/{name}.lua", requests)
    measure("the public first page", server.pid, port, None, seconds)
    measure("a parent's home", server.pid, port, f"{WORK}/home.lua", seconds)
    measure("a caseworker's page of a case", server.pid, port, f"{WORK}/case.lua", seconds)
    measure("both, two homes to a case", server.pid, port, f"{WORK}/mixed.lua", seconds)
    over = threading.Event()
    flood = threading.Thread(target=half_open, args=(port, over), daemon=True)
    flood.start()
    time.sleep(2)
    measure(f"the same, with {HALF_OPEN} half-open connections", server.pid, port, f"{WORK}/mixed.lua", seconds)
    over.set()
    flood.join()
    server.terminate()
    peers(seconds)


main()
