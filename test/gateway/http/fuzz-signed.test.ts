/**
 * Every type of statement with a signature that is right and a payload that is not quite. Seeded:
 * `FUZZ_SEED=7 FUZZ_ROUNDS=400 npx vitest run test/gateway/http/fuzz-signed.test.ts` plays one run, longer.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUuid } from '../../../domain/uuid.js';
import { signStatement } from '../../../crypto/statement.js';
import { SELF_SIGNED, STATEMENT_TYPES, type StatementType } from '../../../domain/statement.js';
import { DAY_MS, formatInstant, type Instant } from '../../../domain/time.js';
import * as vocabulary from '../../../domain/vocabulary.js';
import { directoryAnswer } from '../../../domain/wire/http-answers.js';
import { problem } from '../../../domain/wire/problem.js';
import { createChance } from '../../support/world.js';
import { consultation, openGate, ORIGIN, ROLES, type Gate, type Member, type Session } from './gate.js';

const SEEDS = process.env.FUZZ_SEED === undefined ? [1] : [Number(process.env.FUZZ_SEED)];
const ROUNDS_EACH = Number(process.env.FUZZ_ROUNDS ?? 16);
const AT_ONCE = 16;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
interface Golden {
  readonly statements: readonly { readonly typ: string; readonly compact: string }[];
}
const GOLDEN = JSON.parse(readFileSync(new URL('../../golden/statements-v1.json', import.meta.url), 'utf8')) as Golden;
const payloadOf = (compact: string): Json => JSON.parse(Buffer.from(compact.split('.')[1]!, 'base64url').toString()) as Json;
const nested = (levels: number): Json => (levels === 0 ? 0 : [nested(levels - 1)]);
const ODD: readonly Json[] = [
  null,
  true,
  0,
  -1,
  2 ** 40,
  '',
  'A'.repeat(43),
  'x'.repeat(3_000),
  '\u202e',
  '2999-01-01T00:00:00Z',
  [],
  {},
  nested(20),
  [[], []],
];

const DIGEST = /^[\w-]{43}$/;
const UUID = /^[0-9a-f]{8}-/;
const AUTHORITY = /^[A-Z]{2}-[A-Z]{3,5}$/;
const AUTHORS = /^(?:from|issuer|originators?|holder|reader|authority|by)$/;
const CODE = /^[A-Z][A-Z0-9_]+$/;
const codesIn = (value: Json): string[] =>
  typeof value === 'string'
    ? CODE.test(value)
      ? [value]
      : []
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(codesIn)
      : [];
const CODES = [
  ...new Set([
    ...Object.values(vocabulary).flatMap((some) => codesIn(some as Json)),
    ...GOLDEN.statements.flatMap(({ compact }) => codesIn(payloadOf(compact))),
  ]),
];
const TIME = /^\d{4}-\d\d-\d\dT/;

const TYPES = Object.keys(STATEMENT_TYPES) as StatementType[];
/** said by a root that it may cost: the others go on with theirs */
const SPENT: ReadonlySet<StatementType> = new Set(['parley-entry+json', 'parley-revocation+json', 'parley-root+json']);

