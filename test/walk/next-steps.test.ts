/** What a refusal says to do next: done, the same thing is accepted. */
import { expect, it } from 'vitest';
import type { Digest } from '../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { VIOLATION_CODES, type Remedy, type ViolationCode } from '../../domain/violation.js';
import { open, say, setStage, settle, textOf } from '../domain/machines/stage.js';
import { answered, codesOf } from '../support/answered.js';
import { designation, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import {
  labelOf,
  makeConsent,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  makeRequest,
  makeRevocation,
  makeUse,
} from '../support/letters.js';
import { makeVerification } from '../support/notices.js';

type Scene = Awaited<ReturnType<typeof answered>>;
/** what the next step brought: a digest to cite, or nothing but that it was done; null: it is not done yet */
type Done = Digest | 'done' | null;

interface Row {
  readonly code: ViolationCode;
  readonly action: Remedy['action'];
  /** caveats of the answer that FIA holds */
  readonly caveats?: readonly object[];
  /** the thing that is wanted, before the step and after it */
  readonly wants: (scene: Scene, done: Done) => Signed | Promise<Signed>;
  readonly who?: 'fia' | 'fix';
  /** absent: the step is a better word in the thing itself */
  readonly step?: (scene: Scene) => Promise<Digest | 'done'>;
}

const FIX = 'VG-FIX';
const THIRD = { code: 'NO_THIRD_PARTY', by: FIX };

type Over = (scene: Scene, done: Done) => object;
const AS_IT_IS: Over = () => ({});

const handsOn =
  (over: Over = AS_IT_IS) =>
  (scene: Scene, done: Done): Promise<Signed> =>
    releases(scene, done === null || done === 'done' ? [] : [done], over(scene, done));

const releases = ({ fia, efcx, found, desk }: Scene, consents: readonly Digest[], over: object): Promise<Signed> =>
  makeRelease(fia, efcx, found, consents, desk(), over);

async function says(scene: Scene, signed: Signed, who: Actor = scene.fix): Promise<Digest> {
  expect(codesOf(await scene.accept(signed, who))).toEqual(['ALLOW']);
  return signed.digest;
}

const grants =
  (over: (scene: Scene) => object = () => ({})) =>
  (scene: Scene): Promise<Digest> =>
    says(scene, makeConsent(scene.fix, scene.fia, scene.efcx, [scene.found.digest], scene.desk(), over(scene)));

/** Handed on under a grant that is there already: another rule stands against it. */
const granted =
  (over: Over = AS_IT_IS) =>
  async (scene: Scene, done: Done): Promise<Signed> =>
    releases(scene, [await grants()(scene)], over(scene, done));

const lifts =
  (code: string) =>
  (scene: Scene): Promise<Digest> =>
    says(scene, makeLabel(scene.fix, scene.found, scene.desk(), { change: 'RELAX', label: undefined, lifts: [code] }));

const without = ({ found }: Scene, code: string): object => {
  const label = found.label as { readonly caveats: readonly { readonly code: string }[] };
  return { label: { ...label, caveats: label.caveats.filter((caveat) => caveat.code !== code) }, labelEpoch: 1 };
};

/** A request of FIA's, with one thing that is amiss in it until it is done. */
const asks =
  (wrong: object, right: object = {}, says: { readonly wrong?: object; readonly right?: object } = {}) =>
  async ({ fia, fix, desk }: Scene, done: Done): Promise<Signed> =>
    (await makeRequest(fia, fix, desk(), done === null ? wrong : right, (done === null ? says.wrong : says.right) ?? {})).signed;

/** An answer of FIX's, with an item that is amiss until it is done. */
const answers =
  (wrong: (scene: Scene) => object, right: (scene: Scene) => object = () => ({})) =>
  async (scene: Scene, done: Done): Promise<Signed> => {
    const { say, fia, fix, desk } = scene;
    const item = await makeItem(fix, [fia, fix], 'more of it', desk(), (done === null ? wrong : right)(scene));
    return makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [item] }, desk());
  };

const refuses =
  (wrong: object, right: object) =>
  async ({ say, fia, fix, desk }: Scene, done: Done): Promise<Signed> => {
    const text = await makeItem(fix, [fia, fix], 'for this reason', desk());
    const body = { text: text.digest, ...(done === null ? wrong : right) };
    return makeEnvelope({ ...say, message: 'REFUSE', items: [text], body }, desk());
  };

const labelled = (scene: Scene, ...caveats: readonly object[]): object => ({ label: labelOf(scene.fix, { caveats: [THIRD, ...caveats] }) });

