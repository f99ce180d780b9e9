/**
 * The law of handing on once more, as naively as can be: from the statements in log order, without facts, rules or versions. Who is behind
 * an item it asks of what the item is made from, and never of its label.
 */
import type { Digest } from '../../domain/ids.js';
import type { ConsentPayload } from '../../domain/wire/consent.js';
import type { EnvelopePayload } from '../../domain/wire/envelope.js';
import type { ItemPayload } from '../../domain/wire/item.js';
import type { AccessPayload, LabelChangePayload, ReleasePayload } from '../../domain/wire/release.js';
import type { Submission } from '../../domain/wire/submission.js';
import { readCompact } from '../../gateway/read/library.js';
import type { Recorded } from './recorder.js';

interface Logged<T> {
  readonly payload: T;
  readonly digest: string;
  readonly index: number;
  readonly at: number;
}

/** Everything that the log has said so far. */
interface Past {
  readonly items: Map<string, ItemPayload>;
  readonly envelopes: Logged<EnvelopePayload>[];
  readonly releases: Logged<ReleasePayload>[];
  readonly grants: Logged<ConsentPayload>[];
  readonly labels: Logged<LabelChangePayload>[];
  readonly ended: Set<string>;
}

type Say = (violation: string) => void;
const text = new TextDecoder();
const emptyPast = (): Past => ({ items: new Map(), envelopes: [], releases: [], grants: [], labels: [], ended: new Set() });

/**
 * No item reached anybody without the consent of all who are behind it, or under less than stands on it, whatever its label says.
 *
 * @returns how far items went, a word for each way, so that a run says what it has tried
 */
export function checkReleases(rows: readonly Recorded[], say: Say): string[] {
  const past = emptyPast();
  const ways: string[] = [];
  for (const { row, leaf } of rows) {
    if (row.statement === null) continue;
    const submission = JSON.parse(text.decode(row.statement.raw)) as Submission;
    for (const compact of submission.items ?? []) {
      const item = readCompact(compact);
      if (item.typ === 'parley-item+json') past.items.set(item.digest, item.payload);
    }
    const statement = readCompact(submission.statement);
    const logged = { digest: statement.digest, index: leaf.index, at: leaf.at };
    if (statement.typ === 'parley-consent+json') past.grants.push({ ...logged, payload: statement.payload });
    if (statement.typ === 'parley-label+json') past.labels.push({ ...logged, payload: statement.payload });
    if (statement.typ === 'parley-consent-revocation+json') past.ended.add(statement.payload.consent);
    if (statement.typ === 'parley-access+json') checkAccess(past, { ...logged, payload: statement.payload }, say);
    if (statement.typ === 'parley-envelope+json') {
      const envelope = { ...logged, payload: statement.payload };
      for (const item of envelope.payload.items) checkSent(past, envelope, item, say);
      ways.push(...envelope.payload.items.filter((item) => lineage(past, item).length > 1).map(() => 'made from another'));
      past.envelopes.push(envelope);
    }
    if (statement.typ === 'parley-release+json') {
      const release = { ...logged, payload: statement.payload };
      checkRelease(past, release, say);
      ways.push(...waysOf(past, release));
      past.releases.push(release);
    }
  }
  return ways;
}

/** The item and all that it is made from. */
const lineage = (past: Past, item: Digest): Digest[] => [
  item,
  ...(past.items.get(item)?.derivedFrom ?? []).flatMap((source) => lineage(past, source)),
];

const behind = (past: Past, item: Digest): Set<string> => new Set(lineage(past, item).map((one) => past.items.get(one)!.issuer));

interface Stated {
  readonly caveats: readonly { readonly code: string; readonly by: string }[];
}
const spelled = ({ caveats }: Stated): string[] => caveats.map(({ code, by }) => `${code} of ${by}`);

/** What its originators have put on it and on what it is made from. */
const standing = (past: Past, item: Digest): string[] =>
  lineage(past, item).flatMap((one) => [
    ...spelled(past.items.get(one)!.label),
    ...past.labels.filter(({ payload }) => payload.item === one).flatMap(({ payload }) => spelled(payload.label ?? { caveats: [] })),
  ]);

const isParty = ({ payload }: Logged<EnvelopePayload>, who: string): boolean => payload.from === who || payload.to === who;
const sentTo = (past: Past, who: string, item: Digest): boolean =>
  past.envelopes.some((envelope) => envelope.payload.items.includes(item) && isParty(envelope, who));
