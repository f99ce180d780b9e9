import { PROMOTED_FROM, request } from './request.js';
import { promotion } from './request-rows.js';

export const LE_REQUEST = request('A.3 LE_REQUEST [D]; UNCAC 48 [M]', promotion(PROMOTED_FROM));
