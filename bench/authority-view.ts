/**
 * Synthetic: what one authority's client has read of the log when it makes a report. Each event is the gateway's own account of the happening,
 * and was text in between, as it is for whoever reads it. A thousand exchanges are under way at a time, twelve events each.
 */
import type { AuditRead } from '../client/sdk/index.js';
import type { AuditEvent, EventMatter } from '../domain/audit-event.js';
import { parseAuthorityId, parseDigest, parseOfficerId, parseUuid, type AuthorityId, type Digest } from '../domain/ids.js';
import { certain } from '../domain/result.js';
import { DAY_MS, instantFromMs, formatInstant, plusMs, type Instant } from '../domain/time.js';
import { eventFor, type Happening } from '../gateway/audit/events.js';
import type { Sight } from '../gateway/plan.js';

const COUNTERPARTS = 40;
const OFFICERS = 9;
const AT_ONCE = 1_000;
const START_MS = 1_767_225_600_000;
const STEP_MS = 25_000;
/** characters of a SHA-256 in base64url */
const DIGEST_LENGTH = 43;

const authority = (code: string): AuthorityId => certain(parseAuthorityId(code));
const digest = (kind: string, n: number): Digest => certain(parseDigest(`${kind}${n}`.padEnd(DIGEST_LENGTH, 'A')));

export const US = authority('AA-FIU');
const POLICE = authority('ZZ-POL');

/** when the event at that place happens */
export const timeAt = (index: number): Instant => instantFromMs(START_MS + index * STEP_MS);

interface Facts {
  readonly n: number;
  readonly at: Instant;
  readonly asks: AuthorityId;
  readonly asked: AuthorityId;
  readonly them: AuthorityId;
  readonly item: Digest;
  readonly parties: readonly AuthorityId[];
}

type Told = Pick<Happening, 'outcome' | 'codes' | 'statement'> & { readonly by: AuthorityId | 'GATEWAY'; readonly sight: Sight };

const BASES: readonly (readonly string[])[] = [['RECIPROCITY'], ['EGMONT_PRINCIPLES'], ['MLAT:AA-CC', 'RECIPROCITY'], ['UNCAC:46']];
const FINALS = ['FINAL_REPLY', 'FINAL_REPLY', 'NEGATIVE_REPLY', 'REFUSE'] as const;
const ABOUT: EventMatter = { profile: 'EGMONT_FIU', fromType: 'FIU', toType: 'FIU', matterType: 'INTELLIGENCE', urgency: 'ROUTINE' };

const of = <T>(values: readonly T[], n: number): T => values[n % values.length]!;

