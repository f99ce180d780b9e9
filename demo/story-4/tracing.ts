/** Story 4, contact points: what is asked and answered informally, to whom the answer goes, and what cannot be had so. */
import type { Sending } from '../acts/exchanges.js';
import { StoryFailed } from '../actor.js';
import type { Content } from '../items.js';
import { reads } from '../mla.js';
import type { Stage } from '../stage.js';
import { ASKING, DAY, GG, KZ, OBSERVER, SUBJECT, TEAM } from './facts.js';

const FIELDS = {
  contactPoint: 'KZ-ARC, as the network lists it.',
  investigatingAuthority: 'KZ-INV, which investigates the case.',
  caseType: 'Criminal confiscation; bribery (UNCAC 15).',
  assetStage: 'TRACING',
  facts: `${SUBJECT} took bribes for road contracts; money left KZ on the days after each award.`,
  subjects: `${SUBJECT} (suspect)`,
  suspectedLocation: 'Transfer orders that were found in KZ name a bank in GG.',
  questions: `1. Which companies and accounts does ${SUBJECT} have there? 2. What must a request for freezing contain?`,
  mlaIntended: 'YES',
};

export const ANSWER = {
  answer: `A company of ${SUBJECT}, Company-C, is registered here and has an account at a bank here.`,
  evaluation: 'EUROPOL_4x4 A1',
  searched: 'Company register; police databases.',
  requirements: 'For freezing: what links the assets with the crime, and the facts under article 55(3). By formal request alone.',
};

const form = (fields: typeof FIELDS): Content => ({ role: 'FORM', of: 'opening', fields });

/** Between contact points. KZ-INV is named, so that the answer may go to it. */
const request = (own: Partial<Sending> = {}): Sending => ({
  exchangeType: 'ASSET_TRACING_REQUEST',
  message: 'SUBMIT',
  profile: 'CARIN',
  fromType: 'ARIN_CONTACT_LE',
  to: GG,
  toType: 'ARIN_CONTACT_JUDICIAL',
  legalBasis: ['UNCAC_48'],
  framework: ['CARIN_MANUAL'],
  purposes: ['INTELLIGENCE', 'ASSET_TRACING'],
  matterType: 'CRIMINAL',
  assistanceTypes: ['ASSET_TRACING', 'REQUIREMENTS_ADVICE'],
  language: 'en',
  urgency: 'ROUTINE',
  body: { intendedRecipients: [{ authority: TEAM, authorityType: 'LAW_ENFORCEMENT', purposes: ['ASSET_TRACING'] }] },
  items: [form(FIELDS)],
  ...own,
});

export async function asks(stage: Stage): Promise<string> {
  const sent = await stage.does(KZ, 'send', request());
  await reads(stage, GG, 'SUBMIT', 'ASSET_TRACING');
  stage.tell({ mark: '(1)', who: KZ, whom: GG, what: `asks for companies and accounts of ${SUBJECT}, and what freezing would need.` }, [
    'ASSET_TRACING_REQUEST on CARIN, stage TRACING; both entries say that they are members of the network',
    `the request names KZ-INV, the team for which it is asked; leaf ${sent.index}`,
  ]);
  const copied = { mark: '(c)', who: KZ, whom: OBSERVER, what: 'copies the request to a body that observes the network.' };
  await stage.isRefused('c-request', copied, 'send', request({ to: OBSERVER, toType: 'INTERNATIONAL_BODY' }));
  await stage.toDay(DAY.acknowledge);
  await stage.does(GG, 'acknowledge', { exchange: sent.exchange, handlerRef: 'GG-12' });
  stage.tell({ mark: '', who: GG, whom: KZ, what: 'acknowledges; it has read the request.' });
  return sent.exchange;
}

/** (a) */
export async function triesToFreeze(stage: Stage): Promise<void> {
  await stage.toDay(DAY.tries);
  const told = { mark: '(a)', who: KZ, whom: GG };
  await stage.isRefused(
    'a',
    { ...told, what: 'asks GG-ARC, in the same informal way, to freeze the account.' },
    'send',
    request({ assistanceTypes: ['FREEZING'] }),
  );
  await stage.isRefused(
    'a-postponement',
    { ...told, what: 'asks for a short suspension instead, as financial intelligence units may; a contact point is none.' },
    'send',
    request({ exchangeType: 'POSTPONEMENT_REQUEST', assistanceTypes: ['TRANSACTION_SUSPENSION'] }),
  );
}

export interface Answer {
  readonly item: string;
  readonly via: string;
}

