import { request } from './request.js';

/** One leg of a chain between authorities that are no counterparts; the answer retraces the legs. */
export const DIAGONAL_REQUEST = request('INR.40 ¶18-19 [M]; rulings 5');
