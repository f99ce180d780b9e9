/** Facts of the lawful ways in which every rule is content. */
import type { Notice } from '../../domain/lawful-way.js';
import type { ApprovalFacts, NoticeFacts, VerificationFacts } from '../../policies/facts.js';
import type { NoticePayload } from '../../domain/wire/notice.js';
import { designated, FIA, fia, FIX, fix, itemFacts, LONG_AGO, NOW, officer, PROS } from './facts.js';
import { digest, uuid } from './ids.js';

const aud = 'parley.example/test';
const deployment = { levelMax: 'RESTRICTED', postQuantumFrom: 'RESTRICTED', periodYearsMax: 5 } as const;

export const pros = designated(PROS, ['PROSECUTION']);

export const noticePayload: NoticePayload = {
  v: 1,
  aud,
  id: uuid(11),
  at: NOW,
  holder: FIA,
  item: digest('item'),
  way: 'EXCULPATORY',
  purpose: 'EXCULPATORY',
  recipient: { authority: PROS, authorityType: 'PROSECUTION' },
  legalBasis: 'UNCAC_46',
};

/** NG-FIA tells VG-FIX that the prosecution at home is to see what clears the accused. */
export const contentNotice = (over: Partial<NoticeFacts> = {}): NoticeFacts => ({
  action: 'notice',
  now: NOW,
  deployment,
  officer: officer(FIA),
  notice: noticePayload,
  item: itemFacts(),
  holder: fia,
  heldAs: ['FIU'],
  to: pros,
  ...over,
});

export const contentApproval = (over: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  action: 'approval',
  now: NOW,
  deployment,
  officer: { ...officer(FIA), officer: 'o2' },
  approval: { v: 1, aud, id: uuid(12), at: NOW, authority: FIA, notice: digest('notice') },
  notice: noticePayload,
  author: 'o1',
  holder: fia,
  approver: fia,
  ...over,
});

export const contentVerification = (over: Partial<VerificationFacts> = {}): VerificationFacts => ({
  action: 'verification',
  now: NOW,
  deployment,
  officer: officer(FIX),
  verification: { v: 1, aud, id: uuid(13), at: NOW, originator: FIX, holder: FIA, item: digest('item'), answer: 'CONFIRMED' },
  item: itemFacts(),
  originator: fix,
  ...over,
});

/** The notice as a release finds it: approved, its consultation over. */
export const noticed = (over: Partial<Notice> = {}): Notice => ({
  digest: digest('notice'),
  way: 'EXCULPATORY',
  holder: FIA,
  item: digest('item'),
  recipient: PROS,
  recipientType: 'PROSECUTION',
  purpose: 'EXCULPATORY',
  isApproved: true,
  opensAt: LONG_AGO,
  ...over,
});
