#!/usr/bin/env python3
"""Checks files of `parley evidence` with no code of Parley: written from docs/PROTOCOL.md, RFC 7515, RFC 6962 and the C2SP texts.

    verify_evidence.py --root CODE=FINGERPRINT [--root ...] [--log VKEY] [--witness VKEY ... --quorum K] FILE [FILE ...]

Needs formats.py beside it and python3-cryptography. Of each file one line of JSON: what it shows, or `wrong`, the first thing that does
not hold; ends with 1 where one is wrong. It checks members, roots, keys at log time, checkpoints, cosignatures, each leaf with its receipt
and view, each statement, item and body, what they rest on, and their order. Shapes beyond that, that all of it is of one exchange, README
and timeline, and whether a consent covers a release are looked at by `parley verify` alone.
"""
import argparse
import json
import re
import sys
import zipfile

from formats import (
    COUNT, MALFORMED, Checkpoint, Statement, VerifierKey, Wrong, check, decode, decode_padded, encode, instant, key_id, leaf_hash, parse,
    root_by_inclusion, roots_by_consistency, sha256, tree_root,
)

PART = 8 << 20  # a body is a Merkle tree over its parts of 8 MiB
MANIFEST = {"v", "aud", "authority", "exchange", "at", "log", "operator", "members"}
MANIFEST_VERSION = 5
DIGEST = "[A-Za-z0-9_-]{43}"
MEMBER = (
    rf"(statements|items|directory/(designations|entries|roots|revocations))/{DIGEST}\.jws|bodies/{DIGEST}\.sealed|log\.vkey|README\.txt"
    rf"|leaves/{COUNT}\.(receipt\.json|view\.json|data|tlog-proof)|checkpoints/(newest\.note|first\.note|consistency\.txt)"
    r"|checkpoints/epoch-leaf\.(json|tlog-proof)|manifest\.(jws|json)|timeline\.(txt|html)"
)
# the member that names the authority whose officer signs; of the types that have a place in an exchange
SIGNER = {
    "envelope": "from", "access": "reader", "approval": "authority", "quorum-request": "authority",
    **dict.fromkeys(("release", "use", "notice", "deletion", "inability"), "holder"),
    **dict.fromkeys(("consent", "consent-refusal", "consent-revocation", "label", "consultation", "verification"), "originator"),
}
# the item of these must be in the file; of an envelope all, of a consent none
ABOUT_AN_ITEM = ("release", "access", "use", "label", "deletion", "inability", "verification", "notice")
ANSWERED = {"envelope": "prev", "consent-revocation": "consent", "approval": "notice", "consultation": "notice"}


# -- who could sign, and when ------------------------------------------------------------------------------------------------------------

