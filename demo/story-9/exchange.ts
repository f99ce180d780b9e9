/** Story 9, the exchange: the request with its explicit choice, conditions put and accepted, the answer that bears them, and the filing. */
import { readAuthority, readDigest } from '../../client/sdk/index.js';
import { StoryFailed } from '../actor.js';
import type { Stage } from '../stage.js';
import { CLAIM, civilRequest, DAY, NOT_BEFORE } from './facts.js';

const NOT_BEFORE_DAY = '2027-01-15';
const PT = readAuthority('PT-CIV');

export interface Answer {
  readonly item: string;
  readonly via: string;
}

const received = (stage: Stage, who: string, message: string) => stage.does(who, 'receive', { kind: 'envelope', message });

/** Opens each item of an envelope, so that whoever got it has read it. @returns the texts among them */
async function reads(stage: Stage, who: string, message: string) {
  const got = await received(stage, who, message);
  const opened = [];
  for (const { digest } of got.items)
    opened.push(await stage.does(who, 'open', { item: digest, via: got.digest, purpose: 'CIVIL_PROCEEDING' }));
  return { ...got, opened };
}

export async function asks(stage: Stage): Promise<string> {
  const sent = await stage.does('AO-CIV', 'send', civilRequest('PT-CIV', 'CIVIL_ADMIN_FOCAL_POINT'));
  const { opened } = await reads(stage, 'PT-CIV', 'SUBMIT');
  stage.tell(
    { mark: '(1)', who: 'AO-CIV', whom: 'PT-CIV', what: 'asks for company and land register entries, to claim back what a bribe cost.' },
    [
      'CIVIL_ADMIN_REQUEST under UNCAC 43(1) [M]: CIVIL here, CRIMINAL there, because PT investigates the same payment',
      'said in so many words, since there is no default: FACT_AND_SUBSTANCE are confidential [S¶22, ¶33-36]',
      `the sealed form holds the coordination plan that is owed where the two sides differ: “${String(opened[0]?.fields['coordinationPlan'])}”`,
      `leaf ${sent.index} of the log`,
    ],
  );
  await stage.toDay(DAY.acknowledge);
  await stage.does('PT-CIV', 'acknowledge', { exchange: sent.exchange, handlerRef: 'PT-2026-909' });
  await received(stage, 'AO-CIV', 'ACKNOWLEDGE');
  return sent.exchange;
}

/** @returns digest of the sealed condition, which the answer's label has to bear */
export async function agreesOnConditions(stage: Stage, exchange: string): Promise<string> {
  await stage.toDay(DAY.propose);
  const text = `No filing in open court before ${NOT_BEFORE_DAY}: until then it would warn those whom we investigate.`;
  const proposed = await stage.does('PT-CIV', 'follow', {
    exchange,
    message: 'CONDITIONS_PROPOSED',
    body: { notBefore: `${NOT_BEFORE_DAY}T00:00:00Z`, proceedings: [CLAIM] },
    items: [{ role: 'TEXT', text }],
  });
  const { opened } = await reads(stage, 'AO-CIV', 'CONDITIONS_PROPOSED');
  if (opened[0]?.text !== text) throw new StoryFailed('the condition is not the one that was put');
  stage.tell(
    {
      mark: '(2)',
      who: 'PT-CIV',
      whom: 'AO-CIV',
      what: `puts conditions: nothing before ${NOT_BEFORE_DAY}, and claim no. ${CLAIM} alone.`,
    },
    ['day and claim number stand in clear, so that the gateway can hold AO-CIV to them; the reason is sealed'],
  );
  await stage.toDay(DAY.accept);
  await stage.does('AO-CIV', 'follow', { exchange, message: 'CONDITIONS_ACCEPTED', body: { proposal: proposed.digest } });
  await received(stage, 'PT-CIV', 'CONDITIONS_ACCEPTED');
  const { agreements } = await stage.does('PT-CIV', 'exchange', { exchange });
  stage.holds('agreedConditions', agreements?.length ?? 0);
  stage.tell({ mark: '', who: 'AO-CIV', whom: 'PT-CIV', what: 'accepts them; from now on they bind, and PT’s answer must bear them.' });
  const [condition] = proposed.items;
  if (condition === undefined) throw new StoryFailed('the conditions came without their text');
  return condition;
}