const ROWS: readonly Row[] = [
  { code: 'NO_THIRD_PARTY_CONSENT', action: 'consent-request', wants: handsOn(), step: grants() },
  { code: 'TLP_EXCEEDED', action: 'consent-request', wants: handsOn(), step: grants() },
  {
    code: 'OUTSIDE_OWN_ORGANISATION',
    action: 'consent-request',
    caveats: [THIRD, { code: 'OWN_ORG_ONLY', by: FIX }],
    wants: handsOn(),
    step: grants(),
  },
  {
    code: 'RECIPIENT_NOT_NAMED',
    action: 'consent-request',
    caveats: [{ code: 'NAMED_RECIPIENTS', by: FIX, recipients: ['NG-FIA'] }, THIRD],
    wants: handsOn(),
    step: grants(),
  },
  {
    code: 'CONFIDENTIALITY_OF_FACT',
    action: 'consent-request',
    caveats: [{ code: 'CONFIDENTIAL_FACT', by: FIX }, THIRD],
    wants: handsOn(),
    step: grants(),
  },
  {
    code: 'CONSENT_EXPIRED_OR_REVOKED',
    action: 'consent-request',
    wants: async (scene, done) => {
      if (done !== null) return handsOn()(scene, done);
      const ended = await grants()(scene);
      await says(scene, makeRevocation(scene.fix, scene.fia, ended, scene.desk()));
      return handsOn()(scene, ended);
    },
    step: grants(),
  },
  {
    code: 'CONSENT_SCOPE_EXCEEDED',
    action: 'consent-request',
    wants: async (scene, done) => handsOn()(scene, done ?? (await grants(() => ({ purposes: ['INVESTIGATION'] }))(scene))),
    step: grants(),
  },
  {
    code: 'NO_THIRD_PARTY_CONSENT',
    action: 'await-consent',
    wants: async (scene, done) => {
      const from = formatInstant(plusMs(scene.desk().at, DAY_MS));
      return handsOn()(scene, done ?? (await grants(() => ({ from }))(scene)));
    },
    step: async (scene) => {
      const from = formatInstant(plusMs(scene.desk().at, DAY_MS));
      const consent = await grants(() => ({ from }))(scene);
      scene.world.clock.advance(DAY_MS);
      return consent;
    },
  },
  {
    code: 'USE_BEYOND_PURPOSE',
    action: 'consent-request',
    wants: ({ fia, found, desk }) => makeUse(fia, found.digest, desk(), { purpose: 'TAX' }),
    step: (scene) => says(scene, makeConsent(scene.fix, scene.fia, scene.fia, [scene.found.digest], scene.desk(), { purposes: ['TAX'] })),
  },
  {
    code: 'CAVEAT_WEAKENED',
    action: 'keep-label',
    wants: granted((scene, done) => (done === null ? { label: labelOf(scene.fix, { caveats: [] }) } : {})),
  },
  {
    code: 'EXPORT_NOT_ALLOWED',
    action: 'ask-originator',
    caveats: [{ code: 'NO_EXPORT', by: FIX }, THIRD],
    wants: granted((scene, done) => (done === null ? {} : without(scene, 'NO_EXPORT'))),
    step: lifts('NO_EXPORT'),
  },
  {
    code: 'CONTACT_SOURCE_FIRST',
    action: 'ask-originator',
    caveats: [{ code: 'CONTACT_SOURCE_BEFORE_ACTION', by: FIX }, THIRD],
    wants: granted((_scene, done) => (done === null ? {} : { verifications: [done] })),
    step: (scene) => says(scene, makeVerification(scene.fix, scene.fia, scene.found.digest, scene.desk())),
  },
  {
    code: 'CONDITION_NOT_MET',
    action: 'ask-originator',
    caveats: [{ code: 'CONDITIONS', by: FIX, texts: [], notBefore: '2026-01-06T09:00:00Z' }, THIRD],
    wants: granted(),
    step: ({ world }) => Promise.resolve('done' as const).finally(() => world.clock.advance(2 * DAY_MS)),
  },
  {
    code: 'TIPPING_OFF_RISK',
    action: 'ask-originator',
    caveats: [{ code: 'ACTION_LIMIT', by: FIX, limit: 'NONE' }, THIRD],
    wants: ({ fia, found, desk }) => makeUse(fia, found.digest, desk(), { action: 'INQUIRIES' }),
    step: lifts('ACTION_LIMIT'),
  },
  {
    code: 'NOT_ORIGINATOR',
    action: 'ask-originator',
    wants: ({ fia, fix, efcx, found, desk }, done) => makeConsent(done === null ? fia : fix, fia, efcx, [found.digest], desk()),
  },
  { code: 'LEGAL_BASIS_MISSING', action: 'complete-field', wants: asks({ legalBasis: [] }) },
  { code: 'COUNTRY_LINK_MISSING', action: 'complete-field', wants: asks({}, {}, { wrong: { links: [] } }) },
  { code: 'MISSING_FIELD', action: 'complete-field', wants: asks({}, {}, { wrong: { reciprocity: undefined } }) },
  { code: 'PERIOD_NOT_JUSTIFIED', action: 'justify', wants: asks({}, {}, { wrong: { periodFrom: '1990-01-01' } }) },
  { code: 'URGENCY_UNJUSTIFIED', action: 'justify', wants: asks({ urgency: 'URGENT' }) },
  { code: 'LANGUAGE_NOT_ACCEPTED', action: 'translate', wants: asks({ language: 'fi' }) },
  {
    code: 'PARTICIPANT_SUSPENDED',
    action: 'none',
    wants: async (scene, done) => {
      if (done === null) await stands(scene, { status: 'SUSPENDED', reason: 'SECURITY_AT_RISK' });
      return asks({})(scene, done);
    },
    step: (scene) => stands(scene, {}),
  },
  {
    code: 'OBSERVER_NO_CASE_DATA',
    action: 'choose-addressee',
    wants: async (scene, done) => {
      if (done === null) await stands(scene, { status: 'OBSERVER' });
      return asks({})(scene, done);
    },
    step: (scene) => stands(scene, {}),
  },
  {
    code: 'CAVEAT_NOT_ALLOWED',
    action: 'complete-field',
    who: 'fix',
    wants: answers((scene) => ({ label: labelOf(scene.fix, { caveats: [{ code: 'FPS_REPORT', by: FIX }] }) })),
  },
  {
    code: 'LABEL_CONTRADICTORY',
    action: 'none',
    who: 'fix',
    wants: answers((scene) => labelled(scene, { code: 'SPECIALITY', by: FIX, proceedings: [] })),
  },
  {
    code: 'DERIVATION_UNKNOWN',
    action: 'none',
    who: 'fix',
    wants: answers(
      () => ({ kind: 'EXTRACT' }),
      (scene) => ({ kind: 'EXTRACT', derivedFrom: [scene.found.digest] }),
    ),
  },
  {
    code: 'PRIVILEGED_NOT_EXCHANGEABLE',
    action: 'none',
    who: 'fix',
    wants: answers((scene) => ({ label: labelOf(scene.fix, { caveats: [THIRD, { code: 'PRIVILEGED', by: FIX }] }) })),
  },
  {
    code: 'REFUSAL_WITHOUT_REASON',
    action: 'complete-field',
    who: 'fix',
    wants: refuses({ codes: [] }, { codes: ['INSUFFICIENT_PROTECTION'] }),
  },
  {
    code: 'REFUSAL_GROUND_FORBIDDEN',
    action: 'complete-field',
    who: 'fix',
    wants: refuses({ codes: ['BANK_SECRECY'] }, { codes: ['INSUFFICIENT_PROTECTION'] }),
  },
];

