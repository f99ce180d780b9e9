/** Evidence of an exchange over HTTP: to an officer of COMPLIANCE of a party, on the ticket of a reading, and to nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SentEnvelope } from '../../../client/sdk/index.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { readingOpened } from '../../../domain/wire/audit.js';
import { evidencePage } from '../../../domain/wire/evidence.js';
import { receiptAnswer } from '../../../domain/wire/http-answers.js';
import { consultation, openGate, ROLES, type Gate, type Member, type Session } from './gate.js';

describe('evidence over HTTP', () => {
  let gate: Gate;
  let sender: Member;
  let reader: Member;
  let stranger: Member;
  let officer: Member;
  let sent: SentEnvelope;
  const sessions = new Map<Member, Session>();
  const ask = (member: Member, path: string) => gate.ask({ path, session: sessions.get(member) });
  const ticketOf = async (member: Member, exchange: string = sent.exchange, report = 'EVIDENCE'): Promise<string> => {
    const asked = {
      path: '/v1/audit/readings',
      body: { report, ...(report === 'EVIDENCE' ? { exchange } : {}), purpose: 'LAWFULNESS' },
      session: sessions.get(member),
    };
    return readingOpened.parse(await (await gate.ask(asked)).json()).ticket;
  };
  const pathOf = (ticket: string) => `/v1/exchanges/${sent.exchange}/evidence?ticket=${ticket}`;

  beforeAll(async () => {
    gate = await openGate();
    const enrol = async (code: string, roles = ROLES): Promise<Member> => {
      const member = await gate.enrolMember(code, ['CENTRAL_AUTHORITY_MLA'], roles);
      sessions.set(member, await gate.openSession(member));
      return member;
    };
    sender = await enrol('AA-ONE');
    reader = await enrol('BB-TWO');
    stranger = await enrol('CC-THREE');
    officer = await enrol('DD-FOUR', ['OFFICER']);
    await sender.client.pinRoot(reader.id, reader.identity.root!.kid);
    sent = await sender.client.send(consultation(sender.id, reader.id));
  });
  afterAll(() => gate.close());

  it('gives each party its own views, with a receipt of each leaf', async () => {
    for (const member of [sender, reader]) {
      const page = evidencePage.parse(await (await ask(member, pathOf(await ticketOf(member)))).json());
      expect(page.entries.map(({ view }) => (JSON.parse(view.event) as { view: string }).view)).toContain(member.id);
      for (const { index, receipt } of page.entries) {
        expect((JSON.parse(receipt.body) as ReceiptBody).index).toBe(index);
        expect(receiptAnswer.parse(await (await ask(member, `/v1/log/receipt/${index}`)).json())).toEqual(receipt);
        expect((await ask(stranger, `/v1/log/receipt/${index}`)).status).toBe(404);
      }
    }
  });

  it('is not there for a third authority, nor on a ticket of another, nor without one, nor without the role', async () => {
    expect((await ask(stranger, pathOf(await ticketOf(stranger)))).status).toBe(404);
    expect((await ask(sender, pathOf(await ticketOf(reader)))).status).toBe(404);
    expect((await ask(sender, pathOf('AA.AA'))).status).toBe(404);
    expect((await ask(sender, pathOf(await ticketOf(sender, '00000000-0000-4000-8000-000000000000')))).status).toBe(404);
    expect((await ask(sender, pathOf(await ticketOf(sender, undefined, 'EVENTS')))).status).toBe(404);
    expect((await ask(sender, `/v1/exchanges/${sent.exchange}/evidence`)).status).toBe(400);
    expect((await ask(sender, `${pathOf(await ticketOf(sender))}&after=A`)).status).toBe(400);
    expect((await ask(officer, pathOf('AA.AA'))).status).toBe(403);
    expect((await ask(sender, '/v1/log/receipt/100000')).status).toBe(404);
  });
});
