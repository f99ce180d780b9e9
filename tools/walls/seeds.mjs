// One file a violation: what somebody in a hurry would write. `also` holds what the file needs in order to exist.
// `under: 'default'` marks a wall that stands only where no Node is.

const target = 'export const target = 1;\n';
const seed = (wall, path, imports, also = {}, under = 'both') => ({
  wall,
  path,
  source: [imports]
    .flat()
    .map((name, index) => `import * as m${index} from '${name}';\nexport const used${index} = m${index};\n`)
    .join(''),
  also,
  under,
});

/** Harmless files for the seeds to reach for, one in each part of the tree. */
export const targets = Object.fromEntries(
  [
    'domain/',
    'policies/',
    'policies/rules/',
    'crypto/',
    'gateway/',
    'gateway/steps/',
    'gateway/audit/',
    'gateway/http/',
    'gateway/read/',
    'adapters/seeded-other/',
    'client/sdk/',
    'client/cli/',
    'console/',
    'demo/',
    'testing/',
    'bench/',
  ].map((folder) => [`${folder}seeded-target.ts`, target]),
);
targets['gateway/config-seeded-target.ts'] = target;
targets['crypto/open-seeded.ts'] = target;
targets['crypto/seeded-suite.ts'] = "export * from './open-seeded.js';\n";

