import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficerRole } from '../../../domain/vocabulary.js';
import { problem } from '../../../domain/wire/problem.js';
import type { Route } from '../../../gateway/http/route.js';
import { ROUTES } from '../../../gateway/http/routes.js';
import { openGate, ROLES, type Asking, type Gate, type Session } from './gate.js';

const DIGEST = 'A'.repeat(43);
const UUID = '00000000-0000-4000-8000-000000000001';
/** A request of the right shape for each operation; nothing that it names exists. */
const SAMPLES: Readonly<Record<string, Omit<Asking, 'session'>>> = {
  openSession: { path: '/v1/sessions', body: { request: 'x' } },
  submitStatement: { path: '/v1/statements', body: { statement: 'x' } },
  access: { path: '/v1/access', body: { statement: 'x' } },
  readStatement: { path: `/v1/statements/${DIGEST}` },
  readReceipt: { path: `/v1/receipts/${DIGEST}` },
  explain: { path: '/v1/explain', body: { act: 'use', item: DIGEST, purpose: 'INTELLIGENCE' } },
  readInbox: { path: '/v1/inbox' },
  listExchanges: { path: '/v1/exchanges' },
  readEvidence: { path: `/v1/exchanges/${UUID}/evidence` },
  readLeafReceipt: { path: '/v1/log/receipt/0' },
  readExchange: { path: `/v1/exchanges/${UUID}` },
  openUpload: { path: '/v1/uploads', body: { sizeBytes: 1 } },
  putPart: { path: `/v1/uploads/${UUID}/parts/0`, method: 'PUT', body: new Uint8Array(1) },
  readUpload: { path: `/v1/uploads/${UUID}` },
  readPart: { path: '/v1/tickets/AA.AA/parts/0' },
  putKeyring: { path: '/v1/keyrings/INTAKE.1', method: 'PUT', body: new Uint8Array(1) },
  readKeyring: { path: '/v1/keyrings/INTAKE.9' },
  listQuorumRequests: { path: '/v1/quorum' },
  readQuorumRequest: { path: `/v1/quorum/${DIGEST}` },
  readLog: { path: '/v1/log' },
  readDirectory: { path: '/v1/directory' },
  readKey: { path: `/v1/directory/keys/${DIGEST}` },
  readEntry: { path: `/v1/directory/entries/${DIGEST}` },
  readCheckpoint: { path: '/v1/checkpoint' },
  readTiledCheckpoint: { path: '/checkpoint' },
  readOlderCheckpoint: { path: '/v1/checkpoint/1' },
  readTile: { path: '/tile/0/000.p/1' },
  readProof: { path: '/v1/log/proof/0' },
  readTlogProof: { path: '/v1/log/tlog-proof/0' },
  openReading: { path: '/v1/audit/readings', body: { report: 'x' } },
  readAuditEvents: { path: '/v1/audit/events?ticket=AA.AA' },
  readAuditCounts: { path: '/v1/audit/counts?ticket=AA.AA' },
  readLeaves: { path: '/v1/log/leaves?size=1&from=0' },
  readStream: { path: '/v1/streams/own?size=1' },
  readStreamOpenings: { path: '/v1/streams/own/openings?size=1' },
  readAccessProof: { path: '/v1/streams/access/0?size=1' },
  readEntryOpenings: { path: '/v1/directory/AA-ROLE0/openings?size=1' },
  isHealthy: { path: '/healthz' },
  isReady: { path: '/readyz' },
  readMetrics: { path: '/metrics' },
};

const CASE: readonly OfficerRole[] = ['OFFICER', 'SUPERVISOR', 'LIAISON_OFFICER'];
/** Whom each operation is for, said apart from the table of routes, which would agree with itself whatever it said. */
const FOR: readonly (readonly [who: 'public' | 'optional' | readonly OfficerRole[], operations: readonly string[]])[] = [
  ['optional', ['submitStatement']],
  ['public', ['openSession', 'isHealthy', 'isReady', 'readMetrics']],
  ['public', ['readLog', 'readDirectory', 'readKey', 'readEntry', 'readCheckpoint', 'readTiledCheckpoint', 'readOlderCheckpoint']],
  ['public', ['readTile', 'readTlogProof']],
  [CASE, ['explain', 'readStatement', 'readInbox', 'listExchanges', 'readExchange', 'openUpload', 'putPart', 'readUpload', 'putKeyring']],
  [['COMPLIANCE'], ['readEvidence', 'readStream', 'readStreamOpenings']],
  [['COMPLIANCE', 'OVERSIGHT'], ['readAuditEvents']],
  [['OPERATOR'], ['readAuditCounts']],
  // each says itself, or has the walk say, what is whose
  [ROLES, ['access', 'readReceipt', 'readLeafReceipt', 'readPart', 'readKeyring', 'listQuorumRequests', 'readQuorumRequest']],
  [ROLES, ['readProof', 'openReading', 'readLeaves', 'readAccessProof', 'readEntryOpenings']],
];