describe('whatever is signed as it should be', () => {
  let gate: Gate;
  let member: Member;
  let other: Member;
  let operator: Member;
  let spent: Member;
  let session: Session;
  const templates = new Map<StatementType, Json>(GOLDEN.statements.map(({ typ, compact }) => [typ as StatementType, payloadOf(compact)]));
  let known: { readonly digests: readonly string[]; readonly exchange: string; readonly items: readonly string[] };

  beforeAll(async () => {
    gate = await openGate();
    member = await gate.enrolMember('AA-ONE', ['CENTRAL_AUTHORITY_MLA', 'FIU'], ROLES);
    other = await gate.enrolMember('BB-TWO', ['CENTRAL_AUTHORITY_MLA', 'FIU'], ROLES);
    spent = await gate.enrolMember('CC-THREE', ['FIU'], ROLES);
    operator = await gate.enrolOperator(['OPERATOR']);
    await member.client.pinRoot(other.id, other.identity.root!.kid);
    session = await gate.openSession(member);
    const sent = await member.client.send(consultation(member.id, other.id));
    const raw = JSON.parse(new TextDecoder().decode((await gate.world.store.statement(sent.digest))!.raw)) as {
      statement: string;
      items: string[];
    };
    const envelope = payloadOf(raw.statement) as { exchange: string; items: string[] };
    const directory = directoryAnswer.parse(await (await gate.ask({ path: '/v1/directory', session })).json());
    const entry = payloadOf(directory.authorities.find(({ authority }) => authority === spent.id)!.entry!) as { seq: number };
    templates.set('parley-entry+json', { ...entry, seq: entry.seq + 1 }).set('parley-envelope+json', payloadOf(raw.statement));
    known = { digests: [sent.digest, ...envelope.items], exchange: envelope.exchange, items: raw.items };
  });
  afterAll(() => gate.close());

  const authorOf = (typ: StatementType): Member => (SPENT.has(typ) ? spent : SELF_SIGNED.has(typ) ? operator : member);

  function picker(seed: number) {
    const { next } = createChance(seed);
    const below = (n: number): number => next() % n;
    return { below, of: <T>(some: readonly T[]): T => some[below(some.length)]! };
  }
  type Pick = ReturnType<typeof picker>;

  /** A golden payload as one of this gateway's, now: what it names is mostly there. */
  function localise(value: Json, self: string, pick: Pick, name = ''): Json {
    if (Array.isArray(value)) return value.map((one) => localise(one, self, pick, name));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, name === 'aud' ? ORIGIN : localise(one, self, pick, name)]),
      );
    if (typeof value !== 'string') return value;
    if (name === 'kid' || name === 'publicKey') return value;
    if (name === 'id') return createUuid(gate.world.chance);
    if (TIME.test(value)) return formatInstant((gate.world.clock.now() + (name === 'until' ? DAY_MS : 0)) as Instant);
    if (DIGEST.test(value)) return pick.of([...known.digests, ...known.digests, 'B'.repeat(43)]);
    if (UUID.test(value)) return pick.below(2) === 0 ? known.exchange : createUuid(gate.world.chance);
    if (name === 'operator') return operator.id;
    if (AUTHORITY.test(value) && AUTHORS.test(name)) return self;
    return AUTHORITY.test(value) ? pick.of([member.id, member.id, other.id, 'ZZ-NOBODY']) : value;
  }

  /** Another word of the law's in place of one: what has its shape, and may mean anything. */
  function recode(value: Json, pick: Pick): Json {
    if (typeof value === 'string') return CODE.test(value) ? pick.of(CODES) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => recode(one, pick));
    const at = pick.of(
      Object.keys(value)
        .filter((name) => codesIn(value[name]!).length > 0)
        .concat(''),
    );
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === at ? recode(one, pick) : one]));
  }

  /** One place somewhere in it: another value, none, twice, or a member too many. */
  function spoil(value: Json, pick: Pick): Json {
    if (typeof value !== 'object' || value === null || pick.below(4) === 0) return pick.of(ODD);
    if (Array.isArray(value)) {
      if (value.length === 0 || pick.below(3) === 0) return [...value, ...value, pick.of(ODD)];
      const at = pick.below(value.length);
      return value.map((one, n) => (n === at ? spoil(one, pick) : one));
    }
    const names = Object.keys(value);
    const name = pick.of(names);
    const what = pick.below(5);
    if (what === 0) return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
    if (what === 1) return { ...value, [pick.of(['odd', 'constructor', 'v'])]: pick.of(ODD) };
    return { ...value, [name]: spoil(value[name]!, pick) };
  }

  /** Mostly of its type's shape, because what has none comes no further than the door. */
  function payloadFor(typ: StatementType, pick: Pick): Json {
    const template = templates.get(typ)!;
    const self = authorOf(typ) === operator ? 'ZZ-NOBODY' : authorOf(typ).id;
    const strays = pick.below(4) === 0;
    for (let tries = 0; tries < 50; tries += 1) {
      let payload = localise(template, self, pick);
      for (let n = pick.below(3); n > 0; n -= 1) payload = recode(payload, pick);
      for (let n = pick.below(3); n > 0; n -= 1) payload = spoil(payload, pick);
      if (strays || STATEMENT_TYPES[typ].schema.safeParse(payload).success) return payload;
    }
    return localise(template, self, pick);
  }

  async function submission(typ: StatementType, pick: Pick): Promise<{ path: string; body: object }> {
    const { root, signing, auth } = authorOf(typ).identity;
    const due = typ === 'parley-session+json' ? auth : SELF_SIGNED.has(typ) ? root! : signing;
    const key = pick.below(12) === 0 ? pick.of([root!, signing, auth]) : due;
    const statement = await signStatement(typ, payloadFor(typ, pick) as object, key);
    if (typ === 'parley-session+json' && pick.below(4) > 0) return { path: '/v1/sessions', body: { request: statement } };
    const item = pick.of(known.digests);
    const beside = {
      ...(pick.below(12) === 0 ? { items: pick.of([known.items, [], [statement]]) } : {}),
      ...(pick.below(12) === 0 ? { seals: [{ item, kid: item, bytes: 'AAAA' }] } : {}),
      ...(pick.below(12) === 0
        ? {
            bodies: [
              pick.of([
                { item, bytes: 'AAAA' },
                { item, upload: createUuid(gate.world.chance) },
              ]),
            ],
          }
        : {}),
    };
    return {
      path: typ === 'parley-access+json' ? '/v1/access' : pick.of(['/v1/statements', '/v1/statements', '/v1/access']),
      body: { statement, ...beside },
    };
  }

  for (const seed of SEEDS)
    it.each(TYPES)(`is answered, as %s, with what is there or a code (seed ${seed})`, async (typ) => {
      const pick = picker(seed);
      for (let round = 0; round < ROUNDS_EACH; round += AT_ONCE) {
        const asked = await Promise.all(Array.from({ length: AT_ONCE }, () => submission(typ, pick)));
        const answers = await Promise.all(
          asked.map(async ({ path, body }) => gate.ask({ path, body, session: pick.below(5) === 0 ? undefined : session })),
        );
        for (const [n, answer] of answers.entries()) {
          const text = await answer.text();
          const statement = asked[n]!.body as { statement?: string; request?: string };
          expect(answer.status, `${text} ${JSON.stringify(payloadOf((statement.statement ?? statement.request)!))}`).toBeLessThan(500);
          if (answer.status >= 400) expect(problem.safeParse(JSON.parse(text)).error?.issues, text).toBeUndefined();
        }
      }
      expect(gate.lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).not.toContain('failure');
    });
});
