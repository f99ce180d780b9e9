import type { ExchangeType } from '../../../../domain/vocabulary.js';
import { CONSENT_REQUEST } from './consent-request.js';
import type { Expected } from './expected.js';
import { EXTRADITION_CONSULTATION } from './extradition-consultation.js';
import { FORMAL_MLA_REQUEST } from './formal-mla-request.js';
import { INFORMAL_CONSULTATION } from './informal-consultation.js';
import { FEEDBACK, POSTPONEMENT_REQUEST, SUBJECT_ACCESS_CONSULTATION } from './other.js';
import { PROMOTABLE, REQUEST } from './request.js';
import { SPONTANEOUS_DISCLOSURE } from './spontaneous-disclosure.js';

export const EXPECTED: Readonly<Record<ExchangeType, Expected>> = {
  FIU_REQUEST: REQUEST,
  MULTI_FIU_REQUEST: REQUEST,
  LE_REQUEST: PROMOTABLE,
  ASSET_TRACING_REQUEST: PROMOTABLE,
  EMERGENCY_ASSET_REQUEST: PROMOTABLE,
  CIVIL_ADMIN_REQUEST: REQUEST,
  DIAGONAL_REQUEST: REQUEST,
  INFORMAL_CONSULTATION,
  EXTRADITION_CONSULTATION,
  FORMAL_MLA_REQUEST,
  SPONTANEOUS_DISCLOSURE,
  CONSENT_REQUEST,
  FEEDBACK,
  SUBJECT_ACCESS_CONSULTATION,
  POSTPONEMENT_REQUEST,
  // named and not offered
  MATCH_QUERY: { DRAFT: {} },
};
