/** All reads the decision needs, once, by the type of the statement. What a type needs is in its case. */
import type { Calendars } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import { gatherAccess } from '../cases/access.js';
import { gatherConsentRefusal, gatherGrant, gatherRevocation } from '../cases/consent.js';
import { gatherEntry, gatherKeyRevocation, gatherRootChange } from '../cases/directory.js';
import { gatherQuorumRequest, gatherQuorumShare } from '../cases/quorum.js';
import { gatherAgreement, gatherDesignation, gatherDesignationApproval } from '../cases/register.js';
import { gatherLabel, gatherUse } from '../cases/label-and-use.js';
import { gatherApproval, gatherConsultation, gatherNotice, gatherVerification } from '../cases/notice.js';
import { gatherDeletion, gatherInability } from '../cases/notice-answer.js';
import { gatherRelease } from '../cases/release.js';
import { gatherSend } from '../cases/send.js';
import { withinQuota } from '../checks/quota.js';
import type { Statement } from '../../domain/statement.js';
import type { Operator } from '../deps.js';
import type { ParsedSubmission } from '../parsed.js';
import type { Gathering, Plan } from '../plan.js';

type Everything = Gathering & { readonly parsed: ParsedSubmission; readonly operator: Operator; readonly calendars: Calendars };

/** @returns the case's plan, malformed where its author has said so much already that the rest would drown in it */
export async function gatherFacts(gathering: Everything): Promise<Result<Plan, Refusal>> {
  const plan = await gatherCase(gathering);
  if (!plan.ok || plan.value.malformed !== null) return plan;
  const { parsed, author } = gathering;
  const { links, expects, bumps } = plan.value;
  const quota = await withinQuota(parsed.signed.statement, author.authority, links, gathering);
  if (!quota.ok) return ok({ ...plan.value, malformed: quota.error });
  return ok({ ...plan.value, expects: [...expects, ...quota.value.expects], bumps: [...bumps, ...quota.value.bumps] });
}

async function gatherCase(gathering: Everything): Promise<Result<Plan, Refusal>> {
  const { statement } = gathering.parsed.signed;
  switch (statement.typ) {
    case 'parley-envelope+json':
      return gatherSend(statement, gathering);
    case 'parley-release+json':
      return gatherRelease(statement, gathering);
    case 'parley-access+json':
      return gatherAccess(statement, gathering);
    case 'parley-consent+json':
      return gatherGrant(statement, gathering);
    case 'parley-consent-refusal+json':
      return gatherConsentRefusal(statement, gathering);
    case 'parley-consent-revocation+json':
      return gatherRevocation(statement, gathering);
    case 'parley-label+json':
      return gatherLabel(statement, gathering);
    case 'parley-use+json':
      return gatherUse(statement, gathering);
    case 'parley-deletion+json':
      return gatherDeletion(statement, gathering);
    case 'parley-inability+json':
      return gatherInability(statement, gathering);
    case 'parley-notice+json':
      return gatherNotice(statement, gathering);
    case 'parley-approval+json':
      return gatherApproval(statement, gathering);
    case 'parley-consultation+json':
      return gatherConsultation(statement, gathering);
    case 'parley-verification+json':
      return gatherVerification(statement, gathering);
    case 'parley-quorum-request+json':
      return gatherQuorumRequest(statement, gathering);
    case 'parley-quorum-share+json':
      return gatherQuorumShare(statement, gathering);
    default:
      return gatherDirectory(statement, gathering);
  }
}

type OfDirectory = Extract<
  Statement,
  {
    readonly typ:
      | `parley-${'entry' | 'revocation' | 'root' | 'designation' | 'designation-approval' | 'agreement'}+json`
      | `parley-${'item' | 'session'}+json`;
  }
>;

/** Who is who, and whose keys are whose; and what is no statement to be handed in. */
async function gatherDirectory(statement: OfDirectory, gathering: Everything): Promise<Result<Plan, Refusal>> {
  switch (statement.typ) {
    case 'parley-entry+json':
      return gatherEntry(statement, gathering);
    case 'parley-designation+json':
      return gatherDesignation(statement, gathering);
    case 'parley-designation-approval+json':
      return gatherDesignationApproval(statement, gathering);
    case 'parley-agreement+json':
      return gatherAgreement(statement, gathering);
    case 'parley-revocation+json':
      return gatherKeyRevocation(statement, gathering);
    case 'parley-root+json':
      return gatherRootChange(statement, gathering);
    case 'parley-item+json':
    case 'parley-session+json':
      return no(refusal('NOT_OFFERED', `${statement.typ} is not submitted by itself`));
  }
}
