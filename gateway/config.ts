/**
 * The configuration: read once, all errors at once. `Config` may be logged; `Secrets` hold paths to key files and the database's
 * address, which may carry a password.
 */
import { decodeBase64url } from '../crypto/base64url.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE } from '../crypto/signing-key.js';
import { parseWitnessPolicy, type WitnessPolicy } from '../crypto/witness-policy.js';
import { BATCH_ROWS_MAX } from '../domain/ports.js';
import { no, ok, type Result } from '../domain/result.js';
import { MINUTE_MS } from '../domain/time.js';
import type { WalkConfig } from './deps.js';
import type { HttpLimits } from './http/doors.js';
import { SETTINGS, type LOG_LEVELS, type Values } from './settings.js';
import { isPair } from './server-tls.js';
import type { WorkerPace } from './worker.js';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** empty: derived from what is listened on */
  readonly publicOrigins: readonly string[];
  readonly data: string;
  readonly walk: WalkConfig;
  /** null: unwitnessed */
  readonly witnesses: WitnessPolicy | null;
  readonly pace: WorkerPace;
  readonly limits: HttpLimits;
  readonly drainMs: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export interface Secrets {
  readonly databaseUrl: string;
  readonly gatewayKeyFile: string;
  /** null: plain HTTP, on loopback */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
/** what the command line and the tests read from the same environment */
const OF_OTHER_PROGRAMS = /^PARLEY_(?:HOME|GATEWAY|PROFILE|PASSPHRASE_FILE|SCRYPT_LOG_N|RULE_LOG|TEST_\w+)$/;
const CLAD = 'neither a space, a line end nor a quotation mark before or behind it';
const SESSION_MS = 15 * MINUTE_MS;
const SWEEP_MS = 10 * MINUTE_MS;
const QUEUE_MAX = 2_000;
const BATCH_BYTES_MAX = 1024 * 1024;

/**
 * @param env the process's environment
 * @param readText a small text file, null where it cannot be read
 * @returns every problem at once, each beginning with the setting's name
 */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
  readText: (path: string) => string | null,
): Result<{ readonly config: Config; readonly secrets: Secrets }, readonly string[]> {
  const problems = strangersIn(env).map((name) => `${name}: there is no such setting`);
  const read = readValues(env, problems);
  const operator = operatorOf(read, readText, problems);
  const tls = tlsOf(read, readText, problems);
  const witnesses = witnessesOf(read, readText, problems);
  // of what did not read, nothing is said twice
  if (areBoth(read.checkpointMs, read.proofDelayMs, (checkpoint, proof) => checkpoint >= proof))
    problems.push('PARLEY_CHECKPOINT_MS: must be below PARLEY_PROOF_DELAY_MS');
  if (areBoth(read.retentionReviewYears, read.retentionDeleteYears, (review, end) => review > end))
    problems.push('PARLEY_RETENTION_REVIEW_YEARS: must not be above PARLEY_RETENTION_DELETE_YEARS');
  if (problems.length > 0 || operator === null) return no(problems);
  const values = read as Values;
  const { host, port, publicOrigins, data, drainMs, logLevel } = values;
  const config: Config = {
    host,
    port,
    publicOrigins,
    data,
    walk: walkOf(values, operator),
    witnesses,
    pace: { deliverMs: values.deliverMs, checkpointMs: values.checkpointMs, sweepMs: SWEEP_MS },
    limits: {
      requestsPerOfficerMax: values.ratePerOfficer,
      requestsPerAddressMax: values.ratePerAddress,
      uploadBytesMax: values.uploadBytesMax,
      trustedProxies: values.trustedProxies,
    },
    drainMs,
    logLevel,
  };
  const databaseUrl = values.databaseUrl || `file:${data}/parley.db`;
  return ok({ config, secrets: { databaseUrl, gatewayKeyFile: values.gatewayKeyFile || `${data}/keys/gateway.json`, tls } });
}

/** @returns false where one of them did not read */
const areBoth = (one: number | undefined, other: number | undefined, is: (one: number, other: number) => boolean): boolean =>
  one !== undefined && other !== undefined && is(one, other);

/** A name that is misspelled would leave a safeguard off and say nothing. */
function strangersIn(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set<string>(Object.values(SETTINGS).map(({ name }) => name));
  return Object.keys(env).filter((name) => /^PARLEY_/i.test(name) && !known.has(name) && !OF_OTHER_PROGRAMS.test(name));
}

