/** `/docs`: swagger-ui from our own disk, under a policy that lets nothing else in. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ok } from '../../domain/result.js';
import { aside, type Route } from './route.js';

/** The package itself is never loaded: it would run its page's program in the gateway. */
const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

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
// signing a request takes a session's key, which does not belong into a page: the operations are shown, not tried, and nothing asks for a key;
// dark where the reader's screen is, and never on paper
const START = `const none = () => () => null;
const plugins = [{ wrapComponents: { authorizeBtn: none, authorizeOperationBtn: none } }];
const dark = matchMedia('screen and (prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();
SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', supportedSubmitMethods: [], validatorUrl: null, plugins });
`;
// white letters on a dark ground, no empty box, and on a narrow screen a table that scrolls by itself
const STYLE = `.swagger-ui .opblock .opblock-summary-method, .swagger-ui .info .title small { background: #3b4151 !important; color: #fff !important; }
.swagger-ui .scheme-container { display: none; }
.swagger-ui .responses-wrapper { overflow-x: auto; }
:not(.dark-mode) > body .swagger-ui :is(a.link, .info a) { color: #0b5cad; }
`;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** read once: a file server would obey ranges and conditions, and fail where they cannot be met */
const FILES = { 'swagger-ui.css': 'css', 'swagger-ui-bundle.js': 'text/javascript', 'favicon-32x32.png': 'png' } as const;

const page = (path: string, type: string, content: string | Uint8Array): Route => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return aside(path, 'readDocs', () => ok({ status: 200, bytes, type, headers: { 'Content-Security-Policy': POLICY } }));
};

export const DOCS_PAGES: readonly Route[] = [
  // whoever opens the gateway's address in a browser
  page('/', 'html', PAGE),
  page('/docs', 'html', PAGE),
  page('/docs/', 'html', PAGE),
  page('/docs/page.css', 'css', STYLE),
  page('/docs/start.js', 'text/javascript', START),
  ...Object.entries(FILES).map(([name, type]) => page(`/docs/${name}`, type, readFileSync(join(SWAGGER, name)))),
];
