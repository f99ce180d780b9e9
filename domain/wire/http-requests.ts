/** What clients ask of the gateway besides statements: bodies, query strings and path parameters, one schema each. */
import { z } from 'zod';
import { STAGES } from '../store-rows.js';
import { decimal, digest, keyId, keyringName, uuid } from './primitives.js';

/** entries of one page */
export const PAGE_MAX = 200;
const WAIT_S_MAX = 30;
const UPLOAD_BYTES_MAX = 2 ** 41;
export const KEYRING_BYTES_MAX = 65_536;

const cursor = z
  .string()
  .min(1)
  .max(24)
  .regex(/^[A-Za-z0-9_-]+$/)
  .meta({ description: 'opaque, as an earlier page gave it' });
const page = { after: cursor.optional(), limit: decimal(PAGE_MAX, 3).optional() };

/** `POST /v1/sessions`: one compact `parley-session+json`, signed by the officer's auth key. */
export const sessionOpening = z.strictObject({ request: z.string().min(1).max(4_096) });
export const uploadOpening = z.strictObject({ sizeBytes: z.int().min(1).max(UPLOAD_BYTES_MAX) });

export const inboxQuery = z.strictObject({ ...page, waitS: decimal(WAIT_S_MAX, 2).optional() });
export const pageQuery = z.strictObject(page);
export const receiptQuery = z.strictObject({
  stage: z.enum(STAGES).optional(),
});
export const noQuery = z.strictObject({});

export const noParams = z.strictObject({});
export const digestParams = z.strictObject({ digest });
export const keyParams = z.strictObject({ kid: keyId });
export const exchangeParams = z.strictObject({ id: uuid });
export const uploadParams = z.strictObject({ id: uuid });
export const partParams = z.strictObject({ id: uuid, n: decimal(2 ** 18, 6) });
export const indexParams = z.strictObject({ index: decimal(Number.MAX_SAFE_INTEGER, 16) });
export const checkpointParams = z.strictObject({ n: decimal(2 ** 31 - 1, 10) });
/** `{id}` is the ticket itself: payload and code, both base64url */
export const ticketParams = z.strictObject({
  id: z
    .string()
    .max(600)
    .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/),
  n: decimal(2 ** 18, 6),
});
/** `{name}` is the desk and the generation of its keys: `INTAKE.3` */
export const keyringParams = z.strictObject({ name: keyringName });
/** which blob is to be replaced: its SHA-256 is signed with the request, so that one that is repeated later puts nothing back. Absent: none is there */
export const keyringQuery = z.strictObject({ replaces: digest.optional() });
export const tileParams = z.strictObject({ path: z.array(z.string().max(12)).min(2).max(9) });
