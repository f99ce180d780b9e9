/** What a client does with its authority's quorum, as one thing that it has. */
import type { Digest } from '../../domain/ids.js';
import type { ClientContext } from './context.js';
import type { Identity } from './identity.js';
import { setUpQuorum, showQuorum, type QuorumFacts } from './quorum.js';
import { openByQuorum, recoverByQuorum, type QuorumReading } from './quorum-opening.js';
import { approveQuorum, askQuorum, listQuorumRequests, readQuorumRequest, type QuorumQuestion } from './quorum-request.js';

/** @param keep takes the identity that a recovery gives: the next act must have it */
export const quorumActs = (context: () => ClientContext, keep: (identity: Identity) => void) => ({
  setUp: (facts: QuorumFacts) => setUpQuorum(context(), facts),
  show: () => showQuorum(context()),
  ask: (question: QuorumQuestion) => askQuorum(context(), question),
  list: () => listQuorumRequests(context()),
  /** what a holder reads before agreeing */
  request: (request: Digest) => readQuorumRequest(context(), request),
  approve: (request: Digest) => approveQuorum(context(), request),
  open: (request: Digest, reading: QuorumReading) => openByQuorum(context(), request, reading),
  recover: (request: Digest) => recoverByQuorum(context(), request, keep),
});
