import type { Authority } from '../../../domain/authority.js';
import { CASE_ROLES } from '../../../domain/vocabulary.js';
import type { ApprovalFacts, FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { inOneTerritory, NONE, noticesOf } from '../../vocabulary.js';

const caseOfficers = (authority: Authority | null): number =>
  authority?.entry?.officers.filter(({ roles }) => roles.some((role) => CASE_ROLES.includes(role))).length ?? 0;

/** The deputy that the notice names stands in where the holder has one officer only: of the same State, and not who is to receive (rulings 4). */
const standsIn = ({ notice, holder, approver }: ApprovalFacts): boolean =>
  approver !== null &&
  approver.id === notice.deputy &&
  approver.id !== notice.recipient.authority &&
  caseOfficers(holder) === 1 &&
  inOneTerritory(holder, approver);

const isSecond = (facts: ApprovalFacts): boolean => {
  const { approval, notice, author, officer } = facts;
  return approval.authority === notice.holder ? author !== null && officer.officer !== author : standsIn(facts);
};

/** Acts with one person behind them. */
function alone(facts: FactsOf<'approval' | 'release'>): string[] {
  if (facts.action === 'approval') return isSecond(facts) ? [] : [facts.approval.notice];
  return noticesOf(facts).flatMap(({ digest, isApproved }) => (isApproved ? [] : [digest]));
}

export const twoPersons = rule({
  id: 'lawful/two-persons',
  code: 'TWO_PERSONS_REQUIRED',
  on: ['approval', 'release'],
  source: 'section 12: two persons, a reason, a notice [D]; rulings 4',
  sentence: 'Notice {notice} needs a second person: another officer of the holder or, where it has one only, the deputy that it names.',
  remedy: 'Have a second officer approve the notice, and cite the approval.',
  violatedBy(facts) {
    return alone(facts).map((notice) => ({ fill: { notice }, offenders: [notice], remedy: NONE }));
  },
});