export async function answers(stage: Stage, exchange: string, condition: string): Promise<Answer> {
  await stage.toDay(DAY.answer);
  const fields = {
    answer: 'Company-A holds two flats in Porto and all shares of Company-B; extracts follow.',
    evaluation: 'EUROPOL_4x4 A1',
    asOf: stage.dateOf(DAY.answer),
    searched: 'Company register; land register.',
    conditions: `Not before ${NOT_BEFORE_DAY}; in claim no. ${CLAIM} alone.`,
  };
  const caveats = [
    { code: 'CONDITIONS', by: PT, texts: [readDigest(condition)], notBefore: NOT_BEFORE },
    { code: 'SPECIALITY', by: PT, proceedings: [CLAIM] },
    { code: 'CONFIDENTIAL_UNTIL', by: PT, until: NOT_BEFORE },
  ] as const;
  const items = [{ role: 'FORM', of: 'answer', fields, caveats } as const];
  await stage.does('PT-CIV', 'follow', { exchange, message: 'FINAL_REPLY', body: {}, items });
  const { digest, opened, items: got } = await reads(stage, 'AO-CIV', 'FINAL_REPLY');
  const [answer] = opened;
  const [form] = got;
  if (answer === undefined || form === undefined) throw new StoryFailed('the answer has no form');
  stage.holds('answerLabel', [answer.label.level, ...answer.label.caveats]);
  stage.tell({ mark: '(3)', who: 'PT-CIV', whom: 'AO-CIV', what: 'answers: two flats and a company; the label bears what was agreed.' }, [
    `label ${answer.label.level}, TLP:${answer.label.tlp}, ${answer.label.caveats.join(', ')}; purpose ${answer.label.purposes.join(', ')}`,
    `AO-CIV's reading is leaf ${answer.index}: to read is not to use`,
  ]);
  return { item: form.digest, via: digest };
}

export async function files(stage: Stage, { item }: Answer) {
  await stage.toDay(DAY.file);
  const filed = await stage.does('AO-CIV', 'use', { item, purpose: 'CIVIL_PROCEEDING', proceedings: CLAIM, action: 'OPEN' });
  stage.tell(
    {
      mark: '(4)',
      who: 'AO-CIV',
      whom: 'the court',
      what: `files claim no. ${CLAIM} on ${stage.dateOf(DAY.file)}, and records the use before it does.`,
    },
    [`the day has come and the claim is the one that was named: leaf ${filed.index}`],
  );
  return filed;
}

/** Only what was allowed reaches the originator's log: what AO considered and could not do is AO's own affair. */
export async function looksBack(stage: Stage): Promise<void> {
  const uses = await stage.does('PT-CIV', 'usesTold', {});
  stage.holds(
    'usesToldToPt',
    uses.map(({ index: _index, ...use }) => use),
  );
  const { disclosures } = await stage.does('PT-CIV', 'disclosureReport', {});
  stage.holds('disclosures', disclosures);
  stage.tell(
    {
      mark: '',
      who: 'PT-CIV',
      whom: 'its own log',
      what: 'its compliance officer reads: AO-CIV used the answer once, for what was agreed.',
    },
    [`CIVIL_PROCEEDING, leaf ${uses.map(({ index }) => index).join(', ')}; no disclosure to a third party`],
  );
  const refusals = await stage.does('AO-CIV', 'ownRefusals', {});
  stage.holds(
    'refusalsOfAoCiv',
    refusals.map(({ action, counterparty }) => `${action} ${counterparty}`.trim()),
  );
}
