import { open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Command } from 'commander';
import { encodeBase64url } from '../../../crypto/base64url.js';
import type { Digest } from '../../../domain/ids.js';
import { closePurposes } from '../../../domain/profiles/index.js';
import type { Statement, StatementOf } from '../../../domain/statement.js';
import { formatInstant } from '../../../domain/time.js';
import type { JUSTIFICATIONS, Purpose } from '../../../domain/vocabulary.js';
import { atFile } from '../../durable-file.js';
import {
  ParleyError,
  REASON_CHARS_MIN,
  writeLabel,
  type FieldWrong,
  type Opened,
  type ParleyClient,
  type ReadingRequest,
  type Stage,
} from '../../sdk/index.js';
import { digest, justification, purpose } from '../arguments.js';
import { enclosedLines, enclosedWith, withoutFiles } from '../enclosed.js';
import { systemChance } from '../clock-system.js';
import { labelWords, tightenings } from '../label-words.js';
import { memberLines } from '../member-lines.js';
import { nameNew, requireNew } from '../new-file.js';
import { visibleLine } from '../../sdk/visible.js';
import { titleIn } from '../field-words.js';
import { bulleted, wrapped } from '../wrapped.js';
import { removeWhenStopped } from '../stopped.js';
import type { Workplace } from '../workplace.js';

interface Options {
  via?: Digest;
  purpose?: Purpose;
  justification: (typeof JUSTIFICATIONS)[number];
  out?: string;
}

const UNPROVED = '.unproved';
const LEFT = /^(?:\.[\w-]{12})?\.unproved$/;

/** What most is read for. */
const USUAL: Purpose = 'INTELLIGENCE';

/** A reading: stated and logged first, checked in the reader's order, shown only when every check holds. */
export const openCommand = (workplace: Workplace): Command =>
  new Command('open')
    .description('open one item; the reading is stated and logged before anything is shown')
    .argument('<item>', 'the item’s digest', digest)
    .option('--via <statement>', 'the envelope or release that gave it; absent: looked up in the inbox', digest)
    .option(
      '--purpose <purpose>',
      `what it is read for; absent: what it was released for, else ${USUAL}, where its label lists that`,
      purpose,
    )
    .option('--justification <code>', 'why you read it', justification, 'CASE_WORK')
    .option('--out <file>', 'write a file’s content there, once its end is proved')
    .action(async (item: Digest, options: Options) => {
      await requireNew(options.out);
      const client = await workplace.connect();
      const via = options.via ?? (await findVia(client, item));
      const readFor = options.purpose ?? (await usualFor(client, item, via));
      const bar = workplace.out.progress('opening');
      const stage = options.out === undefined ? undefined : fileStage(options.out);
      const request = { item, via, purpose: readFor, justification: options.justification };
      const opened = await client.open(request, stage, bar.step).finally(() => bar.end());
      if (opened.content.role !== 'FILE' || options.out !== undefined) {
        const files = await enclosedWith(client, opened);
        const answer = { ...answerOf(opened, options.out), ...(files.length === 0 ? {} : { files }) };
        workplace.out.quote(answer, () =>
          [linesOf(withoutFiles(opened, files), options.out), ...enclosedLines(files), ...notWritten(opened, options.out)].join('\n'),
        );
      } else {
        const bytes = opened.content.bytes ?? new Uint8Array();
        if (!workplace.out.takes(bytes)) noText(opened, request);
        workplace.out.remark(answerOf(opened), () => headOf(opened).join('\n'));
        workplace.out.pour(bytes);
      }
    });

/** What is no text would be shown as nothing that anybody can read. @throws ParleyError `NO_TEXT` */
function noText({ access }: Opened, { item, via, purpose: readFor, justification: why }: ReadingRequest): never {
  throw new ParleyError(
    'NO_TEXT',
    `This file is no text, and nothing of it is shown; the reading is place ${access.receiptBody.index} of the log.`,
    `Write it into a file: parley open ${item} --via ${via} --purpose ${readFor} --justification ${why} --out FILE. What it is called stands in the form or text that came with it.`,
  );
}

const isReleaseOf = (statement: Statement, item: Digest): statement is StatementOf<'parley-release+json'> =>
  statement.typ === 'parley-release+json' && statement.payload.item === item;

