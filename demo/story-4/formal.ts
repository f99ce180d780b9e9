/** Story 4, central authorities: a draft is reviewed, then a formal request is made of own data, and of nothing that was received. */
import { StoryFailed } from '../actor.js';
import type { Fields } from '../items.js';
import { consultation, formalRequest, reads } from '../mla.js';
import type { Stage } from '../stage.js';
import { ADDED, ASKED, ASKING, DAY, DRAFT, PARTS, TEAM } from './facts.js';
import { ANSWER, type Answer } from './tracing.js';

const considered = PARTS.map(({ assistanceType }) => assistanceType);
const both = { who: ASKING, whom: ASKED };

export async function consults(stage: Stage): Promise<string> {
  await stage.toDay(DAY.consult);
  const fields = {
    offenceSummary: 'Bribery of a public official (UNCAC 15).',
    question: 'What does the enclosed draft lack?',
    plannedTiming: 'The formal request is meant to go out within two weeks.',
  };
  const asking = consultation(ASKED, fields, { assistanceTypes: considered, body: { consultationKind: 'DRAFT_REVIEW' } });
  const draft = { role: 'FORM', of: 'opening', form: 'FORMAL_MLA', fields: DRAFT } as const;
  const { exchange } = await stage.does(ASKING, 'send', { ...asking, items: [...asking.items, draft] });
  stage.tell({ mark: '(5)', ...both, what: 'consults informally, with the draft of its request.' }, [
    'INFORMAL_CONSULTATION, DRAFT_REVIEW; bank records and freezing are considered, and not asked for',
  ]);
  await reviews(stage, exchange);
  return exchange;
}

async function reviews(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.review);
  const got = await stage.does(ASKED, 'receive', { kind: 'envelope', message: 'SUBMIT' });
  await stage.does(ASKED, 'acknowledge', { exchange, handlerRef: 'GG-LAW-31' });
  const [, draft] = got.items;
  if (draft === undefined) throw new StoryFailed('the consultation came without its draft');
  const missing = await stage.does(ASKED, 'review', { item: draft.digest, via: got.digest, profile: 'FORMAL_MLA', asked: considered });
  stage.holds(
    'missingInDraft',
    missing.map(({ article, field }) => [article, field]),
  );
  const lacks = missing.map(({ article, title, help }) => `${article} ${title}: ${help}`).join(' ');
  const fields = { answer: `The draft lacks: ${lacks} Nor does it say what links the assets with the crime.`, requirements: 'In English.' };
  await stage.does(ASKED, 'follow', { exchange, message: 'DISCUSS', body: {}, items: [{ role: 'FORM', of: 'answer', fields }] });
  await reads(stage, ASKING, 'DISCUSS', 'MLA_PREPARATION');
  stage.tell(
    { mark: '(6)', who: ASKED, whom: ASKING, what: `answers what its own client found and what it saw itself: “${fields.answer}”` },
    ['the draft was checked where it was opened; the gateway cannot read it'],
  );
  await stage.toDay(DAY.conclude);
  await stage.does(ASKED, 'follow', { exchange, message: 'CONCLUDE', body: { outcome: 'PROCEED_MLA' } });
  await stage.does(ASKING, 'receive', { kind: 'envelope', message: 'CONCLUDE' });
  stage.tell({ mark: '(7)', who: ASKED, whom: ASKING, what: 'ends the consultation: go on with a formal request.' }, [
    'outcome PROCEED_MLA',
  ]);
}

const without = (fields: Fields, name: string): Fields => Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));

/** (e), (d), (b). */
export async function misfiles(stage: Stage, { item }: Answer): Promise<void> {
  await stage.toDay(DAY.misfile);
  const whole = { ...DRAFT, ...ADDED };
  await stage.isRefused(
    'e',
    { mark: '(e)', who: TEAM, whom: ASKED, what: 'the investigation team files the formal request itself.' },
    'send',
    formalRequest(ASKED, whole, PARTS, {}, 'LAW_ENFORCEMENT'),
  );
  const refused = await stage.isRefused(
    'd',
    { mark: '(d)', ...both, what: 'files it without a summary of the facts.' },
    'send',
    formalRequest(ASKED, without(whole, 'factualSummary'), PARTS),
  );
  stage.holds(
    'missingInRequest',
    refused.violations.map(({ sentence }) => sentence),
  );
  await stage.isRefused(
    'b',
    { mark: '(b)', ...both, what: 'hands GG-ARC’s answer itself to GG-LAW, to go with the formal request as an annex.' },
    'release',
    {
      item,
      to: ASKED,
      toType: 'CENTRAL_AUTHORITY_MLA',
      purpose: 'CONFISCATION',
      legalBasis: 'UNCAC_46',
      basis: { consents: [] },
      until: stage.dayText(DAY.until),
    },
  );
  const request = formalRequest(ASKED, whole, PARTS);
  const annex = { role: 'TEXT', text: `Annex: ${ANSWER.answer}`, sources: [item] } as const;
  await stage.isRefused(
    'b-copied',
    { mark: '(b)', ...both, what: 'copies the answer into an annex of the request that it writes itself, and names what it is made from.' },
    'send',
    { ...request, items: [...request.items, annex] },
  );
}

/** Own data alone go along; what was received stays behind and is asked for formally. */
export async function promotes(stage: Stage, consulted: string) {
  await stage.toDay(DAY.file);
  const promoted = await stage.does(ASKING, 'promote', { exchange: consulted, profile: 'FORMAL_MLA', purpose: 'PROSECUTION_JUDICIAL' });
  stage.holds('taken', Object.keys(promoted.fields).sort());
  stage.holds('leftBehind', promoted.leftOut);
  const fields = { ...promoted.fields, ...ADDED };
  const body = { relatesTo: promoted.relatesTo };
  const sent = await stage.does(ASKING, 'send', formalRequest(ASKED, fields, PARTS, { body }));
  await stage.does(ASKING, 'follow', { exchange: consulted, message: 'PROMOTE_TO_FORMAL', body: { request: sent.exchange } });
  const { opened } = await reads(stage, ASKED, 'SUBMIT', 'PROSECUTION_JUDICIAL');
  const [read] = opened;
  if (read === undefined) throw new StoryFailed('the request has no form');
  stage.holds('requestIsOf', read.label.originators);
  stage.tell(
    { mark: '(8)', ...both, what: 'makes the formal request of the draft, adds what it lacked from its own file, and sends it.' },
    [
      `PROMOTE_TO_FORMAL: ${Object.keys(promoted.fields).length} fields of article 46(15) taken from its own draft; left behind: what ${promoted.leftOut.join(', ')} gave`,
      `originators of what GG-LAW reads: ${read.label.originators.join(', ')}; its reading is leaf ${read.index}`,
    ],
  );
  await stage.toDay(DAY.acknowledgeFormal);
  await stage.does(ASKED, 'acknowledge', { exchange: sent.exchange, handlerRef: 'GG-LAW-32' });
  stage.tell({ mark: '', who: ASKED, whom: ASKING, what: 'acknowledges: what was known informally is now asked for as evidence.' });
  return read;
}
