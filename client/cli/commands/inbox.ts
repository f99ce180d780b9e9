import { Command, Option } from 'commander';
import type { ExchangeId } from '../../../domain/ids.js';
import { present } from '../../../domain/present.js';
import type { StatementOf } from '../../../domain/statement.js';
import { formatInstant, readAuthority, readInstant, saidIn, type InboxEntry, type ParleyClient } from '../../sdk/index.js';
import { alarmLines, readStanding } from '../alarms.js';
import { cursor, whole } from '../arguments.js';
import { SAYING, consentLines, saysOf } from '../consent-words.js';
import { endingLine } from '../ending-lines.js';
import { wallTime, zoneOf } from '../wall-time.js';
import type { Workplace } from '../workplace.js';

/** What came in. Listing opens nothing and is no reading. */
export const inboxCommand = (workplace: Workplace): Command =>
  new Command('inbox')
    .description('what came in since the last time; listing opens nothing')
    .option('--all', 'from the beginning')
    .addOption(
      new Option('--after <cursor>', 'behind the entry with this cursor; what is kept here does not move')
        .argParser(cursor)
        .conflicts('all'),
    )
    .option('--wait <seconds>', 'wait for something new, at most 30 s', whole)
    .action(async ({ all = false, after: from, wait }: { all?: boolean; after?: string; wait?: number }) => {
      const client = await workplace.connect();
      const after = all ? undefined : (from ?? (await client.readCursor()) ?? undefined);
      const entries: InboxEntry[] = [];
      for await (const entry of client.inbox(after)) entries.push(entry);
      if (entries.length === 0 && wait !== undefined)
        entries.push(...(await client.inboxPage({ waitS: Math.min(30, wait), ...present({ after }) })).entries);
      const doubts = await client.notVerified(entries);
      const standing = [...alarmLines(await readStanding(client)), ...(await client.endings()).map(endingLine)];
      const zones = await zonesOf(entries, client);
      const lines = entries.map((entry) => lineOf(entry, doubts.get(entry.index)));
      workplace.out.say(lines, () => [listed(entries, zones, doubts), ...standing].join('\n'));
      const last = entries.at(-1);
      if (last === undefined || from !== undefined) return;
      // whoever read nothing of it is told it again
      await workplace.out.written();
      await client.keepCursor(last.cursor);
    });

type ZoneOf = (exchange: ExchangeId | null) => string;

/** What an exchange's dates are counted in, as `status` and `dates` tell them; one's own where a date belongs to none. */
async function zonesOf(entries: readonly InboxEntry[], client: ParleyClient): Promise<ZoneOf> {
  if (entries.every(({ notice }) => notice === null)) return () => 'UTC';
  const view = await client.directory();
  const requested = new Map((await client.exchanges()).map((one) => [one.id, readAuthority(one.requested)]));
  return (exchange) => zoneOf(view, requested.get(exchange ?? '') ?? client.authority);
}

type Doubts = ReadonlyMap<number, string>;

const listed = (entries: readonly InboxEntry[], zones: ZoneOf, doubts: Doubts): string =>
  entries.length === 0
    ? 'Nothing new.'
    : [...entries.flatMap((entry) => linesOf(entry, zones(entry.exchange), doubts.get(entry.index))), ...nextLines(entries)].join('\n');

const asksToDelete = ({ statement }: InboxEntry): boolean =>
  statement?.typ === 'parley-label+json' && ['RETRACT', 'CORRECT'].includes(statement.payload.change);

/** What there is to do, said of the newest of each; of each item that is to be deleted, once. */
function nextLines(entries: readonly InboxEntry[]): string[] {
  const gone = new Set(
    entries
      .filter(asksToDelete)
      .flatMap(({ statement }) => itemOf(statement!))
      .map(({ item }) => item),
  );
  const given = entries.flatMap(({ statement, items }) => [
    ...items.map(({ digest }) => digest),
    ...(statement?.typ === 'parley-release+json' ? [statement.payload.item] : []),
  ]);
  const read = given.findLast((item) => !gone.has(item));
  const exchange = entries.findLast((entry) => entry.exchange !== null)?.exchange ?? null;
  return [
    ...(read === undefined ? [] : ['To read one, such as the newest:', `  parley open ${read}`]),
    ...(exchange === null ? [] : ['What may be done, such as in the newest:', `  parley show ${exchange}`]),
    ...(gone.size === 0 ? [] : ['What was taken back, or was wrong: delete it and certify that, or say why it cannot be:']),
    ...[...gone].flatMap((item) => [`  parley deleted ${item}`, `  parley unable ${item} --code WHY`]),
  ];
}