const givenTo = (past: Past, who: string, item: Digest): Logged<ReleasePayload>[] =>
  past.releases.filter(({ payload }) => payload.to === who && payload.item === item);

/** What everybody who handed it to them has added, where they have it by no envelope. */
function addedFor(past: Past, who: string, item: Digest): string[] {
  const given = givenTo(past, who, item);
  if (sentTo(past, who, item) || given.length === 0) return [];
  const originators = behind(past, item);
  const added = given.map(({ payload }) => payload.label.caveats.filter(({ by }) => !originators.has(by)));
  const [first, ...more] = added.map((caveats) => spelled({ caveats }));
  return first!.filter((caveat) => more.every((others) => others.includes(caveat)));
}

const has = (past: Past, who: string, item: Digest, at: number): boolean =>
  past.items.get(item)?.issuer === who || sentTo(past, who, item) || givenTo(past, who, item).some(({ payload }) => at < payload.until);

function checkSent(past: Past, { payload, digest, at }: Logged<EnvelopePayload>, item: Digest, say: Say): void {
  const originators = behind(past, item);
  for (const one of originators)
    if (one !== payload.from && one !== payload.to) say(`envelope ${digest} gives ${item} without a consent of ${one}`);
  const { label, derivedFrom } = past.items.get(item)!;
  for (const one of originators) if (!label.originators.includes(one as never)) say(`item ${item} was taken and hides ${one}`);
  for (const source of derivedFrom) {
    if (!has(past, payload.from, source, at)) say(`item ${item} was taken and is made from what ${payload.from} does not have`);
    const borne = [...standing(past, source), ...addedFor(past, payload.from, source)];
    for (const caveat of borne) if (!spelled(label).includes(caveat)) say(`item ${item} was taken and lost ${caveat}`);
  }
}

function checkRelease(past: Past, release: Logged<ReleasePayload>, say: Say): void {
  const { payload, digest, index, at } = release;
  const { holder, to, item, label } = payload;
  if (!has(past, holder, item, at)) say(`release ${digest} at ${index} is by somebody who does not have it`);
  for (const originator of behind(past, item))
    if (originator !== holder && originator !== to && !past.grants.some((grant) => allows(past, grant, release, originator)))
      say(`release ${digest} at ${index} has no consent of ${originator}`);
  for (const caveat of [...standing(past, item), ...addedFor(past, holder, item)])
    if (!spelled(label).includes(caveat)) say(`release ${digest} at ${index} lost ${caveat}`);
}

function allows(past: Past, grant: Logged<ConsentPayload>, { payload: release, at }: Logged<ReleasePayload>, originator: string): boolean {
  const { payload } = grant;
  const all = lineage(past, release.item);
  const beaten = past.labels.some(
    (label) => label.index > grant.index && all.includes(label.payload.item) && label.payload.originator === originator,
  );
  return (
    'consents' in release.basis &&
    release.basis.consents.some((digest) => digest === grant.digest) &&
    payload.originator === originator &&
    payload.holder === release.holder &&
    payload.recipient.authority === release.to &&
    payload.recipient.authorityType === release.toType &&
    payload.items.includes(release.item) &&
    payload.purposes.includes(release.purpose) &&
    at >= payload.from &&
    at < payload.until &&
    !past.ended.has(grant.digest) &&
    !beaten
  );
}

/** Bytes go to whoever was given them, by that very statement, and by no release that is over. */
function checkAccess(past: Past, { payload, digest, at }: Logged<AccessPayload>, say: Say): void {
  const { reader, item, via } = payload;
  const sent = past.envelopes.some(
    (envelope) => envelope.digest === via && envelope.payload.items.includes(item) && isParty(envelope, reader),
  );
  const given = givenTo(past, reader, item).some((release) => release.digest === via && at < release.payload.until);
  if (!sent && !given) say(`access ${digest} of ${reader} to what was not given to it`);
}

function waysOf(past: Past, { payload: { holder, item, label } }: Logged<ReleasePayload>): string[] {
  const originators = behind(past, item);
  return [
    ...(givenTo(past, holder, item).length > 0 ? ['handed on again'] : []),
    ...(originators.size > 1 ? ['of several handed on'] : []),
    ...(label.caveats.some(({ by }) => !originators.has(by)) ? ['with an addition'] : []),
  ];
}