class Authority:
    """One authority's roots, entries and revocations, as far as the file has them."""

    def __init__(self, code, given, designated, entries, changes, revocations):
        self.code, self.revocations = code, [one.body for one in revocations]
        for change in changes:
            change.verify(change.body["old"])
        official = [] if designated is None else line_of(designated, changes)
        check(given or official, f"nobody vouches for the root of {code}")
        is_it = not given or not official or any(root in given for root, *_ in official)
        check(is_it, f"{code}: another root was designated than was given")
        terms = [term for root in given for term in line_of(root, changes)] + official
        for entry in entries:
            root, seq = entry.body["root"], entry.body["seq"]
            is_its = any(kid == root["kid"] and first <= seq <= last for kid, first, last in terms)
            check(is_its, f"{code}: entry {seq} is of no root that is believed")
            entry.verify(root)
        # where a root was lost, the one designated next counts anew: what began first comes first
        lines = [{kid for kid, *_ in line_of(root, changes)} for root, *_ in terms]
        began = {kid: min(instant(one.body["at"]) for one in entries if one.body["root"]["kid"] in line)
                 for line in lines if any(one.body["root"]["kid"] in line for one in entries) for kid in line}
        self.entries = sorted(entries, key=lambda one: (began[one.body["root"]["kid"]], one.body["seq"]))
        keys = [one.body["root"] for one in entries] + [one.body[which] for one in changes for which in ("old", "root")]
        for one in revocations:
            root = next((key for key in keys if key["kid"] == one.kid and any(key["kid"] == kid for kid, *_ in terms)), None)
            check(root, f"{code}: a revocation is of no root that is believed")
            one.verify(root)
        listed = {digest for entry in entries for digest in entry.body.get("revocations", [])}
        check(listed <= {one.digest for one in revocations}, f"{code}: a revocation that an entry lists is not here")

    def officer_at(self, kid, at, what, is_vouched=False):
        """The officer whose key it is, by the newest entry that lists it, where it was good then or who signed is vouched for since; and
        whether it was in doubt."""
        holders = [next((one for one in entry.body["officers"] if one["signing"]["kid"] == kid), None) for entry in self.entries]
        last = max((place for place, holder in enumerate(holders) if holder), default=None)
        check(last is not None, f"{what}: no entry of {self.code} lists its key")
        officer, dropped = holders[last], [entry.body["at"] for entry in self.entries[last + 1:last + 2]]
        until = min(map(instant, [officer["until"], *dropped]))
        check(is_vouched or instant(officer["from"]) <= at < until, f"{what}: its key was not good at {at.isoformat()}")
        own = {officer[use]["kid"] for use in ("signing", "auth", "encryption")}
        ended = [one for one in self.revocations if one["kid"] == kid or (one["kid"] in own and one["reason"] != "SCHEDULED")]
        check(is_vouched or all(at < instant(one["at"]) for one in ended), f"{what}: its key was revoked before")
        return officer, any(one["kid"] == kid and "doubtfulSince" in one and at >= instant(one["doubtfulSince"]) for one in ended)


def line_of(root, changes):
    """From the first root that led to this one on: each root of the line, and the first and the last `seq` that it signs."""
    by_old, by_new = ({one.body[which]["kid"]: one.body for one in changes} for which in ("old", "root"))
    for _ in changes:
        root = by_new[root]["old"]["kid"] if root in by_new else root
    terms, first = [], 1
    while root in by_old and len(terms) < len(changes):
        last = by_old[root]["after"]
        terms.append((root, first, last))
        root, first = by_old[root]["root"]["kid"], last + 1
    return [*terms, (root, first, float("inf"))]


# -- the file --------------------------------------------------------------------------------------------------------------------------

