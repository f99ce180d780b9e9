import { request } from './request.js';

/**
 * One child of a request to several FIUs, walked like any other. Its type is the flag: the addressee learns that others were asked,
 * not who. The parent is no exchange: it is an opaque id that the children bear (rulings 5).
 */
export const MULTI_FIU_REQUEST = request('A.2, A.3 [D]; Egmont ¶25 [F2:S9]; rulings 5');
