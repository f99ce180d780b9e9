/** Releases and uses: what a holder says of an item that exists already. */
import { openSeal } from '../../crypto/open.js';
import { sealContentKey, type Seal } from '../../crypto/seal.js';
import { parseAuthorityId, type Digest } from '../../domain/ids.js';
import type { Label, UseAction } from '../../domain/label.js';
import { present } from '../../domain/present.js';
import { formatInstant, HOUR_MS, type Instant } from '../../domain/time.js';
import type { AuthorityType, Purpose, Suite } from '../../domain/vocabulary.js';
import { authorityIn, typesOf, withType } from './addressing.js';
import { boundView } from './bound.js';
import { uncovered } from './cited-consents.js';
import type { ClientContext } from './context.js';
import { ParleyError, PolicyRefusal } from './error.js';
import type { Holding } from './holding.js';
import { deskKey } from './identity.js';
import { labelAsTold } from './label-told.js';
import { checkLabel, writeLabel } from './labels.js';
import { releaseKeys } from './readers.js';
import { sealedFormat, type Release } from './reading-order.js';
import { headOf, makeStatement, type DraftOf } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';

/** A gateway could withhold a retraction or an added caveat (protocol 6). */
const LABEL_AGE_MS_MAX = HOUR_MS;

export interface ReleaseDraft {
  /** an authority, or `private:CODE` for a reader that is none: always refused, always logged */
  readonly to: string;
  /** absent: as the one type that it has */
  readonly toType?: AuthorityType;
  /** as which of its own types this authority hands it on; owed where it has the item as several, or hands it to itself as another */
  readonly holderType?: AuthorityType;
  readonly purpose: Purpose;
  readonly legalBasis: string;
  readonly basis: DraftOf<'parley-release+json'>['basis'];
  readonly until: Instant;
  /** digests of the sources' confirmations, where one is owed first */
  readonly verifications?: readonly Digest[];
  /** texts of its label's restrictions and conditions that the officer has read, and states are kept (docs/PROTOCOL.md 6) */
  readonly kept?: readonly Digest[];
  /** default: the label under which it is held. What is added here binds the reader, and whoever has it from that one */
  readonly label?: Label;
  /** digests of the form disclosures that are handed over; absent: the whole item */
  readonly disclosed?: readonly Digest[];
  readonly suites?: readonly Suite[];
  /** the same was released before, and is to be released once more */
  readonly again?: boolean;
}

/**
 * Hands an item that is held to one more reader: adds a seal and touches nothing else.
 *
 * @throws ParleyError `LABEL_TOO_OLD` where its label was last seen more than an hour ago; `CONSENT_NOT_VERIFIED`;
 * `TYPE_NOT_SAID` where the reader is of several types, and none was said; `NO_SUCH_AUTHORITY`; `DONE_BEFORE` where
 * the same was released from this key store, until whenever, and has not ended
 */
export async function releaseItem(
  context: ClientContext,
  holding: Holding,
  wanted: ReleaseDraft,
): Promise<Sent & { readonly release: Digest }> {
  const typed = await withType(context, wanted);
  // what clears an accused goes whatever its source adds or takes back meanwhile (46(5)), and it may open no more
  const isExculpatory = wanted.purpose === 'EXCULPATORY' && 'notices' in wanted.basis;
  const draft = isExculpatory ? { ...typed, label: await labelAsTold(context, holding.item, wanted.label ?? holding.label) } : typed;
  const { clock, identity } = context;
  if (context.refusesLocally) {
    // of several types it may hold it as one, and be a stranger to it as another (rulings 2)
    if (draft.to === identity.authority && typesOf(authorityIn(await context.directory(), identity.authority)).length < 2)
      throw new ParleyError('OWN_AUTHORITY', `${draft.to} is your own authority, and holds it.`, 'Name another reader.');
    if (!isExculpatory && clock.now() - holding.labelAt > LABEL_AGE_MS_MAX)
      throw new ParleyError('LABEL_TOO_OLD', 'Its label was last seen more than an hour ago.', 'Open it again, then release it.');
    checkLabel(draft.label ?? holding.label, [holding.label], [identity.authority]);
  }
  return stateRelease(context, holding, draft, await sealFor(context, holding, draft));
}