class Evidence:
    def __init__(self, path, roots, log, witnesses, quorum):
        self.read(path)
        self.about = about = self.manifest.body
        self.found = {name: about[name] for name in ("authority", "exchange", "aud", "at")}
        check(about["authority"] in roots, f"no root of {about['authority']} was given")
        self.check_directory(roots)
        officer, _ = self.check_signer(self.manifest, about["authority"], instant(about["at"]), "manifest")
        check("COMPLIANCE" in officer["roles"], "the manifest is not of an officer of COMPLIANCE")
        self.log = VerifierKey(about["log"])
        check(self.log.algorithm == 1 and self.log.name == about["aud"], "the log's key is of another log")
        check(self.members["log.vkey"] == f"{about['log']}\n".encode() and log in (None, about["log"]), "the log's key is another one")
        self.check_checkpoints(witnesses, quorum)
        self.leaves = [self.check_leaf(index) for index in self.indexes]
        self.found["events"] = [[body["index"], body["stage"], body["outcome"], event["action"]] for body, event in self.leaves]
        self.check_statements()
        self.check_items()
        self.check_order()

    def read(self, path):
        """A body is read part by part into its size and root, because it can be larger than memory."""
        self.members, self.bodies = {}, {}
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            check(names == sorted(set(names)) and all(re.fullmatch(MEMBER, name) for name in names), "a member's name, or their order")
            for name in names:
                with archive.open(name) as member:
                    if name.startswith("bodies/"):
                        parts = [(len(part), leaf_hash(part)) for part in iter(lambda: member.read(PART), b"")] or [(0, leaf_hash(b""))]
                        self.bodies[name] = sum(size for size, _ in parts), encode(tree_root([part for _, part in parts]))
                    else:
                        self.members[name] = member.read()
        self.manifest = Statement(self.members["manifest.jws"], "evidence", MANIFEST_VERSION)
        check(self.manifest.body.keys() == MANIFEST, "the manifest has other members than it may")
        check(self.members["manifest.json"] == self.manifest.payload, "manifest.json is not what was signed")
        found = {name: (len(data), encode(sha256(data))) for name, data in self.members.items() if not name.startswith("manifest.")}
        found.update(self.bodies)
        listed = {one["name"]: (one["bytes"], one["digest"]) for one in self.manifest.body["members"]}
        check(found == listed, f"not what the manifest lists: {sorted(name for name, _ in found.items() ^ listed.items())}")
        self.indexes = sorted(int(name[7:-13]) for name in names if re.fullmatch(r"leaves/.*\.receipt\.json", name))
        check(4 * len(self.indexes) == sum(name.startswith("leaves/") for name in names), "a leaf has receipt, view, data and proof")

    def statements_in(self, folder, kind=None):
        found = {}
        for name in [name for name in self.members if name.startswith(folder)]:
            one = Statement(self.members[name], kind)
            check(name == f"{folder}{one.digest}.jws", f"{name}: another statement stands under this name")
            check(one.type == "item" or one.body["aud"] == self.about["aud"], f"{name}: of another log")
            found[one.digest] = one
        return found

    def check_directory(self, roots):
        operator, root = self.about["operator"]["authority"], self.about["operator"]["root"]
        check(root["kid"] in roots.get(operator, [root["kid"]]), "the operator's root is another than was given")
        designated = {}
        for one in self.statements_in("directory/designations/", "designation").values():
            one.verify(root)
            code = one.body["authority"]
            is_its = one.body["operator"] == operator and code not in designated
            check(is_its, f"{one.digest}: of another operator, or the second one of {code}")
            designated[code] = one.body["root"]
        folders = (("entries", "entry"), ("roots", "root"), ("revocations", "revocation"))
        entries, changes, revocations = ([*self.statements_in(f"directory/{folder}/", kind).values()] for folder, kind in folders)
        codes = {one.body["authority"] for one in entries}
        check(codes >= {one.body["authority"] for one in revocations}, "a revocation of an authority that has no entry here")
        of = lambda code: [[one for one in kind if one.body["authority"] == code] for kind in (entries, changes, revocations)]
        self.authorities = {code: Authority(code, roots.get(code, []), designated.get(code), *of(code)) for code in codes}

    def check_signer(self, statement, code, at, what, is_vouched=False):
        check(code in self.authorities, f"{what}: no entry of {code} is here")
        officer, is_doubtful = self.authorities[code].officer_at(statement.kid, at, what, is_vouched)
        statement.verify(officer["signing"])
        return officer, ["DOUBTFUL"] * is_doubtful

    def check_checkpoints(self, witnesses, quorum):
        self.note = self.members["checkpoints/newest.note"]
        self.newest = Checkpoint(self.note, self.log)
        if "checkpoints/first.note" in self.members or "checkpoints/consistency.txt" in self.members:
            first = Checkpoint(self.members["checkpoints/first.note"], self.log)
            proof = [decode_padded(line) for line in self.members["checkpoints/consistency.txt"].decode("ascii").splitlines()]
            check(0 < first.size < self.newest.size, "the earlier checkpoint is not the smaller one")
            roots = roots_by_consistency(first.size, self.newest.size, first.root, proof)
            check([*roots] == [first.root, self.newest.root], "the newest checkpoint does not continue the earlier one")
        epoch = self.members["checkpoints/epoch-leaf.json"]
        self.check_included("checkpoints/epoch-leaf.tlog-proof", self.newest.size - 1, epoch)
        check(len(epoch) != 32 and parse(epoch)["upTo"] < self.newest.size - 1, "the last leaf is no epoch leaf")
        cosigned = [witness.name for witness in witnesses if witness.has_signed(self.newest.text, self.newest.lines)]
        check(len(cosigned) >= quorum, f"cosigned by {len(cosigned)} of the witnesses, {quorum} were asked for")
        self.found.update(size=self.newest.size, epoch=parse(epoch)["n"], cosigned=cosigned)

    def check_included(self, name, index, data):
        head, _, note = self.members[name].partition(b"\n\n")
        version, place, *path = head.decode("ascii").split("\n")
        is_of_it = (version, place, note) == ("c2sp.org/tlog-proof@v1", f"index {index}", self.note)
        root = root_by_inclusion(index, self.newest.size, leaf_hash(data), list(map(decode_padded, path)))
        check(is_of_it and root == self.newest.root, f"{name}: does not lead to the newest checkpoint")

    def check_leaf(self, index):
        what, data = f"leaf {index}", self.members[f"leaves/{index}.data"]
        receipt, view = (parse(self.members[f"leaves/{index}.{kind}.json"]) for kind in ("receipt", "view"))
        batch, body = Statement(receipt["batch"].encode(), "receipts"), parse(receipt["body"].encode())
        batch.verify({"kid": key_id("ed25519", self.log.key), "publicKey": encode(self.log.key)})
        path = list(map(decode, receipt["path"]))
        root = root_by_inclusion(receipt["position"], batch.body["size"], leaf_hash(receipt["body"].encode()), path)
        check(encode(root) == batch.body["root"], f"{what}: its receipt is not in the batch that was signed")
        check(body["log"] == batch.body["log"] == self.log.name and body["index"] == index, f"{what}: the receipt of another leaf")
        hashes = sorted([sha256(decode(view["salt"]), view["event"].encode()), *map(decode, view["others"])])
        check(len(data) == 32 and data == sha256(b"\3", *hashes) == decode(body["leaf"]), f"{what}: data, receipt and view do not fit")
        self.check_included(f"leaves/{index}.tlog-proof", index, data)
        event = parse(view["event"].encode())
        said = event["view"], event["log"], event["at"], event["outcome"], event["object"].get("statement", body["statement"])
        owed = self.about["authority"], body["log"], body["at"], body["outcome"], body["statement"]
        check(said == owed, f"{what}: event and receipt differ")
        return body, event

    def leaf_of(self, one):
        """Of the log's taking it in; of a change of label a holder sees the delivery alone."""
        ways = [("accessed" if one.type == "access" else "accepted", "ALLOW")] + [("delivered", "DONE")] * (one.type == "label")
        own = [leaf for leaf in self.leaves if leaf[0]["statement"] == one.digest]
        taken = [leaf for way in ways for leaf in own if (leaf[0]["stage"], leaf[0]["outcome"]) == way]
        check(taken, f"statement {one.digest}: no receipt says that it was taken in")
        return taken[0]

    def check_statements(self):
        self.statements, self.items, self.taken = self.statements_in("statements/"), self.statements_in("items/", "item"), {}
        for digest, one in self.statements.items():
            what, body = f"statement {digest}", one.body
            check(one.type in SIGNER, f"{what}: has no place in an exchange")
            code, (receipt, event) = body[SIGNER[one.type]], self.leaf_of(one)
            is_delivery, is_envelope = receipt["stage"] == "delivered", one.type == "envelope"
            is_its = event["actor"]["authority"] == ("GATEWAY" if is_delivery else code) and is_envelope == (event["action"] == "SEND")
            is_here = not is_envelope or body["exchange"] == event["object"]["exchange"] == self.about["exchange"]
            check(is_its and is_here, f"{what}: the log tells of another act, or it is of another exchange")
            officer, doubt = self.check_signer(one, code, instant(body["at"] if is_delivery else receipt["at"]), what)
            self.taken[digest] = [receipt["index"], one.type, digest, code, officer["officer"], *doubt]
            items = body["items"] if is_envelope else [body["item"]] if one.type in ABOUT_AN_ITEM else []
            is_whole = self.items.keys() >= set(items) and self.statements.keys() >= set(rests_on(one))
            check(is_whole, f"{what}: an item of it, or what it rests on, is not here")
        self.found["statements"] = sorted(self.taken.values())

    def check_items(self):
        self.found.update(items=[], bodies=sorted(self.bodies))
        for digest, item in self.items.items():
            givers = [self.taken[one.digest][0] for one in self.statements.values() if digest in carried_by(one)]
            check(givers, f"item {digest}: no statement here carries it")
            at = next(body["at"] for body, _ in self.leaves if body["index"] == min(givers))
            issuer = item.body["issuer"]
            # what its issuer itself encloses again, or names in a consent, it stands by: whoever signed it may have left since
            is_vouched = any(self.taken[one.digest][3] == issuer and digest in named_by(one) for one in self.statements.values())
            officer, doubt = self.check_signer(item, issuer, instant(at), f"item {digest}", is_vouched)
            self.found["items"].append([digest, issuer, officer["officer"], *doubt])
        for name, named in self.bodies.items():
            item = self.items.get(name[len("bodies/"):-len(".sealed")])
            check(item and named == (item.body["size"], item.body["ciphertext"]), f"{name}: not the ciphertext that its issuer signed")

    def check_order(self):
        """Nothing that the maker said, and no envelope, is left out; envelopes and versions of the exchange follow one another."""
        version = 0
        for body, event in self.leaves:
            index, one, exchange = body["index"], self.statements.get(body["statement"]), event["object"].get("exchange")
            is_of_it, is_step = exchange == self.about["exchange"], event["action"] == "SEND" and body["outcome"] == "ALLOW"
            is_said = body["outcome"] == "ALLOW" and body["stage"] in ("accepted", "accessed") and event["action"] != "QUORUM_SHARE"
            is_owed = is_said and (event["actor"]["authority"] == self.about["authority"] or (is_of_it and is_step))
            check(one or not is_owed, f"leaf {index}: the statement that it took in is not here")
            if is_step and one and "prev" in one.body:
                check(self.taken[one.body["prev"]][0] < index, f"statement {one.digest}: answers what came later")
            if body["version"] and (is_of_it or (exchange is None and one and one.type == "envelope")):
                check(body["version"] - version in ((1,) if is_step else (0, 1)), f"leaf {index}: a version of the exchange is left out")
                version = body["version"]


