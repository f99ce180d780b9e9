"""What the evidence of Parley is made of, read strictly: encodings, statements, Merkle trees, C2SP checkpoints. See verify_evidence.py."""
import base64
import hashlib
import json
import re
import zipfile
import zlib
from datetime import datetime, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

COUNT = "(?:0|[1-9][0-9]{0,15})"
# what bytes of another form than the one that is read here make Python say
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, RecursionError, zipfile.BadZipFile, zlib.error, NotImplementedError)


class Wrong(Exception):
    """The file does not hold; the text says where."""


def check(holds, what):
    if not holds:
        raise Wrong(what)


# -- encodings -------------------------------------------------------------------------------------------------------------------------

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def encode(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(text):
    """Unpadded base64url, and nothing that another text would decode to as well."""
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    check(encode(raw) == text, "not the one base64url text of its bytes")
    return raw


def decode_padded(text):
    raw = base64.b64decode(text, validate=True)
    check(base64.b64encode(raw).decode() == text, "not the one base64 text of its bytes")
    return raw


def no_duplicates(pairs):
    check(len(dict(pairs)) == len(pairs), "a member stands twice in a JSON object")
    return dict(pairs)


def safe_integer(text):
    check("." not in text and "e" not in text.lower() and abs(int(text)) < 1 << 53, f"{text} is no safe integer")
    return int(text)


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def parse(raw):
    value = json.loads(raw.decode("utf-8"), object_pairs_hook=no_duplicates, parse_int=safe_integer, parse_float=safe_integer)
    check(isinstance(value, dict) and depth(value) <= 16, "no JSON object of at most 16 levels")
    return value


def instant(text):
    check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", text), f"{text} is no time in UTC")
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=timezone.utc)


# -- statements ------------------------------------------------------------------------------------------------------------------------

def key_id(suite, public_key):
    return encode(sha256(suite.encode(), b"\0", public_key))


def check_signature(public_key, signature, message, what):
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        raise Wrong(f"{what}: the signature does not fit") from None


class Statement:
    """A compact JWS, read and not yet verified."""

    def __init__(self, compact, kind=None, version=1):
        header, self.payload, self.signature = map(decode, compact.decode("ascii").split("."))
        found = re.fullmatch(rb'\{"alg":"Ed25519","typ":"parley-([a-z-]+)\+json","kid":"([A-Za-z0-9_-]{43})"\}', header)
        check(found, "the protected header is not the exact bytes of one")
        self.type, self.kid, self.body = found[1].decode(), found[2].decode(), parse(self.payload)
        check(kind in (None, self.type) and self.body["v"] == version, f"a {self.type} of version {self.body['v']}, not a {kind}")
        self.signed, self.digest = compact.rsplit(b".", 1)[0], encode(sha256(compact))

    def verify(self, key):
        public_key = decode(key["publicKey"])
        check(self.kid == key["kid"] == key_id("ed25519", public_key), f"{self.type} {self.digest}: signed by another key")
        check_signature(public_key, self.signature, self.signed, f"{self.type} {self.digest}")


# -- the log ---------------------------------------------------------------------------------------------------------------------------

def leaf_hash(data):
    return sha256(b"\0", data)


def node(left, right):
    return sha256(b"\1", left, right)


def split(size):
    """The largest power of two below."""
    return 1 << (size - 1).bit_length() - 1


def tree_root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    left = split(len(leaves))
    return node(tree_root(leaves[:left]), tree_root(leaves[left:]))


def root_by_inclusion(index, size, leaf, path):
    """RFC 6962, 2.1.1, read backwards."""
    check(0 <= index < size and (size > 1) == bool(path), "a path of another length than the tree asks for")
    if size == 1:
        return leaf
    *inner, step = path
    left = split(size)
    if index < left:
        return node(root_by_inclusion(index, left, leaf, inner), step)
    return node(step, root_by_inclusion(index - left, size - left, leaf, inner))


def roots_by_consistency(old, new, old_root, proof):
    """RFC 6962, 2.1.2, read backwards: the roots of both trees; `old_root` None: the proof brings it."""
    if old == new:
        check(len(proof) == (old_root is None), "a consistency proof of another length")
        return [old_root or proof[0]] * 2
    *inner, step = proof
    left = split(new)
    if old <= left:
        before, after = roots_by_consistency(old, left, old_root, inner)
        return before, node(after, step)
    before, after = roots_by_consistency(old - left, new - left, None, inner)
    return node(step, before), node(step, after)


class VerifierKey:
    """C2SP signed-note: NAME+HASH+KEY; algorithm 1 signs a checkpoint, 4 cosigns one."""

    def __init__(self, text):
        self.name, key_hash, key = text.split("+", 2)
        key = decode_padded(key)
        self.algorithm, self.key, self.id = key[0], key[1:], sha256(self.name.encode(), b"\n", key)[:4]
        check(self.id.hex() == key_hash and len(self.key) == 32 and self.algorithm in (1, 4), f"{text} is no verifier key")

    def has_signed(self, text, lines):
        for line in lines:
            dash, name, signature = line.split(" ")
            raw = decode_padded(signature)
            if (dash, name, raw[:4]) == ("—", self.name, self.id):
                at = raw[4:12] if self.algorithm == 4 else b""
                head = b"cosignature/v1\ntime %d\n" % int.from_bytes(at, "big") if at else b""
                check_signature(self.key, raw[4 + len(at):], head + text.encode(), f"checkpoint, by {name}")
                return True
        return False


class Checkpoint:
    def __init__(self, note, log):
        text, _, signatures = note.decode("utf-8").partition("\n\n")
        self.text, self.lines = text + "\n", signatures.removesuffix("\n").split("\n")
        origin, size, root, *_ = text.split("\n")
        check(re.fullmatch(COUNT, size) and origin == log.name and log.has_signed(self.text, self.lines), "a checkpoint is not the log's")
        self.size, self.root = int(size), decode_padded(root)
