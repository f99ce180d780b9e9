/** Asking the authority's quorum, and a holder's answer. The share never leaves a client in the clear. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { currentOfficer } from '../../domain/authority.js';
import type { DeskId, Digest, ExchangeId, OfficerId } from '../../domain/ids.js';
import { isHolder, QUORUM_WINDOW_MS_MAX, type QuorumReason } from '../../domain/quorum.js';
import { certain, no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { formatInstant, MINUTE_MS, type Instant } from '../../domain/time.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import { quorumAnswer, quorumPage, type Quorum, type QuorumSummary } from '../../domain/wire/quorum.js';
import { readAnswer } from './answers.js';
import { boundWithOwn } from './bound.js';
import type { ClientContext } from './context.js';
import { ownEntry, verifySigner, type DirectoryView } from './directory.js';
import { ParleyError } from './error.js';
import { pagesAt } from './pages.js';
import { answerName, ownShare, sealShare } from './quorum-ring.js';
import { headOf, makeStatement, readStatementOf } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';

export type QuorumQuestion = { readonly reason: QuorumReason; readonly until: Instant } & (
  { readonly exchange: ExchangeId } | { readonly desk: DeskId }
);

/** A colleague's clock may be that much ahead of this one. */
const AHEAD_MS_MAX = 10 * MINUTE_MS;

const ownHeadOf = (context: ClientContext) => ({ ...headOf(context), authority: context.identity.authority });

/** The quorum of one's own authority's newest entry. @throws ParleyError `NO_QUORUM` */
function quorumIn(entry: EntryPayload | null): { readonly entry: EntryPayload; readonly quorum: Quorum } {
  const quorum = entry?.quorum;
  if (entry === null || quorum === undefined)
    throw new ParleyError('NO_QUORUM', 'The newest entry has no quorum.', 'Whoever holds the root sets one up: parley quorum set-up');
  return { entry, quorum };
}

/** Asks for one case, or for a desk's secrets; the holders see the request and its reason. */
export async function askQuorum(context: ClientContext, question: QuorumQuestion): Promise<Sent> {
  // nothing is sealed yet: whoever answers sees to it that the entry is the one that everybody is shown
  const { quorum } = quorumIn(ownEntry(await context.directory(true), context.identity));
  const common = { ...ownHeadOf(context), quorum: quorum.kid, reason: question.reason, until: formatInstant(question.until) };
  const payload =
    'exchange' in question
      ? { ...common, act: 'OPEN' as const, exchange: question.exchange }
      : { ...common, act: 'RECOVER' as const, desk: question.desk };
  const statement = await makeStatement('parley-quorum-request+json', payload, context.identity.signing);
  return submit(context, statement, submissionOf(statement));
}

/** What a request says, as its signature vouches for it. */
export interface QuorumWords {
  readonly requester: OfficerId;
  /** the case, or the desk whose secrets are asked for */
  readonly asks: { readonly exchange: ExchangeId } | { readonly desk: DeskId };
  readonly reason: QuorumReason;
  readonly until: string;
}

/** A request as its maker signed it, and how the gateway counts it. */
export interface QuorumListed extends Pick<QuorumSummary, 'statement' | 'agreed' | 'need' | 'isOpen'> {
  /** null: what the gateway shows is not believed */
  readonly asked: QuorumWords | null;
  /** why it is not believed */
  readonly refused: string | null;
}

/** Every request of the authority, oldest first. Who asks and what is read from the signed request: the gateway's word for it is dropped. */
export async function listQuorumRequests(context: ClientContext): Promise<readonly QuorumListed[]> {
  const view = await context.directory(true);
  const entry = ownEntry(view, context.identity);
  const requests: QuorumListed[] = [];
  for await (const page of pagesAt(context, '/v1/quorum?limit=200', quorumPage, 'quorum'))
    for (const { request, requester: _told, ...rest } of page.requests) {
      const signed = await signedRequest(context, rest.statement, request, { view, entry });
      requests.push({ ...rest, ...(signed.ok ? { asked: wordsOf(signed.value), refused: null } : { asked: null, refused: signed.error }) });
    }
  return requests;
}

/** One request, to be shown before it is answered. @throws ParleyError `QUORUM_REQUEST_REFUSED` */
export const readQuorumRequest = async (context: ClientContext, digest: Digest): Promise<QuorumWords> =>
  wordsOf(await believedRequest(context, digest));

