/**
 * Program: authorities whose every secret is a canary. They write forms, texts and a file, ask for consent and refuse it, open what
 * they were given, and end. Only what they hand over can be on the server.
 * node client.js URL
 */
import { systemChance } from '../../adapters/chance-system.js';
import { rootOf } from '../../client/sdk/entry.js';
import { certain } from '../../domain/result.js';
import {
  answerForm,
  ATTACHMENTS,
  createMemoryKeyStore,
  defaultLabel,
  enrol,
  formatInstant,
  openingForm,
  ParleyClient,
  plusMs,
  DAY_MS,
  type Chance,
  type FormSchema,
} from '../../client/sdk/index.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { parseAuthorityId, parseDeskId, parseOfficerId } from '../../domain/ids.js';
import { designation } from '../support/actors.js';
import { doorOf, systemClock } from '../support/door.js';
import { crashCast } from '../crash/cast.js';
import { createChance } from '../support/world.js';
import { CANARY, plantOf, PLANTED } from './encodings.js';

const [url = ''] = process.argv.slice(2);
let secrets = 0;
/** each begins with the canary and differs from the others */
const canary = (what: string): string => `${CANARY}-${what}-${String((secrets += 1)).padStart(4, '0')}`;

/** Private keys begin with the canary as well; everything else that is drawn is as random as ever. */
const keyChance: Chance = {
  bytes(length) {
    const bytes = systemChance.bytes(length);
    if (length === 32) bytes.set(new TextEncoder().encode(CANARY));
    return bytes;
  },
};

async function member(code: string): Promise<ParleyClient> {
  const store = createMemoryKeyStore();
  const wanted = {
    authority: certain(parseAuthorityId(code)),
    officer: certain(parseOfficerId('o1')),
    desk: certain(parseDeskId('INTAKE')),
    suites: ['age-pq-1', 'age-x25519-1'] as const,
  };
  const identity = await enrol(store, wanted, keyChance, systemClock.now());
  secrets += 3 + wanted.suites.length;
  const { operator, fia } = crashCast();
  const { submission } = designation(operator, fia, systemClock.now(), createChance(secrets * 7 + code.length), {
    authority: code,
    root: rootOf(identity).kid,
  });
  await doorOf(url, fia).post('/v1/statements', submission, false);
  const client = await ParleyClient.connect({ origin: url, store, clock: systemClock, chance: systemChance, fetch });
  const at = { name: code, territory: code.slice(0, 2), languages: ['en'], clearance: 'RESTRICTED' as const, timeZone: 'UTC' };
  await client.publishEntry({ ...at, types: ['FIU'], presumedConsent: [], roles: ['OFFICER', 'COMPLIANCE'] });
  return client;
}

/** The field that names the files is the client's to fill in where some go along. */
const filled = (schema: FormSchema, hasFiles: boolean) =>
  Object.fromEntries(
    schema.fields.filter(({ name }) => !(hasFiles && name === ATTACHMENTS)).map(({ name }) => [name, canary(`field-${name}`)]),
  );

async function play(): Promise<void> {
  const [fia, fix] = [await member('NG-FIA'), await member('VG-FIX')];
  for (const client of [fia, fix]) for (const other of [fia, fix]) await client.pinRoot(other.authority, rootOf(other.identity).kid);
  const profile = 'BVI_BILATERAL_FIU';
  const facts = {
    profile,
    fromType: 'FIU',
    toType: 'FIU',
    legalBasis: ['RECIPROCITY'],
    framework: [],
    purposes: ['INTELLIGENCE'],
    matterType: 'INTELLIGENCE',
    language: 'en',
    urgency: 'ROUTINE',
  } as const;
  const label = { ...defaultLabel(profile, fia.authority), level: 'OFFICIAL' as const };
  const sent = await fia.send({
    ...facts,
    exchangeType: 'FIU_REQUEST',
    to: fix.authority,
    message: 'SUBMIT',
    body: {
      reciprocity: true,
      intendedRecipients: [],
      alsoRequestedVia: [],
      periodFrom: '2026-01-01',
      periodTo: '2026-06-30',
    },
    items: [
      { content: { role: 'FORM', schema: openingForm(profile), fields: filled(openingForm(profile), true) }, label, language: 'en' },
      { content: { role: 'TEXT', text: canary('text') }, label, language: 'en' },
      fileItem(label),
    ],
  });
  await until(async () => (await fix.inboxPage()).entries.length > 0);
  for (const { statement } of sent.items)
    await fix.open({ item: statement.digest, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
  await fix.acknowledge(sent.exchange);
  const answerLabel = { ...defaultLabel(profile, fix.authority), level: 'OFFICIAL' as const };
  const reply = await fix.followUp(sent.exchange, {
    message: 'FINAL_REPLY',
    body: {},
    items: [
      {
        content: { role: 'FORM', schema: answerForm(profile), fields: filled(answerForm(profile), false) },
        label: answerLabel,
        language: 'en',
      },
    ],
  });
  const item = reply.items[0]!.statement.digest;
  await fia.open({ item, via: reply.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
  const asked = await fia.askConsent({
    ...facts,
    to: fix.authority,
    cell: {
      items: [item],
      recipient: { authority: fia.authority, authorityType: 'FIU' },
      purposes: ['INVESTIGATION'],
      until: plusMs(systemClock.now(), 30 * DAY_MS),
    },
    explanation: { content: { role: 'TEXT', text: canary('explanation') }, label, language: 'en' },
  });
  await until(async () => (await fix.exchange(asked.exchange)).summary.state === 'DELIVERED');
  const refusal = { codes: ['CONSENT_OUT_OF_SCOPE'], text: canary('refusal'), label: answerLabel };
  await fix.refuseRequest(await fix.consentRequestOf(asked.exchange), refusal);
}

/** Larger than what travels inline, so that it is uploaded in parts. */
function fileItem(label: ReturnType<typeof defaultLabel>) {
  const name = canary('file-name');
  const bytes = Buffer.from(`${canary('attachment')}\n`.repeat(4_000));
  const file = {
    sizeBytes: bytes.length,
    async *open() {
      yield await Promise.resolve(new Uint8Array(bytes));
    },
  };
  return { content: { role: 'FILE' as const, file, name, mediaType: `application/${CANARY}`, resume: 'file' }, label, language: 'en' };
}

/** What the search must find again: the same spellings through the same doors, where bytes are kept as they come. */
async function plant(): Promise<void> {
  const { fia, operator } = crashCast();
  const chance = createChance(99);
  const code = 'XX-PLANTER';
  const planter = { ...fia, id: certain(parseAuthorityId(code)), root: createSigningKey(chance) };
  const own = { ...planter, caller: { ...fia.caller, authority: planter.id } };
  const { entry } = await import('../support/actors.js');
  for (const { submission } of [designation(operator, own, systemClock.now(), chance), entry(own, systemClock.now(), chance)])
    await doorOf(url, own).post('/v1/statements', submission, false);
  const door = doorOf(url, own);
  const bytes = new Uint8Array(plantOf(PLANTED));
  const octets = { body: bytes, contentType: 'application/octet-stream', signed: true } as const;
  await door.ask({ method: 'PUT', path: '/v1/keyrings/INTAKE.1', ...octets });
  const opened = (await door.post('/v1/uploads', { sizeBytes: bytes.length })) as { readonly upload: string };
  await door.ask({ method: 'PUT', path: `/v1/uploads/${opened.upload}/parts/0`, ...octets });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await systemClock.sleep(100);
}

await play();
await plant();
console.log(JSON.stringify({ secrets, at: formatInstant(systemClock.now()) }));
