/** What the log has said so far, and whom and what it names: as naively as can be, without facts, rules or versions. */
import type { Digest } from '../../domain/ids.js';
import type { StatementOf, StatementType } from '../../domain/statement.js';
import type { ItemPayload } from '../../domain/wire/item.js';

export interface Logged<T extends StatementType> extends Pick<StatementOf<T>, 'digest' | 'kid' | 'payload'> {
  readonly index: number;
  readonly at: number;
}
export type Release = Logged<'parley-release+json'>;

export interface Past {
  readonly items: Map<Digest, ItemPayload>;
  readonly said: Map<StatementType, Logged<StatementType>[]>;
  /** envelopes that have arrived */
  readonly arrived: Set<Digest>;
}

export const emptyPast = (): Past => ({ items: new Map(), said: new Map(), arrived: new Set() });

/** Every statement of that type, in log order. */
export const saidIn = <T extends StatementType>({ said }: Past, typ: T): readonly Logged<T>[] => (said.get(typ) ?? []) as Logged<T>[];

/** The item and all that it is made from. */
export const lineage = (past: Past, item: Digest): Digest[] => [
  item,
  ...(past.items.get(item)?.derivedFrom ?? []).flatMap((source) => lineage(past, source)),
];

export const behind = (past: Past, item: Digest): Set<string> => new Set(lineage(past, item).map((one) => past.items.get(one)!.issuer));

/** What somebody made it from: through whatever it made itself, to what it did not. */
export const ownSources = (past: Past, who: string, item: Digest): Digest[] =>
  past.items
    .get(item)!
    .derivedFrom.flatMap((source) => (past.items.get(source)!.issuer === who ? ownSources(past, who, source) : [source]));

export function labelsOn(past: Past, item: Digest): readonly Logged<'parley-label+json'>[] {
  const all = lineage(past, item);
  return saidIn(past, 'parley-label+json').filter(({ payload }) => all.includes(payload.item));
}

export const isRetracted = (past: Past, item: Digest): boolean => labelsOn(past, item).some(({ payload }) => payload.change === 'RETRACT');

/** Of a body, as one of its types; without one: as whichever. */
export interface Role {
  readonly who: string;
  readonly as?: string | undefined;
}

const isAs = (as: string | undefined, type: string | undefined): boolean => as === undefined || as === type;
const isParty = ({ payload }: Logged<'parley-envelope+json'>, { who, as }: Role): boolean =>
  (payload.from === who && isAs(as, payload.fromType)) || (payload.to === who && isAs(as, payload.toType));
export const sentTo = (past: Past, role: Role, item: Digest): readonly Logged<'parley-envelope+json'>[] =>
  saidIn(past, 'parley-envelope+json').filter((envelope) => envelope.payload.items.includes(item) && isParty(envelope, role));
export const givenTo = (past: Past, { who, as }: Role, item: Digest): readonly Release[] =>
  saidIn(past, 'parley-release+json').filter(({ payload }) => payload.to === who && isAs(as, payload.toType) && payload.item === item);

/** As which types a body has it. */
export function typesOf(past: Past, who: string, item: Digest): ReadonlySet<string | undefined> {
  const sent = sentTo(past, { who }, item).map(({ payload }) => (payload.from === who ? payload.fromType : payload.toType));
  return new Set([...sent, ...givenTo(past, { who }, item).map(({ payload }) => payload.toType)]);
}

/** As what one of those who are behind an item gave it, or gave what it is made from. */
export const gaveAs = (past: Past, who: string, item: Digest): ReadonlySet<string> =>
  new Set(
    lineage(past, item)
      .filter((one) => past.items.get(one)!.issuer === who)
      .flatMap((one) => sentTo(past, { who }, one).flatMap(({ payload }) => (payload.from === who ? [payload.fromType] : []))),
  );
