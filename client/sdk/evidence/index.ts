/** Evidence of one exchange as one file, made by a party and checked by a stranger. */
export type { BodyReading } from './bodies.js';
export { EVIDENCE_CODES, type EvidenceCode } from './codes.js';
export { makeEvidence, type EvidenceFile, type EvidenceWish } from './make.js';
export { verifyEvidenceFile, type EvidenceReport, type EvidenceTrust } from './verify.js';
export type { ReadAt } from './zip-read.js';
