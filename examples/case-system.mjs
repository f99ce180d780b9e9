// A case system beside Parley. What arrived becomes a list that opens nothing; an officer's click opens one item, states why, and files a
// copy with its label; and before a copy goes anywhere the question is asked whether it may.
//
//   node case-system.mjs arrivals                 what came since the last time, a file each
//   node case-system.mjs copy ITEM VIA PURPOSE    opens the item that the statement VIA gave, and files it
//   node case-system.mjs begin DRAFT.json         opens an exchange with a draft of `parley compose`, filled in
//   node case-system.mjs may ITEM TO PURPOSE      could it be passed on? What lacks, and whom to ask
//   node case-system.mjs ask ITEM TO PURPOSE      asks each of them for its consent
//   node case-system.mjs release ITEM TO PURPOSE CONSENT   hands it on, on a consent that arrived
//   node case-system.mjs acknowledge EXCHANGE CASE         says that it is here, and under which reference
//   node case-system.mjs answer EXCHANGE FIELDS.json FILE  answers with the channel's form and a file
//   node case-system.mjs revoke CONSENT                    ends a consent of one's own
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  answerForm,
  completenessOf,
  DAY_MS,
  defaultLabel,
  openingForm,
  ParleyClient,
  ParleyError,
  plusMs,
  PolicyRefusal,
  readDigest,
  readExchangeId,
  readReviewedDraft,
  writeLabel,
} from 'parley';
import { alarmLines, createFolder, openFileKeyStore, readStanding, replaceFile, systemChance, systemClock } from 'parley/node';

const { PARLEY_GATEWAY, PARLEY_KEYS, PARLEY_PASSPHRASE_FILE, CASES } = process.env;

async function arrivals(client) {
  for await (const entry of client.inbox((await client.readCursor()) ?? undefined)) {
    const { index, kind, exchange, statement, items, notice } = entry;
    await file(`arrival-${index}`, {
      kind,
      exchange,
      // what the envelope says in clear: who, on which channel, for what; a line of the inbox is no reading
      statement: statement === null ? null : { digest: statement.digest, typ: statement.typ, ...statement.payload },
      items: items.map(({ digest, payload }) => ({ digest, label: writeLabel(payload.label) })),
      notice,
    });
    // behind the file: after a crash between the two the same entry comes again, under the same name
    await client.keepCursor(entry.cursor);
    console.log(`${index} ${kind} ${exchange ?? ''}`);
  }
}

async function copy(client, item, via, purpose) {
  const id = readDigest(item);
  // a reading can be lawful where a copy is not: asked first, so that nothing is read in vain
  const asked = await client.explainExport(id, purpose);
  if (!asked.allowed) return refused(asked);
  const { content, label, labelEpoch, access } = await client.open({ item: id, via: readDigest(via), purpose, justification: 'CASE_WORK' });
  await file(`item-${item}`, {
    via,
    label: writeLabel(label),
    labelEpoch,
    reading: access.receiptBody.index,
    ...(content.role === 'FORM' ? { fields: Object.fromEntries(content.fields), wrong: content.wrong } : {}),
    ...(content.role === 'TEXT' ? { text: content.text } : {}),
    ...(content.role === 'FILE' ? { bytes: Buffer.from(content.bytes).toString('base64') } : {}),
  });
  console.log(`filed; this reading is leaf ${access.receiptBody.index}`);
}

async function begin(client, draftFile) {
  const text = await readFile(draftFile, 'utf8');
  requireReady(text);
  const { form: fields, ...facts } = JSON.parse(text);
  const { profile, language } = facts;
  const label = defaultLabel(profile, client.authority, systemClock.now());
  const form = { role: 'FORM', schema: openingForm(profile), fields };
  const once = readDigest(createHash('sha256').update(text).digest('base64url'));
  const { exchange } = await client.send({ ...facts, message: 'SUBMIT', items: [{ content: form, label, language }], once });
  console.log(`begun: exchange ${exchange}`);
}

/** What a draft may say beside its form and its facts: a label that went unheard would protect nothing. */
const UNHEARD = ['label', 'kind', 'text', 'attachments', 'sources', 'sourcesComplete'];

/** What stands in a form is sealed: whether it is as the channel wants it, nobody can say behind this. */
function requireReady(text) {
  const draft = readReviewedDraft(text);
  const facts = JSON.parse(text);
  const more = UNHEARD.filter((name) => name in facts);
  if (more.length > 0)
    throw new ParleyError('DRAFT_SAYS_MORE', `It says ${more.join(', ')}, which this program does not send.`, 'parley send DRAFT.json');
  requireFilled(completenessOf(facts.profile, draft, facts.exchangeType));
}

function requireFilled({ missing, wrong }) {
  const fields = [...missing, ...wrong].map(({ field }) => field);
  if (fields.length > 0)
    throw new ParleyError('DRAFT_NOT_READY', `To be filled in, or put right: ${fields.join(', ')}.`, 'See how: parley check --help');
}

async function may(client, item, to, purpose) {
  const asked = await client.explainRelease({ item: readDigest(item), to, purpose });
  if (!asked.allowed) return refused(asked);
  console.log('yes');
}