async function stands(scene: Scene, over: object): Promise<'done'> {
  const { operator, fix, walk, desk } = scene;
  const { at, chance } = desk();
  expect((await walk.acceptStatement(designation(operator, fix, at, chance, over).submission, null)).ok).toBe(true);
  return 'done';
}

it.each(ROWS.map((row, at) => [row.code, row.action, { row, seed: 900 + at }] as const))(
  '%s, by %s: what it says is done, and the same is accepted',
  async (code, action, { row, seed }) => {
    const over = row.caveats === undefined ? {} : { label: { ...labelOf({ id: FIX } as Actor), caveats: row.caveats } };
    const scene = await answered(seed, over);
    const who = scene[row.who ?? 'fia'];
    const before = await scene.accept(await row.wants(scene, null), who);
    const told = before.ok ? [] : before.error.refusal.violations.map((one) => [one.code, one.remedy.action]);
    expect(told).toContainEqual([code, action]);
    const done = row.step === undefined ? 'done' : await row.step(scene);
    const after = await row.wants(scene, done);
    expect(codesOf(await scene.accept(after, code === 'NOT_ORIGINATOR' ? scene.fix : who))).toEqual(['ALLOW']);
  },
);

it('for what was made of another’s information, consent to what it is made from is asked, and that is handed on', async () => {
  const scene = await answered(991);
  const { accept, fia, fix, efcx, found, desk } = scene;
  const label = labelOf(fix, { originators: [fia.id, fix.id].toSorted() });
  const made = await makeItem(fia, [efcx, fia], 'as we heard', desk(), { kind: 'EXTRACT', derivedFrom: [found.digest], label });
  const exchange = uuidFrom(desk().chance);
  const refused = await accept(makeEnvelope({ from: fia, to: efcx, exchange, message: 'SUBMIT', items: [made] }, desk()), fia);
  const told = refused.ok ? [] : refused.error.refusal.violations.filter(({ rule }) => rule === 'consent/sent-on');
  expect(told).toMatchObject([{ remedy: { action: 'consent-request', originator: fix.id, recipient: efcx.id, items: [found.digest] } }]);
  expect(codesOf(await accept(await handsOn()(scene, await grants()(scene)), fia))).toEqual(['ALLOW']);
});

