/** What accompanies the file: how to check it with this tool and with others, and what it does not prove. */
import type { EvidenceManifest } from '../../../domain/wire/evidence.js';

export const readmeText = ({ aud, authority, exchange, log, operator }: EvidenceManifest): string => `Evidence of exchange ${exchange}
made by ${authority} from the log ${aud}

HOW TO CHECK IT
  parley verify FILE --root FINGERPRINT [--root CODE=FINGERPRINT ...] [--log VKEY] [--witness VKEY ... --quorum K]

  It needs no network, no database and no account. FINGERPRINT is that of the root of ${authority}, got from
  ${authority} by another way than this file. Without --root CODE=FINGERPRINT, the roots of the others are
  believed on the signed designation of the operator ${operator.authority} (root ${operator.root.kid}). Without
  --log, the log's key is believed on the maker's word, who signed the manifest; VKEY is the log's C2SP
  verifier key, which anybody may ask the operator or a witness for. This file says it is
  ${log}
  The check ends at the first thing that is wrong and names it by a code.

READING THE TIMELINE
  Each row is one entry of the gateway's log, a leaf; "place" is its number there. No content stands in it. A long row of
  letters (a digest) names one statement or item and tells nothing of what is in it. Of another authority's act no officer
  is named. NAMES IN CAPITALS are codes. SEND and a message; DELIVER: it lies in the inbox; ACCESS: somebody was given the
  item to read; RELEASE: a holder handed it to one more reader. ALLOW: accepted; DENY: refused, and nothing else happened;
  DONE: the gateway did it; NOT_LISTED: no room for its items. docs/AUDIT-EVENTS.md and docs/REFUSALS.md have the rest.

WHAT IS IN IT
  manifest.jws      the maker's signature over name, size and digest of every member; manifest.json is its payload
  statements/       what was signed, exact bytes (compact JWS, RFC 7515, Ed25519)
  items/            what issuers signed about each sealed item: label, digest of the ciphertext, key commitment
  leaves/N.*        of each leaf that concerns the exchange: the gateway's signed receipt, the maker's own view of the
                    event with its salt, the 32 bytes that stand in the log, and a C2SP tlog-proof of their inclusion
  checkpoints/      the signed and cosigned C2SP checkpoint that all proofs lead to, the first one that covered the
                    exchange, the RFC 6962 proof that one continues the other (base64 lines), and the epoch's leaf
  directory/        the operator's designations; the entries by which each root vouches for its officers' keys, with
                    their validity; key revocations
  timeline.*        the same for reading: made from the members above, and checked against them
  bodies/           the sealed bodies, where the maker wanted them in; nobody opens one without a key, and no key is here

WITH OTHER TOOLS
  Any unzip lists it. leaves/N.tlog-proof with leaves/N.data, and checkpoints/*.note with log.vkey, are what C2SP tools
  for tlog-proof and signed notes take. Each .jws verifies as JWS with the Ed25519 key of directory/entries/. A digest is
  the unpadded base64url SHA-256 of the compact text. The view of leaf N: SHA-256(3 | sorted view hashes), one of which
  is SHA-256(salt | event text), gives leaves/N.data.

WHAT IT DOES NOT PROVE
  It supports verification; admissibility is the court's.
  The maker chose what to hand over: that nothing else happened, or that a key was not revoked since, is not proved.
  Times are the log's word; a witness that cosigned a checkpoint says only that the leaf was there by then.
  Of each row of the timeline it says whose word it is. Where it says "signed by …, here", the author's signed
  statement is in statements/; a row without one, "the log’s word", is the gateway's own, bound by the signed log.
  That a statement is true is its signer's affair, and whoever read an item may have retyped it.
  Signatures are classical: not made to last against a quantum computer.
  Which approver signed a designation beside the operator's root is not in this file.
`;