/** How long a body of JSON may be, said apart from the table, too: it is held in memory before anybody has looked at it. */
const BYTES_MAX: Readonly<Record<string, number>> = {
  openSession: 8 * 1024,
  submitStatement: 1024 * 1024,
  access: 1024 * 1024,
  explain: 512 * 1024,
  openUpload: 1024,
  openReading: 1024,
};

const rolesOf = ({ who }: Route): readonly OfficerRole[] => (typeof who === 'object' ? who.roles : ROLES);

describe('role × route', () => {
  let gate: Gate;
  const sessions = new Map<OfficerRole, Session>();

  beforeAll(async () => {
    gate = await openGate();
    for (const [n, role] of ROLES.entries()) {
      const member = await gate.enrolMember(`AA-ROLE${n}`, ['CENTRAL_AUTHORITY_MLA'], [role]);
      sessions.set(role, await gate.openSession(member));
    }
    while ((await gate.world.store.latestCheckpoint()) === null) await gate.world.clock.sleep(50);
  });
  afterAll(() => gate.close());

  it('has a sample of each operation, and no operation twice', () => {
    expect(Object.keys(SAMPLES).toSorted()).toEqual(ROUTES.map(({ operation }) => operation).toSorted());
  });

  it('opens each operation to those whom it is for, and to no others', () => {
    const said = FOR.flatMap(([who, operations]) =>
      operations.map((operation) => [operation, typeof who === 'string' ? who : who.toSorted()]),
    );
    const opened = ROUTES.map(({ operation, who }) => [operation, typeof who === 'string' ? who : who.roles.toSorted()]);
    expect(Object.fromEntries(opened)).toEqual(Object.fromEntries(said));
  });

  for (const route of ROUTES) {
    for (const role of ROLES) {
      const allowed = rolesOf(route).includes(role);
      it(`${allowed ? 'lets' : 'turns'} ${role} ${allowed ? 'into' : 'away from'} ${route.operation}`, async () => {
        const answer = await gate.ask({ ...SAMPLES[route.operation]!, session: sessions.get(role) });
        expect(answer.status).toBeLessThan(500);
        if (!allowed) expect([answer.status, problem.parse(await answer.json()).code]).toEqual([403, 'ROLE_REQUIRED']);
        else expect(answer.status).not.toBe(403);
        if (allowed && answer.ok) await fitsItsSchema(route, answer);
      });
    }
    const open = typeof route.who === 'string';
    it(`${open ? 'lets strangers into' : 'turns strangers away from'} ${route.operation}`, async () => {
      const answer = await gate.ask(SAMPLES[route.operation]!);
      if (!open) expect([answer.status, problem.parse(await answer.json()).code]).toEqual([401, 'NOT_CALLER']);
      else expect(answer.status).toBeLessThan(500);
      if (answer.ok) await fitsItsSchema(route, answer);
    });
    it(`refuses ${route.operation} with a query that it does not know`, async () => {
      const sample = SAMPLES[route.operation]!;
      const answer = await gate.ask({ ...sample, path: `${sample.path}?odd=1`, session: sessions.get(rolesOf(route)[0]!) });
      expect([answer.status, problem.parse(await answer.json()).code]).toEqual([400, 'MALFORMED']);
    });
  }

  it.each(ROUTES.filter(({ body }) => typeof body === 'object'))(
    'takes so much of a body into $operation, and no byte more',
    async (route) => {
      const { operation } = route;
      const { path } = SAMPLES[operation]!;
      const session = sessions.get(rolesOf(route)[0]!);
      const bytesMax = BYTES_MAX[operation]!;
      const statusOf = async (length: number) =>
        (await gate.ask({ path, session, body: new Uint8Array(length).fill(32), headers: { 'Content-Type': 'application/json' } })).status;
      expect([await statusOf(bytesMax), await statusOf(bytesMax + 1)]).toEqual([400, 413]);
    },
  );

  it('answers another method, another path and a path in another spelling alike', async () => {
    for (const asking of [{ path: '/v1/log', method: 'DELETE' }, { path: '/V1/log' }, { path: '/v1/log/' }, { path: '/v2' }]) {
      const answer = await gate.ask(asking);
      expect([answer.status, problem.parse(await answer.json()).code]).toEqual([404, 'NOT_FOUND']);
    }
    expect((await gate.ask({ path: '/v1/statements/%ff' })).status).toBe(400);
  });
});

async function fitsItsSchema(route: Route, answer: Response): Promise<void> {
  const { schema } = route.answers[answer.status] ?? {};
  if (schema !== undefined) expect(schema.safeParse(await answer.json()).error?.issues).toBeUndefined();
}
