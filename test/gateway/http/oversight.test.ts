/** Who may look at whose log, and what stays behind of the looking. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../domain/audit-event.js';
import { countsPage, readingOpened } from '../../../domain/wire/audit.js';
import { auditPage, proofAnswer } from '../../../domain/wire/http-answers.js';
import { problem } from '../../../domain/wire/problem.js';
import { formatInstant } from '../../../domain/time.js';
import type { OfficerRole } from '../../../domain/vocabulary.js';
import { consultation, OPERATOR, openGate, type Gate, type Member, type Session } from './gate.js';

const FACTS = { territory: 'AA', languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC', presumedConsent: [] } as const;
const MLA = ['CENTRAL_AUTHORITY_MLA'] as const;

describe('reading the log', () => {
  let gate: Gate;
  let owner: Member;
  let other: Member;
  let overseer: Member;
  const sessions = new Map<Member, Session>();

  const reading = async (member: Member, body: object): Promise<Response> =>
    gate.ask({ path: '/v1/audit/readings', body: { report: 'EVENTS', purpose: 'LAWFULNESS', ...body }, session: sessions.get(member) });
  const ticketOf = async (member: Member, body: object = {}): Promise<string> =>
    readingOpened.parse(await (await reading(member, body)).json()).ticket;
  const pageWith = (member: Member, ticket: string, rest = ''): Promise<Response> =>
    gate.ask({ path: `/v1/audit/events?ticket=${ticket}${rest}`, session: sessions.get(member) });
  const eventsOf = async (member: Member, body: object = {}): Promise<AuditEvent[]> => {
    const page = auditPage.parse(await (await pageWith(member, await ticketOf(member, body), '&limit=200')).json());
    return page.events.map(({ view }) => JSON.parse(view.event) as AuditEvent);
  };
  const codeOf = async (answer: Response): Promise<unknown> => [answer.status, problem.parse(await answer.json()).code];
  const enrol = async (code: string, roles: readonly OfficerRole[]): Promise<Member> => {
    const member = await gate.enrolMember(code, MLA, roles);
    sessions.set(member, await gate.openSession(member));
    return member;
  };
  const nameOverseers = (overseers: Member['id'][]) =>
    owner.client.publishEntry({ ...FACTS, name: 'one', types: MLA, roles: ['OFFICER', 'COMPLIANCE'], declares: { overseers } });

  beforeAll(async () => {
    gate = await openGate();
    owner = await enrol('AA-ONE', ['OFFICER', 'COMPLIANCE']);
    other = await enrol('BB-TWO', ['OFFICER']);
    overseer = await enrol('DD-DPA', ['OVERSIGHT']);
    await owner.client.pinRoot(other.id, other.identity.root!.kid);
    await owner.client.send(consultation(owner.id, other.id));
  });
  afterAll(() => gate.close());

  it('writes a leaf before the first event leaves, one a report and not one a page', async () => {
    const ticket = await ticketOf(owner, { report: 'WHO_SAW', item: 'A'.repeat(43), from: '2026-01-01T00:00:00Z' });
    for (const rest of ['', '&limit=1', '&limit=200']) expect((await pageWith(owner, ticket, rest)).status).toBe(200);
    const reports = (await eventsOf(owner)).filter(({ action }) => action === 'REPORT');
    expect(reports).toHaveLength(2);
    expect(reports[0]).toMatchObject({
      outcome: 'DONE',
      actor: { authority: owner.id, officer: owner.identity.officer, role: 'COMPLIANCE' },
      object: { item: 'A'.repeat(43) },
      counterparty: owner.id,
      purpose: 'LAWFULNESS',
      basis: 'WHO_SAW FROM 2026-01-01T00:00:00.000Z',
    });
  });

  it('gives no event outside the time that the leaf names', async () => {
    const now = gate.world.clock.now();
    expect(await eventsOf(owner, { to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await eventsOf(owner, { from: formatInstant((now + 60_000) as typeof now) })).toEqual([]);
    expect(await codeOf(await reading(owner, { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }))).toEqual([400, 'MALFORMED']);
  });

  it('honours no ticket that is forged, another officer’s, or for counts', async () => {
    const ticket = await ticketOf(owner);
    const [text, code] = ticket.split('.') as [string, string];
    const forged = `${Buffer.from(`EVENTS  ${other.id}   ${owner.id} ${owner.identity.officer} 9999999999999`).toString('base64url')}.${code}`;
    for (const bad of [forged, `${text}.AA`, `AA.${code}`]) expect(await codeOf(await pageWith(owner, bad))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await pageWith(overseer, ticket))).toEqual([404, 'NOT_FOUND']);
  });

  it('turns away with a leaf whoever the authority’s own entry does not name', async () => {
    expect(await codeOf(await reading(overseer, { of: owner.id }))).toEqual([403, 'ROLE_REQUIRED']);
    expect(await codeOf(await reading(other, {}))).toEqual([403, 'ROLE_REQUIRED']);
    const { store } = gate.world;
    const denied = (await store.leaves(0, await store.leafCount()))
      .flatMap(({ views }) => views)
      .map(({ event }) => JSON.parse(new TextDecoder().decode(event)) as AuditEvent);
    expect(denied.filter(({ action, outcome }) => action === 'REPORT' && outcome === 'DENY')).toMatchObject([
      { view: overseer.id, codes: ['ROLE_REQUIRED'], counterparty: owner.id },
      { view: other.id, codes: ['ROLE_REQUIRED'] },
    ]);
  });

  it('opens an authority’s view to the overseer that its root named, seen in both views, until the root names it no more', async () => {
    await nameOverseers([overseer.id]);
    const ticket = await ticketOf(overseer, { of: owner.id, report: 'REQUEST_RECORDS' });
    const page = auditPage.parse(await (await pageWith(overseer, ticket, '&limit=200')).json());
    const seen = page.events.map(({ view }) => JSON.parse(view.event) as AuditEvent);
    expect(seen.map(({ view }) => view)).toEqual(seen.map(() => owner.id));
    expect(seen.map(({ action }) => action)).toContain('SEND');
    const told = (await eventsOf(owner)).filter(({ action, actor }) => action === 'REPORT' && actor.authority === overseer.id);
    // who in the other body it was is that body's own affair
    expect(told.map(({ actor, basis }) => [actor, basis])).toEqual([[{ authority: overseer.id }, 'REQUEST_RECORDS']]);
    await nameOverseers([]);
    expect(await codeOf(await pageWith(overseer, ticket))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await reading(overseer, { of: owner.id }))).toEqual([403, 'ROLE_REQUIRED']);
  });

  it('shows an OPERATOR of the operator counts, and no view of anything', async () => {
    const operator = await gate.enrolOperator(['OPERATOR']);
    sessions.set(operator, await gate.openSession(operator));
    const ticket = await ticketOf(operator, { report: 'COUNTS', purpose: 'INTEGRITY_AND_SECURITY' });
    const answer = await gate.ask({ path: `/v1/audit/counts?ticket=${ticket}`, session: sessions.get(operator) });
    const { counts } = countsPage.parse(await answer.json());
    expect(counts.find(({ stage, outcome }) => stage === 'refused' && outcome === 'DENY')?.leaves).toBeGreaterThan(2);
    expect(await operator.client.auditCounts()).toContainEqual(counts.find(({ stage }) => stage === 'delivered'));
    expect(await codeOf(await pageWith(operator, ticket))).toEqual([403, 'ROLE_REQUIRED']);
    expect(await codeOf(await reading(operator, {}))).toEqual([403, 'ROLE_REQUIRED']);
    expect(await codeOf(await reading(owner, { report: 'COUNTS' }))).toEqual([403, 'ROLE_REQUIRED']);
    const { index } = JSON.parse(readingOpened.parse(await (await reading(operator, { report: 'COUNTS' })).json()).receipt.body) as {
      index: number;
    };
    await expect.poll(async () => (await gate.world.store.latestCheckpoint())!.size).toBeGreaterThan(index);
    // the own act, and nothing that the operator's root or another did
    for (let at = 0; at <= index; at += 1) {
      const proof = proofAnswer.parse(await (await gate.ask({ path: `/v1/log/proof/${at}`, session: sessions.get(operator) })).json());
      const actor = proof.view && (JSON.parse(proof.view.event) as AuditEvent).actor;
      expect(actor ?? null).toEqual(
        actor === undefined ? null : { authority: operator.id, officer: operator.identity.officer, role: expect.any(String) as string },
      );
    }
    expect(OPERATOR).toBe(operator.id);
  });
});
