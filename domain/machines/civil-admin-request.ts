import { request } from './request.js';

export const CIVIL_ADMIN_REQUEST = request('UNCAC 43(1) [M]; [S¶22, ¶33-36]; rulings 5');