export const seeds = [
  seed('domain-imports-nothing', 'domain/seeded-crypto.ts', '../crypto/seeded-target.js'),
  seed('domain-imports-nothing', 'domain/wire/seeded-file.ts', 'node:fs'),
  seed('domain-imports-nothing', 'domain/seeded-package.ts', 'jose'),
  seed('zod-only-at-the-border', 'domain/seeded-zod.ts', 'zod'),
  seed('policies-see-facts-only', 'policies/seeded-crypto.ts', '../crypto/seeded-target.js'),
  seed('policies-see-facts-only', 'policies/seeded-store.ts', '../adapters/seeded-other/seeded-target.js'),
  seed('policies-see-facts-only', 'policies/seeded-http.ts', 'node:http'),
  seed('a-rule-never-imports-a-rule', 'policies/rules/seeded-rule.ts', './seeded-target.js'),
  seed('crypto-does-no-io', 'crypto/seeded-file.ts', 'node:fs/promises'),
  seed('crypto-does-no-io', 'crypto/seeded-crypto.ts', 'node:crypto'),
  seed('native-is-node-crypto-only', 'crypto/native/seeded-socket.ts', 'node:net'),
  seed('crypto-knows-its-libraries-only', 'crypto/seeded-gateway.ts', '../gateway/seeded-target.js'),
  seed('crypto-knows-its-libraries-only', 'crypto/seeded-policy.ts', '../policies/seeded-target.js'),
  seed('crypto-knows-its-libraries-only', 'crypto/seeded-package.ts', 'pino'),
  seed('crypto-libraries-stay-in-crypto', 'client/sdk/seeded-jose.ts', 'jose'),
  seed('crypto-libraries-stay-in-crypto', 'adapters/seeded-mail/seeded-openpgp.ts', 'openpgp'),
  seed('crypto-libraries-stay-in-crypto', 'demo/seeded-noble.ts', '@noble/ciphers/chacha.js'),
  seed('crypto-libraries-stay-in-crypto', 'client/sdk/seeded-shamir.ts', 'shamir-secret-sharing'),
  seed('gateway-is-blind', 'gateway/steps/seeded-open.ts', '../../crypto/open-seeded.js'),
  seed('gateway-is-blind', 'gateway/seeded-indirect.ts', '../crypto/seeded-suite.js'),
  seed('gateway-is-blind', 'adapters/seeded-blind/seeded-open.ts', '../../crypto/seeded-suite.js'),
  seed('gateway-is-blind', 'testing/seeded-open.ts', '../crypto/seeded-suite.js'),
  {
    ...seed('gateway-is-blind', 'gateway/seeded-dynamic.ts', []),
    source: "export const open = () => import('../crypto/open-seeded.js');\n",
  },
  {
    ...seed('gateway-is-blind', 'gateway/seeded-type.ts', []),
    source: "import type { target } from '../crypto/open-seeded.js';\nexport type Opened = typeof target;\n",
  },
  seed('walk-meets-no-world', 'gateway/steps/seeded-http.ts', '../http/seeded-target.js'),
  seed('walk-meets-no-world', 'gateway/steps/seeded-express.ts', 'express'),
  seed('walk-meets-no-world', 'gateway/audit/seeded-config.ts', '../config-seeded-target.js'),
  seed('walk-meets-no-world', 'gateway/audit/seeded-adapter.ts', '../../adapters/seeded-other/seeded-target.js'),
  seed('walk-meets-no-world', 'gateway/seeded-noble.ts', '@noble/ciphers/chacha.js'),
  seed('walk-meets-no-world', 'gateway/seeded-file.ts', 'node:fs'),
  seed('walk-meets-no-world', 'gateway/seeded-client.ts', '../client/sdk/seeded-target.js'),
  seed('walk-meets-no-world', 'gateway/read/seeded-adapter.ts', '../../adapters/seeded-other/seeded-target.js'),
  seed('walk-meets-no-world', 'gateway/read/seeded-express.ts', 'express'),
  seed('callers-are-known-by-computing', 'gateway/tickets-seeded.ts', 'node:fs'),
  seed('callers-are-known-by-computing', 'gateway/sign-in-seeded.ts', './http/seeded-target.js'),
  seed('steps-are-taken-only-by-the-walk', 'gateway/http/seeded-step.ts', '../steps/seeded-target.js'),
  seed('steps-are-taken-only-by-the-walk', 'gateway/read/seeded-step.ts', '../steps/seeded-target.js', {}, 'both'),
  seed('a-step-never-imports-a-step', 'gateway/steps/seeded-step.ts', './seeded-target.js'),
  seed('doors-enter-by-the-walk', 'gateway/http/seeded-audit.ts', '../audit/seeded-target.js'),
  seed('doors-enter-by-the-walk', 'gateway/http/seeded-adapter.ts', '../../adapters/seeded-other/seeded-target.js'),
  seed('doors-enter-by-the-walk', 'gateway/http/seeded-policy.ts', '../../policies/seeded-target.js'),
  seed('doors-enter-by-the-walk', 'gateway/http/seeded-database.ts', 'pg'),
  seed('only-main-knows-an-adapter', 'gateway/config-seeded.ts', '../adapters/seeded-other/seeded-target.js'),
  seed('server-imports-no-client', 'gateway/log-seeded.ts', '../client/sdk/seeded-target.js'),
  seed('adapters-stand-alone', 'adapters/seeded-store/seeded-neighbour.ts', '../seeded-other/seeded-target.js'),
  seed('adapters-stand-alone', 'adapters/seeded-store/seeded-policy.ts', '../../policies/seeded-target.js'),
  seed('adapters-stand-alone', 'adapters/seeded-store/seeded-gateway.ts', '../../gateway/seeded-target.js'),
  seed('client-knows-no-server', 'client/cli/seeded-gateway.ts', '../../gateway/seeded-target.js'),
  seed('client-knows-no-server', 'client/sdk/seeded-policy.ts', '../../policies/seeded-target.js'),
  seed('client-knows-no-server', 'client/cli/seeded-adapter.ts', '../../adapters/seeded-other/seeded-target.js'),
  seed('client-knows-no-server', 'client/cli/seeded-prisma.ts', '@prisma/client'),
  seed('sdk-knows-no-cli', 'client/sdk/seeded-cli.ts', '../cli/seeded-target.js'),
  seed('browsers-reach-no-node', 'client/sdk/seeded-file.ts', 'node:fs', {}, 'default'),
  seed(
    'browsers-reach-no-node',
    'console/seeded-indirect.tsx',
    '../client/seeded-store.js',
    { 'client/seeded-store.ts': "export * from 'node:os';\n" },
    'default',
  ),
  seed('console-is-built-on-the-client', 'console/seeded-crypto.ts', '../crypto/seeded-target.js'),
  seed('demo-uses-the-client-only', 'demo/seeded-gateway.ts', '../gateway/seeded-target.js'),
  seed('demo-uses-the-client-only', 'demo/seeded-adapter.ts', '../adapters/seeded-other/seeded-target.js'),
  seed('testing-is-the-server-alone', 'testing/seeded-client.ts', '../client/sdk/seeded-target.js'),
  seed('testing-is-the-server-alone', 'testing/seeded-demo.ts', '../demo/seeded-target.js'),
  seed('nothing-reaches-testing', 'client/cli/seeded-testing.ts', '../../testing/seeded-target.js'),
  seed('nothing-reaches-testing', 'gateway/seeded-testing.ts', '../testing/seeded-target.js'),
  seed('no-cycles', 'domain/seeded-cycle.ts', './seeded-egg.js', { 'domain/seeded-egg.ts': "export * from './seeded-cycle.js';\n" }),
  seed('everything-resolves', 'client/cli/seeded-nowhere.ts', './seeded-missing.js'),
  seed('ships-declared-packages-only', 'demo/seeded-dev.ts', 'fast-check'),
  seed('ships-declared-packages-only', 'demo/seeded-undeclared.ts', 'acorn'),
];
