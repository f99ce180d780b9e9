/** Every route there is. */
import type { Route } from './route.js';
import { byteRoutes } from './routes/bytes.js';
import { explainRoutes } from './routes/explain.js';
import { inboxRoutes } from './routes/inbox.js';
import { logRoutes } from './routes/log.js';
import { statementRoutes } from './routes/statements.js';
import { vitalRoutes } from './routes/vitals.js';

export const ROUTES: readonly Route[] = [...statementRoutes, ...explainRoutes, ...inboxRoutes, ...byteRoutes, ...logRoutes, ...vitalRoutes];