function exchangeSight({ n, parties }: Facts): Pick<Sight, 'parties' | 'originators' | 'exchange' | 'exchangeType'> {
  const exchange = certain(parseUuid(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`));
  return { parties, originators: [], exchange, exchangeType: 'FIU_REQUEST' };
}

function said(facts: Facts, message: string, by: AuthorityId, more: Partial<Sight> = {}): Told {
  const { n, asks, asked } = facts;
  const counterparty = by === asks ? asked : asks;
  const told = { purpose: 'INTELLIGENCE', legalBasis: of(BASES, n), about: { ...ABOUT, handlerRef: `H-${n}` }, ...more };
  const sight: Sight = { action: 'SEND', ...exchangeSight(facts), message, counterparty, ...told };
  return { outcome: 'ALLOW', codes: [], statement: digest(message, n), by, sight };
}

const delivered = ({ n, parties }: Facts, message: string, counterparty: AuthorityId): Told => ({
  outcome: 'DONE',
  codes: [],
  statement: digest(message, n),
  by: 'GATEWAY',
  sight: { action: 'DELIVER', parties, originators: [], counterparty },
});

function handedOn({ n, item, asks, asked, at }: Facts, isRefused: boolean): Told {
  const rests = isRefused ? { basis: 'NONE' } : { basis: 'CONSENT', consents: [digest('CONSENT', n)] };
  const told = { purpose: 'PROSECUTION_JUDICIAL', legalBasis: of(BASES, n), until: plusMs(at, 90 * DAY_MS), ...rests };
  return {
    outcome: isRefused ? 'DENY' : 'ALLOW',
    codes: isRefused ? ['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT'] : [],
    statement: digest('RELEASE', n),
    by: asks,
    sight: { action: 'RELEASE', parties: [asks, POLICE], originators: [asked], item, counterparty: POLICE, ...told },
  };
}

/** What the gateway writes of one exchange, an event each. */
const WRITTEN: readonly ((facts: Facts) => Told)[] = [
  (facts) => said(facts, 'SUBMIT', facts.asks, { about: { ...ABOUT, pairCase: `P-${facts.n}`, ownCase: `O-${facts.n}` } }),
  (facts) => delivered(facts, 'SUBMIT', facts.asked),
  (facts) => said(facts, 'ACKNOWLEDGE', facts.asked),
  ({ n, item, them }) => ({
    outcome: 'ALLOW',
    codes: [],
    statement: digest('ACCESS', n),
    by: US,
    sight: {
      action: 'ACCESS',
      parties: [US],
      originators: [them],
      item,
      counterparty: US,
      purpose: 'INTELLIGENCE',
      justification: 'CASE_WORK',
      basis: 'ENVELOPE',
    },
  }),
  (facts) => ({
    outcome: 'DONE',
    codes: ['FINAL_60D'],
    statement: digest('SUBMIT', facts.n),
    by: 'GATEWAY',
    sight: { action: 'CLOCK_DUE', ...exchangeSight(facts), basis: `DUE ${formatInstant(facts.at)}` },
  }),
  (facts) => {
    const destroyBy = facts.n % 3 === 0 ? { destroyBy: plusMs(facts.at, 100 * DAY_MS) } : {};
    const items = [{ item: facts.item, originators: [facts.asked] }];
    return said(facts, of(FINALS, facts.n), facts.asked, { items, details: ['OUTCOME_A'], ...destroyBy });
  },
  (facts) => delivered(facts, of(FINALS, facts.n), facts.asks),
  (facts) => handedOn(facts, true),
  // the same try again
  (facts) => handedOn(facts, facts.n % 4 === 0),
  ({ n, item, asks, asked, at }) => ({
    outcome: 'ALLOW',
    codes: [],
    statement: digest('CONSENT', n),
    by: asked,
    sight: {
      action: 'CONSENT_GRANT',
      parties: [asks, asked],
      originators: [],
      item,
      items: [{ item, originators: [asked] }],
      counterparty: POLICE,
      purpose: 'PROSECUTION_JUDICIAL',
      until: plusMs(at, 90 * DAY_MS),
    },
  }),
  (facts) => handedOn(facts, false),
  ({ n, item, asks, asked }) => ({
    outcome: 'ALLOW',
    codes: [],
    statement: digest('NOTICE', n),
    by: asks,
    sight: {
      action: n % 2 === 0 ? 'NOTICE' : 'LABEL_CHANGE',
      parties: [asks],
      originators: [asked],
      item,
      counterparty: POLICE,
      basis: n % 4 === 0 ? 'EXCULPATORY' : 'EMERGENCY',
      details: ['NOT_FOR_EVIDENCE'],
    },
  }),
];

function factsOf(n: number, at: Instant): Facts {
  const them = authority(`C${n % COUNTERPARTS}-FIU`);
  const [asks, asked] = n % 3 === 0 ? [US, them] : [them, US];
  return { n, at, asks, asked, them, item: digest('ITEM', n), parties: [asks, asked] };
}

function readAt(index: number, { outcome, codes, statement, by, sight }: Told, { n }: Facts): AuditRead {
  const officer = by === 'GATEWAY' ? null : certain(parseOfficerId(`o-${n % OFFICERS}`));
  const actor = { authority: by, officer, role: officer === null ? null : 'OFFICER' };
  const policy = by === 'GATEWAY' ? null : digest('POLICY', 1);
  const correlation = statement ?? '';
  const at = timeAt(index);
  const happening: Happening = { log: 'bench.example/log', at, outcome, correlation, actor, statement, policy, rules: codes, codes };
  const event = JSON.parse(JSON.stringify(eventFor(US, happening, sight))) as AuditEvent;
  // nothing reads these; they lie in memory as they do for a reader
  return { index, event, leaf: String(index).padStart(DIGEST_LENGTH, 'L'), viewHash: String(index).padStart(DIGEST_LENGTH, 'V') };
}

export function readEvents(count: number): AuditRead[] {
  const reads: AuditRead[] = [];
  for (let first = 0; ; first += AT_ONCE)
    for (const write of WRITTEN)
      for (let n = first; n < first + AT_ONCE; n += 1) {
        if (reads.length === count) return reads;
        const facts = factsOf(n, timeAt(reads.length));
        reads.push(readAt(reads.length, write(facts), facts));
      }
}
