"""Checks a .proof file with nothing of ours: Python's hashlib and the openssl command. Prints what is wrong, exits 1."""

import base64, hashlib, json, subprocess, sys, tempfile


def sha(data):
    return hashlib.sha256(data).digest()


def fail(what):
    print(what)
    sys.exit(1)


def key_of(line):
    name, key_id, key = line.strip().split("+", 2)
    raw = base64.b64decode(key)
    if sha(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        fail("key id")
    return name, bytes.fromhex(key_id), raw[0], raw[1:]


def signed(public, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        for file, data in (
            ("key", bytes.fromhex("302a300506032b6570032100") + public),
            ("message", message),
            ("signature", signature),
        ):
            with open(f"{folder}/{file}", "wb") as out:
                out.write(data)
        verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", f"{folder}/key", "-rawin"]
        files = ["-in", f"{folder}/message", "-sigfile", f"{folder}/signature"]
        return subprocess.run(verify + files, capture_output=True).returncode == 0


def root_of(leaf, index, size, path):
    """RFC 9162 section 2.1.3.2."""
    at, last, root = index, size - 1, leaf
    for other in path:
        if last == 0:
            return None
        if at % 2 == 1 or at == last:
            root = sha(b"\x01" + other + root)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            root = sha(b"\x01" + root + other)
        at, last = at // 2, last // 2
    return root if last == 0 else None


proof = json.load(open(sys.argv[1], encoding="utf8"))
lines = proof["entry"].split("\n")
salted = bytes.fromhex(proof["salt"]) + proof["content"].encode()
if lines[2] != "sha256 " + sha(salted).hex():
    fail("content")
if lines[3] != "sm3 " + subprocess.run(
    ["openssl", "dgst", "-sm3", "-r"], input=salted, capture_output=True, check=True
).stdout.decode()[:64]:
    fail("sm3")
if len(sys.argv) > 2 and json.loads(proof["content"])["sha256"] != sha(open(sys.argv[2], "rb").read()).hex():
    fail("file")

text, signatures = proof["checkpoint"].rsplit("\n\n", 1)
text += "\n"
origin, size, root = text.split("\n")[:3]
path = [base64.b64decode(one) for one in proof["path"]]
if root_of(sha(b"\x00" + proof["entry"].encode()), proof["seq"], int(size), path) != base64.b64decode(root):
    fail("inclusion")

found = {}
for line in signatures.strip().split("\n"):
    _, name, data = line.split(" ")
    found[name, base64.b64decode(data)[:4]] = base64.b64decode(data)[4:]
name, key_id, kind, public = key_of(proof["log"])
if kind != 1 or name != origin or not signed(public, text.encode(), found.get((name, key_id), b"")):
    fail("log")
cosigned = 0
for witness in proof["witnesses"]:
    name, key_id, kind, public = key_of(witness)
    data = found.get((name, key_id), b"")
    if kind == 4 and len(data) == 72:
        time = int.from_bytes(data[:8], "big")
        cosigned += signed(public, f"cosignature/v1\ntime {time}\n{text}".encode(), data[8:])
if cosigned * 2 <= len(proof["witnesses"]):
    fail("witnesses")
print(f"ok, entry {proof['seq']} of {size}, {cosigned} witnesses")
