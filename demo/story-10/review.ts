/** Story 10, those who check on it afterwards: the compliance officer's quarters, an event that was changed, and the data-protection authority. */
import { readAuthority } from '../../client/sdk/index.js';
import { StoryFailed, type ActArgs, type ActValue } from '../actor.js';
import { memberNamed, OPERATOR } from '../directory.js';
import type { Stage } from '../stage.js';
import { DAY, PSEUDONYM, WORDS } from './facts.js';

type Reported = ActValue<'report'>;
const DPA = 'AE-DPA';

const isProved = ({ wholeness }: Reported): boolean => wholeness.state === 'PROVED';
/** But for how often the log was read: what is logged meanwhile is looked at again before the list is called whole. */
const figuresOf = ({ rows }: Reported): string[] =>
  rows
    .filter(({ figure }) => figure !== 'reportsRead')
    .map(({ figure, of, value }) => [figure, of, value].filter((part) => part !== '').join(' '));

/** No sealed word may stand in what oversight reads. */
function isContentFree(rows: unknown): boolean {
  const text = JSON.stringify(rows);
  return [PSEUDONYM, ...Object.values(WORDS)].every((words) => !text.includes(words));
}

export async function reviewsQuarters(stage: Stage): Promise<void> {
  const spans = [
    [0, DAY.quarter],
    [DAY.quarter, DAY.last + 1],
  ] as const;
  const quarters: Reported[] = [];
  for (const [from, to] of spans)
    quarters.push(await stage.does('KE-CMP', 'report', { name: 'quarterly', from: stage.dayText(from), to: stage.dayText(to) }));
  const [first, second] = quarters.map(figuresOf);
  stage.holds('firstQuarter', first);
  stage.holds('secondQuarter', second);
  stage.holds('quartersProved', quarters.every(isProved));
  stage.holds('quartersContentFree', isContentFree(quarters));
  stage.tell(
    { mark: '(12)', who: 'KE-CMP', whom: 'its own log', what: 'exports the report of each quarter; each reading is a leaf itself.' },
    [
      `first quarter: ${first?.join('; ') ?? ''}`,
      `second quarter: ${second?.join('; ') ?? ''}`,
      'complete for what this log recorded, and proved so against every epoch: no line can be left out or changed unnoticed',
    ],
  );
}

/** One event is changed between the gateway and the officer who reads it. */
export async function findsTampering(stage: Stage): Promise<void> {
  const { rows } = await stage.does('KE-CMP', 'report', { name: 'third-parties' });
  const place = rows.map((row) => row.place).find((at) => typeof at === 'number');
  if (place === undefined) throw new StoryFailed('there is no disclosure to be changed');
  const found = await stage.does('KE-CMP', 'readTampered', { origin: stage.gateway.origin, place, word: 'KE-PROS', instead: 'KE-PRES' });
  stage.holds('tamperingFoundAtItsPlace', found.length > 0 && found.every(({ index }) => index === place));
  stage.tell({ mark: '(g)', who: 'somebody', whom: 'KE-CMP', what: `changes one word of event ${place} on its way: who got item 7.` }, [
    `verification fails at that very place: ${found.map(({ check, index }) => `${check} at ${index ?? '?'}`).join(', ')}`,
  ]);
}

/** The overseer is named by AE-EXT's own root; the operator designates that body and cannot give it anybody's log. */
export async function showsRecords(stage: Stage): Promise<void> {
  const { root } = await stage.does(DPA, 'enrol', { authority: DPA, officer: 'o-dpa', desk: 'INTAKE', suites: ['age-pq-1'] });
  await stage.does(OPERATOR.authority, 'designate', { authority: DPA, root, types: ['OVERSIGHT'] });
  await stage.does(DPA, 'connect', { origin: stage.gateway.origin, roots: [...stage.roots, { authority: DPA, root }] });
  await stage.does(DPA, 'publish', FACTS);
  const wanted = { name: 'request-records', of: 'AE-EXT' } as const;
  await stage.isRefused(
    'i',
    { mark: '', who: DPA, whom: 'log of AE-EXT', what: 'asks for the logs of AE-EXT, whose entry does not name it yet.' },
    'report',
    wanted,
  );
  const declares = { overseers: [readAuthority(DPA)] };
  await stage.does('AE-EXT', 'publish', { ...memberNamed('AE-EXT').facts, declares });
  const { rows, reading } = await stage.does(DPA, 'report', wanted);
  const [record] = rows;
  stage.holds('recordFields', Object.keys(record ?? {}).sort());
  stage.holds(
    'records',
    rows.map(({ kind, requesting, requested }) => [kind, [requesting].flat()[0], [requested].flat()[0]].flat().join(' ')),
  );
  stage.holds('recordsContentFree', isContentFree(rows));
  const seen = await stage.does('AE-EXT', 'report', { name: 'security' });
  stage.holds(
    'overseerSeen',
    seen.rows.filter(({ action, by }) => action === 'REPORT' && by === DPA).map(({ basis }) => basis),
  );
  stage.tell(
    { mark: '(i)', who: DPA, whom: 'AE-EXT', what: 'asks again, named as overseer by the root of AE-EXT, and gets the request records.' },
    [
      `${rows.length} records with the fields that 2019/1153 art. 17 lists, kept five years: ${Object.keys(record ?? {}).join(', ')}`,
      `no content: the subject is the digest of the sealed request; the reading is leaf ${reading}, in both views`,
    ],
  );
}

const FACTS: ActArgs<'publish'> = {
  name: 'Data-protection authority of the stories, AE',
  territory: 'AE',
  types: ['OVERSIGHT'],
  languages: ['ar', 'en'],
  clearance: 'PUBLIC',
  timeZone: 'Asia/Dubai',
  presumedConsent: [],
  roles: ['OVERSIGHT'],
};
