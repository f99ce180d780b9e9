/** What of a request for consent stands granted, from whichever key store of this authority. */
import { ungranted } from '../../domain/consent-left.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import type { StatementOf } from '../../domain/statement.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { AuthorityType, Purpose } from '../../domain/vocabulary.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';
import { readConsents } from './messages.js';

/** One cell of the grid: these items, to this recipient, for these purposes, until then. */
export interface ConsentCell {
  readonly items: readonly Digest[];
  /** disclosure digests: these form fields only */
  readonly fields?: readonly Digest[];
  readonly recipient: { readonly authority: AuthorityId; readonly authorityType: AuthorityType };
  readonly purposes: readonly Purpose[];
  readonly until: Instant;
}

/** @throws ParleyError `NOTHING_ASKED` */
export function askedIn({ payload }: StatementOf<'parley-envelope+json'>): ConsentCell {
  const asked = payload.message === 'SUBMIT' ? payload.body.consent : undefined;
  if (asked === undefined)
    throw new ParleyError('NOTHING_ASKED', 'In this exchange no consent is asked.', 'See which exchange it is: parley inbox --all.');
  const { items, fields, recipient, until } = asked;
  const { authority, authorityType, purposes } = recipient;
  return { items, ...present({ fields }), recipient: { authority, authorityType }, purposes, until };
}

/**
 * What of a request is neither granted nor refused; all of it where nothing is, which is told when it is refused.
 *
 * @throws ReadingRefused `CONSENT_WITHHELD`
 */
export async function leftToRefuse(
  context: ClientContext,
  request: StatementOf<'parley-envelope+json'>,
): Promise<{ readonly left: readonly Digest[]; readonly granted: readonly Digest[] }> {
  const asked = askedIn(request);
  const grants = await standingGrants(context, request.payload.exchange);
  const open = ungranted(
    asked.items,
    asked.purposes,
    asked,
    grants.map(({ payload }) => payload),
  );
  const refused = await refusedIn(context, request);
  const left = open.filter((item) => !refused.includes(item));
  return left.length === 0 ? { left: asked.items, granted: [] } : { left, granted: asked.items.filter((item) => !open.includes(item)) };
}

/** What of it was refused for all that was asked, and whatever was granted since. */
export async function refusedIn(context: ClientContext, request: StatementOf<'parley-envelope+json'>): Promise<readonly Digest[]> {
  const { purposes } = askedIn(request);
  return (await answersIn(context, request.payload.exchange)).flatMap(({ typ, payload }) =>
    typ === 'parley-consent-refusal+json' && purposes.every((one) => payload.purposes.includes(one)) ? payload.items : [],
  );
}

/** That their originator signed. */
const answersIn = async (context: ClientContext, exchange: ExchangeId) =>
  (await readConsents(context, exchange)).flatMap(({ statement, why }) => (why === null ? [statement] : []));

/** That neither were revoked nor are over. */
async function standingGrants(context: ClientContext, exchange: ExchangeId): Promise<readonly StatementOf<'parley-consent+json'>[]> {
  const said = await answersIn(context, exchange);
  const ended = new Set(said.flatMap(({ typ, payload }) => (typ === 'parley-consent-revocation+json' ? [payload.consent] : [])));
  const now = context.clock.now();
  return said.flatMap((one) => (one.typ === 'parley-consent+json' && !ended.has(one.digest) && one.payload.until > now ? [one] : []));
}

/** Whoever ended one of two alike would leave the other standing. @throws ParleyError `DONE_BEFORE` where one grant covers all of it, for whatever time */
export async function refuseGranted(
  context: ClientContext,
  { payload: { exchange } }: StatementOf<'parley-envelope+json'>,
  { items, purposes, fields, conditions }: Pick<ConsentCell, 'items' | 'purposes' | 'fields'> & { readonly conditions?: readonly string[] },
): Promise<void> {
  const now = context.clock.now();
  const asked = { fields, conditions, until: now };
  const standing = (await standingGrants(context, exchange)).filter(
    ({ payload }) => ungranted(items, purposes, asked, [payload]).length === 0,
  );
  const [before] = standing;
  if (before === undefined) return;
  const { at, until } = before.payload;
  throw new ParleyError(
    'DONE_BEFORE',
    `It is granted already, by the consent ${before.digest} of ${formatInstant(at)}, until ${formatInstant(until)}.`,
    `Nothing was signed. See what stands: parley show ${exchange}. To do it once more on purpose, such as for longer: --again; in a program, again: true.`,
  );
}
