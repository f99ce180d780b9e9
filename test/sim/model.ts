/**
 * The law of handing on once more, as naively as can be: from the statements in log order, without facts, rules or versions. Who is behind
 * an item it asks of what the item is made from, and never of its label.
 */
import type { Digest } from '../../domain/ids.js';
import type { Statement } from '../../domain/statement.js';
import type { Submission } from '../../domain/wire/submission.js';
import { readCompact } from '../../gateway/read/library.js';
import { isBarred, isGrantedAnew, lawfulWay, letsUse, mayPass } from './grounds.js';
import { behind, emptyPast, gaveAs, givenTo, isRetracted, labelsOn, lineage, ownSources, sentTo, typesOf } from './past.js';
import type { Logged, Past, Release, Role } from './past.js';
import type { Recorded } from './recorder.js';

type Envelope = Logged<'parley-envelope+json'>;
type Say = (violation: string) => void;
const text = new TextDecoder();

/**
 * No item reached anybody without the consent of all who are behind it, or under less than stands on it, whatever its label says.
 *
 * @returns how far items went, a word for each way, so that a run says what it has tried
 */
export function checkReleases(rows: readonly Recorded[], say: Say): string[] {
  const past = emptyPast();
  const ways: string[] = [];
  for (const { row, leaf } of rows) {
    if (leaf.stage === 'delivered' && leaf.statement !== null) past.arrived.add(leaf.statement);
    if (row.statement === null) continue;
    const submission = JSON.parse(text.decode(row.statement.raw)) as Submission;
    for (const compact of submission.items ?? []) {
      const item = readCompact(compact);
      if (item.typ === 'parley-item+json') past.items.set(item.digest, item.payload);
    }
    const { typ, ...statement } = readCompact(submission.statement);
    const logged = { ...statement, index: leaf.index, at: leaf.at };
    ways.push(...judged(past, typ, logged, say));
    past.said.set(typ, [...(past.said.get(typ) ?? []), logged]);
  }
  return ways;
}

function judged(past: Past, typ: Statement['typ'], logged: unknown, say: Say): string[] {
  if (typ === 'parley-access+json') checkAccess(past, logged as Logged<typeof typ>, say);
  if (typ === 'parley-use+json') return checkUse(past, logged as Logged<typeof typ>, say);
  if (typ === 'parley-envelope+json') {
    const envelope = logged as Envelope;
    for (const item of envelope.payload.items) checkSent(past, envelope, item, say);
    return envelope.payload.items.filter((item) => lineage(past, item).length > 1).map(() => 'made from another');
  }
  if (typ !== 'parley-release+json') return [];
  checkRelease(past, logged as Release, say);
  return waysOf(past, logged as Release);
}

interface Stated {
  readonly caveats: readonly { readonly code: string; readonly by: string }[];
}
const spelled = ({ caveats }: Stated): string[] => caveats.map(({ code, by }) => `${code} of ${by}`);

/** What its originators have put on it and on what it is made from. */
const standing = (past: Past, item: Digest): string[] => [
  ...lineage(past, item).flatMap((one) => spelled(past.items.get(one)!.label)),
  ...labelsOn(past, item).flatMap(({ payload }) => spelled(payload.label ?? { caveats: [] })),
];

/** What everybody who handed it to them has added, where they have it by no envelope. */
function addedFor(past: Past, role: Role, item: Digest): string[] {
  const given = givenTo(past, role, item);
  if (sentTo(past, role, item).length > 0 || given.length === 0) return [];
  const originators = behind(past, item);
  const added = given.map(({ payload }) => payload.label.caveats.filter(({ by }) => !originators.has(by)));
  const [first, ...more] = added.map((caveats) => spelled({ caveats }));
  return first!.filter((caveat) => more.every((others) => others.includes(caveat)));
}

const has = (past: Past, role: Role, item: Digest, at: number): boolean =>
  sentTo(past, role, item).length > 0 || givenTo(past, role, item).some(({ payload }) => at < payload.until);

