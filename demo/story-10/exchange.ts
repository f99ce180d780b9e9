/** Story 10, the consultation: pseudonym first, concerns and assurances, a refusal considered and talked over, prosecution instead. */
import { StoryFailed } from '../actor.js';
import type { Following } from '../acts/exchanges.js';
import type { Stage } from '../stage.js';
import { consultation, DAY, FOR_AE, FOR_KE, PSEUDONYM, text, TO_PROSECUTORS, WORDS } from './facts.js';

/** An item as its reader has it: the item, and what gave it. */
export interface Given {
  readonly item: string;
  readonly via: string;
}

/** One message and its reading on the other side. @returns its items */
async function says(stage: Stage, who: string, whom: string, next: Following): Promise<readonly Given[]> {
  await stage.does(who, 'follow', next);
  return reads(stage, whom, next.message);
}

async function reads(stage: Stage, who: string, message: string): Promise<readonly Given[]> {
  const { digest: via, items } = await stage.does(who, 'receive', { kind: 'envelope', message });
  for (const { digest: item } of items) await stage.does(who, 'open', { item, via, purpose: 'EXTRADITION' });
  return items.map(({ digest: item }) => ({ item, via }));
}

const only = (given: readonly Given[], at = 0): Given => {
  const one = given[at];
  if (one === undefined) throw new StoryFailed('a message came without what it encloses');
  return one;
};

export async function asks(stage: Stage): Promise<{ readonly exchange: string; readonly question: Given }> {
  const sent = await stage.does('KE-EXT', 'send', consultation());
  const got = await stage.does('AE-EXT', 'receive', { kind: 'envelope', message: 'SUBMIT' });
  const question = only(got.items.map(({ digest }) => ({ item: digest, via: got.digest })));
  const { label } = await stage.does('AE-EXT', 'open', { ...question, purpose: 'EXTRADITION' });
  stage.holds('questionLabel', [label.level, ...label.caveats]);
  stage.tell(
    { mark: '(1)', who: 'KE-EXT', whom: 'AE-EXT', what: `asks for the prospects of an extradition of ${PSEUDONYM}: a pseudonym, no name.` },
    [
      'EXTRADITION_CONSULTATION, purpose EXTRADITION; UNCAC 44 is the legal basis, and nobody is arrested by it',
      `label ${label.level}, TLP:${label.tlp}, ${label.caveats.join(', ')}: that it was asked at all is confidential`,
      `item 1; leaf ${sent.index} of the log`,
    ],
  );
  await stage.toDay(DAY.acknowledge);
  await stage.does('AE-EXT', 'acknowledge', { exchange: sent.exchange, handlerRef: 'AE-2026-51' });
  await stage.does('KE-EXT', 'receive', { kind: 'envelope', message: 'ACKNOWLEDGE' });
  return { exchange: sent.exchange, question };
}

export async function talks(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.concerns);
  await says(stage, 'AE-EXT', 'KE-EXT', { exchange, message: 'DISCUSS', body: {}, items: [text(WORDS.concerns, FOR_KE)] });
  stage.tell({ mark: '(2)', who: 'AE-EXT', whom: 'KE-EXT', what: 'states its concern: the nationality of the person. Item 2.' });
  await stage.toDay(DAY.assurances);
  await says(stage, 'KE-EXT', 'AE-EXT', { exchange, message: 'DISCUSS', body: {}, items: [text(WORDS.assurances, FOR_AE)] });
  stage.tell({
    mark: '(3)',
    who: 'KE-EXT',
    whom: 'AE-EXT',
    what: 'gives assurances: return to serve a sentence, no penalty above ten years. Item 3.',
  });
}

export async function settles(stage: Stage, exchange: string): Promise<Given> {
  await stage.toDay(DAY.consult);
  await says(stage, 'AE-EXT', 'KE-EXT', {
    exchange,
    message: 'PRE_REFUSAL_CONSULTATION',
    body: { codes: ['NATIONALITY'] },
    items: [text(WORDS.grounds, FOR_KE)],
  });
  stage.tell(
    {
      mark: '(4)',
      who: 'AE-EXT',
      whom: 'KE-EXT',
      what: 'considers a refusal for NATIONALITY, and asks for views before it decides. Item 4.',
    },
    ['PRE_REFUSAL_CONSULTATION, 44(17) [F2:S3]; its window of ten business days is an internal target [D]'],
  );
  await stage.toDay(DAY.views);
  await says(stage, 'KE-EXT', 'AE-EXT', { exchange, message: 'VIEWS_SUBMITTED', body: {}, items: [text(WORDS.views, FOR_AE)] });
  stage.tell({ mark: '(5)', who: 'KE-EXT', whom: 'AE-EXT', what: 'submits its views: then prosecute there, with its help. Item 5.' });
  await stage.toDay(DAY.outcome);
  const answer = { answer: WORDS.outcome, prosecuteInstead: 'Yes; needed are the bank files and two witnesses.' };
  const given = await says(stage, 'AE-EXT', 'KE-EXT', {
    exchange,
    message: 'PROSECUTE_INSTEAD',
    body: {},
    items: [{ role: 'FORM', of: 'answer', fields: answer, caveats: FOR_KE }, text(WORDS.identity, FOR_KE)],
  });
  const { state } = await stage.does('KE-EXT', 'exchange', { exchange });
  stage.holds('outcome', state);
  stage.tell(
    {
      mark: '(6)',
      who: 'AE-EXT',
      whom: 'KE-EXT',
      what: 'does not extradite and prosecutes instead (44(11)); evidence will be asked for by MLA.',
    },
    [`the exchange ends as ${state}; items 6 and 7, the latter a record of the person's identity`],
  );
  return only(given, 1);
}

/** Item 7 goes to the prosecutors of the same State, for this extradition alone. @returns how they have it */
export async function handsOn(stage: Stage, { item, via }: Given): Promise<Given> {
  await stage.toDay(DAY.forward);
  await stage.does('KE-EXT', 'open', { item, via, purpose: 'EXTRADITION' });
  await stage.does('KE-EXT', 'release', { ...TO_PROSECUTORS, item, until: stage.dayText(DAY.last + 30) });
  const got = await stage.does('KE-PROS', 'receive', { kind: 'release' });
  const read = await stage.does('KE-PROS', 'open', { item, via: got.digest, purpose: 'EXTRADITION' });
  stage.tell({ mark: '(7)', who: 'KE-EXT', whom: 'KE-PROS', what: 'hands item 7 to its own prosecutors, whom AE-EXT named as readers.' }, [
    'own prosecutors and courts, for the extradition alone: an exemption of the channel that the release names, no bypass',
    `KE-PROS has its own seal; its reading is leaf ${read.index}`,
  ]);
  return { item, via: got.digest };
}
