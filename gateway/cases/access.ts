/** A reading: the reader's own signed word, a leaf before the bytes leave. */
import { sitsAt, type Directory } from '../../domain/authority.js';
import { consentsIn, isReseal } from '../../domain/basis.js';
import type { Consent } from '../../domain/consent.js';
import { COUNTERPART_SEES } from '../../domain/quorum.js';
import { asHandedOn } from '../../domain/handed-on.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { READING_LABELS_MAX } from '../../domain/wire/http-answers.js';
import type { ReleasePayload } from '../../domain/wire/release.js';
import type { ItemFacts } from '../../policies/facts.js';
import type { Reading } from '../answers.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';
import type { Item, Volume } from '../read/library.js';
import { basisOfReading } from './about.js';
import { isErased, notErased } from './erase.js';
import { heldAs, heldBy, stillGives, type Role } from './holders.js';
import { consentsFor, storedItemFacts } from './items.js';
import { laterOfSources } from './label-now.js';
import { overlong } from './lineage.js';
import { counterpartOf, rightByQuorum, type QuorumNow } from './quorum.js';
import { versionsOf } from './send.js';

type Access = StatementOf<'parley-access+json'>;

export async function gatherAccess(access: Access, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const { payload } = access;
  const { directory, library, now, deployment, officer } = gathering;
  const via = await library.sought(payload.via);
  // at what others were given it looks no further than at what is not there
  const found = via !== null && gives(via, payload.item, payload.reader) ? await library.item(payload.item) : null;
  const isThere = via !== null && found !== null && (await stillGives(via, payload.item, payload.reader, library));
  if (!isThere || (await isErased(payload.item, gathering.store)))
    return no(refusal('NOT_FOUND', `no item ${payload.item} by way of ${payload.via}`));
  const right = await rightOf(payload, via, gathering);
  if (!right.ok) return right;
  const release = via.statement.typ === 'parley-release+json' ? via.statement.payload : null;
  const expects = [...(await versionsOf([payload.item], gathering)), notErased(payload.item)];
  const consents = await consentsFor(payload.item, library);
  const item = asGiven(await storedItemFacts(found, [], library, directory), release, consents);
  const role = roleBy(via, payload.reader);
  const reading = await readingOf(via, found, payload.reader, gathering);
  if (reading === null) return no(refusal('NOT_FOUND', `no item ${payload.item} by way of ${payload.via}`));
  if (isTooLong(reading)) return no(TOO_LONG);
  return ok({
    ...plainPlan({
      action: right.value === null ? 'ACCESS' : 'QUORUM_ACCESS',
      ...sightedBy(right.value, via, payload.reader, item.told),
      item: payload.item,
      counterparty: payload.reader,
      purpose: payload.purpose,
      justification: payload.justification,
      ...basisOfReading(via),
    }),
    facts: {
      action: 'access',
      ...{ now, deployment, officer },
      access: payload,
      item,
      reader: directory.authorities.get(payload.reader) ?? null,
      holds: true,
      heldAs: await heldAs(payload.reader, found, library, role),
      release,
      heldBy: await heldBy(payload.reader, found, library, role),
      consents,
      ...desksOf(via, found.item, payload.reader, gathering),
      byQuorum: right.value !== null,
    },
    stage: 'accessed',
    links: [{ kind: 'access', key: payload.item }],
    expects,
    validUntil: right.value?.asked.until ?? null,
    reading,
  });
}

/** By which right of the quorum it is read; null: by none, as it may be read at all. */
async function rightOf(
  { quorum, ...payload }: Access['payload'],
  via: Volume,
  gathering: Gathering,
): Promise<Result<QuorumNow | null, Refusal>> {
  const tooMuch = await overlong([payload.item], gathering);
  if (tooMuch !== null) return no(tooMuch);
  return quorum === undefined ? ok(null) : rightByQuorum({ ...payload, quorum }, via, gathering);
}

const handedOnBy = (release: ReleasePayload) => ({
  ...release,
  consents: consentsIn(release.basis),
  isReseal: isReseal(release),
});

/** What is read is read as this very release gave it. */
const asGiven = (item: ItemFacts, release: ReleasePayload | null, grants: readonly Consent[]): ItemFacts =>
  release === null ? item : { ...item, label: asHandedOn(item.label, handedOnBy(release), grants) };