/** As which of its types somebody acts on what it has: as the one that it says, else as the only one. */
function roleOf(past: Past, { holder, holderType, item }: Acting, say: () => void): Role {
  const types = typesOf(past, holder, item);
  if (holderType === undefined && types.size > 1) say();
  return { who: holder, as: holderType ?? [...types][0] };
}
type Acting = Pick<Release['payload'], 'holder' | 'holderType' | 'item'>;

function checkSent(past: Past, { payload, digest, at }: Envelope, item: Digest, say: Say): void {
  const originators = behind(past, item);
  for (const one of originators)
    if (one !== payload.from && one !== payload.to) say(`envelope ${digest} gives ${item} without a consent of ${one}`);
  if (isRetracted(past, item)) say(`envelope ${digest} gives ${item}, which was taken back`);
  const { label, derivedFrom } = past.items.get(item)!;
  for (const one of originators) if (!label.originators.includes(one as never)) say(`item ${item} was taken and hides ${one}`);
  for (const source of derivedFrom) {
    if (!has(past, { who: payload.from }, source, at)) say(`item ${item} was taken and is made from what ${payload.from} does not have`);
    const borne = [...standing(past, source), ...addedFor(past, makerOf(past, payload, source), source)];
    for (const caveat of borne) if (!spelled(label).includes(caveat)) say(`item ${item} was taken and lost ${caveat}`);
  }
}

/** What it makes from an item bears what it has that under as the type that sends it, where it has it so. */
const makerOf = (past: Past, { from: who, fromType }: Envelope['payload'], source: Digest): Role =>
  typesOf(past, who, source).has(fromType) ? { who, as: fromType } : { who };

function checkRelease(past: Past, release: Release, say: Say): void {
  const { payload, digest, index, at } = release;
  const { holder, holderType, to, toType, item, label } = payload;
  const role = roleOf(past, payload, () => say(`release ${digest} at ${index} does not say as what it is given`));
  if (to === holder && holderType === undefined && toType !== role.as) say(`release ${digest} at ${index} to itself says not as what`);
  if (!has(past, role, item, at)) say(`release ${digest} at ${index} is by somebody who does not have it`);
  const goesHome = (originator: string): boolean => originator === to && gaveAs(past, originator, item).has(toType!);
  for (const originator of behind(past, item))
    if (originator !== holder && !goesHome(originator) && !mayPass(past, release, originator))
      say(`release ${digest} at ${index} has no consent of ${originator}`);
  if (isBarred(past, release)) say(`release ${digest} at ${index} is of what was taken back`);
  for (const caveat of [...standing(past, item), ...addedFor(past, role, item)])
    if (!spelled(label).includes(caveat)) say(`release ${digest} at ${index} lost ${caveat}`);
}

/** Bytes go to whoever was given them, by that very statement, for what they were given, by no release that is over, and not once they were taken back. */
function checkAccess(past: Past, { payload, digest, at }: Logged<'parley-access+json'>, say: Say): void {
  const { reader, item, via, purpose } = payload;
  const who = { who: reader };
  const sent = sentTo(past, who, item).some((envelope) => envelope.digest === via);
  const release = givenTo(past, who, item).find((one) => one.digest === via);
  if (!sent && (release === undefined || at >= release.payload.until)) say(`access ${digest} of ${reader} to what was not given to it`);
  // whoever gave it reads its own for whatever it wants, and hands it on for whatever it lists
  const isFor = release === undefined || purpose === release.payload.purpose || behind(past, item).has(reader);
  const wants = { holder: reader, item, purpose };
  const isLet = (one: string): boolean => one === release?.payload.holder || isGrantedAnew(past, wants, release?.payload.toType, one, at);
  if (!isFor && ![...behind(past, item)].every(isLet)) say(`access ${digest} is for ${purpose}, which it was not handed on for`);
  const took = labelsOn(past, item)
    .filter(({ payload: said }) => said.change === 'RETRACT')
    .map(({ payload: said }) => said.originator);
  const clears = release !== undefined && release.payload.purpose === 'EXCULPATORY' && 'notices' in release.payload.basis;
  if (took.some((one) => one !== reader) && !clears) say(`access ${digest} of ${reader} to what was taken back`);
}

