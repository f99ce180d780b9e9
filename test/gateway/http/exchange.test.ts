import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SentEnvelope } from '../../../client/sdk/index.js';
import { readingOpened } from '../../../domain/wire/audit.js';
import * as answers from '../../../domain/wire/http-answers.js';
import { problem } from '../../../domain/wire/problem.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { consultation, openGate, ROLES, type Gate, type Member, type Session } from './gate.js';

const indexOf = ({ receipt }: SentEnvelope): number => (JSON.parse(receipt.body) as ReceiptBody).index;

describe('an exchange over HTTP', () => {
  let gate: Gate;
  let sender: Member;
  let reader: Member;
  let stranger: Member;
  let sent: SentEnvelope;
  const sessions = new Map<Member, Session>();
  const ask = (member: Member, path: string) => gate.ask({ path, session: sessions.get(member) });

  beforeAll(async () => {
    gate = await openGate();
    sender = await gate.enrolMember('AA-ONE', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    reader = await gate.enrolMember('BB-TWO', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    stranger = await gate.enrolMember('CC-THREE', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    for (const [a, b] of [
      [sender, reader],
      [reader, sender],
    ] as const)
      await a.client.pinRoot(b.id, b.identity.root!.kid);
    for (const member of [sender, reader, stranger]) sessions.set(member, await gate.openSession(member));
    sent = await sender.client.send(consultation(sender.id, reader.id));
  });
  afterAll(() => gate.close());

  it('wakes whoever waits at the inbox when something is delivered', async () => {
    const waiting = gate.ask({ path: '/v1/inbox?waitS=20', session: sessions.get(reader) });
    const page = answers.inboxPage.parse(await (await waiting).json());
    expect(page.entries.map(({ kind, exchange }) => [kind, exchange])).toEqual([['envelope', sent.exchange]]);
    expect(page.next).toBeUndefined();
  });

  it('lets the addressee open what was sent, after the reading is logged', async () => {
    const [entry] = (await reader.client.inboxPage()).entries;
    const item = entry!.items[0]!.digest;
    const opened = await reader.client.open({
      item,
      via: entry!.statement!.digest,
      purpose: 'MLA_PREPARATION',
      justification: 'CASE_WORK',
    });
    expect(opened.content.role).toBe('FORM');
  });

  it('takes nothing for a reading that is none', async () => {
    const { statement } = answers.statementAnswer.parse(await (await ask(sender, `/v1/statements/${sent.digest}`)).json());
    const answer = await gate.ask({ path: '/v1/access', body: { statement }, session: sessions.get(sender) });
    expect([answer.status, problem.parse(await answer.json()).code]).toEqual([400, 'MALFORMED']);
  });

  it('writes down that an officer without a role for cases tried to read', async () => {
    const overseer = await gate.enrolMember('DD-FOUR', ['CENTRAL_AUTHORITY_MLA'], ['COMPLIANCE']);
    const [entry] = (await reader.client.inboxPage()).entries;
    const reading = {
      item: entry!.items[0]!.digest,
      via: entry!.statement!.digest,
      purpose: 'MLA_PREPARATION',
      justification: 'SUPERVISION',
    } as const;
    await expect(overseer.client.open(reading)).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
      status: 403,
      what: expect.stringContaining('asked for: OFFICER or SUPERVISOR or LIAISON_OFFICER') as string,
      grounds: { rule: 'before/role', source: expect.stringContaining('INR.29') as string },
      next: expect.stringContaining('parley officer admit') as string,
      receipt: { body: expect.any(String) as string },
    });
    const tries = (await overseer.client.auditEvents()).filter(({ event }) => event.outcome === 'DENY');
    expect(tries.map(({ event }) => [event.action, event.actor.role, event.codes])).toEqual([['ACCESS', 'COMPLIANCE', ['ROLE_REQUIRED']]]);
  });

  it('pages with an opaque cursor and says next only where there is more', async () => {
    await sender.client.send(consultation(sender.id, reader.id));
    let after = '';
    const seen: number[] = [];
    await expect.poll(async () => answers.inboxPage.parse(await (await ask(reader, '/v1/inbox')).json()).entries.length).toBe(2);
    for (let pages = 0; pages < 5; pages += 1) {
      const page = answers.inboxPage.parse(await (await ask(reader, `/v1/inbox?limit=1${after}`)).json());
      seen.push(...page.entries.map(({ index }) => index));
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toHaveLength(2);
    expect(seen[0]!).toBeLessThan(seen[1]!);
    expect((await ask(reader, '/v1/inbox?after=A')).status).toBe(400);
  });

  it('shows an exchange, its envelopes and its statements to the two parties and to nobody else', async () => {
    const paths = [`/v1/exchanges/${sent.exchange}`, `/v1/statements/${sent.digest}`, `/v1/receipts/${sent.digest}`];
    for (const member of [sender, reader]) {
      const [exchange, statement, receipt] = await Promise.all(paths.map(async (path) => (await ask(member, path)).json()));
      expect(answers.exchangeAnswer.parse(exchange).envelopes).toHaveLength(1);
      expect(answers.statementAnswer.parse(statement).items).toHaveLength(1);
      expect(answers.receiptAnswer.parse(receipt)).toEqual(answers.statementAnswer.parse(statement).receipt);
      const list = answers.exchangesPage.parse(await (await ask(member, '/v1/exchanges?limit=1')).json());
      expect(list.exchanges.map(({ id }) => id)).toEqual([sent.exchange]);
      expect(answers.exchangesPage.parse(await (await ask(member, `/v1/exchanges?after=${list.next}`)).json()).next).toBeUndefined();
    }
    for (const path of paths) {
      const hidden = await ask(stranger, path);
      const absent = await ask(stranger, `${path.slice(0, -8)}${path.includes('exchanges') ? '00000000' : 'AAAAAAAA'}`);
      expect([hidden.status, absent.status]).toEqual([404, 404]);
      expect(await hidden.text()).toBe(await absent.text());
    }
    expect(answers.exchangesPage.parse(await (await ask(stranger, '/v1/exchanges')).json()).exchanges).toEqual([]);
  });

  it('shows the envelopes of an exchange by the page, however many there are', async () => {
    for (let asked = 0; asked < 3; asked += 1)
      await sender.client.followUp(sent.exchange, { message: 'STATUS_REQUEST', body: {}, items: [] });
    const page = async (after: string) => {
      const path = `/v1/exchanges/${sent.exchange}?limit=2${after}`;
      return answers.exchangeAnswer.parse(await (await ask(sender, path)).json());
    };
    const first = await page('');
    expect(first.envelopes).toHaveLength(2);
    const second = await page(`&after=${first.next}`);
    const digests = [...first.envelopes, ...second.envelopes].map(({ statement }) => statement);
    expect(new Set(digests).size).toBe(digests.length);
    expect(digests.length).toBeGreaterThan(2);
    expect((await ask(sender, `/v1/exchanges/${sent.exchange}?after=A`)).status).toBe(400);
  });

  it('gives the same receipt for the same bytes', async () => {
    const stored = await gate.world.store.statement(sent.digest);
    const session = sessions.get(sender);
    const again = await gate.ask({
      path: '/v1/statements',
      method: 'POST',
      body: stored!.raw,
      headers: { 'Content-Type': 'application/json' },
      session,
    });
    expect(again.status).toBe(202);
    const { receipt } = answers.accepted.parse(await again.json());
    expect(receipt).toEqual({ ...sent.receipt, path: [...sent.receipt.path] });
  });

  it('proves a leaf in a checkpoint, and shows whoever did it the view of the own act', async () => {
    await expect
      .poll(async () => (await gate.world.store.latestCheckpoint())?.size ?? 0, { timeout: 5_000 })
      .toBeGreaterThan(indexOf(sent));
    const { proved, alarms } = await sender.client.checkProofs();
    expect([proved > 0, alarms]).toEqual([true, []]);
    const proof = answers.proofAnswer.parse(await (await ask(sender, `/v1/log/proof/${indexOf(sent)}`)).json());
    expect(proof.view).toBeDefined();
    const foreign = answers.proofAnswer.parse(await (await ask(stranger, `/v1/log/proof/${indexOf(sent)}`)).json());
    expect(foreign.view).toBeUndefined();
    // a party to it, and yet no act of its own: that is read as a report
    const told = answers.proofAnswer.parse(await (await ask(reader, `/v1/log/proof/${indexOf(sent)}`)).json());
    expect(told.view).toBeUndefined();
    expect((await ask(sender, '/v1/log/proof/100000')).status).toBe(404);
  });

  it('reports each authority its own events and no others', async () => {
    const pageOf = async (member: Member, query = '') => {
      const asked = { path: '/v1/audit/readings', body: { report: 'EVENTS', purpose: 'LAWFULNESS' }, session: sessions.get(member) };
      const { ticket } = readingOpened.parse(await (await gate.ask(asked)).json());
      return answers.auditPage.parse(await (await ask(member, `/v1/audit/events?ticket=${ticket}${query}`)).json());
    };
    const actions = async (member: Member, query = '') =>
      (await pageOf(member, query)).events.map(({ view }) => JSON.parse(view.event) as { action: string; view: string });
    expect((await actions(sender)).map(({ action }) => action)).toContain('SEND');
    expect((await actions(sender)).every(({ view }) => view === sender.id)).toBe(true);
    expect((await actions(stranger)).map(({ action }) => action)).not.toContain('SEND');
    expect((await actions(sender, '&action=SEND')).map(({ action }) => action)).toEqual(Array.from({ length: 5 }, () => 'SEND'));
    const first = await pageOf(sender, '&limit=1');
    const second = await pageOf(sender, `&limit=1&after=${first.next}`);
    expect(second.events[0]!.index).toBeGreaterThan(first.events[0]!.index);
    expect((await sender.client.auditEvents()).length).toBeGreaterThan(2);
  });

  it('hands a refusal of the law to the sender with a receipt of it', async () => {
    const draft = consultation(sender.id, reader.id);
    const refused = await sender.client.send({ ...draft, body: {} }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'POLICY', status: 422 });
    expect((refused as { violations: { code: string }[] }).violations.map(({ code }) => code)).toContain('MISSING_FIELD');
    expect((refused as { receipt: unknown }).receipt).not.toBeNull();
  });

  it('answers problems that fit their schema', async () => {
    const answer = await ask(stranger, `/v1/statements/${sent.digest}`);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(problem.parse(await answer.json())).toMatchObject({
      code: 'NOT_FOUND',
      type: 'urn:parley:refusal:NOT_FOUND',
      status: 404,
      rule: 'before/known',
      next: expect.stringContaining('Check the id') as string,
    });
  });
});
