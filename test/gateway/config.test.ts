import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { parseConfig } from '../../gateway/config.js';
import { configPage, SETTINGS } from '../../gateway/settings.js';
import { createChance } from '../support/world.js';

const root = createSigningKey(createChance(1));
const encoded = encodeBase64url(root.publicKey);
const enough = { PARLEY_ORIGIN: 'parley.example/log', PARLEY_OPERATOR_AUTHORITY: 'XX-OPERATOR', PARLEY_OPERATOR_ROOT: encoded };
const OPENSSL = '/usr/bin/openssl';
const CERTIFY = ['req', '-x509', '-newkey', 'ed25519', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
const NO_PAIR = 'PARLEY_TLS_CERT_FILE: expected a certificate and, in PARLEY_TLS_KEY_FILE, its key without a passphrase, both PEM';
const none = () => null;
const problemsOf = (env: Record<string, string>, read: (path: string) => string | null = none): readonly string[] => {
  const parsed = parseConfig(env, read);
  return parsed.ok ? [] : parsed.error;
};

describe('parseConfig', () => {
  it('needs three settings and has a default for every other', () => {
    const parsed = parseConfig(enough, none);
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        config: {
          host: '127.0.0.1',
          port: 8700,
          walk: {
            origin: 'parley.example/log',
            operator: { root: root.kid },
            deployment: { levelMax: 'RESTRICTED', postQuantumFrom: null },
          },
        },
        secrets: { databaseUrl: 'file:parley-data/parley.db', gatewayKeyFile: 'parley-data/keys/gateway.json', tls: null },
      },
    });
  });

  it('takes no setting that is none: a slip of the pen leaves nothing at its default in silence', () => {
    expect(problemsOf({ ...enough, PARLEY_OPERATOR_APPROVER: encoded, PARLEY_WITNESS_FILE: 'policy' })).toEqual([
      'PARLEY_OPERATOR_APPROVER: there is no such setting',
      'PARLEY_WITNESS_FILE: there is no such setting',
    ]);
  });

  it('takes no name in other letters either', () => {
    expect(problemsOf({ ...enough, parley_witnesses_file: 'policy' })).toEqual(['parley_witnesses_file: there is no such setting']);
  });

  it('takes nothing that a file of settings left before or behind a value: another folder would be begun in silence', () => {
    for (const { name } of Object.values(SETTINGS))
      for (const clad of [' a', 'a ', 'a\r', '\uFEFFa', '"a"', "'a'", '"a', ' '])
        expect(problemsOf({ ...enough, [name]: clad }), `${name}=${clad}`).toContain(
          `${name}: expected neither a space, a line end nor a quotation mark before or behind it`,
        );
  });

  it('says of a code what it looks like', () => {
    expect(problemsOf({ ...enough, PARLEY_OPERATOR_AUTHORITY: 'not a code' })).toEqual([
      'PARLEY_OPERATOR_AUTHORITY: expected the code of an authority, such as NG-FIA',
    ]);
  });

  it('leaves alone what the command line and the tests read from the same environment', () => {
    const read = readFileSync(new URL('../../client/cli/workplace.ts', import.meta.url), 'utf8').matchAll(/readonly (PARLEY_\w+)\?/g);
    const others = [...read].map(([, name]) => [name, 'x'] as const);
    expect(others.length).toBeGreaterThan(3);
    expect(problemsOf({ ...enough, ...Object.fromEntries(others), PARLEY_TEST_CLOCK: '1', PARLEY: 'x', PATH: 'x' })).toEqual([]);
  });

  it('tells all errors at once, each by the name of its setting', () => {
    const problems = problemsOf({
      PARLEY_OPERATOR_AUTHORITY: 'not a code',
      PARLEY_PORT: '65536',
      PARLEY_LEVEL_MAX: 'COSMIC',
      PARLEY_PUBLIC_ORIGIN: 'https://a.example/,b',
      PARLEY_RATE_PER_OFFICER: '-1',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'PARLEY_ORIGIN',
      'PARLEY_OPERATOR_AUTHORITY',
      'PARLEY_PORT',
      'PARLEY_PUBLIC_ORIGIN',
      'PARLEY_LEVEL_MAX',
      'PARLEY_RATE_PER_OFFICER',
      'PARLEY_OPERATOR_ROOT',
    ]);
  });

  it('tells what contradicts something else at once with what does not read, and says nothing twice', () => {
    const problems = problemsOf({
      ...enough,
      PARLEY_PORT: 'none',
      PARLEY_HOST: '0.0.0.0',
      PARLEY_OPERATOR_ROOT: 'AA',
      PARLEY_OPERATOR_APPROVERS: 'AA',
      PARLEY_WITNESSES_FILE: '/witnesses',
      PARLEY_CHECKPOINT_MS: '70000',
      PARLEY_RETENTION_REVIEW_YEARS: '9',
      PARLEY_RETENTION_DELETE_YEARS: 'never',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'PARLEY_PORT',
      'PARLEY_RETENTION_DELETE_YEARS',
      'PARLEY_OPERATOR_ROOT',
      'PARLEY_OPERATOR_APPROVERS',
      'PARLEY_HOST',
      'PARLEY_WITNESSES_FILE',
      'PARLEY_CHECKPOINT_MS',
    ]);
    // what the law has kept for years is not erased before
    expect(problemsOf({ ...enough, PARLEY_AUDIT_YEARS: '4', PARLEY_AUDIT_YEARS_AFTER_ERASURE: '2' })).toEqual([
      'PARLEY_AUDIT_YEARS: expected a whole number from 5 to 100',
      'PARLEY_AUDIT_YEARS_AFTER_ERASURE: expected a whole number from 3 to 100',
    ]);
    expect(problemsOf({ ...enough, PARLEY_RETENTION_REVIEW_YEARS: '9', PARLEY_RETENTION_DELETE_YEARS: '3' })).toEqual([
      expect.stringContaining('PARLEY_RETENTION_REVIEW_YEARS'),
    ]);
  });

  it('takes the keys of approvers, sound, each once, and none of them the root’s', () => {
    const [one, two] = [2, 3].map((seed) => createSigningKey(createChance(seed))) as [typeof root, typeof root];
    const keys = [one, two].map(({ publicKey }) => encodeBase64url(publicKey));
    const parsed = parseConfig({ ...enough, PARLEY_OPERATOR_APPROVERS: keys.join(',') }, none);
    expect(parsed.ok && parsed.value.config.walk.operator.approvers.map(({ kid }) => kid)).toEqual([one.kid, two.kid]);
    const alone = parseConfig(enough, none);
    expect(alone.ok && alone.value.config.walk.operator.approvers).toEqual([]);
    for (const wrong of [encoded, `${keys[0]},${keys[0]}`, 'AA', `${keys[0]},?`])
      expect(problemsOf({ ...enough, PARLEY_OPERATOR_APPROVERS: wrong })).toEqual([expect.stringContaining('PARLEY_OPERATOR_APPROVERS')]);
  });

  it('takes the operator’s root from a file, from the environment, and not from both or neither', () => {
    const { PARLEY_OPERATOR_ROOT: _, ...rest } = enough;
    expect(problemsOf({ ...rest, PARLEY_OPERATOR_ROOT_FILE: '/root.key' }, () => `${encoded}\n`)).toEqual([]);
    expect(problemsOf({ ...rest, PARLEY_OPERATOR_ROOT_FILE: '/root.key' })).toEqual(['PARLEY_OPERATOR_ROOT_FILE: cannot be read']);
    expect(problemsOf({ ...rest, PARLEY_OPERATOR_ROOT_FILE: '/root.key' }, () => 'AA')[0]).toContain('PARLEY_OPERATOR_ROOT_FILE: expected');
    expect(problemsOf({ ...enough, PARLEY_OPERATOR_ROOT_FILE: '/root.key' })[0]).toContain('not both');
    expect(problemsOf(rest)[0]).toContain('PARLEY_OPERATOR_ROOT');
    // a key under which strangers could sign
    expect(problemsOf({ ...rest, PARLEY_OPERATOR_ROOT: encodeBase64url(new Uint8Array(32)) })[0]).toContain('sound Ed25519');
  });

  it('listens elsewhere than on loopback with TLS only', () => {
    expect(problemsOf({ ...enough, PARLEY_HOST: '0.0.0.0' })).toEqual([
      'PARLEY_HOST: without TLS only 127.0.0.1, ::1 and localhost are listened on',
    ]);
    expect(problemsOf({ ...enough, PARLEY_TLS_CERT_FILE: 'c' }, () => 'PEM')[0]).toContain('PARLEY_TLS_KEY_FILE');
    const both = { ...enough, PARLEY_HOST: '0.0.0.0', PARLEY_TLS_CERT_FILE: 'c', PARLEY_TLS_KEY_FILE: 'k' };
    expect(problemsOf(both, (path) => (path === 'c' ? 'PEM' : null))).toEqual(['PARLEY_TLS_KEY_FILE: cannot be read']);
    for (const text of ['PEM', '']) expect(problemsOf(both, () => text)).toEqual([NO_PAIR]);
  });

  it('listens where it is told, and nowhere by an address that is left empty or that a system reads in its own way', () => {
    const wrong = ['', '*', '0', '127.1', '[::1]', '127.0.0.1:8700', 'http://127.0.0.1', '0x7f.1'];
    for (const host of wrong)
      expect(problemsOf({ ...enough, PARLEY_HOST: host }), host).toEqual([
        'PARLEY_HOST: expected an address without port, such as 127.0.0.1, ::1 or, for every one of this machine, 0.0.0.0 or ::',
      ]);
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(problemsOf({ ...enough, PARLEY_HOST: host }), host).toEqual([]);
    for (const host of ['10.9.8.7', '::', 'fe80::1%eth0', 'gateway-1.example', 'LOCALHOST'])
      expect(problemsOf({ ...enough, PARLEY_HOST: host }), host).toEqual([expect.stringContaining('without TLS')]);
  });

  it('names a log without a scheme, since that name stays', () => {
    for (const origin of ['https://parley.example', 'parley.example/https://log'])
      expect(problemsOf({ ...enough, PARLEY_ORIGIN: origin }), origin).toEqual([
        'PARLEY_ORIGIN: expected a C2SP origin: a name without scheme, in small letters',
      ]);
  });

  it.skipIf(!existsSync(OPENSSL))('takes a certificate with its own key alone (skipped where there is no openssl)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-tls-'));
    for (const name of ['a', 'b'])
      execFileSync(OPENSSL, [...CERTIFY, '-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.pem`)], { stdio: 'ignore' });
    const pair = (cert: string, key: string) =>
      problemsOf(
        { ...enough, PARLEY_HOST: '0.0.0.0', PARLEY_TLS_CERT_FILE: join(folder, cert), PARLEY_TLS_KEY_FILE: join(folder, key) },
        (path) => readFileSync(path, 'utf8'),
      );
    expect(pair('a.pem', 'a.key')).toEqual([]);
    for (const [cert, key] of [
      ['a.pem', 'b.key'],
      ['a.key', 'a.pem'],
      ['a.pem', 'a.pem'],
    ] as const)
      expect(pair(cert, key), `${cert} ${key}`).toEqual([NO_PAIR]);
    rmSync(folder, { recursive: true });
  });

  it('takes no database that is gone with the process, and no data folder without a name', () => {
    for (const url of ['file:', 'file::memory:', 'mysql://host/db', 'postgresql://', 'postgresql://u:a/b@host/db', 'parley.db'])
      expect(problemsOf({ ...enough, PARLEY_DATABASE_URL: url }), url).toEqual([
        'PARLEY_DATABASE_URL: expected file: and a path, or postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %2F for / and the like in a password',
      ]);
    for (const url of ['file:/srv/parley.db', 'postgres://host/db', 'postgresql:///db?host=/run/postgresql', ''])
      expect(problemsOf({ ...enough, PARLEY_DATABASE_URL: url }), url).toEqual([]);
    // what the driver and pg_dump read in two ways, or nobody
    for (const mode of ['require', 'prefer', 'allow', 'verify-ca', 'no-verify', 'bogus', '', 'verify-full&sslmode=require'])
      expect(problemsOf({ ...enough, PARLEY_DATABASE_URL: `postgresql://host/db?sslmode=${mode}` }), mode).toEqual([
        'PARLEY_DATABASE_URL: expected sslmode=verify-full, with sslrootcert=FILE, or sslmode=disable',
      ]);
    for (const query of ['sslmode=disable', 'sslmode=verify-full&sslrootcert=/srv/ca.pem'])
      expect(problemsOf({ ...enough, PARLEY_DATABASE_URL: `postgresql://host/db?${query}` }), query).toEqual([]);
    expect(problemsOf({ ...enough, PARLEY_DATA: '' })).toEqual(['PARLEY_DATA: expected the path of a folder']);
  });

  it('is reached over HTTP alone', () => {
    for (const origin of [
      'ftp://host',
      'ws://host',
      'https://host/',
      'https://host,ftp://host',
      'host',
      'https://host:443',
      'https://Host',
    ])
      expect(problemsOf({ ...enough, PARLEY_PUBLIC_ORIGIN: origin }), origin).toEqual([
        'PARLEY_PUBLIC_ORIGIN: expected origins such as https://host, in small letters, without the port that is usual and without a path, joined by commas',
      ]);
    expect(problemsOf({ ...enough, PARLEY_PUBLIC_ORIGIN: 'https://host,http://localhost:8700' })).toEqual([]);
  });

  it('promises no proof sooner than a checkpoint comes', () => {
    expect(problemsOf({ ...enough, PARLEY_CHECKPOINT_MS: '60000' })[0]).toContain('PARLEY_CHECKPOINT_MS');
  });

  it('keeps what is secret out of what may be logged', () => {
    const parsed = parseConfig(
      { ...enough, PARLEY_DATABASE_URL: 'postgresql://u:hunter2@db/parley', PARLEY_POST_QUANTUM_FROM: 'SECRET' },
      none,
    );
    if (!parsed.ok) throw new Error(parsed.error.join());
    expect(JSON.stringify(parsed.value.config)).not.toContain('hunter2');
    expect(parsed.value.config.walk.deployment.postQuantumFrom).toBe('SECRET');
  });
});

describe('docs/CONFIG.md', () => {
  it('is the page that the table makes', () => {
    expect(readFileSync(new URL('../../docs/CONFIG.md', import.meta.url), 'utf8')).toBe(configPage());
  });

  it('names each setting once', () => {
    const names = Object.values(SETTINGS).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
