/** Every exchange type (A.2). A further one is its table and a row here. */
import type { Machine } from '../machine.js';
import { ASSET_TRACING_REQUEST } from './asset-tracing-request.js';
import { CIVIL_ADMIN_REQUEST } from './civil-admin-request.js';
import { CONSENT_REQUEST } from './consent-request.js';
import { DIAGONAL_REQUEST } from './diagonal-request.js';
import { EMERGENCY_ASSET_REQUEST } from './emergency-asset-request.js';
import { EXTRADITION_CONSULTATION } from './extradition-consultation.js';
import { FEEDBACK } from './feedback.js';
import { FIU_REQUEST } from './fiu-request.js';
import { FORMAL_MLA_REQUEST } from './formal-mla-request.js';
import { INFORMAL_CONSULTATION } from './informal-consultation.js';
import { LE_REQUEST } from './le-request.js';
import { MATCH_QUERY } from './match-query.js';
import { MULTI_FIU_REQUEST } from './multi-fiu-request.js';
import { POSTPONEMENT_REQUEST } from './postponement-request.js';
import { SPONTANEOUS_DISCLOSURE } from './spontaneous-disclosure.js';
import { SUBJECT_ACCESS_CONSULTATION } from './subject-access-consultation.js';

const TABLES = {
  FIU_REQUEST,
  SPONTANEOUS_DISCLOSURE,
  INFORMAL_CONSULTATION,
  CONSENT_REQUEST,
  MULTI_FIU_REQUEST,
  LE_REQUEST,
  ASSET_TRACING_REQUEST,
  EXTRADITION_CONSULTATION,
  FORMAL_MLA_REQUEST,
  CIVIL_ADMIN_REQUEST,
  DIAGONAL_REQUEST,
  FEEDBACK,
  SUBJECT_ACCESS_CONSULTATION,
  EMERGENCY_ASSET_REQUEST,
  POSTPONEMENT_REQUEST,
  MATCH_QUERY,
} satisfies Record<string, Machine>;

export type ExchangeType = keyof typeof TABLES;
export const EXCHANGE_TYPES = Object.keys(TABLES) as [ExchangeType, ...ExchangeType[]];
export const MACHINES: Readonly<Record<ExchangeType, Machine>> = TABLES;

/** MATCH_QUERY has its name and no step yet. */
export const isOffered = (type: ExchangeType): type is Exclude<ExchangeType, 'MATCH_QUERY'> => MACHINES[type].table.length > 0;
