import { describe, expect, it } from 'vitest';
import { explanationLines, stepOf } from '../../../client/cli/explained.js';
import { createTerminal } from './terminal.js';
import type { Explanation } from '../../../client/sdk/index.js';
import { liftNoticed } from '../../../policies/rules/channel/lift-noticed.js';
import { sentOn } from '../../../policies/rules/consent/sent-on.js';
import { retracted } from '../../../policies/rules/holding/retracted.js';
import { recipient } from '../../../policies/rules/lawful/recipient.js';

it('the next step of a retracted item is the one that the rule book names, with the command for it', () => {
  const remedy = { action: 'ask-originator', originators: ['NG-FIA'] };
  const step = stepOf({ code: 'ITEM_RETRACTED', rule: retracted.id, sentence: 'NG-FIA has retracted it.', remedy });
  expect(step).toBe('delete it, and ask NG-FIA for a corrected one: parley deleted ITEM');
  expect(retracted.remedy.toLowerCase()).toBe('delete it, and ask the originator for a corrected one.');
});

it('new keys say to whom the root’s fingerprint is told, and what each of them types', async () => {
  const shown = await createTerminal().shows('aa', 'enrol', '--authority', 'VG-FIX', '--officer', 'o.1', '--suite', 'age-pq-1');
  const [, kid = ''] = /root \(its fingerprint\) +│ ([\w-]{43})/.exec(shown) ?? [];
  for (const command of [`parley designate VG-FIX ${kid} --type TYPE`, `parley directory trust VG-FIX ${kid}`])
    expect(shown).toContain(`\n  ${command}\n`);
});

it('what a gateway is to be started with is told to who makes an operator’s keys, and to nobody else', async () => {
  const enrolled = (profile: string, ...more: string[]) =>
    createTerminal().shows(profile, 'enrol', '--authority', 'VG-FIX', '--officer', 'o.1', ...more);
  expect(await enrolled('ab', '--suite', 'age-pq-1')).not.toContain('PARLEY_');
  expect(await enrolled('ac', '--no-receive')).toContain('PARLEY_OPERATOR_ROOT');
});

it('a refusal that comes before the other side was heard leads to the message that asks it', () => {
  const remedy = { action: 'consult', parts: ['a'] };
  const step = stepOf({ code: 'REFUSAL_WITHOUT_CONSULTATION', rule: 'refusal/consultation', sentence: 'x', remedy });
  expect(step).toContain('first, on a: parley reply EXCHANGE PRE_REFUSAL_CONSULTATION');
});

it('a measure that is lifted unheard leads to its notice first, and to the exception only behind it', () => {
  const remedy = { action: 'complete-field', ...{ fields: ['body.withoutNotice'] } };
  const step = stepOf({ code: 'REFUSAL_WITHOUT_CONSULTATION', rule: liftNoticed.id, sentence: 'x', remedy });
  expect(step).toMatch(/^tell the other side first.*: parley reply EXCHANGE PROVISIONAL_MEASURE_LIFT_NOTICE .*; .*withoutNotice/);
});

it('a recipient that a way does not lead to, where no type of body is named, leads to another one', () => {
  const remedy = { action: 'choose-addressee', ...{ types: [] } };
  const step = stepOf({ code: 'CHANNEL_NOT_PERMITTED', rule: recipient.id, sentence: 'x', remedy });
  expect(step).toBe('address another body');
});

it('a use in proceedings that were not named, or in others, leads to the option, or to a consent that names them', () => {
  const step = (remedy: { action: string }) => stepOf({ code: 'USE_BEYOND_PURPOSE', rule: 'purpose/speciality', sentence: 'x', remedy });
  expect(step({ action: 'complete-field', ...{ fields: ['proceedings'] } })).toContain('--proceedings ID');
  expect(step({ action: 'ask-originator', ...{ originators: ['VG-FIX'] } })).toMatch(/for others ask VG-FIX, .*with them too/);
});

it('what was made from others’ information is not asked for itself, which nobody has sealed: its sources are handed on', () => {
  const remedy = { action: 'consent-request', ...{ originator: 'CH-FIN', recipient: 'LI-FIN', purpose: 'INTELLIGENCE' } };
  const step = stepOf({ code: 'NO_THIRD_PARTY_CONSENT', rule: sentOn.id, sentence: 'x', remedy });
  expect(step).toMatch(/^hand on what it is made from: .*explain release --item SOURCE --to LI-FIN --purpose INTELLIGENCE/);
  const missing = [{ originator: 'CH-FIN', codes: ['NO_THIRD_PARTY_CONSENT'], ask: null }];
  const lines = (act: 'send' | 'release') =>
    explanationLines({ act, allowed: false, violations: [], restsOn: { consents: [] }, missing } as unknown as Explanation, []);
  expect(lines('send')).toContain('ask it about what you made this from');
  expect(lines('send')).not.toContain('who gave you the item');
  expect(lines('release')).toContain('no channel joins you with');
});

