/** A certificate is renewed where it lies, and the gateway that runs takes it. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance } from '../../adapters/chance-system.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { nativeVerifier } from '../../crypto/native-verifier.js';
import { HOUR_MS, instantFromMs } from '../../domain/time.js';
import { parseConfig } from '../../gateway/config.js';
import { createLog } from '../../gateway/log.js';
import { startServer, type Running } from '../../gateway/server.js';
import type { TlsPair } from '../../gateway/server-tls.js';
import { createWalk } from '../../gateway/walk.js';
import { OPERATOR, ORIGIN } from '../support/actors.js';
import { testCalendars } from '../support/calendars.js';
import { createGatewayKeys, inboxCourier } from '../support/test-gateway.js';
import { createWorld, type World } from '../support/world.js';

const OPENSSL = '/usr/bin/openssl';
const CERTIFY = ['req', '-x509', '-newkey', 'ed25519', '-nodes', '-days', '1', '-subj', '/CN=localhost'];

let folder: string;
let pairs: readonly TlsPair[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-tls-'));
  pairs = existsSync(OPENSSL) ? ['a', 'b'].map(made) : [];
});
afterAll(() => rmSync(folder, { recursive: true }));

function made(name: string): TlsPair {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  execFileSync(OPENSSL, [...CERTIFY, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

async function serving(world: World, read: () => TlsPair | null, lines: string[]): Promise<Running> {
  const keys = createGatewayKeys(5);
  const env = { PARLEY_ORIGIN: ORIGIN, PARLEY_OPERATOR_AUTHORITY: OPERATOR, PARLEY_PORT: '0' };
  const parsed = parseConfig({ ...env, PARLEY_OPERATOR_ROOT: encodeBase64url(keys.publicKey) }, () => null);
  if (!parsed.ok) throw new Error(parsed.error.join());
  const log = createLog('error', world.clock, { write: (line: string) => void lines.push(line) });
  const rest = { verifier: nativeVerifier, courier: inboxCourier, calendars: testCalendars(), keys };
  const { config } = parsed.value;
  return startServer(
    { ...world, chance: systemChance, ...rest },
    { config, log, tls: { inUse: pairs[0]!, read }, version: '0', createWalk },
  );
}

async function servedBy({ port }: Running): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerX509Certificate()!;
  socket.destroy();
  return fingerprint256;
}

describe.skipIf(!existsSync(OPENSSL))(`the TLS certificate${existsSync(OPENSSL) ? '' : ' (skipped: no openssl on this machine)'}`, () => {
  it('is taken while the gateway runs where a new one lies there with its key; else the one from before is served on, and that is told', async () => {
    const world = createWorld(1, instantFromMs(Date.now()));
    const lines: string[] = [];
    const [a, b] = pairs as [TlsPair, TlsPair];
    let lying: TlsPair | null = a;
    const running = await serving(world, () => lying, lines);
    const look = async (found: TlsPair | null): Promise<string> => {
      lying = found;
      world.clock.advance(HOUR_MS);
      // whoever woke has looked
      await new Promise(setImmediate);
      return servedBy(running);
    };
    const [first, second] = [a, b].map(({ cert }) => new X509Certificate(cert).fingerprint256);
    const failures = () => lines.filter((line) => line.includes('"CONFIG_INVALID"')).length;
    expect([await look(a), failures()]).toEqual([first, 0]);
    // half of it is there
    expect([await look({ ...a, cert: b.cert }), failures() > 0]).toEqual([first, true]);
    expect(await look(null)).toBe(first);
    const told = failures();
    expect([await look(b), failures()]).toEqual([second, told]);
    const wordOf = (ending: string) => lines.some((line) => line.includes(`TLS certificate ${ending} on`));
    // of 24 hours, at most two are left
    world.clock.advance(17 * HOUR_MS);
    expect([await look(b), wordOf('ends'), wordOf('ended')]).toEqual([second, true, false]);
    world.clock.advance(24 * HOUR_MS);
    expect([await look(b), wordOf('ended')]).toEqual([second, true]);
    // the wrong key beside the new certificate
    await look({ ...b, cert: a.cert });
    expect(lines.at(-1)).toMatch(/no TLS certificate with its key.*TLS certificate ended on/);
    const drained = running.drain();
    world.clock.advance(HOUR_MS);
    await drained;
  });
});
