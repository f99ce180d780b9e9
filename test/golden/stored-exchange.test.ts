/**
 * What an exchange is made of stands in one column. A version that does not know a member would go on without what it says, and decide otherwise.
 * So whoever adds one (the compiler asks for it here) adds a migration, be it one that changes no table, and names it as the newest: then no older
 * version starts on that database.
 */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Agreement, Consultation } from '../../domain/consultation.js';
import type { Exchange, RunningClock } from '../../domain/exchange.js';
import type { Intended } from '../../domain/intended.js';
import type { Part } from '../../domain/parts.js';

const NEWEST = '20261127000010_silenced_clocks';

type Members<T> = Readonly<Record<keyof T, typeof NEWEST>>;
type Stored = readonly [
  Members<Exchange>,
  Members<RunningClock>,
  Members<Part>,
  Members<Intended>,
  Members<Consultation>,
  Members<Agreement>,
];

const known = <const K extends string>(...names: readonly K[]): Readonly<Record<K, typeof NEWEST>> =>
  Object.fromEntries(names.map((name) => [name, NEWEST])) as Record<K, typeof NEWEST>;

const MEMBERS = [
  {
    ...known('id', 'version', 'type', 'profile', 'state', 'requesting', 'requestingType', 'requested', 'requestedType', 'opening', 'last'),
    ...known('openedAt', 'urgency', 'deadline', 'deliveredAt', 'clocks', 'parts', 'intended', 'consultations', 'agreements'),
  },
  {
    ...known('code', 'kind', 'owes', 'amount', 'unit', 'statedDay', 'statedUntil', 'source', 'binding', 'metBy', 'urgencies', 'lapses'),
    ...known('extension', 'startedAt', 'startedBy', 'due', 'remindAt', 'provisional', 'calendar', 'metAt', 'parts', 'endedBy', 'isSpent'),
    ...known('suspendedAt', 'isSilenced', 'suspensions', 'armed'),
  },
  known('id', 'assistanceType', 'coercive', 'state', 'expected'),
  known('authority', 'authorityType', 'purposes', 'last'),
  known('parts', 'at', 'answeredAt'),
  known('texts', 'notBefore', 'proceedings', 'proposal', 'parts', 'isAccepted'),
] as const satisfies Stored;

it.each(['sqlite', 'postgresql'])('has a migration in %s since the last member that an exchange got', (provider) => {
  const since = new Set(MEMBERS.flatMap((members) => Object.values(members)));
  const migrations = readdirSync(new URL(`../../prisma/${provider}/migrations`, import.meta.url));
  expect([...since].filter((name) => !migrations.includes(name))).toEqual([]);
});
