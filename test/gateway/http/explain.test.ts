import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPLAIN_BYTES_MAX } from '../../../domain/wire/explain.js';
import { problem } from '../../../domain/wire/problem.js';
import { consultation, openGate, ROLES, type Gate, type Member, type Session } from './gate.js';

const LIMIT = 40;

describe('POST /v1/explain', () => {
  let gate: Gate;
  let sender: Member;
  let session: Session;
  let strangers: Session;
  let item: string;
  let absent: string;

  beforeAll(async () => {
    gate = await openGate({ limits: { requestsPerOfficerMax: LIMIT } });
    sender = await gate.enrolMember('AA-ONE', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    const reader = await gate.enrolMember('BB-TWO', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    const stranger = await gate.enrolMember('CC-THREE', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    await sender.client.pinRoot(reader.id, reader.identity.root!.kid);
    item = (await sender.client.send(consultation(sender.id, reader.id))).items[0]!.statement.digest;
    absent = `${'B'.repeat(42)}A`;
    session = await gate.openSession(sender);
    strangers = await gate.openSession(stranger);
  });
  afterAll(() => gate.close());

  const ask = (body: object | Uint8Array, as: Session | undefined = session) => gate.ask({ path: '/v1/explain', body, session: as });
  const problemOf = async (answer: Response) => problem.parse(await answer.json());
  const toOther = (digest: string) => ({ act: 'release', item: digest, to: 'CC-THREE', toType: 'CENTRAL_AUTHORITY_MLA', purpose: 'TAX' });

  it('answers a holder, here of its own item, in no cache', async () => {
    const answer = await ask(toOther(item));
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.json()).toMatchObject({ act: 'release', allowed: true, violations: [], restsOn: { consents: [] }, missing: [] });
  });

  it('says of a wrong request where it is wrong and what is taken there, and never what came', async () => {
    const detailOf = async (body: object) => (await problemOf(await ask(body))).detail;
    expect(await detailOf({ act: 'canary-7f3a' })).toBe('body.act: it is one of release, use, export, send');
    expect(await detailOf({})).toBe('body.act is missing: it is one of release, use, export, send');
    expect(await detailOf({ ...toOther(item), purpose: 'canary-7f3a' })).toMatch(/^body\.purpose: it is one of INTELLIGENCE, /);
    expect(await detailOf({ ...toOther(item), also: 1 })).toBe('body: it has no member also');
  });

  it('says nothing sooner than that something is not there: how long it looked is not told', async () => {
    const began = performance.now();
    expect((await ask(toOther(item))).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(23);
  });

  it('turns away whoever opened no session', async () => {
    expect((await gate.ask({ path: '/v1/explain', body: toOther(item) })).status).toBe(401);
  });

  it('answers who does not hold the item in the words for one that is not there, without a receipt', async () => {
    const [hidden, missing] = [
      await problemOf(await ask(toOther(item), strangers)),
      await problemOf(await ask(toOther(absent), strangers)),
    ];
    expect(hidden).toEqual({ ...missing, detail: missing.detail.replace(absent, item) });
    expect([hidden.status, hidden.code, hidden.receipt]).toEqual([404, 'NOT_FOUND', undefined]);
  });

  it('takes no unknown act, member, code or spelling', async () => {
    const bad = [
      {},
      { act: 'shred', item },
      { ...toOther(item), odd: 1 },
      { ...toOther(item), purpose: 'FUN' },
      { ...toOther('short') },
      { act: 'use', item },
      { act: 'send', envelope: {}, drafts: [] },
      { act: 'export', item, purpose: 'TAX', label: {} },
    ];
    for (const body of bad) expect((await problemOf(await ask(body))).code, JSON.stringify(body)).toBe('MALFORMED');
  });

  it('takes no more than its limit of bytes, and no more requests than a session may make', async () => {
    const long = new TextEncoder().encode(JSON.stringify({ ...toOther(item), odd: 'x'.repeat(EXPLAIN_BYTES_MAX) }));
    const answer = await gate.ask({
      path: '/v1/explain',
      method: 'POST',
      body: long,
      session,
      headers: { 'Content-Type': 'application/json' },
    });
    expect((await problemOf(answer)).code).toBe('TOO_LARGE');
    const codes = new Set<number>();
    for (let n = 0; n <= LIMIT; n++) codes.add((await ask(toOther(absent), strangers)).status);
    expect([...codes].toSorted()).toEqual([404, 429]);
  });
});
