/** The dealt shares of an authority's quorum as the gateway keeps them: each sealed to its holder alone, the whole signed by the root. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { openItem } from '../../crypto/open.js';
import { shareCommitment, type DealtQuorum } from '../../crypto/quorum.js';
import { sealItem, type ReaderKey } from '../../crypto/seal.js';
import { parseStatement, signStatement } from '../../crypto/statement.js';
import type { Digest, OfficerId } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import { QUORUM_DESK } from '../../domain/quorum.js';
import { no, ok, type Result } from '../../domain/result.js';
import { formatInstant } from '../../domain/time.js';
import { KEYRING_BYTES_MAX } from '../../domain/wire/http-requests.js';
import { quorumRing, shareSecret, type Quorum, type QuorumRing } from '../../domain/wire/quorum.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import type { ClientContext } from './context.js';
import { rootOf } from './entry.js';
import { ParleyError } from './error.js';
import type { DeskKey } from './identity.js';
import { askFor } from './keyring.js';

const TYP = 'parley-quorum-ring+json';
const utf8 = new TextEncoder();

/** By the key's id: nobody knows it before its shares are there, and two who deal at once do not overwrite each other. */
const nameOf = (kid: string): string => `${QUORUM_DESK}.${kid}`;

/** A share sealed to one reader: by the dealer under the ring's name, by a holder under the request's. */
export async function sealShare(
  { chance, clock, identity }: ClientContext,
  id: string,
  { share, request }: { readonly share: Uint8Array; readonly request?: Digest },
  reader: ReaderKey,
) {
  const said = { v: 1, share: encodeBase64url(share), ...present({ request }) };
  const name = { id, issuer: identity.authority, format: 'age' as const };
  const sealed = await sealItem(name, utf8.encode(JSON.stringify(said)), [reader], { chance, at: clock.now() });
  const { kid, bytes } = sealed.seals[0]!;
  return { keyCommitment: sealed.keyCommitment, body: encodeBase64url(sealed.body), kid, seal: encodeBase64url(bytes) };
}

interface SealedShare {
  readonly keyCommitment: string;
  readonly body: string;
  readonly kid: string;
  readonly seal: string;
}

/** @param request what a holder must have sealed it for; null: as it was dealt */
export async function openShare(
  { identity }: ClientContext,
  id: string,
  sealed: SealedShare,
  request: Digest | null,
): Promise<Result<Uint8Array, string>> {
  const [seal, body] = [decodeBase64url(sealed.seal), decodeBase64url(sealed.body)];
  if (!seal.ok || !body.ok || sealed.kid !== identity.encryption.kid) return no('it is not sealed to this officer’s key');
  const committed = { id, issuer: identity.authority, format: 'age' as const, keyCommitment: sealed.keyCommitment };
  const opened = await openItem(committed, seal.value, identity.encryption, body.value);
  if (!opened.ok) return opened;
  const json = parseJsonStrict(opened.value.plaintext);
  const said = json.ok ? shareSecret.safeParse(json.value) : null;
  if (!said?.success || (said.data.request ?? null) !== request) return no('what is sealed is no share for this');
  return decodeBase64url(said.data.share);
}

const ringName = (kid: string, officer: string): string => `quorum-ring.${kid}.${officer}`;
/** The name under which a holder's answer is sealed: it opens for this request and for this holder's word alone. */
export const answerName = (request: Digest, officer: OfficerId): string => `quorum-share.${request}.${officer}`;

/** Keeps the shares at the gateway, each sealed to its holder. Before the entry: an entry whose shares nobody has would open nothing. */
export async function putRing(
  context: ClientContext,
  { key, shares }: DealtQuorum,
  generation: number,
  holders: readonly { readonly officer: OfficerId; readonly encryption: DeskKey | ReaderKey }[],
): Promise<void> {
  const { identity, clock, gateway, door } = context;
  const sealed = await Promise.all(
    holders.map(async ({ officer, encryption }, n) => ({
      officer,
      ...(await sealShare(context, ringName(key.kid, officer), { share: shares[n]!.share }, encryption)),
    })),
  );
  const payload = {
    v: 1,
    aud: gateway.origin,
    at: formatInstant(clock.now()),
    authority: identity.authority,
    generation,
    quorum: key.kid,
    shares: sealed,
  };
  const body = utf8.encode(await signStatement(TYP, payload, rootOf(identity)));
  await door.ask({
    method: 'PUT',
    path: `/v1/keyrings/${nameOf(key.kid)}`,
    body,
    contentType: 'application/octet-stream',
    signed: true,
  });
}

/**
 * This officer's own share of the quorum of the newest entry.
 *
 * @throws ParleyError `QUORUM_SHARE_MISSING` where this officer holds none, or it does not open
 */
export async function ownShare(context: ClientContext, quorum: Quorum): Promise<Uint8Array> {
  const { officer } = context.identity;
  const bytes = await askFor(context, nameOf(quorum.kid));
  const ring = bytes === null ? no('the gateway keeps none') : ringOf(new TextDecoder().decode(bytes), context, quorum);
  const part = ring.ok ? ring.value.shares.find((one) => one.officer === officer) : undefined;
  const share =
    part === undefined
      ? ring.ok
        ? no('none is dealt to this officer')
        : ring
      : await openShare(context, ringName(quorum.kid, officer), part, null);
  if (share.ok && isTrueShare(quorum, officer, share.value)) return share.value;
  throw new ParleyError(
    'QUORUM_SHARE_MISSING',
    `This officer’s share of the quorum does not open: ${share.ok ? 'it is not the one that was dealt' : share.error}.`,
    'Whoever holds the root deals anew: parley quorum set-up',
  );
}

/** Is it the very share that the root's entry commits to for this holder? */
export const isTrueShare = ({ kid, holders }: Quorum, officer: OfficerId, share: Uint8Array): boolean =>
  holders.some((one) => one.officer === officer && one.commitment === shareCommitment(kid, officer, share));

/** Who signed the ring matters nothing: the root's entry commits to each share, and a false one is found out by that. */
function ringOf(compact: string, { gateway, identity }: ClientContext, quorum: Quorum): Result<QuorumRing, string> {
  const parsed = parseStatement(compact, KEYRING_BYTES_MAX);
  if (!parsed.ok) return parsed;
  const json = parseJsonStrict(parsed.value.payload);
  const shaped = json.ok ? quorumRing.safeParse(json.value) : null;
  if (parsed.value.typ !== TYP || !shaped?.success) return no('what the gateway keeps are no shares');
  const { aud, authority, generation, quorum: kid } = shaped.data;
  const isOurs = aud === gateway.origin && authority === identity.authority && generation === quorum.generation && kid === quorum.kid;
  return isOurs ? ok(shaped.data) : no('the shares that the gateway keeps are of another key');
}