export async function answers(stage: Stage, exchange: string): Promise<Answer> {
  await stage.toDay(DAY.answer);
  const fields = { ...ANSWER, asOf: stage.dateOf(DAY.answer) };
  await stage.does(GG, 'follow', {
    exchange,
    message: 'FINAL_REPLY',
    body: { consentToIntendedRecipients: [{ authority: TEAM, authorityType: 'LAW_ENFORCEMENT', answer: 'SILENT' }] },
    items: [{ role: 'FORM', of: 'answer', fields }],
  });
  const { digest, opened } = await reads(stage, KZ, 'FINAL_REPLY', 'ASSET_TRACING');
  const [read] = opened;
  if (read === undefined) throw new StoryFailed('the answer has no form');
  stage.holds('answerLabel', [read.label.level, ...read.label.caveats]);
  stage.tell({ mark: '(2)', who: GG, whom: KZ, what: `answers: “${ANSWER.answer}”` }, [
    `and what a formal request needs: “${ANSWER.requirements}”`,
    `label ${read.label.level}, TLP:${read.label.tlp}, ${read.label.caveats.join(', ')}; purpose ${read.label.purposes.join(', ')}`,
    'of KZ-INV, whom the request names, it says SILENT: it does not refuse',
  ]);
  return { item: read.item, via: digest };
}

export async function handsToTheTeam(stage: Stage, { item, via }: Answer): Promise<void> {
  await stage.toDay(DAY.handOn);
  await stage.does(KZ, 'open', { item, via, purpose: 'ASSET_TRACING' });
  await stage.does(KZ, 'release', {
    item,
    to: TEAM,
    toType: 'LAW_ENFORCEMENT',
    purpose: 'ASSET_TRACING',
    legalBasis: 'DOMESTIC_LAW:KZ-ARC-3',
    basis: { exemption: 'NAMED_TEAM' },
    until: stage.dayText(DAY.until),
  });
  const got = await stage.does(TEAM, 'receive', { kind: 'release' });
  const read = await stage.does(TEAM, 'open', { item, via: got.digest, purpose: 'ASSET_TRACING' });
  stage.tell({ mark: '(3)', who: KZ, whom: TEAM, what: 'hands the answer to the team that the request named: the network lets it.' }, [
    `logged as EXEMPTION(NAMED_TEAM); the label goes along: ${read.label.caveats.join(', ')}; KZ-INV’s reading is leaf ${read.index}`,
  ]);
}

/** (c), with the answer. */
export async function triesToCopyTheAnswer(stage: Stage, { item }: Answer): Promise<void> {
  const told = { mark: '(c)', who: KZ, whom: OBSERVER, what: 'copies the answer to the observing body.' };
  await stage.isRefused('c-answer', told, 'release', {
    item,
    to: OBSERVER,
    toType: 'INTERNATIONAL_BODY',
    purpose: 'ASSET_TRACING',
    legalBasis: 'DOMESTIC_LAW:KZ-ARC-3',
    basis: { consents: [] },
    until: stage.dayText(DAY.until),
  });
}

/** The central authority is not the team: it needs consent, and gets it to prepare a request and for nothing else. */
export async function givesToTheCentralAuthority(stage: Stage, { item, via }: Answer): Promise<void> {
  await stage.toDay(DAY.ask);
  const until = stage.dayText(DAY.until);
  const { exchange } = await stage.does(KZ, 'askConsent', {
    profile: 'CARIN',
    fromType: 'ARIN_CONTACT_LE',
    to: GG,
    toType: 'ARIN_CONTACT_JUDICIAL',
    legalBasis: ['UNCAC_48'],
    framework: ['CARIN_MANUAL'],
    purposes: ['MLA_PREPARATION'],
    matterType: 'CRIMINAL',
    language: 'en',
    urgency: 'ROUTINE',
    item,
    recipient: { authority: ASKING, authorityType: 'CENTRAL_AUTHORITY_MLA' },
    recipientPurposes: ['MLA_PREPARATION'],
    until,
  });
  await stage.does(GG, 'receive', { kind: 'envelope', message: 'SUBMIT' });
  await stage.toDay(DAY.grant);
  const { consent } = await stage.does(GG, 'grant', { exchange, until });
  stage.tell(
    { mark: '(4)', who: GG, whom: KZ, what: 'consents, as it was asked: to KZ-PGO, to prepare a formal request, for no other purpose.' },
    [`consent ${consent}, for MLA_PREPARATION`],
  );
  await stage.toDay(DAY.give);
  await stage.does(KZ, 'open', { item, via, purpose: 'ASSET_TRACING' });
  await stage.does(KZ, 'release', {
    item,
    to: ASKING,
    toType: 'CENTRAL_AUTHORITY_MLA',
    purpose: 'MLA_PREPARATION',
    legalBasis: 'DOMESTIC_LAW:KZ-ARC-3',
    basis: { consents: [consent] },
    until,
  });
  const got = await stage.does(ASKING, 'receive', { kind: 'release' });
  await stage.does(ASKING, 'open', { item, via: got.digest, purpose: 'MLA_PREPARATION' });
  stage.tell({ mark: '', who: KZ, whom: ASKING, what: 'hands it to the central authority under that consent.' });
}