/** A use is for what it was given for; by a consent that has ended nothing is used any more; nor is what was taken back, unless it clears an accused. */
function checkUse(past: Past, { payload, digest, at }: Logged<'parley-use+json'>, say: Say): string[] {
  const { holder, item, purpose } = payload;
  const role = roleOf(past, payload, () => say(`use ${digest} by ${holder} does not say as what`));
  if (!has(past, role, item, at)) say(`use ${digest} by ${holder} of what it does not have`);
  const given = givenTo(past, role, item).filter((release) => at < release.payload.until);
  const handedForThis = given.filter((release) => release.payload.purpose === purpose);
  const clears = purpose === 'EXCULPATORY' && handedForThis.some((release) => 'notices' in release.payload.basis);
  if (isRetracted(past, item) && !clears) say(`use ${digest} by ${holder} of what was taken back`);
  const carrier = sentTo(past, role, item).find((envelope) => envelope.payload.from === holder);
  if (carrier !== undefined) return checkOwn(past, carrier.payload, { payload, digest, at }, say);
  if (behind(past, item).has(holder)) return [];
  if (purpose !== 'INTELLIGENCE' && handedForThis.length === 0)
    say(`use ${digest} by ${holder} is for ${purpose}, which nobody gave it for`);
  if (sentTo(past, role, item).length > 0) return [];
  if (!given.some((release) => letsUse(past, release, payload, at)))
    say(`use ${digest} by ${holder} rests on what has ended, or was for something else`);
  return [];
}

/**
 * What somebody made itself is used by what let it have that which it is made from, wherever it had this by nothing but releases; else where
 * all who are behind this consent to the use of what was made.
 */
function checkOwn(past: Past, carrier: Envelope['payload'], { payload, digest, at }: Using, say: Say): string[] {
  const { holder: who, item } = payload;
  const borrowed = ownSources(past, who, item).filter((source) => sentTo(past, makerOf(past, carrier, source), source).length === 0);
  for (const source of borrowed) {
    const given = givenTo(past, makerOf(past, carrier, source), source).filter((release) => at < release.payload.until);
    const isLet = given.some((release) => letsUse(past, release, { ...payload, item: source }, at));
    const isFreed = [...behind(past, source)].every((one) => one === who || isGrantedAnew(past, payload, carrier.fromType, one, at));
    if (!isLet && !isFreed) say(`use ${digest} by ${who} is of what it made from ${source}, which nothing lets it use`);
  }
  return borrowed.length > 0 ? ['used what it made of what was handed on'] : [];
}
type Using = Pick<Logged<'parley-use+json'>, 'payload' | 'digest' | 'at'>;

function waysOf(past: Past, release: Release): string[] {
  const { holder, to, item, label, basis } = release.payload;
  const originators = behind(past, item);
  const way = lawfulWay(past, release);
  return [
    ...(givenTo(past, { who: holder }, item).length > 0 ? ['handed on again'] : []),
    ...(to === holder ? ['to its other role'] : []),
    ...(originators.size > 1 ? ['of several handed on'] : []),
    ...(label.caveats.some(({ by }) => !originators.has(by)) ? ['with an addition'] : []),
    ...('presumed' in basis ? ['presumed'] : []),
    ...('each' in basis ? ['each on its own ground'] : []),
    ...('exemption' in basis ? [basis.exemption.toLowerCase()] : []),
    ...(way === null ? [] : [way.toLowerCase()]),
    ...(isRetracted(past, item) ? ['taken back and disclosed'] : []),
  ];
}
