/** Every setting there is: name, default, what it is, and how it is read. docs/CONFIG.md is made from this table. */
import { parseAuthorityId, type AuthorityId } from '../domain/ids.js';
import { no, ok, type Result } from '../domain/result.js';
import { RETENTION } from '../domain/retention.js';
import { DAY_MS } from '../domain/time.js';
import { LEVELS, type Level } from '../domain/vocabulary.js';
import { origin as originSchema } from '../domain/wire/primitives.js';

export interface Setting<T> {
  readonly name: `PARLEY_${string}`;
  /** null: must be given */
  readonly standard: string | null;
  readonly sentence: string;
  /** @returns what was expected, where it is not that */
  readonly read: (text: string) => Result<T, string>;
}

const setting = <T>(
  name: Setting<T>['name'],
  standard: string | null,
  read: (text: string) => Result<T, string>,
  sentence: string,
): Setting<T> => ({ name, standard, sentence, read });

const authority = (value: string): Result<AuthorityId, string> => {
  const parsed = parseAuthorityId(value);
  return parsed.ok ? parsed : no('the code of an authority, such as NG-FIA');
};
const text = (value: string): Result<string, string> => ok(value);
const list = (value: string): Result<readonly string[], string> => ok(value.split(',').filter((one) => one !== ''));
const whole =
  (min: number, max: number) =>
  (value: string): Result<number, string> =>
    /^(?:0|[1-9][0-9]{0,15})$/.test(value) && Number(value) >= min && Number(value) <= max
      ? ok(Number(value))
      : no(`a whole number from ${min} to ${max}`);
const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (value: string): Result<T, string> => {
    const found = values.find((one) => one === value);
    return found === undefined ? no(`one of ${values.join(', ')}`) : ok(found);
  };
const isIpAddress = (value: string): boolean =>
  /^[0-9a-f:.]+(?:%[\w.-]+)?$/i.test(value) && value.includes(':')
    ? URL.canParse(`http://[${value.replace(/%.*/, '')}]`)
    : /^\d+(?:\.\d+){3}$/.test(value) && URL.canParse(`http://${value}`) && new URL(`http://${value}`).hostname === value;
/** Of an empty text, or of a number, a system makes every address of the machine. */
const host = (value: string): Result<string, string> =>
  isIpAddress(value) || /^[a-z][a-z0-9.-]*$/i.test(value)
    ? ok(value)
    : no('an address without port, such as 127.0.0.1, ::1 or, for every one of this machine, 0.0.0.0 or ::');
const folder = (value: string): Result<string, string> => (value === '' ? no('the path of a folder') : ok(value));
/** a database in memory, or in a file that has no name, is gone with the process */
function database(value: string): Result<string, string> {
  if (/^(?:file:(?!:memory:$).+)?$/.test(value)) return ok(value);
  if (!/^postgres(?:ql)?:\/\/./.test(value) || !URL.canParse(value))
    return no('file: and a path, or postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %2F for / and the like in a password');
  // what lies between, our driver takes for verify-full, and pg_dump believes whoever answers
  return new URL(value).searchParams.getAll('sslmode').every((mode) => mode === 'verify-full' || mode === 'disable')
    ? ok(value)
    : no('sslmode=verify-full, with sslrootcert=FILE, or sslmode=disable');
}
const logOrigin = (value: string): Result<string, string> => {
  const parsed = originSchema.safeParse(value);
  return parsed.success && !value.includes('://') ? ok(value) : no('a C2SP origin: a name without scheme, in small letters');
};
/** `https://host[:port]`, exactly as clients sign it */
const httpOrigins = (value: string): Result<readonly string[], string> => {
  const origins = value.split(',').filter((one) => one !== '');
  return origins.every((one) => /^https?:/.test(one) && URL.canParse(one) && new URL(one).origin === one)
    ? ok(origins)
    : no('origins such as https://host, in small letters, without the port that is usual and without a path, joined by commas');
};

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
const DAY_AND_NIGHT = String(DAY_MS);