def rests_on(one):
    if one.type == "release":
        basis = one.body["basis"]
        return [*basis.get("consents", []), *(line["consent"] for line in basis.get("each", []) if "consent" in line)]
    return [one.body[name] for name in (ANSWERED.get(one.type),) if name in one.body]


def carried_by(one):
    carried = {"envelope": one.body.get("items"), "release": [one.body.get("item")], "consent-refusal": [one.body.get("text")]}
    return carried.get(one.type, [])


def named_by(one):
    return one.body["items"] if one.type == "consent" else carried_by(one)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="+")
    options.add_argument("--root", action="append", required=True, metavar="CODE=FINGERPRINT")
    options.add_argument("--log", metavar="VKEY")
    options.add_argument("--witness", action="append", default=[], metavar="VKEY", type=VerifierKey)
    options.add_argument("--quorum", type=int, default=0)
    given = options.parse_args()
    roots, code = {}, 0
    for root in given.root:
        roots.setdefault(root.partition("=")[0], []).append(root.partition("=")[2])
    for path in given.file:
        try:
            found = Evidence(path, roots, given.log, given.witness, given.quorum).found
        except Wrong as wrong:
            found, code = {"wrong": str(wrong)}, 1
        except MALFORMED as wrong:
            found, code = {"wrong": f"malformed: {wrong!r}"}, 1
        print(json.dumps(found))
    return code

if __name__ == "__main__":
    sys.exit(main())