it('a suspension without its reason is asked for it before anything is signed', async () => {
  const words = ['designate', 'VG-FIX', 'A'.repeat(43), '--type', 'FIU', '--status', 'SUSPENDED'];
  await expect(createTerminal().parley('op', ...words)).rejects.toMatchObject({ code: 'MALFORMED', next: 'Add it: --reason CODE.' });
});

describe('a next step that names fields', () => {
  const step = (action: string, ...fields: string[]) => stepOf({ code: 'X', rule: 'x', sentence: 'x', remedy: { action, fields } });

  it('calls each as the form does, and says by which option or member it is given', () => {
    expect(step('complete-field', 'facts')).toBe('fill in, or put right: “Facts” of the form: `facts`, sealed');
    expect(step('complete-field', 'body.periodFrom')).toBe('fill in, or put right: “Period” in the envelope: `body.periodFrom`');
    expect(step('complete-field', 'legalBasis')).toContain('“Legal basis” in the envelope: `legalBasis`');
    expect(step('complete-field', 'label.caveats.NO_EXPORT')).toContain('--caveat NO_EXPORT');
    expect(step('complete-field', 'text')).toContain('--text or --text-file');
    expect(step('justify', 'periodJustification', 'body.unheardOf')).toMatch(/^give the reason: “.+” of the form.*; `body.unheardOf`$/);
  });
});

it('names who may release anew what was released until a day that has passed', () => {
  const remedy = { action: 'ask-holder', holders: ['NG-FIA'] };
  for (const rule of ['holding/borrowed', 'holding/retention'])
    expect(stepOf({ code: 'RETENTION_EXPIRED', rule, sentence: '', remedy })).toBe('ask NG-FIA, who released it, to release it anew');
});

it('whoever uses for another purpose what was handed on is told of a consent and of a second release', () => {
  const step = (remedy: Parameters<typeof stepOf>[0]['remedy']) =>
    stepOf({ code: 'USE_BEYOND_PURPOSE', rule: 'purpose/handed-on', sentence: '', remedy });
  const asked = step({ action: 'consent-request', originator: 'VG-FIX', items: ['A', 'B'], recipient: 'NG-EFCX', purpose: 'TAX' });
  expect(asked).toMatch(
    /^ask VG-FIX to consent to NG-EFCX for TAX: parley consent ask --item A --item B --to NG-EFCX --purpose TAX --until 90d; or, .* release it once more for that$/,
  );
  expect(step({ action: 'none' })).toMatch(/^say the purpose that it was handed on for; or, /);
});

it('whoever is suspended is waited for, and its code taken over where it is no more', () => {
  const step = stepOf({ code: 'PARTICIPANT_SUSPENDED', rule: 'recipient/suspended', sentence: 'x', remedy: { action: 'none' } });
  expect(step).toMatch(/^wait until the suspension is lifted, .*ask the operator who takes its code over$/);
});

it.each([
  ['label/empty', /for which purpose/],
  ['label/export', /give it to the recipient itself, or to lift the caveat$/],
  ['label/attribution', /give it to the recipient itself, or to lift the caveat$/],
  ['label/contact-source', /^have NG-FIA verify it first/],
  ['label/open-use', /^use it so that nobody notices/],
  ['label/in-words', /to consent, or to lift it$/],
  ['purpose/too-early', /^wait for the day/],
  ['purpose/tipping-off', /^ask NG-FIA before anything is done/],
  ['holding/originator', /^have NG-FIA say it/],
  ['holding/lifted', /^lift only what you set yourself/],
  ['holding/foreign-caveat', /^add only caveats of your own/],
])('what is asked of an originator is said rule by rule: %s', (rule, words) => {
  const remedy = { action: 'ask-originator', originators: ['NG-FIA'] };
  expect(stepOf({ code: 'X', rule, sentence: 'x', remedy })).toMatch(words);
});

/** Where no program can take the step and a person can: the rule book names it, and nobody is told that there is none. */
it.each([
  ['channel/oneself', /by a release/],
  ['channel/profile-level', /^use a channel that carries the level/],
  ['channel/sender', /^send as a type/],
  ['consent/sent-on', /by a release of its own: parley explain release --item OFFENDER$/],
  ['consent/use-scope', /^say the purpose .*, or ask/],
  ['form/distribution-list', /^ask those/],
  ['holding/derivation', /--source/],
  ['holding/desk', /officer of the desk .*parley quorum ask/],
  ['holding/holder', /^ask who holds it/],
  ['label/privileged', /LEGAL_PRIVILEGE/],
  ['lawful/consulting', /^wait until then, or have every originator say .*: parley notice answer OFFENDER --no-objection$/],
  ['lawful/open-to', /consent/],
  ['lawful/two-persons', /^have a second officer .*: parley notice approve OFFENDER; .*--approval/],
  ['level/clearance', /clearance/],
  ['level/system', /^use a channel/],
  ['purpose/beyond', /^say the purpose .*, or ask OFFENDER/],
])('a step that no program takes is said all the same: %s', (rule, words) => {
  expect(stepOf({ code: 'X', rule, sentence: 'x', offenders: ['OFFENDER'], remedy: { action: 'none' } })).toMatch(words);
});