const lineOf = ({ cursor, index, kind, statement, items, exchange, notice }: InboxEntry, notVerified: string | undefined) => ({
  cursor,
  index,
  kind,
  from: authorOf(statement),
  ...present({ notVerified }),
  exchange,
  statement: statement?.digest ?? null,
  ...(statement?.typ === 'parley-envelope+json' ? { ...facts(statement.payload), body: saidIn(statement.compact)['body'] } : {}),
  ...(statement !== null && SAYING.has(statement.typ) ? { says: saysOf(statement.compact) } : {}),
  ...(notice === null ? {} : { notice }),
  items: [
    ...items.map(({ digest, payload }) => ({ item: digest, itemRole: payload.itemRole, level: payload.label.level })),
    ...(statement === null ? [] : itemOf(statement)),
  ],
});

/** What opens an exchange says how urgent it is, and by when. */
const facts = ({ message, urgency, deadline }: StatementOf<'parley-envelope+json'>['payload']) => ({
  message,
  ...(message === 'SUBMIT' ? { urgency, ...(deadline === undefined ? {} : { deadline: formatInstant(deadline) }) } : {}),
});

interface Said {
  readonly item: string;
  readonly said: string;
  readonly reason?: string;
  readonly replacement?: string;
  readonly until?: string;
  readonly level?: string;
}

/** What is said of an item that came before, or comes with a release. */
function itemOf({ typ, payload }: NonNullable<InboxEntry['statement']>): Said[] {
  if (typ === 'parley-release+json') return [{ item: payload.item, said: 'RELEASED', level: payload.label.level }];
  if (typ === 'parley-label+json') {
    const { item, change, reason, replacement } = payload;
    return [{ item, said: change, ...present({ reason, replacement }) }];
  }
  if (typ === 'parley-deletion+json') return [{ item: payload.item, said: 'DELETED' }];
  if (typ !== 'parley-inability+json') return [];
  const { item, code } = payload;
  const until = payload.of === 'DELETION' ? payload.until : undefined;
  // a hold ends by one that has run out as it is said
  if (until !== undefined && until <= payload.at) return [{ item, said: 'HELD NO MORE' }];
  return [{ item, said: 'UNABLE', reason: code, ...(until === undefined ? {} : { until: formatInstant(until) }) }];
}

function linesOf(entry: InboxEntry, zone: string, notVerified: string | undefined): string[] {
  const { index, kind, from, exchange, statement, says = {}, items } = lineOf(entry, notVerified);
  const message = entry.statement?.typ === 'parley-envelope+json' ? messageWords(entry.statement.payload) : '';
  const what = entry.notice === null ? `${kind}${message}` : `${kind} ${noticeWords(entry.notice, zone)}`;
  return [
    `${index} ${what}${from === '' ? '' : ` from ${from}`}`,
    ...(notVerified === undefined ? [] : [`  NOT VERIFIED: ${notVerified}`]),
    ...(exchange === null ? [] : [`  exchange ${exchange}`]),
    ...(statement === null ? [] : [`  statement ${statement}`]),
    ...consentLines(says),
    ...items.map((one) => `  ${'itemRole' in one ? one.itemRole : wordsOf(one)} ${one.item}`),
  ];
}

/** What opens an exchange says of which kind it is, on which channel, and how urgent. */
function messageWords({ message, exchangeType, profile, urgency, deadline }: StatementOf<'parley-envelope+json'>['payload']): string {
  if (message !== 'SUBMIT') return ` ${message}`;
  const pressing = [...(urgency === 'ROUTINE' ? [] : [urgency]), ...(deadline === undefined ? [] : [`by ${formatInstant(deadline)}`])];
  return ` SUBMIT, ${[...pressing, `${exchangeType} on ${profile}`].join(', ')},`;
}

const wordsOf = ({ said, reason, until, replacement }: Said): string =>
  [
    said,
    ...(reason === undefined ? [] : [`(${[reason, ...(until === undefined ? [] : [`until ${until}`])].join(' ')})`]),
    ...(replacement === undefined ? [] : [`replaced by ${replacement}:`]),
  ].join(' ');

/** Of a date that moved, what it was; of what is kept: the item, and what stands in the way. */
function noticeWords(
  { action, clock, due, was, certainty, item, obstacles = [] }: NonNullable<InboxEntry['notice']>,
  zone: string,
): string {
  const before = was === undefined ? [] : [`was ${wallTime(readInstant(was), zone)}`];
  const now = certainty === undefined ? [] : [CERTAINTY[certainty]];
  const dates = [wallTime(readInstant(due), zone), ...before, ...now].join(', ');
  return [action, clock, dates, ...(item === undefined ? [] : [item]), ...obstacles].join(' ');
}

const CERTAINTY = { CERTAIN: 'certain now', PROVISIONAL: 'provisional now' } as const;

function authorOf(statement: InboxEntry['statement']): string {
  if (statement === null) return '';
  const { payload } = statement;
  if ('from' in payload && 'fromType' in payload) return payload.from;
  if ('originator' in payload) return payload.originator;
  return 'holder' in payload ? payload.holder : '';
}
