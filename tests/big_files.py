#!/usr/bin/env python3
"""big_files.py: files of any size in the same memory.  Each format is read by the program twice, from
a small file and from a large one written on the fly, and the peak of memory must be the same but for
what is kept for each line read (its reference: 32 bytes).  BIG_FILES_MB=n megabytes (4, of employers' files less: each
line is an event; 100 for the promise), BIG_FILES_ONLY=WORD that format alone.  Usage: tests/big_files.py [UPKEEP]"""
import datetime, os, resource, shutil, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
UPKEEP = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else os.path.join(ROOT, "build/release/upkeep")
LARGE = float(os.environ.get("BIG_FILES_MB", "4")) * 1e6
SMALL = 0.4e6
SPARE = 12e6    # what two runs may differ by for other reasons
LINE = 64       # bytes of memory for each line
FAMILIES, BOOKED = 200, 400
TODAY = datetime.date(2026, 6, 1)
NAMES = "Ash Bay Cob Dun Elm Fen Gat Hay Ivo Jay Kit Lea May Ned Ora Pat Que Roy Sal Tom".split()

work = tempfile.mkdtemp()
base = os.path.join(work, "base.db")


def run(*words):
    return subprocess.run([UPKEEP, *words], capture_output=True, text=True)


def make_base():
    text = ["scenario: Many payers", "today 2013-01-07"]
    for i in range(FAMILIES):
        name = NAMES[i % 20] + NAMES[i // 20].lower()
        text += ["apply", f"  paying parent {name} Payer", f"  receiving parent R{name.lower()} Carer",
                 f"  child C{name.lower()} Payer born 2012-05-06", "  effective 2013-01-07",
                 f"fact employee_reference {100000000000 + i} from 2013-01-07",
                 f"fact national_insurance_number QQ{i:06d}A of {name} from 2013-01-07"]
    play = os.path.join(work, "base.play")
    with open(play, "w") as f:
        f.write("\n".join(text) + "\n")
    said = run("play", "--quiet", "--db", base, play)
    if said.returncode:
        sys.exit("big_files: " + said.stdout + said.stderr)
    import sqlite3
    with sqlite3.connect(base) as db:
        return [r for (r,) in db.execute("SELECT ref FROM person WHERE id = pp ORDER BY pp")]


def day(i):
    """The i-th day of the scheme, going round, as text."""
    return (datetime.date(2013, 2, 1) + datetime.timedelta(days=i % 4800)).isoformat()


class Out:
    def __init__(self, path):
        self.f, self.n = open(path, "w", buffering=1 << 20), 0

    def put(self, text):
        self.f.write(text)
        self.n += len(text)


def camt(to, size, refs):
    at, lines, closing = TODAY.isoformat(), 0, 0
    balance = lambda code, pence: (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">{abs(pence) / 100:.2f}</Amt>'
        f'<CdtDbtInd>{"CRDT" if pence >= 0 else "DBIT"}</CdtDbtInd><Dt><Dt>{at}</Dt></Dt></Bal>')
    entry = lambda i: ("CRDT" if i < BOOKED else "DBIT")
    text = lambda i: (
        f'<Ntry><Amt Ccy="GBP">10.00</Amt><CdtDbtInd>{entry(i)}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{at}</Dt></BookgDt>'
        f'<AcctSvcrRef>B{i:09d}</AcctSvcrRef><BkTxCd><Prtry><Cd>PMNT</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E{i:09d}</EndToEndId>'
        f'</Refs><RltdPties><Dbtr><Pty><Nm>SOMEBODY OF SOMEWHERE {i}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>{refs[i % len(refs)]} '
        f'{"for something or other " * 4}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n')
    lines = max(int((size - 900) / len(text(BOOKED))), BOOKED)
    closing = 1000 * (2 * BOOKED - lines)
    to.put('<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
           f'<GrpHdr><MsgId>M</MsgId><CreDtTm>{at}T02:00:00</CreDtTm></GrpHdr><Stmt><Id>BIG</Id><CreDtTm>{at}T02:00:00</CreDtTm><Acct><Id>'
           f'<Othr><Id>99000000000077</Id></Othr></Id><Ccy>GBP</Ccy></Acct>{balance("OPBD", 0)}{balance("CLBD", closing)}\n')
    for i in range(lines):
        to.put(text(i))
    to.put("</Stmt></BkToCstmrStmt></Document>\n")
    return lines


def csv(to, size, refs):
    to.put("date,amount,reference,payer name,payer account,remittance,type,original\n")
    i = 0
    while to.n < size:
        to.put(f"{TODAY},10.00,C{i:09d},SOMEBODY OF SOMEWHERE {i},20304012345678,{refs[i % len(refs)]} {'for something or other ' * 6},"
               f"{'credit' if i < BOOKED else 'debit'},\n")
        i += 1
    return i


def schedules(size, used, one, begin, end):
    """Schedules of one month each: every employee on every day of it, so long as there is room."""
    month, n = datetime.date(2013, 2, 1), 0
    while used() < size and month < TODAY:
        after, lines = (month + datetime.timedelta(days=32)).replace(day=1), 0
        begin(500000000017, month)
        for e in range(FAMILIES):
            for d in range((after - month).days):
                if used() < size:
                    one(500000000017, month, e, month + datetime.timedelta(days=d))
                    lines += 1
        end(500000000017, month, lines * 10)
        month, n = after, n + lines
    return n


def employer_csv(to, size, refs):
    to.put("record,employer reference,month,employee reference,national insurance number,pay date,period,net pay,normal deduction,deducted,reason\n")
    return schedules(size, lambda: to.n,
                     lambda b, m, e, d: to.put(f"payment,{b},{m:%Y-%m},{100000000000 + e},QQ{e:06d}A,{d},weekly,400.00,10.00,10.00,\n"),
                     lambda b, m: None, lambda b, m, sum: to.put(f"total,{b},{m:%Y-%m},,,,,,,{sum}.00,\n"))


def employer_xml(to, size, refs):
    to.put('<EmployerSchedules xmlns="urn:upkeep:employer-schedule:1">')
    n = schedules(size, lambda: to.n,
                  lambda b, m, e, d: to.put(
                      f"<Payment>\n<EmployeeReference>{100000000000 + e}</EmployeeReference><NationalInsuranceNumber>QQ{e:06d}A</NationalInsuranceNumber>"
                      f"<PayDate>{d}</PayDate><Period>weekly</Period><NetPay>400.00</NetPay><NormalDeduction>10.00</NormalDeduction><Deducted>10.00</Deducted></Payment>\n"),
                  lambda b, m: to.put(f"<Schedule><EmployerReference>{b}</EmployerReference><Month>{m:%Y-%m}</Month>"),
                  lambda b, m, sum: to.put(f"<Total>{sum}.00</Total></Schedule>"))
    to.put("</EmployerSchedules>\n")
    return n


def addacs(to, size, refs):
    to.put('<?xml version="1.0" encoding="UTF-8"?>\n<BACSDocument><Data><MessagingAdvices>\n<MessagingHeader user-number="123456" advice-type="ADDACS" '
           'envelope-sequence-number="00000003" report-generation-date="2026-05-29" user-name="UPKEEP SERVICE"/>\n')
    i = 0
    while to.n < size:
        k, code = divmod(i, 2)
        to.put(f'<MessagingAdvice user-number="123456" record-type="A" aosn="{i:08d}" effective-date="{day(k // len(refs))}" '
               f'reference="{refs[k % len(refs)]}" payer-name="SOMEBODY" payer-account-number="12345678" payer-sort-code="200000" '
               f'reason-code="{code}" payer-new-account-number="00000000" payer-new-sort-code="000000" due-date="" payment-frequency=""/>\n')
        i += 1
    to.put("</MessagingAdvices></Data></BACSDocument>\n")
    return i


FORMATS = [
    ("camt.053", camt, "xml", ["receive"]),
    ("statement CSV", csv, "csv", ["receive"]),
    ("employer's CSV", employer_csv, "csv", ["receive", "--employer"]),
    ("employer's XML", employer_xml, "xml", ["receive", "--employer"]),
    ("ADDACS report", addacs, "xml", ["advices"]),
]


def measure(write, ext, words, size, refs):
    """(peak bytes, seconds, lines, what was said) of one file in a database of its own."""
    path, db = os.path.join(work, "big." + ext), os.path.join(work, "one.db")
    shutil.copyfile(base, db)
    to = Out(path)
    lines = write(to, size, refs)
    to.f.close()
    begun = time.monotonic()
    pid = os.posix_spawn(UPKEEP, [UPKEEP, words[0], "--db", db, "--today", TODAY.isoformat(), *words[1:], path], os.environ,
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.path.join(work, "said"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                                       (os.POSIX_SPAWN_DUP2, 1, 2)])
    _, status, usage = os.wait4(pid, 0)
    with open(os.path.join(work, "said"), errors="replace") as f:
        said = f.read(2000)
    os.remove(path)
    for end in ("", "-wal", "-shm"):
        if os.path.exists(db + end):
            os.remove(db + end)
    return usage.ru_maxrss * 1024, time.monotonic() - begun, lines, os.waitstatus_to_exitcode(status), said


def main():
    refs, passed, failed = make_base(), 0, 0
    only = os.environ.get("BIG_FILES_ONLY", "")
    for name, write, ext, words in FORMATS:
        if only and only not in name:
            continue
        size = LARGE if "BIG_FILES_MB" in os.environ or "employer" not in name else LARGE / 3
        small, _, few, status, said = measure(write, ext, words, SMALL, refs)
        large, seconds, many, status2, said2 = measure(write, ext, words, size, refs)
        fine = status == 0 and status2 == 0 and large <= small + SPARE + LINE * (many - few)
        passed, failed = passed + fine, failed + (not fine)
        print(f"{name}: {SMALL / 1e6:.1f} MB, {few} lines: {small / 1e6:.1f} MB of memory; {size / 1e6:.1f} MB, {many} lines: "
              f"{large / 1e6:.1f} MB, {seconds:.1f} s{'' if fine else '  TOO MUCH, or refused'}")
        if not fine:
            print(said, said2)
    print(f"big_files: {passed} passed, {failed} failed")
    return failed


try:
    sys.exit(1 if main() else 0)
finally:
    shutil.rmtree(work)