/** The newest statement in the inbox, or of our own sending, that gave the item. */
export async function findVia(client: ParleyClient, item: Digest): Promise<Digest> {
  let found: Digest | null = null;
  for await (const { statement, items } of client.inbox())
    if (statement !== null && (items.some((one) => one.digest === item) || isReleaseOf(statement, item))) found = statement.digest;
  if (found !== null) return found;
  try {
    return (await client.holding(item)).via;
  } catch {
    throw new ParleyError(
      'NOT_FOUND',
      `Nothing in the inbox gave item ${item}.`,
      'Look: parley inbox --all. Then name it: --via STATEMENT.',
    );
  }
}

/**
 * What it was not given for is not read for that because nobody said anything else: a refused attempt is logged, and teaches nobody. What was
 * released is read for what it was released for.
 *
 * @throws ParleyError `PURPOSE_NOT_SAID`, `GIVER_NOT_VERIFIED`
 */
async function usualFor(client: ParleyClient, id: Digest, via: Digest): Promise<Purpose> {
  for await (const entry of client.inbox()) {
    const { statement, items } = entry;
    if (statement?.digest !== via) continue;
    // what is read for is signed by who reads: on no word of the gateway's alone
    const doubt = (await client.notVerified([entry])).get(entry.index);
    if (doubt !== undefined)
      throw new ParleyError(
        'GIVER_NOT_VERIFIED',
        `What gave item ${id} is not verified: ${doubt}. Nothing was stated.`,
        'Ask the sender by another way.',
      );
    if (isReleaseOf(statement, id)) return statement.payload.purpose;
    const given = givenIn(statement, items.find((one) => one.digest === id)?.payload);
    if (given.length === 0 || given.includes(USUAL)) return USUAL;
    throw new ParleyError(
      'PURPOSE_NOT_SAID',
      `Item ${id} was not given for ${USUAL}, and nothing else was said. Nothing was stated.`,
      `Say what you read it for: ${given.map((one) => `--purpose ${one}`).join(', or ')}`,
    );
  }
  return USUAL;
}

/** What its label lists, with what the channel says that this implies; nothing where purposes are no question. */
function givenIn(statement: Statement, item: StatementOf<'parley-item+json'>['payload'] | undefined): readonly Purpose[] {
  if (item === undefined || item.kind === 'FPS_REPORT') return [];
  return closePurposes(item.label.purposes, statement.typ === 'parley-envelope+json' ? statement.payload.profile : null);
}

/**
 * Written beside, and named when the end was proved: a body that was cut off leaves nothing. Each has a file of its own, so that of two to one
 * path none gives the other's half a proved name, and whose end is proved second is told that there is a file. It goes where its process is
 * stopped; what a killed one left, which looks like another's that is being written, once the name is given.
 */
export function fileStage(path: string): Stage {
  const beside = `${path}.${encodeBase64url(systemChance.bytes(9))}${UNPROVED}`;
  // made when the first bytes come: a reading that is refused leaves nothing
  let opening: ReturnType<typeof open> | null = null;
  let settled = (): void => undefined;
  const begin = async () => {
    settled = removeWhenStopped(beside);
    return open(beside, 'wx', 0o600);
  };
  const opened = () => (opening ??= begin());
  return {
    async write(bytes) {
      const file = await opened();
      await file.writeFile(bytes).catch((error: unknown) => {
        throw atFile(error, path);
      });
    },
    async keep() {
      const file = await opened();
      await file.sync();
      await file.close();
      await nameNew(beside, path);
      settled();
      // whatever is still written to this path can have its name no more; what cannot be taken away is no fault of this one
      await clearUnproved(path).catch(() => undefined);
    },
    async discard() {
      await (await opening)?.close();
      await rm(beside, { force: true });
      settled();
    },
  };
}

async function clearUnproved(path: string): Promise<void> {
  const folder = dirname(path);
  const own = basename(path);
  const left = (await readdir(folder)).filter((name) => name.startsWith(own) && LEFT.test(name.slice(own.length)));
  for (const name of left) await rm(join(folder, name), { force: true });
}