export const SETTINGS = {
  origin: setting('PARLEY_ORIGIN', null, logOrigin, 'Name of the log: `aud` of every statement. Never changes once statements exist.'),
  operatorAuthority: setting('PARLEY_OPERATOR_AUTHORITY', null, authority, 'The authority that designates all others.'),
  operatorRoot: setting('PARLEY_OPERATOR_ROOT', '', text, 'Public key of the operator’s root: 32 bytes as base64url.'),
  operatorRootFile: setting('PARLEY_OPERATOR_ROOT_FILE', '', text, 'The same, in a file. One of the two must be given.'),
  operatorApprovers: setting(
    'PARLEY_OPERATOR_APPROVERS',
    '',
    list,
    'Public keys of those of whom one approves each designation, joined by commas. Empty: the root’s signature is enough.',
  ),
  host: setting('PARLEY_HOST', '127.0.0.1', host, 'Address to listen on. Anything but loopback needs TLS.'),
  port: setting('PARLEY_PORT', '8700', whole(0, 65_535), 'Port to listen on; 0 takes a free one.'),
  publicOrigins: setting(
    'PARLEY_PUBLIC_ORIGIN',
    '',
    httpOrigins,
    'Origins under which clients reach us, joined by commas: `@target-uri` must begin with one. Empty: host and port as listened on.',
  ),
  tlsCertFile: setting('PARLEY_TLS_CERT_FILE', '', text, 'Certificate chain, PEM.'),
  tlsKeyFile: setting('PARLEY_TLS_KEY_FILE', '', text, 'Its private key, PEM; not open to every account.'),
  data: setting('PARLEY_DATA', 'parley-data', folder, 'Folder for database, sealed bodies and keys; made where it is missing.'),
  databaseUrl: setting(
    'PARLEY_DATABASE_URL',
    '',
    database,
    '`file:` and a path, as it is, or `postgresql://…`, in clear unless it ends with `?sslmode=verify-full&sslrootcert=FILE`: then the server’s certificate must be of its host and of an authority in FILE (PEM). Empty: `parley.db` in the data folder.',
  ),
  gatewayKeyFile: setting(
    'PARLEY_GATEWAY_KEY_FILE',
    '',
    text,
    'The gateway’s signing key; made on the first start, mode 0600. Processes on one database share it. Empty: `keys/gateway.json` in the data folder.',
  ),
  witnessesFile: setting(
    'PARLEY_WITNESSES_FILE',
    '',
    text,
    'Policy of witnesses: lines `witness NAME VERIFIER-KEY URL` and one `quorum K`. Empty: no witness is asked, and the log says so.',
  ),
  levelMax: setting('PARLEY_LEVEL_MAX', 'RESTRICTED', oneOf(...LEVELS), 'Nothing above this level is carried.'),
  postQuantumFrom: setting(
    'PARLEY_POST_QUANTUM_FROM',
    'none',
    oneOf<Level | 'none'>(...LEVELS, 'none'),
    'From this level on an item must not be sealed under a classical suite.',
  ),
  periodYearsMax: setting('PARLEY_PERIOD_YEARS_MAX', '5', whole(1, 100), 'Years of look-back that need no justification.'),
  retentionReviewYears: setting(
    'PARLEY_RETENTION_REVIEW_YEARS',
    String(RETENTION.reviewYears),
    whole(1, 100),
    'Years after an exchange ended until both desks look through what they have of it.',
  ),
  retentionDeleteYears: setting(
    'PARLEY_RETENTION_DELETE_YEARS',
    String(RETENTION.deleteYears),
    whole(1, 100),
    'Years after it ended until the sealed copy goes, unless a holder says why not. A label’s day and a network’s own limit come first.',
  ),
  auditYearsMax: setting(
    'PARLEY_AUDIT_YEARS',
    String(RETENTION.auditYearsMax),
    whole(5, 100),
    'Years after which an event’s text and salt leave the log; its hashes stay. From 5 years: request records are kept so long (Dir 2019/1153 art 17).',
  ),
  auditYearsAfterErasure: setting(
    'PARLEY_AUDIT_YEARS_AFTER_ERASURE',
    String(RETENTION.auditYearsAfterErasure),
    whole(3, 100),
    'The same, of what was said of an item whose sealed copy was erased: its releases, readings, consents, answers. From 3 years, as logs of transmission are.',
  ),
  statementSkewMs: setting(
    'PARLEY_STATEMENT_SKEW_MS',
    DAY_AND_NIGHT,
    whole(1_000, DAY_MS),
    'A statement’s date may differ from our clock by this.',
  ),
  proofDelayMs: setting(
    'PARLEY_PROOF_DELAY_MS',
    '60000',
    whole(1_000, DAY_MS),
    'What a receipt promises: a checkpoint no later than this.',
  ),
  checkpointMs: setting('PARLEY_CHECKPOINT_MS', '5000', whole(100, DAY_MS), 'Between two checkpoints; well below the proof delay.'),
  deliverMs: setting('PARLEY_DELIVER_MS', '1000', whole(10, 600_000), 'Between two looks at the outbox, where nothing new rings.'),
  leaseMs: setting('PARLEY_LEASE_MS', '30000', whole(1_000, 600_000), 'How long a delivery belongs to the process that took it.'),
  ratePerOfficer: setting(
    'PARLEY_RATE_PER_OFFICER',
    '6000',
    whole(0, 10_000_000),
    'Requests of an officer in a minute, all its sessions together; 0: unlimited.',
  ),
  ratePerAddress: setting(
    'PARLEY_RATE_PER_ADDRESS',
    '600',
    whole(0, 10_000_000),
    'Requests of an address that prove no session, in a minute; 0: unlimited.',
  ),
  uploadBytesMax: setting('PARLEY_UPLOAD_BYTES_MAX', '4294967296', whole(1, 2 ** 41), 'Bytes of one sealed body.'),
  trustedProxies: setting('PARLEY_TRUSTED_PROXIES', '0', whole(0, 8), 'Proxies in front of us whose X-Forwarded-For is believed.'),
  drainMs: setting('PARLEY_DRAIN_MS', '10000', whole(0, 600_000), 'How long a stopping process waits for requests that it has begun.'),
  logLevel: setting('PARLEY_LOG_LEVEL', 'info', oneOf(...LOG_LEVELS), 'error, warn, info or debug.'),
} as const;

export type Values = { [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never };

/** docs/CONFIG.md */
export function configPage(): string {
  const rows = Object.values(SETTINGS).map(
    ({ name, standard, sentence }) =>
      `| \`${name}\` | ${standard === null ? 'required' : standard === '' ? '' : `\`${standard}\``} | ${sentence} |`,
  );
  return [
    '# Configuration',
    '',
    'Read once, from the environment, when the gateway starts; all errors are told at once, and a name of `PARLEY_` that no program of Parley reads is one. This page is made from `gateway/settings.ts`.',
    '',
    '| Setting | Default | What it is |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
