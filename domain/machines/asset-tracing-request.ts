import { PROMOTED_FROM, request } from './request.js';
import { promotion } from './request-rows.js';

/** CARIN, the ARINs, asset recovery offices. Freezing and what else is coercive is asked formally (0.11). */
export const ASSET_TRACING_REQUEST = request('A.3 ASSET_TRACING_REQUEST [D]; CARIN [F:S36]', promotion(PROMOTED_FROM));
