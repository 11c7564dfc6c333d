#!/usr/bin/env python3
"""Checks an audit file of Liaison as audit-file.md describes it: python3 audit-check.py FILE [HEAD...]

Ends with 0 where the file is as it was written and holds each HEAD, with 9 where not, and says what is wrong.
"""

import hashlib
import json
import sys
import uuid


class Wrong(Exception):
    """Something in the file is not as it should be."""


def number(value, length, signed=False):
    return value.to_bytes(length, "big", signed=signed)


def identity(text):
    return uuid.UUID(text).bytes


def link(previous, entry, changes):
    text = entry["detail"].encode("utf-8")
    second = entry["head"] == 2
    if entry["head"] not in (1, 2):
        raise Wrong(f"operation {entry['id']} has a head of an unknown version")
    parts = []
    if second:
        parts += [b"Liaison journal: link of a head\0", b"\xff" * 8, number(2, 1)]
    parts += [previous, number(entry["sequence"], 8), identity(entry["id"]), number(entry["time"], 8)]
    if second:
        parts += [number(entry["wall"], 8, signed=True), number(entry["seen"], 8)]
    parts += [identity(entry["actor"]), identity(entry["device"]), number(entry["number"], 1)]
    parts += [number(len(text), 8), text]
    undoes = entry["undoes"]
    if second:
        parts.append(number(0 if undoes is None else 1, 1))
    parts.append(bytes(16) if undoes is None else identity(undoes))
    parts += [number(entry["changes"], 8), changes]
    return hashlib.sha256(b"".join(parts)).digest()


def changes_of(file, entry):
    """SHA-256 over the digests of an operation's changes, whose lines are read."""
    digests = hashlib.sha256()
    for _ in range(entry["changes"]):
        line = json.loads(file.readline())
        digest = bytes.fromhex(line["digest"])
        values = line.get("values")
        if len(digest) != 32:
            raise Wrong(f"a digest of operation {entry['id']} has the wrong length")
        if values is not None:
            made = number(values["number"], 1) + identity(values["record"]) + bytes.fromhex(values["packed"])
            if hashlib.sha256(made).digest() != digest:
                raise Wrong(f"values of operation {entry['id']} were altered")
        digests.update(digest)
    return digests.digest()


def check(path, expected):
    with open(path, encoding="utf-8", newline="\n") as file:
        header = json.loads(file.readline())
        if header.get("liaison_audit") != 1:
            raise Wrong("this is no audit file of version 1")
        names, heads, seen, operations, changes = {}, {}, set(), 0, 0
        while True:
            text = file.readline()
            if not text:
                raise Wrong("the end of the file is missing")
            entry = json.loads(text)
            if "end" in entry:
                break
            sequence, previous = heads.get(entry["device"], (0, bytes(32)))
            if entry["sequence"] != sequence + 1:
                raise Wrong(f"operations are missing before operation {entry['id']}")
            if names.setdefault(entry["number"], entry["kind"]) != entry["kind"]:
                raise Wrong(f"operation {entry['id']} says wrongly of what kind it is")
            chain = link(previous, entry, changes_of(file, entry))
            if chain.hex() != entry["chain"]:
                raise Wrong(f"operation {entry['id']} or one of its changes was altered")
            heads[entry["device"]] = (entry["sequence"], chain)
            seen.add(f"{entry['sequence']}-{entry['chain'][:32]}")
            operations += 1
            changes += entry["changes"]
        if file.read(1):
            raise Wrong("there is more after the end of the file")
    if not operations == entry["end"] == header["operations"] or changes != header["changes"]:
        raise Wrong("the file does not have as many operations or changes as it says")
    told = {device["id"]: (device["operations"], bytes.fromhex(device["chain"])) for device in header["devices"]}
    if told != heads:
        raise Wrong("the heads in the first line are not those of the operations")
    for head in expected:
        first, _, digits = head.partition("-")
        if f"{first}-{digits.replace('-', '')}" not in seen:
            raise Wrong(f"the head {head} is not in the file")
    return operations, changes


if __name__ == "__main__":
    try:
        done = check(sys.argv[1], sys.argv[2:])
    except (Wrong, ValueError, KeyError, TypeError, AttributeError, OverflowError) as wrong:
        print(f"wrong: {wrong}")
        sys.exit(9)
    print(f"as it was written: {done[0]} operations with {done[1]} changes")