async function ask(client, item, to, purpose) {
  const { missing } = await client.explainRelease({ item: readDigest(item), to, purpose });
  for (const { originator, ask: request } of missing) {
    if (request === null) continue;
    const { exchange } = await client.send({ ...request, message: 'SUBMIT', items: [] });
    console.log(`asked ${originator}: exchange ${exchange}`);
  }
}

async function release(client, item, to, purpose, consent) {
  const until = plusMs(systemClock.now(), 30 * DAY_MS);
  const basis = { consents: [readDigest(consent)] };
  const held = await client.holding(item);
  const { release } = await client.release(held, { to, toType: 'FIU', purpose, legalBasis: 'RECIPROCITY', basis, until });
  console.log(`released: ${release}`);
}

async function acknowledge(client, exchange, handlerRef) {
  await client.acknowledge(readExchangeId(exchange), { handlerRef });
}

async function answer(client, exchange, fieldsFile, path) {
  const fields = JSON.parse(await readFile(fieldsFile, 'utf8'));
  const { opening } = await client.exchange(readExchangeId(exchange));
  const { profile, language, exchangeType } = opening;
  const draft = readReviewedDraft(JSON.stringify({ form: fields }), 'answer');
  requireFilled(completenessOf(profile, { ...draft, envelope: null }, exchangeType, 'answer'));
  const label = defaultLabel(profile, client.authority, systemClock.now());
  // read from its beginning more than once: what opens it, not what was read
  const source = { sizeBytes: (await stat(path)).size, open: () => createReadStream(path) };
  const sent = await client.followUp(readExchangeId(exchange), {
    message: 'FINAL_REPLY',
    body: {},
    items: [
      { content: { role: 'FORM', schema: answerForm(profile), fields }, label, language },
      { content: { role: 'FILE', file: source, name: basename(path), mediaType: 'text/plain' }, label, language },
    ],
  });
  console.log(`answered: ${sent.digest}`);
}

async function revoke(client, consent) {
  await client.revokeConsent(readDigest(consent));
}

/** Every rule at once, each with its source and what to do; a consent request that would help is there to be sent. */
function refused({ violations, missing }) {
  for (const { code, sentence, source, remedy } of violations) console.log(`${code}: ${sentence}\n  ${source}\n  next: ${remedy.action}`);
  for (const { originator, ask: request } of missing)
    console.log(`consent of ${originator}: ${request === null ? 'ask who gave it to you' : 'can be asked'}`);
  process.exitCode = 1;
}

async function file(name, value) {
  await createFolder(CASES);
  await replaceFile(join(CASES, `${name}.json`), JSON.stringify(value, null, 2));
}

const VERBS = { arrivals, copy, begin, may, ask, release, acknowledge, answer, revoke };

/** How it is typed, the head of this file says: the client is no word. */
function actOf(verb, words) {
  const act = Object.hasOwn(VERBS, verb) ? VERBS[verb] : null;
  if (act === null)
    throw new ParleyError('USAGE', `There is no ${verb || 'act without a name'}.`, `One of ${Object.keys(VERBS).join(', ')}.`);
  const owed = act.length - 1;
  if (words.length !== owed)
    throw new ParleyError('USAGE', `${verb} takes ${owed} words, and has ${words.length}.`, 'See the head of this program.');
  const unset = Object.entries({ PARLEY_GATEWAY, PARLEY_KEYS, PARLEY_PASSPHRASE_FILE, CASES }).flatMap(([name, value]) =>
    value ? [] : [name],
  );
  if (unset.length > 0) throw new ParleyError('USAGE', `Not set: ${unset.join(', ')}.`, 'Set them in the environment.');
  return act;
}

/** Of a file that is not there, or no JSON, the system's words are plain enough; anything else is a fault of this program's. */
function complain(error) {
  process.exitCode = 1;
  if (error instanceof PolicyRefusal) refused({ violations: error.violations, missing: [] });
  if (error instanceof ParleyError)
    console.error([`${error.code}: ${error.what}`, ...(error.next === '' ? [] : [`next: ${error.next}`])].join('\n  '));
  else if (error instanceof SyntaxError || error?.syscall !== undefined) console.error(`FILE_UNUSABLE: ${error.message}`);
  else throw error;
}

try {
  const [verb = '', ...words] = process.argv.slice(2);
  const act = actOf(verb, words);
  const store = await openFileKeyStore(PARLEY_KEYS, (await readFile(PARLEY_PASSPHRASE_FILE, 'utf8')).trimEnd());
  const client = await ParleyClient.connect({ origin: PARLEY_GATEWAY, fetch, store, clock: systemClock, chance: systemChance });
  // what a crash left without an answer: the same bytes again, which get their one receipt
  for (const { digest, error } of (await client.resend()).refused) console.error(`refused: ${digest}: ${error.codes.join(', ')}`);
  await act(client, ...words);
  for (const line of alarmLines(await readStanding(client))) console.error(line);
} catch (error) {
  complain(error);
}
