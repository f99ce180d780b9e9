/** Reports over a million events, beside reading as much JSON: what a reader does in any case. Synthetic, one authority's view. */
import { questionOf, REPORT_KINDS, type AuditRead } from '../client/sdk/index.js';
import { parseAuthorityId } from '../domain/ids.js';
import { instantFromMs } from '../domain/time.js';
import type { Row, Subject } from './row.js';
import { compare, secondsOf } from './row.js';

const EVENTS = 1_000_000;
const ROUNDS = 1;
const COUNTERPARTS = 40;
const START_MS = 1_767_225_600_000;
const STEP_MS = 25_000;
const US = 'AA-FIU';
/** the dearest of them, and the plainest */
const MEASURED = ['quarterly', 'statistics', 'request-records', 'refused'] as const;

type Event = AuditRead['event'];

const digestOf = (kind: string, n: number): string => `${kind}${n}`.padEnd(43, 'A');

type Exchange = ReturnType<typeof exchangeAt>;

const exchangeAt = (n: number) => ({
  them: `C${n % COUNTERPARTS}-FIU`,
  officer: `o-${n % 9}`,
  object: { exchange: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, exchangeType: 'FIU_REQUEST' },
  statement: digestOf('S', n),
  item: digestOf('I', n),
  consent: digestOf('K', n),
});

const about = { profile: 'EGMONT_FIU', fromType: 'FIU', toType: 'FIU', matterType: 'INTELLIGENCE', urgency: 'ROUTINE' };
const gateway = { outcome: 'DONE', actor: { authority: 'GATEWAY' } } as const;
const said = ({ them, officer, object }: Exchange, message: string): object => ({
  action: 'SEND',
  actor: { authority: US, officer },
  counterparty: them,
  object: { ...object, message },
});

/** What the gateway writes of one exchange, a step each. */
const WRITTEN: readonly ((exchange: Exchange) => object)[] = [
  ({ them, object, statement }) => ({
    action: 'SEND',
    actor: { authority: them },
    counterparty: US,
    about,
    legalBasis: ['RECIPROCITY'],
    object: { ...object, message: 'SUBMIT', statement },
  }),
  ({ statement }) => ({ ...gateway, action: 'DELIVER', counterparty: US, object: { statement } }),
  (exchange) => said(exchange, 'ACKNOWLEDGE'),
  ({ officer, item }) => ({ action: 'ACCESS', actor: { authority: US, officer }, object: { item }, justification: 'CASE_WORK' }),
  ({ them, item }) => ({
    action: 'RELEASE',
    outcome: 'DENY',
    actor: { authority: US },
    counterparty: them,
    object: { item },
    codes: ['TLP_EXCEEDED'],
  }),
  (exchange) => said(exchange, 'FINAL_REPLY'),
  ({ them, item, consent }) => ({
    action: 'RELEASE',
    actor: { authority: them },
    counterparty: 'ZZ-POL',
    object: { item },
    consents: [consent],
  }),
  ({ object }) => ({ ...gateway, action: 'CLOCK_DUE', object, codes: ['FINAL_60D'], basis: 'DUE 2026-01-01T00:00:00.000Z' }),
];

/** Texts that a real view shares are shared: what is measured is the report and not the collector of garbage. */
function writtenEvents(): AuditRead[] {
  const reads: AuditRead[] = [];
  for (let exchange = 0; reads.length < EVENTS; exchange += 1) {
    const facts = exchangeAt(exchange);
    for (const write of WRITTEN) reads.push(readAt(reads.length, write(facts)));
  }
  return reads;
}

const NONE: readonly string[] = [];
const COMMON = {
  v: 1,
  log: 'bench.example/log',
  view: US,
  outcome: 'ALLOW',
  correlation: '',
  legalBasis: NONE,
  rules: NONE,
  codes: NONE,
  consents: NONE,
};

function readAt(index: number, event: object): AuditRead {
  const at = new Date(START_MS + index * STEP_MS).toISOString();
  return { index, leaf: '', viewHash: '', event: { ...COMMON, at, ...event } as unknown as Event };
}

export async function reportRows(say: (line: string) => void): Promise<Row[]> {
  const us = parseAuthorityId(US);
  if (!us.ok) throw new RangeError(us.error);
  const events = writtenEvents();
  const texts = events.slice(0, EVENTS / 10).map(({ event }) => JSON.stringify(event));
  const question = questionOf({}, events, us.value, instantFromMs(START_MS + EVENTS * STEP_MS));
  const parsing: Subject = {
    name: '1,000,000 events parsed as JSON',
    measure: async () => 10 * (await secondsOf(() => texts.forEach((text) => JSON.parse(text) as unknown))),
  };
  const rows: Row[] = [];
  for (const name of MEASURED) {
    const kind = REPORT_KINDS.get(name);
    if (kind === undefined) throw new RangeError(`no report ${name}`);
    let made = 0;
    const making: Subject = {
      name: `report ${name} over 1,000,000 events`,
      measure: () => secondsOf(() => (made = kind.rows(question).length)),
    };
    rows.push(await compare(making, 's', parsing, ROUNDS));
    say(`${name}: ${made} rows; ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MiB of heap`);
  }
  return rows;
}