/** As `docker --env-file` and files written on Windows leave it: another folder, and a new log in it, would be begun without a word. */
const isClad = (given: string): boolean => given.trim() !== given || /^["']|["']$/.test(given);

/** @returns those that read */
function readValues(env: Readonly<Record<string, string | undefined>>, problems: string[]): Partial<Values> {
  const entries = Object.entries(SETTINGS).map(([key, { name, standard, read }]) => {
    const given = env[name] ?? standard;
    const value: Result<unknown, string> = given === null ? no('must be given') : isClad(given) ? no(CLAD) : read(given);
    if (!value.ok) problems.push(`${name}: ${given === null ? '' : 'expected '}${value.error}`);
    return [key, value.ok ? value.value : undefined];
  });
  return Object.fromEntries(entries) as Partial<Values>;
}

function operatorOf(values: Partial<Values>, readText: (path: string) => string | null, problems: string[]): WalkConfig['operator'] | null {
  const { operatorAuthority, operatorApprovers = [] } = values;
  const root = rootOf(values, readText, problems);
  const approvers = operatorApprovers.map(signingKey).flatMap((key) => (key === null || key.kid === root?.kid ? [] : [key]));
  if (approvers.length !== new Set(operatorApprovers).size || approvers.length !== operatorApprovers.length)
    problems.push('PARLEY_OPERATOR_APPROVERS: expected sound Ed25519 public keys, each once and none of them the root’s');
  if (root === null || operatorAuthority === undefined) return null;
  return { authority: operatorAuthority, root: root.kid, publicKey: root.publicKey, approvers };
}

function rootOf(
  { operatorRoot = '', operatorRootFile = '' }: Partial<Values>,
  readText: (path: string) => string | null,
  problems: string[],
): ReturnType<typeof signingKey> {
  if ((operatorRoot === '') === (operatorRootFile === '')) {
    problems.push('PARLEY_OPERATOR_ROOT: give this or PARLEY_OPERATOR_ROOT_FILE, and not both');
    return null;
  }
  const encoded = operatorRoot === '' ? readText(operatorRootFile) : operatorRoot;
  const root = encoded === null ? null : signingKey(encoded.trim());
  if (root === null) {
    const name = operatorRoot === '' ? 'PARLEY_OPERATOR_ROOT_FILE' : 'PARLEY_OPERATOR_ROOT';
    problems.push(`${name}: ${encoded === null ? 'cannot be read' : 'expected a sound Ed25519 public key, 32 bytes as base64url'}`);
  }
  return root;
}

function witnessesOf(
  { witnessesFile = '' }: Partial<Values>,
  readText: (path: string) => string | null,
  problems: string[],
): WitnessPolicy | null {
  if (witnessesFile === '') return null;
  const text = readText(witnessesFile);
  const policy = text === null ? no(['cannot be read']) : parseWitnessPolicy(text);
  if (policy.ok) return policy.value;
  problems.push(...policy.error.map((problem) => `PARLEY_WITNESSES_FILE: ${problem}`));
  return null;
}

function signingKey(encoded: string): WalkConfig['operator']['approvers'][number] | null {
  const bytes = decodeBase64url(encoded);
  const publicKey = bytes.ok ? parseSigningPublicKey(bytes.value) : bytes;
  return publicKey.ok ? { kid: kidOf(SIGNING_SUITE, publicKey.value), publicKey: publicKey.value } : null;
}

function tlsOf(
  { host, tlsCertFile = '', tlsKeyFile = '' }: Partial<Values>,
  readText: (path: string) => string | null,
  problems: string[],
): Secrets['tls'] {
  if ((tlsCertFile === '') !== (tlsKeyFile === '')) problems.push('PARLEY_TLS_KEY_FILE: give certificate and key, or neither');
  const [cert, key] = [tlsCertFile, tlsKeyFile].map((path) => (path === '' ? '' : readText(path))) as [string | null, string | null];
  if (cert === null) problems.push('PARLEY_TLS_CERT_FILE: cannot be read');
  if (key === null) problems.push('PARLEY_TLS_KEY_FILE: cannot be read');
  if (tlsCertFile !== '' && tlsKeyFile !== '' && cert !== null && key !== null && !isPair({ cert, key }))
    problems.push('PARLEY_TLS_CERT_FILE: expected a certificate and, in PARLEY_TLS_KEY_FILE, its key without a passphrase, both PEM');
  const tls = tlsCertFile === '' || tlsKeyFile === '' ? null : { certFile: tlsCertFile, keyFile: tlsKeyFile };
  if (tls === null && host !== undefined && !LOOPBACK.has(host))
    problems.push('PARLEY_HOST: without TLS only 127.0.0.1, ::1 and localhost are listened on');
  return tls;
}

const walkOf = (values: Values, operator: WalkConfig['operator']): WalkConfig => ({
  origin: values.origin,
  operator,
  deployment: {
    levelMax: values.levelMax,
    postQuantumFrom: values.postQuantumFrom === 'none' ? null : values.postQuantumFrom,
    periodYearsMax: values.periodYearsMax,
  },
  statementSkewMsMax: values.statementSkewMs,
  retention: {
    reviewYears: values.retentionReviewYears,
    deleteYears: values.retentionDeleteYears,
    auditYearsMax: values.auditYearsMax,
    auditYearsAfterErasure: values.auditYearsAfterErasure,
  },
  proofDelayMsMax: values.proofDelayMs,
  leaseMs: values.leaseMs,
  sessionMs: SESSION_MS,
  queueMax: QUEUE_MAX,
  batchRowsMax: BATCH_ROWS_MAX,
  batchBytesMax: BATCH_BYTES_MAX,
});
