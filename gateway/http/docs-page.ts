/** `/docs`: swagger-ui from our own disk, under a policy that lets nothing else in. */
import type { Express } from 'express';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { absolutePath } = createRequire(import.meta.url)('swagger-ui-dist') as { absolutePath(): string };

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Parley gateway</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/page.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
// signing a request takes a session's key, which does not belong into a page: the operations are shown, not tried, and nothing asks for a key
const START = `const none = () => () => null;
const plugins = [{ wrapComponents: { authorizeBtn: none, authorizeOperationBtn: none } }];
SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', supportedSubmitMethods: [], validatorUrl: null, plugins });
`;
// white letters on a dark ground, no empty box, and on a narrow screen a table that scrolls by itself
const STYLE = `.swagger-ui .opblock .opblock-summary-method, .swagger-ui .info .title small { background: #3b4151 !important; }
.swagger-ui .scheme-container { display: none; }
.swagger-ui .responses-wrapper { overflow-x: auto; }
.swagger-ui a.link, .swagger-ui .info a { color: #0b5cad; }
`;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** read once: a file server would obey ranges and conditions, and fail where they cannot be met */
const FILES = { 'swagger-ui.css': 'css', 'swagger-ui-bundle.js': 'text/javascript', 'favicon-32x32.png': 'png' } as const;

export function mountDocsPage(app: Express): void {
  const serve = (path: string, type: string, content: string | Buffer): void => {
    app.get(path, (_request, response) => {
      response.set('Content-Security-Policy', POLICY).type(type).send(content);
    });
  };
  serve('/docs', 'html', PAGE);
  serve('/docs/', 'html', PAGE);
  serve('/docs/page.css', 'css', STYLE);
  serve('/docs/start.js', 'text/javascript', START);
  for (const [name, type] of Object.entries(FILES)) serve(`/docs/${name}`, type, readFileSync(join(absolutePath(), name)));
}
