/** `/docs`: swagger-ui from our own disk, under a policy that lets nothing else in. */
import { Router, static as serveStatic } from 'express';
import { createRequire } from 'node:module';

const { absolutePath } = createRequire(import.meta.url)('swagger-ui-dist') as { absolutePath(): string };

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Parley gateway</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
// signing a request takes a session's key, which does not belong into a page: the operations are shown, not tried
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', supportedSubmitMethods: [], validatorUrl: null });\n`;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const FILES = /^\/(?:swagger-ui\.css|swagger-ui-bundle\.js|favicon-32x32\.png)$/;

export function docsPage(): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Content-Security-Policy', POLICY);
    next();
  });
  router.get('/', (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.get('/start.js', (_request, response) => {
    response.type('text/javascript').send(START);
  });
  const files = serveStatic(absolutePath(), { index: false, redirect: false });
  router.use((request, response, next) => {
    if (FILES.test(request.path)) files(request, response, next);
    else next();
  });
  return router;
}
