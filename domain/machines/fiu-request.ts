import { request } from './request.js';

export const FIU_REQUEST = request('A.3 FIU_REQUEST [D]');