/** A reading under the quorum's right names its case, to the reader and to the case's other party where that may be told. */
function sightedBy(right: QuorumNow | null, via: Volume, reader: AuthorityId, originators: readonly AuthorityId[]) {
  const parties = right === null ? [reader] : [reader, ...counterpartOf(right, via)];
  const exchange = right?.request.payload.act === 'OPEN' ? { exchange: right.request.payload.exchange } : {};
  // where an authority looks into its own officer, others see a reading like any other: its officer may be the other half of the matter
  const abroad = right === null ? {} : ({ abroad: COUNTERPART_SEES[right.request.payload.reason] ? 'QUORUM_ACCESS' : 'ACCESS' } as const);
  return { parties, originators, ...exchange, ...abroad };
}

/** Did this statement give this item to this reader? Its author may reread what it sent. */
function gives({ statement }: Volume, item: Digest, reader: AuthorityId): boolean {
  if (statement.typ === 'parley-envelope+json')
    return statement.payload.items.includes(item) && [statement.payload.to, statement.payload.from].includes(reader);
  if (statement.typ === 'parley-consent-refusal+json')
    return statement.payload.text === item && [statement.payload.holder, statement.payload.originator].includes(reader);
  return statement.typ === 'parley-release+json' && statement.payload.item === item && statement.payload.to === reader;
}

/** As which of its types it reads: as the one as which this gave it, or as which it gave it by this. */
function roleBy({ statement }: Volume, reader: AuthorityId): Role {
  if (statement.typ === 'parley-release+json') return statement.payload.toType ?? null;
  if (statement.typ !== 'parley-envelope+json') return null;
  const { to, toType, fromType } = statement.payload;
  return to === reader ? toType : fromType;
}

const sealsFor = (via: Volume, item: Item, reader: AuthorityId, { receivingKeys }: Directory) =>
  (via.submission.seals ?? []).filter((seal) => seal.item === item.digest && receivingKeys.get(seal.kid)?.authority === reader);

/** To which of the reader's desks it is sealed by what gave it, and at which of them all the officer sits now. */
function desksOf(via: Volume, item: Item, reader: AuthorityId, { directory, officer }: Gathering) {
  const entry = directory.authorities.get(reader)?.entry;
  const row = entry?.officers.find((one) => one.officer === officer.officer);
  const seats = row === undefined ? [] : row.desks.filter((desk) => sitsAt(row, desk));
  const keys = sealsFor(via, item, reader, directory).map(({ kid }) => directory.receivingKeys.get(kid)!.desk);
  return { sealedTo: [...new Set(keys)], seatedAt: seats };
}

/** No leaf says that somebody read what its client could not take. */
const isTooLong = ({ labels, sourceLabels }: Reading): boolean => Math.max(labels.length, sourceLabels.length) > READING_LABELS_MAX;
const TOO_LONG = refusal('LIMIT_REACHED', `a reading brings at most ${READING_LABELS_MAX} label statements`);

/** A third party gets item statements and releases, never an envelope: the envelope tells the whole exchange. */
async function readingOf(
  via: Volume,
  found: { readonly volume: Volume; readonly item: Item },
  reader: AuthorityId,
  { directory, library, store }: Gathering,
): Promise<Reading | null> {
  const { item, volume } = found;
  const release = via.statement.typ === 'parley-release+json' ? via.statement : null;
  const basis = release?.payload.basis ?? { consents: [] };
  const cited = consentsIn(basis);
  // the reader fetches these itself: it is told when the log took them in
  const told = 'notices' in basis ? [...basis.notices, ...basis.approvals] : [];
  const consents = await Promise.all(cited.map((digest) => library.volume(digest)));
  const labels = await library.linked('label', item.digest);
  const sourceLabels = await laterOfSources(found, library);
  const seals = sealsFor(via, item, reader, directory);
  const body = volume.submission.bodies?.find((candidate) => candidate.item === item.digest);
  if (body === undefined) return null;
  const upload = 'upload' in body ? await store.upload(body.upload) : null;
  if ('upload' in body && upload === null) return null;
  return {
    item: item.compact,
    seals: seals.map(({ kid, bytes }) => ({ kid, bytes })),
    envelope: via.statement.typ === 'parley-envelope+json' ? via.statement.compact : null,
    release: release?.compact ?? null,
    consents: consents.flatMap((consent) => (consent === null ? [] : [consent.statement.compact])),
    labels: labels.map((label) => label.statement.compact),
    sourceLabels: sourceLabels.map((label) => label.statement.compact),
    logged: [via.stored.digest, ...cited, ...told, ...[...labels, ...sourceLabels].map((label) => label.stored.digest)],
    body: 'upload' in body ? { kind: 'upload', upload: body.upload, sizeBytes: item.payload.size } : { kind: 'inline', bytes: body.bytes },
  };
}
