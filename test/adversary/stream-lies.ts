/** Lies about what was recorded of an authority. */
import { defaultLabel } from '../../client/sdk/index.js';
import { certain } from '../../domain/result.js';
import { proveStream } from '../../client/sdk/stream.js';
import { parseDigest, parseUuid } from '../../domain/ids.js';
import { secondEpoch } from './forgeries.js';
import { readingAlarm, refusalOf, streamCheck, telling, type Lie, type Rows } from './lie.js';
import { contextOf, type Json } from './town.js';

const dropLast = (of: string, wanted: (row: Json) => boolean) => (answer: Json) => {
  const rows = answer[of] as Rows;
  const at = rows.findLastIndex(wanted);
  return { ...answer, [of]: rows.filter((_, i) => i !== at) };
};
const actionOf = (row: Json): unknown => (JSON.parse((row['view'] as { event: string }).event) as Json)['action'];

export const streamLies: readonly Lie[] = [
  {
    kind: 'drop',
    told: 'a reading is left out of the originator’s stream, and the epochs are signed without it',
    by: 'the reader, in its next status',
    check: 'ORIGINATOR_STREAM',
    run: (town) => readingAlarm(town, { unpublished: { view: 'CH-FIN', action: 'ACCESS' } }),
  },
  {
    kind: 'drop',
    told: 'a reading is logged without a view for the originator',
    by: 'the reader, in its next status',
    check: 'ORIGINATOR_VIEW',
    run: (town) => readingAlarm(town, { unlogged: { view: 'CH-FIN', action: 'ACCESS' } }),
  },
  {
    kind: 'drop',
    told: 'a reading is logged without a view for an originator that came to light after the item was given',
    by: 'the reader, in its next status',
    check: 'ORIGINATOR_VIEW',
    async run(town) {
      const late = await town.gateway.join('FI-FIN', 'FIU');
      await town.gateway.compareAll();
      return readingAlarm(town, { unlogged: { view: late.client.authority, action: 'ACCESS' } }, async (item) => {
        const { client } = town.owner;
        const label = defaultLabel('EGMONT_FIU', client.authority);
        return client.addCaveat(item, { ...label, originators: [client.authority, late.client.authority] });
      });
    },
  },
  ...[
    { told: 'of another item', as: { object: { item: certain(parseDigest('A'.repeat(43))) } } },
    { told: 'with another purpose', as: { purpose: 'TAX' } },
    { told: 'as a refused try', as: { outcome: 'DENY' as const } },
    { told: 'on another’s consent, as if it were cut', as: { consents: [certain(parseDigest('A'.repeat(43)))], cut: true as const } },
    { told: 'in another case', as: { object: { exchange: certain(parseUuid('00000000-0000-4000-8000-000000000001')) } } },
  ].map(({ told, as }): Lie => ({
    kind: 'tell another story',
    told: `a reading is logged, and its originator’s view tells of it ${told}`,
    by: 'the reader, in its next status',
    check: 'ORIGINATOR_VIEW',
    run: (town) => readingAlarm(town, { retold: { view: 'CH-FIN', action: 'ACCESS', as } }),
  })),
  {
    kind: 'drop',
    told: 'the log holds two epochs of one number: one for the reader, one for the originator',
    by: 'the originator, who reads every leaf',
    check: 'EPOCHS',
    run: secondEpoch,
  },
  {
    kind: 'drop',
    told: 'the last event of a stream is kept back, and its entry too',
    by: 'the originator’s report',
    check: 'STREAM_HEAD',
    run: (town) => streamCheck(town, town.owner, { path: '/v1/streams/own', change: dropEntry }),
  },
  {
    kind: 'hide',
    told: 'an event is missing in the pages of the audit log',
    by: 'the originator’s report',
    check: 'EVENT_HIDDEN',
    run: (town) =>
      streamCheck(town, town.owner, { path: '/v1/audit/events', change: dropLast('events', (row) => actionOf(row) === 'DELIVER') }),
  },
  {
    kind: 'hide',
    told: 'an event says another purpose than was logged',
    by: 'the originator’s report',
    check: 'EVENT_ALTERED',
    run: (town) => streamCheck(town, town.owner, { path: '/v1/audit/events', change: otherPurpose }),
  },
  {
    kind: 'hide',
    told: 'a reading is answered with the receipt of an older one, which excuses whatever was logged since',
    by: 'the originator, who saw more than that signed before it asked',
    check: 'RECEIPT_INVALID',
    async run(town) {
      let older: unknown = null;
      const reading = { path: '/v1/audit/readings', change: (answer: Json) => ({ ...answer, receipt: (older ??= answer['receipt']) }) };
      return telling(town, reading, async () => {
        await proveStream(contextOf(town.owner));
        await town.published();
        return refusalOf(() => proveStream(contextOf(town.owner)));
      });
    },
  },
  {
    kind: 'reorder',
    told: 'two entries of a stream change places',
    by: 'the originator’s report',
    check: 'STREAM_ORDER',
    run: (town) => streamCheck(town, town.owner, { path: '/v1/streams/own', change: swapEntries }),
  },
  {
    kind: 'reorder',
    told: 'a stream is begun anew, without what was proved before',
    by: 'the originator’s report',
    check: 'STREAM_REWRITTEN',
    async run(town) {
      const owner = await town.again(town.owner);
      await proveStream(contextOf(owner));
      return streamCheck(town, owner, { path: '/v1/streams/own', change: (answer) => dropFirst(answer) });
    },
  },
  {
    kind: 'delay',
    told: 'the proof of a reading is not handed out',
    by: 'the reader, after the delay that its receipt promised',
    check: 'INCLUSION',
    run: (town) => readingAlarm(town, { answer: { path: '/v1/log/proof', change: () => 404 } }),
  },
];

function dropEntry(answer: Json): unknown {
  return 'entries' in answer ? { ...answer, entries: (answer['entries'] as Rows).slice(0, -1) } : answer;
}

function dropFirst(answer: Json): unknown {
  return 'entries' in answer ? { ...answer, entries: (answer['entries'] as Rows).slice(1) } : answer;
}

function swapEntries(answer: Json): unknown {
  if (!('entries' in answer)) return answer;
  const entries = answer['entries'] as Rows;
  return { ...answer, entries: [...entries.slice(0, -2), entries.at(-1), entries.at(-2)] };
}

function otherPurpose(answer: Json): unknown {
  const events = (answer['events'] as Rows).map((row) => {
    const view = row['view'] as { readonly event: string };
    return { ...row, view: { ...view, event: view.event.replace('"legalBasis"', '"purpose":"TAX","legalBasis"') } };
  });
  return { ...answer, events };
}