/** States a release whose seal is made: null where there is no reader to seal to. */
export async function stateRelease(
  context: ClientContext,
  holding: Holding,
  draft: ReleaseDraft,
  sealed: Seal | null,
): Promise<Sent & { readonly release: Digest }> {
  const { identity } = context;
  const item = holding.item;
  const statement = await makeStatement(
    'parley-release+json',
    {
      ...headOf(context),
      holder: identity.authority,
      ...present({ holderType: draft.holderType }),
      to: draft.to,
      ...present({ toType: draft.toType }),
      item: item.digest,
      keyCommitment: item.payload.keyCommitment,
      ...(sealed === null ? {} : { seal: sealed.digest, kid: sealed.kid, suite: sealed.suite }),
      purpose: draft.purpose,
      legalBasis: draft.legalBasis,
      label: writeLabel(draft.label ?? holding.label),
      labelEpoch: holding.labelEpoch,
      basis: draft.basis,
      ...present({
        verifications: draft.verifications && [...draft.verifications],
        kept: draft.kept && [...draft.kept],
        disclosed: draft.disclosed && [...draft.disclosed],
      }),
      until: formatInstant(draft.until),
    },
    identity.signing,
  );
  const why = sealed === null || !context.refusesLocally ? null : await uncovered(context, statement, item);
  if (why !== null) return askedWithout(context, statement, why);
  const seals = sealed === null ? [] : [{ item: item.digest, seal: sealed }];
  return { ...(await submit(context, statement, submissionOf(statement, [], seals), draft.again)), release: statement.digest };
}

/** The gateway hears of the attempt, says what stands against it and logs it; the seal stays here, so that nothing is handed over. */
async function askedWithout(context: ClientContext, statement: Release, why: string): Promise<never> {
  const isOnlyForm = (error: unknown): boolean => error instanceof PolicyRefusal && error.code === 'SEALS_MISMATCH';
  await submit(context, statement, submissionOf(statement)).catch((error: unknown) => {
    if (!isOnlyForm(error)) throw error;
  });
  throw new ParleyError(
    'CONSENT_NOT_VERIFIED',
    `The gateway has nothing against this release, and no consent that was signed covers it: ${why}`,
    'Nothing was handed over: the seal is still here. Ask the originators by another way, and tell the operator.',
  );
}

/** @returns null where there is no reader to seal to: a private party */
async function sealFor(context: ClientContext, holding: Holding, draft: ReleaseDraft): Promise<Seal | null> {
  const to = parseAuthorityId(draft.to);
  if (!to.ok) return null;
  if (draft.toType === undefined)
    throw new ParleyError('MALFORMED', 'A release says as what its reader receives.', 'Name the reader’s type.');
  const { format } = holding.item.payload;
  const view = await boundView(context, to.value);
  const reader = releaseKeys(view, { authority: to.value, type: draft.toType }, format, context.clock.now(), draft.suites);
  const contentKey = await contentKeyOf(context, holding);
  return sealContentKey(contentKey, reader, { chance: context.chance, at: context.clock.now() });
}

/** @throws ParleyError `NO_DESK_KEY`, `SEAL_UNOPENABLE`, `KEY_COMMITMENT` */
export async function contentKeyOf({ identity }: ClientContext, { item, seal }: Holding): Promise<Uint8Array> {
  const key = deskKey(identity, seal.kid);
  if (key === null)
    throw new ParleyError(
      'NO_DESK_KEY',
      'The desk key of this item is no longer here.',
      'Have the item resealed to the desk’s current key.',
    );
  const { id, issuer, format, keyCommitment } = item.payload;
  const opened = await openSeal({ id, issuer, format: sealedFormat(format), keyCommitment }, seal.bytes, key);
  if (!opened.ok) throw new ParleyError(opened.error, 'The seal of this item does not open.', 'Open the item again.');
  return opened.value;
}

/** What is to be done with an item, and what it rests on. */
export interface UseDraft {
  /** as which of its own types this authority uses it; owed where it has the item as several */
  readonly holderType?: AuthorityType;
  readonly purpose: Purpose;
  readonly proceedings?: string;
  /** what others could notice of it; absent: nothing */
  readonly action?: UseAction;
  readonly verifications?: readonly Digest[];
}

/** Records a use before it happens; the policy answers as for a release. */
export async function recordUse(context: ClientContext, item: Digest, draft: UseDraft): Promise<Sent> {
  const { identity } = context;
  const { holderType, purpose, proceedings, action, verifications } = draft;
  const statement = await makeStatement(
    'parley-use+json',
    {
      ...headOf(context),
      holder: identity.authority,
      ...present({ holderType }),
      item,
      purpose,
      ...present({ proceedings, action, verifications: verifications && [...verifications] }),
    },
    identity.signing,
  );
  return submit(context, statement, submissionOf(statement));
}
