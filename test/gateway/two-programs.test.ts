/** Two gateway programs on one PostgreSQL database and one folder, behind one address: over HTTP, whoever is asked answers as the other would. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance as chance } from '../../adapters/chance-system.js';
import { createMemoryKeyStore, defaultLabel, enrol, ParleyClient } from '../../client/sdk/index.js';
import { PART_BYTES } from '../../crypto/part-tree.js';
import { createSigningKey, type SigningKey } from '../../crypto/signing-key.js';
import { parseDeskId } from '../../domain/ids.js';
import { DAY_MS, plusMs } from '../../domain/time.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import { requestTo } from '../client/sdk/drafts.js';
import { certain } from '../../domain/result.js';
import { waitFor } from '../client/sdk/notes.js';
import { createActor, designation, entry, type Actor } from '../support/actors.js';
import { doorOf, systemClock as clock } from '../support/door.js';
import { freePort } from '../../testing/free-port.js';
import { startGateway, type GatewayProgram } from '../support/gateway-program.js';
import { makeRequest } from '../support/letters.js';
import { hasPostgres, postgresUrl } from '../support/postgres.js';
import { countedBytes } from './http/bytes.js';

const PUBLIC = 'http://parley.test:8700';
const desk = () => ({ chance, at: clock.now() });

describe.skipIf(!hasPostgres())('two gateway programs (skipped where no PostgreSQL server is installed or given)', () => {
  let database: Awaited<ReturnType<typeof postgresUrl>>;
  const data = mkdtempSync(join(tmpdir(), 'parley-two-'));
  const programs: GatewayProgram[] = [];
  const operator: SigningKey = createSigningKey(chance);
  const [fia, fix] = [createActor('NG-ONE', 'FIU', chance), createActor('VG-TWO', 'FIU', chance)];
  /** which of the two has the next request; they take turns */
  let turn = 0;
  const byTurns: typeof fetch = (url, init) => fetch(String(url as string).replace(PUBLIC, programs[turn++ % 2]!.url), init);

  const told = async (submission: object): Promise<Response> => {
    const headers = { 'Content-Type': 'application/json' };
    return fetch(`${programs[turn++ % 2]!.url}/v1/statements`, { method: 'POST', headers, body: JSON.stringify(submission) });
  };
  const designate = async (actor: Pick<Actor, 'id' | 'type' | 'root'>): Promise<void> => {
    const answer = await told(designation(operator, actor as Actor, clock.now(), chance).submission);
    expect(answer.status, await answer.text()).toBe(202);
  };
  const enrolled = async (code: string, type: AuthorityType): Promise<ParleyClient> => {
    const { id } = createActor(code, type, chance);
    const store = createMemoryKeyStore();
    const officer = fia.caller.officer;
    const who = { authority: id, officer, desk: certain(parseDeskId('INTAKE')), suites: ['age-pq-1'] as const };
    const identity = await enrol(store, who, chance, clock.now());
    await designate({ id, type, root: identity.root! });
    const client = await ParleyClient.connect({ origin: PUBLIC, fetch: byTurns, clock, chance, triesMax: 2, store });
    const declared = { languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC', presumedConsent: [] } as const;
    await client.publishEntry({
      ...declared,
      name: code,
      territory: code.slice(0, 2),
      types: [type],
      roles: ['OFFICER', 'SUPERVISOR', 'COMPLIANCE'],
    });
    return client;
  };

  beforeAll(async () => {
    database = await postgresUrl();
    for (let n = 0; n < 2; n += 1)
      programs.push(await startGateway({ operator, port: await freePort(), data, databaseUrl: database!.url, publicOrigin: PUBLIC }));
    for (const actor of [fia, fix]) {
      await designate(actor);
      expect((await told(entry(actor, clock.now(), chance).submission)).status).toBe(202);
    }
  });
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await database?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const door = (actor: Actor) => doorOf(PUBLIC, actor, 6, byTurns);

  it('keep one message of two hundred parallel sends to both, and of later ones to each, with the same receipt', async () => {
    const { signed } = await makeRequest(fia, fix, desk());
    const bytes = new TextEncoder().encode(JSON.stringify(signed.submission));
    const sender = door(fia);
    const send = async () => JSON.stringify(await sender.post('/v1/statements', bytes));
    const answers = await Promise.all(Array.from({ length: 200 }, send));
    answers.push(await send(), await send());
    expect(new Set(answers).size).toBe(1);
    const reader = door(fix);
    const inbox = async () => (await reader.get('/v1/inbox')) as { entries: { kind: string }[] };
    await expect.poll(async () => (await inbox()).entries.length).toBe(1);
    expect([await inbox(), await inbox()]).toEqual([await inbox(), await inbox()]);
  });

  it('take one of two messages under one id, whichever is sent where', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [one, other] = [await makeRequest(fia, fix, desk()), await makeRequest(fia, fix, desk())];
      const { id } = JSON.parse(Buffer.from(one.signed.submission.statement.split('.')[1]!, 'base64url').toString()) as { id: string };
      const same = await makeRequest(fia, fix, desk(), { id });
      expect(other.signed.digest).not.toBe(same.signed.digest);
      const sender = door(fia);
      const ends = await Promise.allSettled(
        [one, same].map(({ signed }) => sender.post('/v1/statements', new TextEncoder().encode(JSON.stringify(signed.submission)))),
      );
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'REPLAY_DETECTED' } });
    }
  });

  it('go on with what the other began: session, upload, reading, consent and release', async () => {
    const ng = await enrolled('NG-FIA', 'FIU');
    const vg = await enrolled('VG-FIX', 'FIU');
    const third = await enrolled('NG-EFCX', 'LAW_ENFORCEMENT');
    for (const client of [ng, vg, third])
      for (const other of [ng, vg, third]) await client.pinRoot(other.authority, other.identity.root!.kid);
    const sent = await ng.send(requestTo(ng, vg));
    await waitFor(vg, ({ statement }) => statement?.digest === sent.digest);
    await vg.acknowledge(sent.exchange);
    const size = PART_BYTES + 70_000;
    const file = { sizeBytes: size, open: () => chunked(countedBytes(size)) };
    const label = defaultLabel('BVI_BILATERAL_FIU', vg.authority);
    const content = { role: 'FILE', file, name: 'a.bin', mediaType: 'application/octet-stream' } as const;
    const answer = await vg.followUp(sent.exchange, { message: 'INTERIM_REPLY', body: {}, items: [{ content, label, language: 'en' }] });
    const item = answer.items[0]!.statement.digest;
    await waitFor(ng, ({ statement }) => statement?.digest === answer.digest);
    const read = async (client: ParleyClient, via: typeof answer.digest) => {
      const written: Uint8Array[] = [];
      const write = (bytes: Uint8Array) => Promise.resolve(void written.push(bytes.slice()));
      const stage = { write, keep: () => Promise.resolve(), discard: () => Promise.resolve() };
      const opened = await client.open({ item, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' }, stage);
      expect(Buffer.concat(written).equals(Buffer.from(countedBytes(size)))).toBe(true);
      return opened;
    };
    const opened = await read(ng, answer.digest);
    const until = plusMs(clock.now(), 30 * DAY_MS);
    const recipient = { authority: third.authority, authorityType: 'LAW_ENFORCEMENT' } as const;
    const cell = { items: [item], recipient, purposes: ['INTELLIGENCE'] as const, until };
    const asked = await ng.askConsent({ ...requestTo(ng, vg), cell });
    await waitFor(vg, ({ statement }) => statement?.digest === asked.digest);
    const { consent } = await vg.grantRequest(await vg.consentRequestOf(asked.exchange));
    await waitFor(ng, ({ kind }) => kind === 'consent');
    const handing = {
      to: third.authority,
      toType: 'LAW_ENFORCEMENT',
      purpose: 'INTELLIGENCE',
      legalBasis: 'DOMESTIC_LAW:1',
      until,
    } as const;
    const { release: via } = await ng.release(opened, { ...handing, basis: { consents: [consent] } });
    await waitFor(third, ({ statement }) => statement?.digest === via);
    await read(third, via);
    // and what one was told to end, the other ends
    await vg.retract(item);
    for (const client of [third, ng])
      await expect(read(client, client === ng ? answer.digest : via)).rejects.toMatchObject({ codes: ['ITEM_RETRACTED'] });
  });
});

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000_000) yield await Promise.resolve(bytes.subarray(at, at + 1_000_000));
}
