/**
 * A real PostgreSQL for tests, crash rounds and benches: one that was given (`PARLEY_TEST_POSTGRES_URL`), else one that is started from an
 * installed server in a folder of its own.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.js';

export interface TestPostgres {
  /** of an empty database of its own */
  readonly url: string;
  /** null where the server was given */
  readonly pid: number | null;
  /** folder of psql and pgbench, null where none is installed */
  readonly bin: string | null;
  stop(): Promise<void>;
}

/**
 * @param given where a server is, to make an empty database on it; else one is started
 * @param durable false: a started server does not wait for the disk, for tests that never kill it
 * @returns null where there is neither a server given nor one installed
 */
export async function postgresUrl(given = process.env['PARLEY_TEST_POSTGRES_URL'], durable = true): Promise<TestPostgres | null> {
  const bin = installedBin();
  if (given !== undefined && given !== '') return onGivenServer(given, bin);
  return bin === null ? null : startServer(bin, durable);
}

/** @returns whether `postgresUrl` will find one, without starting it */
export const hasPostgres = (): boolean => Boolean(process.env['PARLEY_TEST_POSTGRES_URL']) || installedBin() !== null;

function installedBin(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres'))) ?? null;
}

async function startServer(bin: string, durable: boolean): Promise<TestPostgres> {
  const data = mkdtempSync(join(tmpdir(), 'parley-pg-'));
  const user = serverUser();
  if (user) chownSync(data, user.uid, user.gid);
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'parley', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    stdio: 'pipe',
    cwd: data,
    ...user,
  });
  const port = await freePort();
  const hasty = durable ? [] : ['fsync=off', 'full_page_writes=off'];
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${data}`,
    'shared_buffers=128MB',
    'max_wal_size=2GB',
    ...hasty,
  ];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    stdio: 'ignore',
    cwd: data,
    ...user,
  });
  const url = `postgresql://parley@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    await ended(server);
    rmSync(data, { recursive: true, force: true });
  };
  process.once('exit', () => server.kill('SIGQUIT'));
  try {
    await untilReady(port, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid ?? null, bin, stop };
}

/** PostgreSQL refuses to run as root: then it runs as the account that its package made, or as nobody. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string, name: string): number => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u', 'postgres'), gid: id('-g', 'postgres') };
  } catch {
    return { uid: id('-u', 'nobody'), gid: id('-g', 'nobody') };
  }
}

/** SIGINT is its fast shutdown: connections are ended, what is committed is kept. */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  const done = await Promise.race([exit.then(() => true), wait(10_000, false, { ref: false })]);
  if (!done) server.kill('SIGQUIT');
  await exit;
}

/** Speaks the start of the protocol: the server answers an SSL request with one byte as soon as it takes connections. */
async function untilReady(port: number, server: ChildProcess): Promise<void> {
  const { Client } = await import('pg').then((module) => module.default);
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    const client = new Client({ connectionString: `postgresql://parley@127.0.0.1:${port}/postgres` });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await wait(100);
    }
  }
  throw new Error('postgres did not answer within 30 s');
}

async function onGivenServer(given: string, bin: string | null): Promise<TestPostgres> {
  const { Client } = await import('pg').then((module) => module.default);
  const name = `parley_${randomBytes(6).toString('hex')}`;
  const on = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: given });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await on(`CREATE DATABASE ${name}`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  return { url: url.href, pid: null, bin, stop: () => on(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
