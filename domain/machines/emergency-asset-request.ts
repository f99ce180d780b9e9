import { PROMOTED_FROM, request } from './request.js';
import { promotion } from './request-rows.js';

/** To a focal point on duty day and night; what is then needed of a court follows formally. */
export const EMERGENCY_ASSET_REQUEST = request('GFPN emergency requests 24/7 [F:S35]; rulings 5', promotion(PROMOTED_FROM));
