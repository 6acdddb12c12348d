"""tally.py: the frame of the checks that walk the whole program (attack, api, canary, oidc): what
held and what did not, the program they try, and a folder that goes when they end.  The script is named
in what it prints; its first argument may name another UPKEEP."""
import os, shutil, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
UPKEEP = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else os.path.join(ROOT, "build/upkeep")
NAME = os.path.basename(sys.argv[0]).removesuffix(".py")
work = tempfile.mkdtemp()
db = os.path.join(work, NAME + ".db")
counts = {True: 0, False: 0}


def verdict(good, what):
    counts[bool(good)] += 1
    if not good:
        print(f"{NAME}:", what)


def must(*command, given=None):
    done = subprocess.run([UPKEEP, *command], capture_output=True, text=True, input=given)
    if done.returncode:
        sys.exit(f"{NAME}: " + " ".join(command) + ": " + done.stdout + done.stderr)
    return done.stdout.strip()


def end(main):
    """Runs it, says what came of it, and leaves."""
    try:
        main()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{NAME}: {counts[True]} passed, {counts[False]} failed")
    sys.exit(1 if counts[False] else 0)
