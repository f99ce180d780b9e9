import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../adapters/clock-system.js';
import { systemChance } from '../../../adapters/chance-system.js';
import { createInboxCourier } from '../../../adapters/courier-inbox/courier.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { verifyCheckpoint } from '../../../crypto/checkpoint.js';
import { leafHash, verifyInclusion } from '../../../crypto/merkle.js';
import { nativeVerifier } from '../../../crypto/native-verifier.js';
import { formatVerifierKey } from '../../../crypto/note-key.js';
import { logAnswer } from '../../../domain/wire/http-answers.js';
import { plusMs } from '../../../domain/time.js';
import { parseTlogProof } from '../../../crypto/proof.js';
import { parseConfig } from '../../../gateway/config.js';
import { createLog } from '../../../gateway/log.js';
import { startServer, type Running, type World } from '../../../gateway/server.js';
import { createWalk } from '../../../gateway/walk.js';
import { OPERATOR, ORIGIN } from '../../support/actors.js';
import { testCalendars } from '../../support/calendars.js';
import { createMemoryStore } from '../../support/memory-store.js';
import { createCast, createTestGateway, enrol } from '../../support/test-gateway.js';
import { checkpointOf, memoryMark, openWitnessTown, type WitnessTown } from '../../support/witness-town.js';

const clock = createSystemClock();
const log = createLog('error', clock, { write: () => undefined });
const mark = memoryMark();
let town: WitnessTown;
let world: World;
let running: Running;

const env = {
  PARLEY_ORIGIN: ORIGIN,
  PARLEY_OPERATOR_AUTHORITY: OPERATOR,
  PARLEY_PORT: '0',
  PARLEY_CHECKPOINT_MS: '100',
  PARLEY_RATE_PER_ADDRESS: '0',
  PARLEY_WITNESSES_FILE: 'policy',
};
const policyText = (quorum: string): string =>
  [...town.policy.witnesses.map(({ name, verifierKey, url }) => `witness ${name} ${verifierKey} ${url}`), `quorum ${quorum}`].join('\n');
const settings = (root: Uint8Array, text: string | null = policyText('2')) =>
  parseConfig({ ...env, PARLEY_OPERATOR_ROOT: encodeBase64url(root) }, (path) => (path === 'policy' ? text : null));
function start(over: Partial<World> = {}): Promise<Running> {
  const parsed = settings(root);
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  const { config } = parsed.value;
  const witnessing = { policy: config.witnesses!, witnesses: town.witnesses };
  return startServer({ ...world, witnessing, ...over }, { config, log, tls: null, version: '0', createWalk });
}
const get = (path: string): Promise<Response> => fetch(`${running.origin}${path}`);
async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = await read();
    if (holds(value)) return value;
    await clock.sleep(20);
  }
  throw new Error('it never came');
}
let root: Uint8Array;

beforeAll(async () => {
  const past = createTestGateway(7);
  await enrol(past, Object.values(createCast(77)));
  root = past.operator.publicKey;
  town = openWitnessTown(past.keys, clock);
  const { blobs } = past.world;
  const common = { clock, chance: systemChance, verifier: nativeVerifier, courier: createInboxCourier(), calendars: testCalendars() };
  world = { ...common, store: past.store, blobs, keys: past.keys, mark };
  running = await start();
});
afterAll(() => running.drain());

