#!/usr/bin/env python3
"""Write a RustSec advisory-db (Markdown with TOML front matter) from OSV records, so that cargo-audit
reads the same advisories as `bonafide match`.

    rustsec.py OSV.zip DB_DIR
    cargo-audit audit --no-fetch --stale --db DB_DIR --file Cargo.lock --json

cargo-audit wants a Git repository: the directory is made one, with a single commit.
"""
import json, os, subprocess, sys, zipfile

source, target = sys.argv[1], sys.argv[2]
count = 0
archive = zipfile.ZipFile(source)
for name in sorted(archive.namelist()):
    record = json.loads(archive.read(name))
    if not record["id"].startswith("RUSTSEC-"):
        continue
    for entry in record["affected"]:
        if entry["package"]["ecosystem"] != "crates.io":
            continue
        package = entry["package"]["name"]
        # One open start and a list of ends become RustSec's "patched" and "unaffected".
        patched, unaffected = [], []
        events = [e for r in entry["ranges"] if r["type"] == "SEMVER" for e in r["events"]]
        points = [next(iter(e.items())) for e in events]
        for at, (kind, version) in enumerate(points):
            follows = points[at + 1][1] if at + 1 < len(points) else None
            if kind == "introduced" and at == 0 and version != "0.0.0-0":
                unaffected.append(f"< {version}")
            if kind == "fixed":
                upper = f", < {follows}" if follows else ""
                patched.append(f">= {version}{upper}")
        quoted = lambda items: "[" + ", ".join(json.dumps(i) for i in items) + "]"
        special = entry.get("database_specific", {})
        lines = ["```toml", "[advisory]", f'id = "{record["id"]}"', f'package = {json.dumps(package)}',
                 f'date = "{record["published"][:10]}"']
        if record.get("withdrawn"):
            lines.append(f'withdrawn = "{record["withdrawn"][:10]}"')
        if special.get("informational"):
            lines.append(f'informational = "{special["informational"]}"')
        lines += ["", "[versions]", f"patched = {quoted(patched)}", f"unaffected = {quoted(unaffected)}",
                  "```", "", f"# {record.get('summary') or record['id']}".replace("\n", " "), "", "Generated from OSV.", ""]
        folder = os.path.join(target, "crates", package)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, record["id"] + ".md"), "w") as out:
            out.write("\n".join(lines))
        count += 1
git = lambda *words: subprocess.run(["git", "-C", target, "-c", "user.name=bench", "-c", "user.email=bench@example.com", *words], check=True, stdout=subprocess.DEVNULL)
git("init", "-q")
git("add", "-A")
git("commit", "-qm", "generated")
print(count, "advisories")