const wordsOf = ({ request: { payload }, requester }: Signed): QuorumWords => ({
  requester: requester.officer,
  asks: payload.act === 'OPEN' ? { exchange: payload.exchange } : { desk: payload.desk },
  reason: payload.reason,
  until: formatInstant(payload.until),
});

export type QuorumRequest = StatementOf<'parley-quorum-request+json'>;

interface Signed {
  readonly request: QuorumRequest;
  readonly requester: EntryPayload['officers'][number];
}

/** Who signed these bytes, by the newest entry and with a key that is good now; and are they for this log, and for no longer than may be? */
async function signedRequest(
  { identity, clock, gateway }: ClientContext,
  digest: Digest,
  compact: string,
  { view, entry }: { readonly view: DirectoryView; readonly entry: EntryPayload | null },
): Promise<Result<Signed, string>> {
  const request = readStatementOf('parley-quorum-request+json', compact);
  if (!request.ok || request.value.digest !== digest) return no('the gateway shows another one');
  const { payload, kid } = request.value;
  const now = clock.now();
  const signer = await verifySigner(request.value, identity.authority, view, now);
  const requester = entry?.officers.find(({ officer }) => signer.ok && officer === signer.value.officer);
  if (requester === undefined || currentOfficer(view.directory, kid, 'signing', now) === null)
    return no('no colleague of the newest entry signed it, or with a key that ended');
  if (payload.aud !== gateway.origin || payload.authority !== identity.authority) return no('it is of another log or authority');
  if (payload.until <= payload.at) return no('it ends before it begins');
  if (payload.until - payload.at > QUORUM_WINDOW_MS_MAX) return no('it asks for longer than a quorum opens');
  // else a key that is in other hands would ask today for what is opened once nobody looks any more
  if (payload.at - now > AHEAD_MS_MAX) return no('it is dated ahead of this clock');
  return ok({ request: request.value, requester });
}

/**
 * The request as a colleague signed it, and who that is by the newest entry: not as the gateway tells it.
 *
 * @throws ParleyError `QUORUM_REQUEST_REFUSED`
 */
export async function believedRequest(context: ClientContext, digest: Digest) {
  const bound = await boundWithOwn(context);
  const { view } = bound;
  const { entry, quorum } = quorumIn(bound.entry);
  const answer = readAnswer(quorumAnswer, await context.door.get(`/v1/quorum/${digest}?limit=200`), 'quorum');
  const signed = await signedRequest(context, digest, answer.request, { view, entry });
  if (!signed.ok) return refuse(signed.error);
  const { payload } = signed.value.request;
  if (payload.quorum !== quorum.kid) return refuse('the quorum’s key was dealt anew since');
  if (context.clock.now() >= payload.until) return refuse('its time has run out');
  return { view, entry, quorum, answer, ...signed.value };
}

/**
 * One holder agrees: the own share, sealed anew to the asking officer's key as the newest entry lists it, and bound to the request.
 *
 * @throws ParleyError `QUORUM_REQUEST_REFUSED`, `QUORUM_SHARE_MISSING`; PolicyRefusal where the gateway does not take it
 */
export async function approveQuorum(context: ClientContext, digest: Digest): Promise<Sent> {
  const { view, quorum, requester } = await believedRequest(context, digest);
  const { identity } = context;
  if (requester.officer === identity.officer) return refuse('whoever asks does not agree to it as well');
  if (!isHolder(quorum, identity.officer)) return refuse('this officer holds no share');
  if (currentOfficer(view.directory, requester.encryption.kid, 'encryption', context.clock.now()) === null)
    return refuse('the key that the share would be sealed to ended, or is in other hands');
  const share = await ownShare(context, quorum);
  const reader = { ...requester.encryption, publicKey: certain(decodeBase64url(requester.encryption.publicKey)) };
  const sealed = await sealShare(context, answerName(digest, identity.officer), { share, request: digest }, reader).finally(() =>
    share.fill(0),
  );
  const statement = await makeStatement(
    'parley-quorum-share+json',
    { ...ownHeadOf(context), request: digest, ...sealed },
    identity.signing,
  );
  return submit(context, statement, submissionOf(statement));
}

function refuse(why: string): never {
  throw new ParleyError('QUORUM_REQUEST_REFUSED', `The request is not answered: ${why}.`, 'Ask the colleague who made it.');
}
