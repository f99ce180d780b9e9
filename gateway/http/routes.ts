/** Every route there is. */
import type { Route } from './route.js';
import { auditRoutes } from './routes/audit.js';
import { byteRoutes } from './routes/bytes.js';
import { evidenceRoutes } from './routes/evidence.js';
import { explainRoutes } from './routes/explain.js';
import { inboxRoutes } from './routes/inbox.js';
import { logRoutes } from './routes/log.js';
import { quorumRoutes } from './routes/quorum.js';
import { streamRoutes } from './routes/streams.js';
import { statementRoutes } from './routes/statements.js';
import { vitalRoutes } from './routes/vitals.js';

export const ROUTES: readonly Route[] = [
  ...statementRoutes,
  ...explainRoutes,
  ...evidenceRoutes,
  ...inboxRoutes,
  ...byteRoutes,
  ...quorumRoutes,
  ...logRoutes,
  ...streamRoutes,
  ...auditRoutes,
  ...vitalRoutes,
];
