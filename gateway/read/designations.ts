/** The operator's designations as they are stored: those in force, and those that wait for a second signature. */
import type { AuthorityId } from '../../domain/ids.js';
import type { Instant } from '../../domain/time.js';
import { Failure } from '../../domain/failure.js';
import type { Store, StoredStatement } from '../../domain/ports.js';
import type { Statement, StatementOf } from '../../domain/statement.js';
import { openVolume } from './library.js';

/** Link key of what brings a designation into force, in that order: itself, or its approval. */
export const IN_FORCE = 'all';
/** Link key of designations that waited for an approval when they were made. */
export const WAITING = 'waiting';
/** The same, of one authority. */
export const waitingOf = (authority: AuthorityId): string => `${WAITING} ${authority}`;

const PAGE = 1000;

type Designation = StatementOf<'parley-designation+json'>;
type Approval = StatementOf<'parley-designation-approval+json'>;

/** A designation in force, and what brought it into force where it waited. */
export interface Designated {
  readonly designation: Designation;
  readonly approval: Approval | null;
  /** when it came into force, by the log */
  readonly since: Instant;
}

export const compactsOf = ({ designation, approval }: Designated): { designation: string; approval?: string } => ({
  designation: designation.compact,
  ...(approval === null ? {} : { approval: approval.compact }),
});

/** Those in force, in the order in which they came into force, and those that wait: nothing else was said of the authority since. */
export async function readDesignations(
  store: Store,
  before: number,
): Promise<{ readonly inForce: readonly Designated[]; readonly waiting: readonly Designation[] }> {
  const [taking, waited] = await Promise.all([
    readLinked(store, 'designation', IN_FORCE, before),
    readLinked(store, 'designation', WAITING, before),
  ]);
  const proposals = new Map(waited.map((one) => [one.statement.digest, { ...one, statement: designationIn(one.statement) }]));
  const inForce = taking.map(({ statement, at: since }): Designated => {
    if (statement.typ !== 'parley-designation-approval+json') return { designation: designationIn(statement), approval: null, since };
    const proposed = proposals.get(statement.payload.designation);
    if (proposed === undefined) throw new Failure('INVARIANT_BROKEN', `approval ${statement.digest} is of no designation`);
    return { designation: proposed.statement, approval: statement, since };
  });
  const lastPlace = new Map(taking.map(({ index }, i) => [inForce[i]!.designation.payload.authority, index]));
  const newest = new Map([...proposals.values()].map((one) => [one.statement.payload.authority, one]));
  const waiting = [...newest.values()].filter(({ statement, index }) => index > (lastPlace.get(statement.payload.authority) ?? -1));
  return { inForce, waiting: waiting.map(({ statement }) => statement) };
}

function designationIn(statement: Statement): Designation {
  if (statement.typ !== 'parley-designation+json') throw new Failure('INVARIANT_BROKEN', `a ${statement.typ} is linked as designation`);
  return statement;
}

/** Every statement under a link, with its place in the log. */
export async function readLinked(store: Store, kind: 'designation' | 'entry', key: string, before: number) {
  const stored: StoredStatement[] = [];
  for (let page = PAGE; page === PAGE;) {
    const more = await store.linked(kind, key, PAGE, stored.at(-1)?.index);
    stored.push(...more);
    page = more.length;
  }
  return stored
    .filter(({ index }) => index < before)
    .map((row) => ({ index: row.index, at: row.at, statement: openVolume(row).statement }));
}
