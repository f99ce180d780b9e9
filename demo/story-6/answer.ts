/** Story 6, what is given: conditions that become caveats, a part that is no longer needed, one that is executed, and its use. */
import { readAuthority, readDigest } from '../../client/sdk/index.js';
import { StoryFailed } from '../actor.js';
import type { Content } from '../items.js';
import { reads } from '../mla.js';
import type { Stage } from '../stage.js';
import { DAY, INTERVIEW, MY, PARTS, PROCEEDINGS, PURPOSE, REGISTER, UNRELATED, US } from './facts.js';

const CONDITION = 'The extracts, and that they were given, are kept from the public until the trial.';

/** @returns the digest of the sealed condition, under which its text is known to both */
export async function putsConditions(stage: Stage, exchange: string): Promise<string> {
  await stage.toDay(DAY.propose);
  const body = { proceedings: [PROCEEDINGS], parts: [REGISTER.id] };
  const proposed = await stage.does(US, 'follow', {
    exchange,
    message: 'CONDITIONS_PROPOSED',
    body,
    items: [{ role: 'TEXT', text: CONDITION }],
  });
  const [text] = proposed.items;
  const got = await reads(stage, MY, 'CONDITIONS_PROPOSED', PURPOSE);
  if (text === undefined || got.opened[0]?.text !== CONDITION) throw new StoryFailed('the condition is not the one that was put');
  stage.tell({ mark: '(4)', who: US, whom: MY, what: `proposes conditions for B: “${CONDITION}”` }, [
    `speciality: for the proceedings ${PROCEEDINGS} alone`,
  ]);
  await stage.toDay(DAY.accept);
  await stage.does(MY, 'follow', { exchange, message: 'CONDITIONS_ACCEPTED', body: { proposal: got.digest } });
  await stage.does(US, 'receive', { kind: 'envelope', message: 'CONDITIONS_ACCEPTED' });
  const { agreements } = await stage.does(MY, 'exchange', { exchange });
  stage.holds(
    'agreed',
    agreements.map(({ isAccepted, parts, proceedings }) => ({ isAccepted, parts, proceedings })),
  );
  stage.tell({ mark: '', who: MY, whom: US, what: 'accepts them: from now on they bind, and what answers B has to bear them.' });
  return text;
}

export async function needsItNoMore(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.withdraw);
  await stage.does(MY, 'follow', { exchange, message: 'NO_LONGER_REQUIRED', body: { parts: [INTERVIEW.id] } });
  await stage.does(US, 'receive', { kind: 'envelope', message: 'NO_LONGER_REQUIRED' });
  stage.tell({ mark: '', who: MY, whom: US, what: 'no longer needs C: the witness has come home.' }, [
    'the part ends by itself; B is still owed (46(24))',
  ]);
}

/** @param condition digest of its text @returns the extract, and the receipt of its reading */
export async function executes(stage: Stage, exchange: string, condition: string) {
  await stage.toDay(DAY.answer);
  const by = readAuthority(US);
  const caveats: NonNullable<Content['caveats']> = [
    { code: 'SPECIALITY', by, proceedings: [PROCEEDINGS] },
    { code: 'CONDITIONS', by, texts: [readDigest(condition)], notBefore: null },
  ];
  const fields = {
    result: 'B: three extracts on Company-D are attached. Its director and only shareholder is Subject-4.',
    executedBy: `The register’s own office, on ${stage.dateOf(DAY.answer - 2)}.`,
    conditions: `For ${PROCEEDINGS} alone. ${CONDITION}`,
  };
  const extract = { name: 'company-d.txt', mediaType: 'text/plain', text: 'Company-D, director and shareholder: Subject-4.\n' };
  const items: Content[] = [
    { role: 'FORM', of: 'answer', fields, caveats },
    { role: 'FILE', ...extract, caveats },
  ];
  await stage.does(US, 'follow', { exchange, message: 'FINAL_REPLY', body: { parts: [REGISTER.id] }, items });
  const { opened } = await reads(stage, MY, 'FINAL_REPLY', PURPOSE);
  const read = opened.find(({ role }) => role === 'FORM');
  if (read === undefined) throw new StoryFailed('the answer has no form');
  stage.holds('answerLabel', [read.label.level, ...read.label.caveats]);
  const { state, parts } = await stage.does(MY, 'exchange', { exchange });
  stage.holds('parts', Object.fromEntries(parts.map((part) => [part.id, part.state])));
  stage.holds('state', state);
  stage.tell({ mark: '(7)', who: US, whom: MY, what: 'executes B: three extracts of the company register.' }, [
    `label ${read.label.level}, ${read.label.caveats.join(', ')}: the accepted conditions are on it`,
    `${PARTS.map(({ id }) => `${id} ${parts.find((part) => part.id === id)?.state ?? ''}`).join(', ')}; the exchange is ${state}`,
  ]);
  return { item: read.item, receipt: read.receipt };
}

/** (e), and the use that is lawful. */
export async function usesIt(stage: Stage, item: string): Promise<void> {
  await stage.toDay(DAY.use);
  const { index } = await stage.does(MY, 'use', { item, purpose: PURPOSE, proceedings: PROCEEDINGS });
  const what = `records that B goes before the court in ${PROCEEDINGS}, before it does.`;
  stage.tell({ mark: '(8)', who: MY, whom: 'its own log', what }, [`leaf ${index}: US-OIX sees it too`]);
  const told = { mark: '(e)', who: MY, whom: UNRELATED, what: `means to use B in ${UNRELATED}, a case that has nothing to do with it.` };
  await stage.isRefused('e', told, 'use', { item, purpose: PURPOSE, proceedings: UNRELATED });
}
