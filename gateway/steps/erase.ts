/**
 * Removes sealed bytes that nobody has a right to any more, then says in a leaf what was removed. Each part of it may be done twice: a process
 * that dies here leaves its lease to run out, and the next one finds the rest.
 */
import { Failure } from '../../domain/failure.js';
import { parseDigest, type AuthorityId, type Digest, type KeyId } from '../../domain/ids.js';
import type { OutboxRow } from '../../domain/ports.js';
import { yearsAfter } from '../../domain/retention.js';
import type { Submission } from '../../domain/wire/submission.js';
import { everyHolder, type Found } from '../cases/holders.js';
import { toldOf } from '../cases/label-now.js';
import { others } from '../cases/send.js';
import { openVolume, type Volume } from '../read/library.js';
import { retentionRow } from '../rows/retention-row.js';
import { ROUNDS_MAX, type Workshop } from '../workshop.js';

const utf8 = new TextEncoder();

/** @returns whether the row is settled now */
export async function erase(shop: Workshop, row: OutboxRow): Promise<boolean> {
  const { library, clock, chance, committer, config } = shop;
  const digest = parseDigest(row.key.split(' ')[1] ?? '');
  const found = digest.ok ? await library.item(digest.value) : null;
  if (found === null || row.statement === null) throw new Failure('INVARIANT_BROKEN', `outbox row ${row.key} erases nothing`);
  const { item } = found;
  const removed = row.addressee === null ? await eraseCopy(found, shop) : await eraseSealsOf(found, row.addressee, row.statement, shop);
  const now = clock.now();
  const holders = row.addressee === null ? await everyHolder(found, library) : [row.addressee];
  const sees = [...holders, ...others(await toldOf(found, library), holders)];
  // the events about it go later than the content
  const later = { key: `prune ${item.digest}`, kind: 'prune', statement: row.statement, exchange: null, addressee: null } as const;
  const next = row.addressee === null ? [{ ...later, due: yearsAfter(now, config.retention.auditYearsAfterErasure) }] : [];
  const basis = `BODY ${removed.bodyBytes} SEALS ${removed.seals}`;
  const about = { statement: row.statement, item: item.digest, codes: [], basis };
  const committed = await committer.commit(
    retentionRow({ action: 'ERASE', sees, tells: null, ...about, settles: row, next, log: config.origin }, now, chance),
  );
  return committed.kind === 'committed';
}

interface Seal {
  readonly item: Digest;
  readonly kid: KeyId;
}

interface Removed {
  /** as its issuer signed it; what is there may be gone already */
  readonly bodyBytes: number;
  readonly seals: number;
}

/** Body and every seal. The body's place stands in the submission, so that is rewritten last. */
async function eraseCopy({ volume, item }: Found, shop: Workshop): Promise<Removed> {
  const { library, store, blobs } = shop;
  const { digest } = item;
  for (const body of volume.submission.bodies ?? [])
    if (body.item === digest && 'upload' in body) {
      while (!(await blobs.drop(body.upload)));
      await store.dropUpload(body.upload);
    }
  const carriers = new Map([volume, ...(await library.linked('held', digest))].map(byDigest));
  let seals = 0;
  for (const one of carriers.values()) {
    seals += sealsSigned(one).filter(({ item: sealed }) => sealed === digest).length;
    await rewrite(one, shop, (submission) => ({
      ...submission,
      seals: submission.seals?.filter((seal) => seal.item !== digest),
      bodies: submission.bodies?.filter((body) => body.item !== digest),
    }));
  }
  return { bodyBytes: item.payload.size, seals };
}

/** Those that this holder was given before it certified: what it is given afterwards is its own again. */
async function eraseSealsOf({ volume, item }: Found, holder: AuthorityId, certificate: Digest, shop: Workshop): Promise<Removed> {
  const { library, directory } = shop;
  const { receivingKeys } = await directory.current();
  const said = await library.linkedOf('answer', item.digest, 'parley-deletion+json');
  const theirs = said.flatMap(({ volume: { stored }, statement }) => (statement.payload.holder === holder ? [stored.index] : []));
  const certified = (await library.volume(certificate))!.stored.index;
  const before = Math.max(-1, ...theirs.filter((index) => index < certified));
  const carriers = new Map([volume, ...(await library.linked('held', item.digest))].map(byDigest));
  const isTheirs = (seal: Seal): boolean => seal.item === item.digest && receivingKeys.get(seal.kid)?.authority === holder;
  let seals = 0;
  for (const one of carriers.values()) {
    if (one.stored.index > certified) continue;
    // as signed: a process that died may have removed them already; and none that went with an earlier certificate
    if (one.stored.index > before) seals += sealsSigned(one).filter(isTheirs).length;
    await rewrite(one, shop, (submission) => ({ ...submission, seals: submission.seals?.filter((seal) => !isTheirs(seal)) }));
  }
  return { bodyBytes: 0, seals };
}

const byDigest = (volume: Volume): [Digest, Volume] => [volume.stored.digest, volume];

/** As its author signed them, whatever is left of them. */
function sealsSigned({ statement }: Volume): readonly Seal[] {
  if (statement.typ === 'parley-envelope+json' || statement.typ === 'parley-consent-refusal+json') return statement.payload.seals;
  if (statement.typ !== 'parley-release+json') return [];
  const { item, kid } = statement.payload;
  return kid === undefined ? [] : [{ item, kid }];
}

/** From what is stored now: another item of the same submission may be erased at the same time. */
async function rewrite(
  { stored: { digest } }: Volume,
  { store, library }: Workshop,
  without: (submission: Submission) => object,
): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const stored = await store.statement(digest);
    if (stored === null) throw new Failure('INVARIANT_BROKEN', `statement ${digest} is missing`);
    const raw = utf8.encode(JSON.stringify(without(openVolume(stored).submission)));
    if (!(await store.eraseContent(digest, stored.raw, raw))) continue;
    library.forget(digest);
    return;
  }
  throw new Failure('STORE_UNAVAILABLE', `statement ${digest} keeps changing`);
}