describe('a witnessed gateway', () => {
  it('says who its witnesses are, how many are enough, and who signed', async () => {
    const said = await until(
      async () => logAnswer.parse(await (await get('/v1/log')).json()),
      ({ witnessed }) => witnessed,
    );
    expect(said.witnessing).toMatchObject({ quorum: 2, size: said.size });
    expect(said.witnessing?.witnesses.map(({ name, verifierKey }) => `${name} ${verifierKey}`)).toEqual(
      town.signers.map(({ key }, i) => `w${i + 1} ${formatVerifierKey(key)}`),
    );
  });

  it('shows the cosigned checkpoint wherever it shows one', async () => {
    const trust = {
      origin: ORIGIN,
      logKeys: [{ name: ORIGIN, algorithm: 'ED25519' as const, publicKey: world.keys.publicKey }],
      witnesses: town.signers.map(({ key }) => key),
      quorum: 2,
    };
    for (const path of ['/checkpoint', '/v1/checkpoint', '/v1/checkpoint/1']) {
      const answer = await get(path);
      expect(answer.headers.get('cache-control'), path).toBe('public, max-age=2');
      expect(verifyCheckpoint(await answer.text(), trust), path).toMatchObject({ ok: true });
    }
  });

  it('proves a leaf in one file, as C2SP writes it', async () => {
    const file = parseTlogProof(await (await get('/v1/log/tlog-proof/1')).text());
    const leaf = (await world.store.leaf(1))!;
    if (!file.ok) throw new Error(file.error);
    const { size, root: head } = checkpointOf(file.value.note);
    expect(verifyInclusion(leafHash(leaf.data), 1, size, file.value.path, head)).toBe(true);
    expect((await get('/v1/log/tlog-proof/99999')).status).toBe(404);
  });

  it('takes nothing once its log is behind, is not ready, and still shows what it has', async () => {
    const kept = mark.note;
    mark.note = kept!.replace(/\n\d+\n/, '\n99999\n');
    const ready = await until(
      () => get('/readyz'),
      ({ status }) => status === 503,
    );
    expect(await ready.json()).toMatchObject({ ready: false, checks: { store: true, log: false } });
    const refused = await fetch(`${running.origin}/v1/statements`, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'LOG_BEHIND', detail: '' }]);
    expect((await get('/checkpoint')).status).toBe(200);
    mark.note = kept;
    await until(
      () => get('/readyz'),
      ({ status }) => status === 200,
    );
  });

  it('takes nothing while its clock runs ahead, is not ready, and still shows what it has', async () => {
    let aheadMs = 0;
    const other = await start({ mark: memoryMark(), otherClocks: [{ name: 'another', aheadMs: () => Promise.resolve(aheadMs) }] });
    aheadMs = 3_600_000;
    const ready = await until(
      () => fetch(`${other.origin}/readyz`),
      ({ status }) => status === 503,
    );
    expect(await ready.json()).toMatchObject({ ready: false, checks: { store: true, log: true, clock: false } });
    const refused = await fetch(`${other.origin}/v1/statements`, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'CLOCK_AHEAD', detail: '' }]);
    expect((await fetch(`${other.origin}/checkpoint`)).status).toBe(200);
    aheadMs = 0;
    await until(
      () => fetch(`${other.origin}/readyz`),
      ({ status }) => status === 200,
    );
    await other.drain();
  });

  it('takes nothing once its clock is set back behind the log, is not ready though nobody asks anything of it, and still shows what it has', async () => {
    let behindMs = 0;
    const late = { ...clock, now: () => plusMs(clock.now(), -behindMs) };
    const other = await start({ mark: memoryMark(), clock: late });
    behindMs = 3_600_000;
    const ready = await until(
      () => fetch(`${other.origin}/readyz`),
      ({ status }) => status === 503,
    );
    expect(await ready.json()).toMatchObject({ ready: false, checks: { store: true, log: true, clock: false } });
    const refused = await fetch(`${other.origin}/v1/sessions`, {
      method: 'POST',
      body: JSON.stringify({ request: 'any' }),
      headers: { 'Content-Type': 'application/json' },
    });
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'CLOCK_BEHIND', detail: '' }]);
    expect((await fetch(`${other.origin}/checkpoint`)).status).toBe(200);
    behindMs = 0;
    await until(
      () => fetch(`${other.origin}/readyz`),
      ({ status }) => status === 200,
    );
    await other.drain();
  });

  it('does not start behind its mark', async () => {
    await expect(start({ store: createMemoryStore() })).rejects.toThrow(/LOG_BEHIND: the log ends at 0 leaves/);
  });
});

describe('a gateway’s policy of witnesses', () => {
  it('is read with everything else, and every problem is told at once', () => {
    const parsed = settings(root, `witness w1 nonsense ftp://x\n${policyText('9')}`);
    expect(!parsed.ok && parsed.error.filter((one) => one.startsWith('PARLEY_WITNESSES_FILE: line 1: '))).toHaveLength(2);
    expect(settings(root, null)).toEqual({ ok: false, error: ['PARLEY_WITNESSES_FILE: cannot be read'] });
  });
});