const OF_A_FORMAL_REQUEST = ['REFUSAL_WITHOUT_CONSULTATION', 'DUAL_CRIMINALITY_NONCOERCIVE'] as const;

it('a formal request is refused after its asker was consulted, and for its coercive parts alone where it is no offence here', async () => {
  const stage = await setStage('FORMAL_MLA_REQUEST', 990);
  const parts = [
    { id: 'a', assistanceType: 'COMPANY_RECORDS', coercive: false },
    { id: 'b', assistanceType: 'FREEZING', coercive: true },
  ];
  const run = await open(stage, { parts });
  await settle(stage);
  const writes = async (message: 'REFUSE' | 'PRE_REFUSAL_CONSULTATION', of: readonly string[]) => {
    const text = await textOf(stage, stage.Q);
    return say(run, 'Q', message, { codes: ['DUAL_CRIMINALITY'], text: text.digest, parts: of }, [text]);
  };
  expect(await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' })).toEqual(['ALLOW']);
  expect(await writes('REFUSE', ['b'])).toEqual([OF_A_FORMAL_REQUEST[0]]);
  expect(await writes('PRE_REFUSAL_CONSULTATION', ['a', 'b'])).toEqual(['ALLOW']);
  // asked and not answered: it is waited for
  expect(await writes('REFUSE', ['b'])).toEqual([OF_A_FORMAL_REQUEST[0]]);
  expect(await say(run, 'R', 'VIEWS_SUBMITTED', {}, [await textOf(stage, stage.R)])).toEqual(['ALLOW']);
  expect(await writes('REFUSE', ['a', 'b'])).toEqual([OF_A_FORMAL_REQUEST[1]]);
  expect(await writes('REFUSE', ['b'])).toEqual(['ALLOW']);
});

/** Where the same cannot be had by what is said next, or is followed in a test of its own. */
const NOT_HERE: Readonly<Partial<Record<ViolationCode, string>>> = {
  EVIDENCE_USE_PROHIBITED: 'a formal request, which is another thing: test/client/sdk/promote.test.ts',
  CHANNEL_NOT_PERMITTED: 'another profile or addressee: test/policies/rules/channel/way-round.test.ts',
  ADDRESSEE_NOT_DESIGNATED: 'another addressee: test/policies/rules/recipient.test.ts',
  PRIVATE_PARTY_RECIPIENT: 'none on any profile',
  DISTRIBUTION_LIST_TOO_BROAD: 'fewer are asked: test/walk/in-parts.test.ts',
  COERCIVE_MEASURE_INFORMAL: 'a formal request: test/client/sdk/promote.test.ts',
  CONFIDENTIALITY_CHOICE_REQUIRED: 'test/policies/rules/form.test.ts',
  CLASSIFICATION_EXCEEDS_SYSTEM: 'another channel',
  CLASSIFICATION_EXCEEDS_CLEARANCE: 'another officer: test/policies/rules/level.test.ts',
  RETENTION_EXPIRED: 'it is released anew: test/walk/reseal.test.ts',
  ITEM_RETRACTED: 'it is deleted: test/walk/after-delivery.test.ts',
  LABEL_EMPTY: 'every originator is asked: test/policies/rules/label.test.ts',
  PROTECTION_TOO_WEAK: 'another suite: test/policies/rules/level.test.ts',
  NOT_HOLDER: 'somebody else hands it on: test/policies/rules/holding.test.ts',
  NOT_AT_DESK: 'another officer: test/walk/desks.test.ts',
  NOT_FORMAL_AUTHORITY: 'another sender: test/policies/rules/channel/openings.test.ts',
  UNPROTECTED_CHANNEL: 'another channel: test/policies/rules/channel/openings.test.ts',
  ORIGINATOR_CONSENT_MISSING: 'test/policies/rules/refusal.test.ts',
  EXCULPATORY_NOTICE_MISSING: 'test/walk/exculpatory.test.ts',
  TWO_PERSONS_REQUIRED: 'test/walk/exculpatory.test.ts',
  RULE_FAILED: 'no rule fails',
};

it('leaves no code out: it is followed here, or said where, or why it cannot be', () => {
  const followed = new Set<string>([...ROWS.map(({ code }) => code), ...OF_A_FORMAL_REQUEST]);
  expect(VIOLATION_CODES.filter((code) => !followed.has(code) && NOT_HERE[code] === undefined)).toEqual([]);
});
