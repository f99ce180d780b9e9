// A case system beside Parley. What arrived becomes a list that opens nothing; an officer's click opens one item, states why, and files a
// copy with its label; and before a copy goes anywhere the question is asked whether it may.
//
//   node case-system.mjs arrivals                 what came since the last time, a file each
//   node case-system.mjs copy ITEM VIA PURPOSE    opens the item that the statement VIA gave, and files it
//   node case-system.mjs may ITEM TO PURPOSE      could it be passed on? What lacks, and whom to ask
//   node case-system.mjs ask ITEM TO PURPOSE      asks each of them for its consent
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ParleyClient, ParleyError, PolicyRefusal, readDigest, writeLabel } from 'parley';
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
    ...(content.role === 'FORM' ? { fields: Object.fromEntries(content.fields) } : {}),
    ...(content.role === 'TEXT' ? { text: content.text } : {}),
    ...(content.role === 'FILE' ? { bytes: Buffer.from(content.bytes).toString('base64') } : {}),
  });
  console.log(`filed; this reading is leaf ${access.receiptBody.index}`);
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

const VERBS = { arrivals, copy, may, ask };

try {
  const [verb, ...words] = process.argv.slice(2);
  const store = await openFileKeyStore(PARLEY_KEYS, (await readFile(PARLEY_PASSPHRASE_FILE, 'utf8')).trimEnd());
  const client = await ParleyClient.connect({ origin: PARLEY_GATEWAY, fetch, store, clock: systemClock, chance: systemChance });
  // what a crash left without an answer: the same bytes again, which get their one receipt
  for (const { digest, error } of (await client.resend()).refused) console.error(`refused: ${digest}: ${error.codes.join(', ')}`);
  await VERBS[verb](client, ...words);
  for (const line of alarmLines(await readStanding(client))) console.error(line);
} catch (error) {
  if (error instanceof PolicyRefusal) refused({ violations: error.violations, missing: [] });
  if (!(error instanceof ParleyError)) throw error;
  console.error([`${error.code}: ${error.what}`, ...(error.next === '' ? [] : [`next: ${error.next}`])].join('\n  '));
  process.exitCode = 1;
}