export const answerOf = (
  { item, label, itemLabel, labelEpoch, content, consents, revoked, via, release, doubts, tokens }: Opened,
  out?: string,
) => ({
  item: item.digest,
  via,
  issuer: item.payload.issuer,
  label: writeLabel(label),
  labelEpoch,
  ...(release === null
    ? {}
    : {
        releasedFor: release.payload.purpose,
        releasedUntil: formatInstant(release.payload.until),
        added: tightenings(itemLabel, label),
        kept: release.payload.kept ?? [],
      }),
  consents: consents.map((consent) => consent.digest),
  revoked,
  doubts: doubts.map((one) => ({ ...one, since: formatInstant(one.since) })),
  tokens,
  ...(content.role === 'FORM' ? { fields: Object.fromEntries(content.fields), wrong: content.wrong } : {}),
  ...(content.role === 'TEXT' ? { text: content.text } : {}),
  ...(out === undefined || content.role !== 'FILE' ? {} : { file: out }),
});

/** A reading brings the grant alone: its end comes into the inbox of whoever has something on it. */
const consentLine = ({ digest: id, payload }: Opened['consents'][number], revoked: readonly string[]): string =>
  revoked.includes(id)
    ? `REVOKED: consent ${id} of ${payload.originator}. What you have on it you go on reading; ask before you use it: parley explain use.`
    : `Consent ${id} of ${payload.originator}, as granted until ${formatInstant(payload.until)}; where it is revoked, your inbox says so.`;

function releaseLines({ holder, purpose, until, kept }: NonNullable<Opened['release']>['payload'], { itemLabel, label }: Opened): string[] {
  const added = tightenings(itemLabel, label);
  return [
    `Released by ${holder} for ${purpose}. You have it so until ${formatInstant(until)}.`,
    ...(kept === undefined
      ? []
      : [`${holder} states that this keeps to what is said in words, or is what its owner consented to: ${kept.join(', ')}.`]),
    ...(added.length === 0 ? [] : [`Added as it was handed on, and binding here: ${added.join('; ')}.`]),
  ];
}

/** What it may be used for, and where it comes from: shown with whatever is opened. */
function headOf(opened: Opened): string[] {
  const { item, label, labelEpoch, consents, revoked, access, release, doubts, tokens } = opened;
  return [
    `From ${item.payload.issuer}. ${label.level}, TLP:${label.tlp}, as of label state ${labelEpoch}. ${labelWords(label)}`,
    `Purposes: ${label.purposes.join(', ') || 'none'}. Originators: ${label.originators.join(', ')}.`,
    ...(release === null ? [] : releaseLines(release.payload, opened)),
    ...(label.destroyBy === null ? [] : [`To be destroyed by ${formatInstant(label.destroyBy)}.`]),
    ...doubts.map(
      ({ typ, authority, since }) =>
        `DOUBTFUL: the ${typ} bears a key of ${authority} that may have been in other hands since ${formatInstant(since)}.`,
    ),
    ...tokens.map(
      (name) =>
        `NO REASON: ${name} has less than ${REASON_CHARS_MIN} characters; ${item.payload.issuer} owes one that says something (A.3).`,
    ),
    ...consents.map((one) => consentLine(one, revoked)),
    `This reading is place ${access.receiptBody.index} of the log.`,
  ];
}

const wrongLine = ({ field, what }: FieldWrong): string =>
  `NOT AS THE FORM TAKES IT: ${visibleLine(field === '' ? what : `${field}: ${what}`)}. Ask its sender.`;

/** A text as it was written; of rows each on lines of its own. */
function valueLines(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((row: unknown) =>
      typeof row === 'object' && row !== null ? bulleted(memberLines(row).join('; ')) : wrapped(String(row), '  '),
    );
  return wrapped(typeof value === 'string' ? value : JSON.stringify(value), '  ');
}

/** A form and a text are shown: who wanted them in a file learns that none was made. */
const notWritten = ({ content }: Opened, out: string | undefined): string[] =>
  out === undefined || content.role === 'FILE' ? [] : [`A ${content.role} is shown: nothing is written to ${out}.`];

export function linesOf(opened: Opened, out?: string): string {
  const { content } = opened;
  const head = headOf(opened);
  if (content.role === 'FORM') {
    const schema = opened.item.payload.form?.schema;
    return [
      ...head,
      ...content.wrong.map(wrongLine),
      ...[...content.fields].flatMap(([name, value]) => ['', titleIn(schema, name), ...valueLines(value)]),
    ].join('\n');
  }
  return [...head, '', content.role === 'TEXT' ? content.text : `Written to ${out}.`].join('\n');
}
