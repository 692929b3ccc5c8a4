#!/usr/bin/env python3
"""Write a Trivy vulnerability database (schema 2) from OSV records of npm, so that Trivy matches the
same advisories as `bonafide match`.

    trivy_db.py OSV.zip CACHE_DIR
    trivy sbom --cache-dir CACHE_DIR --skip-db-update --skip-java-db-update --offline-scan \
        --skip-version-check --format json sbom.json

The file is a bbolt database: pages of 4 KiB, B+trees of sorted keys, nested buckets whose root is
inline when they are small. Only what a reader needs is written: no free list, one transaction.
"""
import json, os, struct, sys, zipfile

PAGE = 4096
BRANCH, LEAF, META, FREELIST, BUCKET = 1, 2, 4, 16, 1
out_pages = {}
next_page = 4


def leaf(items):
    """The body of a leaf page: (flags, key, value) sorted by key."""
    head, body, at = b"", b"", 16 * len(items)
    for index, (flags, key, value) in enumerate(items):
        head += struct.pack("<IIII", flags, at - 16 * index, len(key), len(value))
        body += key + value
        at += len(key) + len(value)
    return head + body


def write(flags, count, body):
    global next_page
    pages = max(1, -(-(len(body) + 16) // PAGE))
    page = next_page
    next_page += pages
    header = struct.pack("<QHHI", page, flags, count, pages - 1)
    out_pages[page] = (header + body).ljust(pages * PAGE, b"\0")
    return page


def chunks(items, size):
    group, used = [], 16
    for item in items:
        need = 16 + sum(len(part) for part in item if isinstance(part, bytes))
        if group and used + need > size:
            yield group
            group, used = [], 16
        group.append(item)
        used += need
    if group:
        yield group


def tree(items):
    """Writes a B+tree; the page of its root."""
    level = [(group[0][1], write(LEAF, len(group), leaf(group))) for group in chunks(items, PAGE)]
    if not level:
        return write(LEAF, 0, b"")
    while len(level) > 1:
        upper = []
        for group in chunks(level, PAGE):
            head, body, at = b"", b"", 16 * len(group)
            for index, (key, page) in enumerate(group):
                head += struct.pack("<IIQ", at - 16 * index, len(key), page)
                body += key
                at += len(key)
            upper.append((group[0][0], write(BRANCH, len(group), head + body)))
        level = upper
    return level[0][1]


def bucket(items):
    """The value of a nested bucket."""
    items = sorted(items, key=lambda item: item[1])
    body = leaf(items)
    if len(body) + 16 <= PAGE // 4 and not any(flags for flags, _, _ in items):
        return struct.pack("<QQ", 0, 0) + struct.pack("<QHHI", 0, LEAF, len(items), 0) + body
    return struct.pack("<QQ", tree(items), 0)


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def ranges_of(entry):
    vulnerable, patched = [], []
    for one in entry.get("ranges", []):
        start = None
        for event in one["events"]:
            kind, version = next(iter(event.items()))
            if kind == "introduced":
                start = version
            elif kind == "fixed":
                lower = "" if start in (None, "0") else f">={start}, "
                vulnerable.append(f"{lower}<{version}")
                patched.append(version)
                start = None
            elif kind == "last_affected":
                lower = "" if start in (None, "0") else f">={start}, "
                vulnerable.append(f"{lower}<={version}")
                start = None
        if start is not None:
            vulnerable.append(">=0.0.0-0" if start == "0" else f">={start}")
    return vulnerable + [f"={v}" for v in entry.get("versions", [])], patched


def advisory(vulnerable, patched):
    return json.dumps({"VulnerableVersions": vulnerable, "PatchedVersions": patched}).encode()


source, cache = sys.argv[1], sys.argv[2]
packages, flaws = {}, {}
archive = zipfile.ZipFile(source)
for file in archive.namelist():
    record = json.loads(archive.read(file))
    ids = [alias for alias in record.get("aliases", []) if alias.startswith("CVE-")]
    flaw = ids[0] if ids else record["id"]
    for entry in record["affected"]:
        name = entry.get("package", {}).get("name")
        if not name:
            continue
        vulnerable, patched = ranges_of(entry)
        # One value per package and flaw, under the name in lower case: so Trivy looks it up.
        value = packages.setdefault(name.lower().encode(), {}).setdefault(flaw.encode(), ([], []))
        value[0].extend(vulnerable)
        value[1].extend(patched)
    details = {"Title": record.get("summary", ""), "Description": record.get("details", ""), "Severity": "HIGH"}
    flaws[flaw.encode()] = json.dumps(details).encode()
origin = b"npm::OSV"
about = json.dumps({"ID": "osv", "Name": "OSV", "URL": "https://example.com"}).encode()
root = tree(sorted([
    (BUCKET, b"data-source", bucket([(0, origin, about)])),
    (BUCKET, origin, bucket([(BUCKET, name, bucket([(0, flaw, advisory(*value)) for flaw, value in own.items()]))
                             for name, own in packages.items()])),
    (BUCKET, b"vulnerability", bucket([(0, flaw, details) for flaw, details in flaws.items()])),
], key=lambda item: item[1]))
folder = os.path.join(cache, "db")
os.makedirs(folder, exist_ok=True)
with open(os.path.join(folder, "trivy.db"), "wb") as out:
    for number in (0, 1):
        meta = struct.pack("<IIIIQQQQQ", 0xED0CDAED, 2, PAGE, 0, root, 0, 2, next_page, number)
        meta += struct.pack("<Q", fnv(meta))
        out.write((struct.pack("<QHHI", number, META, 0, 0) + meta).ljust(PAGE, b"\0"))
    out.write(struct.pack("<QHHI", 2, FREELIST, 0, 0).ljust(PAGE, b"\0"))
    out.write(struct.pack("<QHHI", 3, LEAF, 0, 0).ljust(PAGE, b"\0"))
    for page in sorted(out_pages):
        assert out.tell() == page * PAGE
        out.write(out_pages[page])
metadata = {"Version": 2, "NextUpdate": "2099-01-01T00:00:00Z", "UpdatedAt": "2026-01-01T00:00:00Z", "DownloadedAt": "2026-01-01T00:00:00Z"}
with open(os.path.join(folder, "metadata.json"), "w") as out:
    json.dump(metadata, out)
print(len(flaws), "advisories of", len(packages), "packages")
