/** Seeded: `FUZZ_SEED=7 npx vitest run test/gateway/http/fuzz.test.ts` plays one run again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signStatement } from '../../../crypto/statement.js';
import { createUuid } from '../../../domain/uuid.js';
import { formatInstant } from '../../../domain/time.js';
import { problem } from '../../../domain/wire/problem.js';
import { createChance } from '../../support/world.js';
import { ROUTES } from '../../../gateway/http/routes.js';
import { consultation, openGate, ORIGIN, ROLES, type Asking, type Gate, type Member, type Session } from './gate.js';

const SEEDS = process.env.FUZZ_SEED === undefined ? [1, 2, 3] : [Number(process.env.FUZZ_SEED)];
const ROUNDS = 150;
const ODD = [
  '',
  '0',
  '-1',
  '1e9',
  '99999999999999999999',
  '../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  'null',
  '[]',
  '\u202e',
  'A'.repeat(43),
  'a'.repeat(2_000),
  "' or 1=1--",
  '{"$ne":1}',
];

interface OpenApi {
  readonly paths: Record<string, Record<string, { readonly parameters?: readonly { readonly name: string; readonly in: string }[] }>>;
}
interface Target {
  readonly method: string;
  /** with `odd` in each of its places, and in its whole query */
  path(odd: string): string;
}

const targetsOf = ({ paths }: OpenApi): Target[] =>
  Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { parameters = [] }]) => {
      const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
      return {
        method: method.toUpperCase(),
        path: (odd) => `${template.replaceAll(/\{[^}]+\}/g, odd)}?${names.map((name) => `${name}=${odd}`).join('&')}`,
      };
    }),
  );

describe('whatever comes', () => {
  let gate: Gate;
  let member: Member;
  let session: Session;
  let submission: string;
  let targets: readonly Target[];

  beforeAll(async () => {
    gate = await openGate();
    member = await gate.enrolMember('AA-ONE', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    const other = await gate.enrolMember('BB-TWO', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    await member.client.pinRoot(other.id, other.identity.root!.kid);
    session = await gate.openSession(member);
    targets = targetsOf((await (await gate.ask({ path: '/openapi.json' })).json()) as OpenApi);
    const sent = await member.client.send(consultation(member.id, other.id));
    submission = new TextDecoder().decode((await gate.world.store.statement(sent.digest))!.raw);
  });
  afterAll(() => gate.close());

  /** @returns a below `below` */
  const picker = (seed: number) => {
    const { next } = createChance(seed);
    return (below: number): number => next() % below;
  };
  type Pick = ReturnType<typeof picker>;

  /** A submission that was accepted, with bytes changed, cut, doubled or swapped. */
  function mutate(text: string, pick: Pick): string {
    let out = text;
    for (let n = 1 + pick(4); n > 0; n -= 1) {
      const at = pick(out.length);
      const kind = pick(6);
      if (kind === 0) out = out.slice(0, at) + String.fromCharCode(32 + pick(95)) + out.slice(at + 1);
      else if (kind === 1) out = out.slice(0, at) + out.slice(at + 1 + pick(50));
      else if (kind === 2) out = out.slice(0, at) + out.slice(at, at + pick(200)) + out.slice(at);
      else if (kind === 3) out = out.slice(0, at);
      else if (kind === 4) out = out.replace(/"[a-z]+":/, `"${ODD[pick(5)]}":`);
      else out = out.slice(0, at) + ODD[pick(ODD.length)]! + out.slice(at);
    }
    return out;
  }

  /** A statement that is signed as it should be, about nonsense. */
  async function nonsense(pick: Pick): Promise<string> {
    const { clock, chance } = gate.world;
    const common = { v: 1, aud: ORIGIN, id: createUuid(chance), at: formatInstant(clock.now()) };
    const item = 'A'.repeat(43);
    const payloads: [string, object][] = [
      ['parley-access+json', { ...common, reader: member.id, item, via: item, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' }],
      ['parley-use+json', { ...common, holder: member.id, item, purpose: 'EVIDENCE' }],
      ['parley-label+json', { ...common, originator: member.id, item, change: 'RETRACT' }],
      ['parley-consent-revocation+json', { ...common, originator: member.id, holder: member.id, consent: item }],
      ['parley-use+json', { ...common, holder: 'ZZ-NOBODY', item, purpose: 'INTELLIGENCE' }],
      ['parley-use+json', { ...common, aud: 'other.example', holder: member.id, item, purpose: 'INTELLIGENCE' }],
      ['parley-use+json', { ...common, at: '2001-01-01T00:00:00Z', holder: member.id, item, purpose: 'INTELLIGENCE' }],
    ];
    const [typ, payload] = payloads[pick(payloads.length)]!;
    return JSON.stringify({ statement: await signStatement(typ, payload, member.identity.signing) });
  }

  async function asking(pick: Pick): Promise<Asking> {
    const kind = pick(5);
    const target = targets[pick(targets.length)]!;
    if (kind === 0) return { path: target.path(encodeURIComponent(ODD[pick(ODD.length)]!)) };
    if (kind === 1) return { path: target.path(ODD[pick(ODD.length)]!), method: ['GET', 'PUT', 'POST'][pick(3)]! };
    const text = kind === 2 ? await nonsense(pick) : mutate(submission, pick);
    const path = ['/v1/statements', '/v1/access', '/v1/sessions', '/v1/uploads', '/v1/audit/readings'][pick(5)]!;
    return { path, method: 'POST', body: new TextEncoder().encode(text), headers: { 'Content-Type': 'application/json' } };
  }

  async function answersWell(what: Asking): Promise<void> {
    const answer = await gate.ask(what);
    const text = await answer.text();
    expect(answer.status, `${what.path.slice(0, 200)} ${text}`).toBeLessThan(500);
    if (answer.status >= 400) expect(problem.safeParse(JSON.parse(text)).error?.issues, text).toBeUndefined();
    expect(text).not.toMatch(/node_modules|\.ts:|at Object/);
  }

  it('fails on no operation of its own document, whatever stands in its places', async () => {
    expect(targets).toHaveLength(ROUTES.length);
    for (const odd of ODD)
      await Promise.all(
        targets.map(({ method, path }) => {
          const body = method === 'GET' ? {} : { body: new TextEncoder().encode(odd), headers: { 'Content-Type': 'application/json' } };
          return answersWell({ method, path: path(encodeURIComponent(odd)), ...body, session });
        }),
      );
  });

  for (const seed of SEEDS) {
    it(`never fails, says why with a code, and keeps nothing but its refusals (seed ${seed})`, async () => {
      const pick = picker(seed);
      const before = await gate.world.store.outboxOpen();
      for (let round = 0; round < ROUNDS; round += 1) {
        const what = await asking(pick);
        await answersWell({ ...what, session: pick(3) === 0 ? undefined : session });
      }
      expect(await gate.world.store.outboxOpen()).toBe(before);
      const stored = await gate.world.store.linked('exchange', JSON.parse(atob(partOf(submission))).exchange as string);
      expect(stored).toHaveLength(1);
    });
  }
});

const partOf = (submission: string): string =>
  (JSON.parse(submission) as { statement: string }).statement.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
