/** Story 1, what consent allows: it is asked for, given, used once, and found in the originator's log. */
import { StoryFailed } from '../actor.js';
import type { Stage } from '../stage.js';
import { received } from './exchange.js';
import { DAY, FORWARD, PROFILE } from './facts.js';

/** What the officer asks instead of trying: the same answer, and no attempt in anybody's log. */
export async function asksWhatItTakes(stage: Stage, item: string): Promise<void> {
  const { toType, to } = FORWARD;
  const { allowed, violations, missing } = await stage.does('NG-FIA', 'explainRelease', { item, to, toType, purpose: 'INTELLIGENCE' });
  const asking = missing.map(({ originator, ask }) => ({
    originator,
    ask: ask === null ? null : { to: ask.to, profile: ask.profile, recipient: ask.body.consent.recipient },
  }));
  stage.holds('explained', { allowed, codes: violations.map(({ code }) => code).toSorted(), asking });
  stage.tell(
    { mark: '', who: 'NG-FIA', whom: 'the gateway', what: 'asks what it would take, before it does anything: parley explain release.' },
    [
      `no: ${violations.map(({ code, source }) => `${code} (${source})`).join('; ')}`,
      `lacking: the consent of ${missing.map(({ originator }) => originator).join(', ')}; a consent request to it comes filled in`,
    ],
  );
}

export async function obtainsConsent(stage: Stage, item: string): Promise<string> {
  const until = stage.dayText(DAY.end);
  const asked = await stage.does('NG-FIA', 'askConsent', {
    profile: PROFILE,
    fromType: 'FIU',
    to: 'VG-FIX',
    toType: 'FIU',
    legalBasis: ['RECIPROCITY'],
    framework: ['EGMONT_PRINCIPLES'],
    purposes: ['INTELLIGENCE', 'INVESTIGATION'],
    matterType: 'INTELLIGENCE',
    language: 'en',
    urgency: 'ROUTINE',
    item,
    recipient: { authority: 'NG-EFCX', authorityType: 'LAW_ENFORCEMENT' },
    recipientPurposes: ['INTELLIGENCE', 'INVESTIGATION'],
    until,
  });
  await received(stage, 'VG-FIX', 'SUBMIT');
  stage.tell({ mark: '(5)', who: 'NG-FIA', whom: 'VG-FIX', what: 'asks for consent: to NG-EFCX, as leads for an investigation.' }, [
    'silence would be no consent on this channel',
  ]);
  await stage.toDay(DAY.grant);
  const { consent, index } = await stage.does('VG-FIX', 'grant', { exchange: asked.exchange, until });
  await stage.does('NG-FIA', 'receive', { kind: 'consent' });
  stage.tell(
    { mark: '(6)', who: 'VG-FIX', whom: 'NG-FIA', what: 'consents: NG-EFCX alone, INTELLIGENCE and INVESTIGATION, for 90 days.' },
    [`consent ${consent}, leaf ${index}; it ends ${until.slice(0, 10)}`],
  );
  return consent;
}

export async function forwards(stage: Stage, { form: item, via }: { form: string; via: string }, consent: string) {
  await stage.toDay(DAY.forward);
  // a caveat may have been added since it was last read: what is older than an hour is looked at again
  await stage.does('NG-FIA', 'open', { item, via, purpose: 'INTELLIGENCE' });
  await stage.does('NG-FIA', 'release', { ...FORWARD, item, basis: { consents: [consent] }, until: stage.dayText(DAY.end) });
  const got = await stage.does('NG-EFCX', 'receive', { kind: 'release' });
  const read = await stage.does('NG-EFCX', 'open', { item, via: got.digest, purpose: 'INVESTIGATION' });
  stage.holds(
    'readerSeesConsentOf',
    read.consents.map(({ originator }) => originator),
  );
  if (read.consents[0]?.digest !== consent) throw new StoryFailed('NG-EFCX was not shown the consent that it reads under');
  stage.tell({ mark: '(7)', who: 'NG-FIA', whom: 'NG-EFCX', what: 'passes the answer on under the consent: a new seal, the same bytes.' }, [
    `NG-EFCX's own client checked item, release, consent, seal, key and receipt before it showed anything`,
    `it sees label ${read.label.level}, ${read.label.caveats.join(', ')}, and consent ${consent}; its reading is leaf ${read.index}`,
  ]);
  return read;
}

export async function readsReport(stage: Stage, consent: string): Promise<void> {
  const { disclosures } = await stage.does('VG-FIX', 'disclosureReport', {});
  stage.holds(
    'disclosures',
    disclosures.map(({ holder, to, purpose, basis }) => ({ holder, to, purpose, basis })),
  );
  if (disclosures[0]?.consents.join() !== consent) throw new StoryFailed('the disclosure does not name the consent that it rests on');
  stage.tell(
    { mark: '', who: 'VG-FIX', whom: 'its own log', what: 'its compliance officer reads: exactly one disclosure to a third party.' },
    [`NG-FIA → NG-EFCX for INVESTIGATION, by consent ${consent}: one line, as this log recorded it`],
  );
  const refusals = await stage.does('NG-FIA', 'ownRefusals', {});
  stage.holds(
    'refusalsOfNgFia',
    refusals.map(({ counterparty }) => counterparty),
  );
  stage.tell(
    { mark: '', who: 'NG-FIA', whom: 'its own log', what: `its compliance officer reads: ${refusals.length} tries that were refused.` },
    ['what an authority considered and could not do stands in its own view of the log and in nobody else’s'],
  );
}
