// The walls of the house: which folder may import what, and why. `npm run walls` checks them under the `node` and the `default`
// export condition, then breaks each one on purpose (tools/walls/seeds.mjs) and expects exactly that rule to notice.

import { builtinModules } from 'node:module';

const npm = '(^|/)node_modules/';
const cryptoLibraries = `${npm}(openpgp|jose|node-forge|age-encryption|shamir-secret-sharing|@noble|@scure|@hpke)/`;
const databaseLibraries = `${npm}(@prisma|prisma|@libsql|pg)/`;
/** Files that turn ciphertext into plaintext are called so, and nothing else is: `crypto/open.ts`, `crypto/age/open-seal.ts`. */
const openers = ['^crypto/.*\\bopen\\.ts$', '^crypto/.*\\bopen-[^/]+\\.ts$'];
/** Of the gateway: what lets in and sends out, and what puts the process together. All else is what the walk is made of. */
const doors = '^gateway/(http/|worker[./-])';
const composition = '^gateway/(main|server|config|log|gateway-keys)[./-]';
/** Who is calling: nonces and MACs of sessions and tickets. */
const callers = '^gateway/(sign-in|http-signature|tickets|reading-tickets)[./-]';
/** What no part of the server may know. */
const outside = '^(client|console|demo|bench|test)/';
const nodeModules = { dependencyTypes: ['core'] };
/** The same as paths: a rule on what can be reached knows no types of dependency. */
const builtin = ['^node:', `^(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`];

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const pureParts = [
  forbidden(
    'domain-imports-nothing',
    'What an exchange is must not depend on how it is carried, stored or sealed, so that each of those can be replaced.',
    { path: '^domain/' },
    { pathNot: ['^domain/', `${npm}zod/`, '^testing/'] },
  ),
  forbidden(
    'zod-only-at-the-border',
    'Bytes are parsed once, where they cross a border; elsewhere the branded type is proof enough.',
    { path: '^domain/', pathNot: '^domain/(wire|profiles)/' },
    { path: `${npm}zod/` },
  ),
  forbidden(
    'policies-see-facts-only',
    'A decision that could read a clock, a store or a key would not be the same decision tomorrow.',
    { path: '^policies/' },
    { pathNot: ['^policies/', '^domain/', '^testing/'] },
  ),
  forbidden(
    'a-rule-never-imports-a-rule',
    'Each rule is read alone, by a lawyer, beside its source; shared words belong in the vocabulary.',
    { path: '^policies/rules/' },
    { path: '^policies/rules/' },
  ),
  forbidden(
    'crypto-does-no-io',
    'The same code seals in a browser: Node is reached through native/ alone, which has a twin in plain JavaScript.',
    { path: '^crypto/', pathNot: '^crypto/native/' },
    nodeModules,
  ),
  forbidden(
    'native-is-node-crypto-only',
    'native/ exists for fast primitives; a file or a socket there would be input and output by the back door.',
    { path: '^crypto/native/' },
    { ...nodeModules, pathNot: '^(node:)?crypto$' },
  ),
  forbidden(
    'crypto-knows-its-libraries-only',
    'A reviewer of the cryptography reads this folder and the listed libraries, and is done.',
    { path: '^crypto/' },
    { pathNot: ['^crypto/', '^domain/', cryptoLibraries, '^testing/'], dependencyTypesNot: ['core'] },
  ),
  forbidden(
    'crypto-libraries-stay-in-crypto',
    'One home for primitives: elsewhere nobody picks an algorithm, a mode or a nonce. The bench measures bare ones; the gateway has stricter walls.',
    { pathNot: ['^crypto/', '^bench/', npm, '^(domain|policies|gateway)/'] },
    { path: cryptoLibraries },
  ),
];

const server = [
  forbidden(
    'gateway-is-blind',
    'End-to-end encryption as an import rule: no file of the server reaches one that opens a seal, however indirectly.',
    { path: '^(gateway|adapters|testing)/' },
    { path: openers, reachable: true },
  ),
  forbidden(
    'walk-meets-no-world',
    'The walk, its steps and queries are told what they need through ports, so that a simulation can drive them and a page can tell them.',
    { path: '^gateway/', pathNot: [doors, composition, callers] },
    { path: [doors, composition, outside, '^adapters/', npm, ...builtin] },
  ),
  forbidden(
    'callers-are-known-by-computing',
    'Checking who calls takes a MAC and a clock that is handed in; a file, a socket or a header parser there would be a second door.',
    { path: callers },
    { path: [doors, composition, outside, '^adapters/', npm, ...builtin], pathNot: '^(node:)?crypto$' },
  ),
  forbidden(
    'steps-are-taken-only-by-the-walk',
    'If a route called a step, the walk would no longer tell the whole story.',
    { path: '^gateway/', pathNot: '^gateway/(walk\\.ts|walk/|steps/|main\\.ts)' },
    { path: '^gateway/steps/' },
  ),
  forbidden(
    'a-step-never-imports-a-step',
    'The order of the steps is written down once, in the walk.',
    { path: '^gateway/steps/([^/.]+)' },
    { path: '^gateway/steps/', pathNot: '^gateway/steps/$1(/|\\.ts$)' },
  ),
  forbidden(
    'doors-enter-by-the-walk',
    'A door parses, calls the walk or a query, and answers; what it could decide or store by itself would go unrecorded.',
    { path: doors },
    { path: ['^gateway/(audit/|main(-backup)?\\.ts)', '^(adapters|policies|crypto)/', outside, cryptoLibraries, databaseLibraries] },
  ),
  forbidden(
    'only-main-knows-an-adapter',
    'One file chooses the world, and one more for backups, which run beside it; every other one can be run against another.',
    { path: composition, pathNot: '^gateway/main(-backup)?\\.ts$' },
    { path: '^adapters/' },
  ),
  forbidden(
    'server-imports-no-client',
    'Whatever the server shares with its users lies in domain/ or crypto/, where both can see it.',
    { path: composition },
    { path: outside },
  ),
  forbidden(
    'adapters-stand-alone',
    'Each can be deleted without touching another, and none can decide anything.',
    { path: '^adapters/([^/.]+)' },
    { path: ['^(adapters|gateway|policies)/', outside], pathNot: ['^adapters/$1(/|\\.ts$)', '^adapters/drafts\\.ts$'] },
  ),
];

const ends = [
  forbidden(
    'client-knows-no-server',
    'Client and server meet on the wire alone; `serve` starts the gateway as a process and never imports it.',
    { path: '^client/' },
    { path: [`^(gateway|adapters|policies|prisma|console|demo|bench|test)/`, databaseLibraries, `${npm}express/`] },
  ),
  forbidden(
    'sdk-knows-no-cli',
    'The SDK is what a browser and other programs build on; a terminal is one of its users.',
    { path: '^client/sdk/' },
    { path: '^client/cli/' },
  ),
  forbidden(
    'browsers-reach-no-node',
    'The SDK and the console run in browsers, where nothing of Node exists; counted under the `default` condition.',
    { path: '^(client/sdk|console)/' },
    { path: builtin, reachable: true },
  ),
  forbidden(
    'console-is-built-on-the-client',
    'The browser shows what the SDK opened; it has no way of its own to the server or to a key.',
    { path: '^console/' },
    { path: '^(crypto|gateway|adapters|policies|prisma|demo|bench|test)/' },
  ),
  forbidden(
    'demo-uses-the-client-only',
    'The story must be one that any authority could play with what it was given.',
    { path: '^demo/' },
    { path: '^(domain|crypto|gateway|adapters|policies|prisma|console|bench|test)/' },
  ),
  forbidden(
    'testing-is-the-server-alone',
    'The server with a movable clock is the server: it holds no client and no story.',
    { path: '^testing/' },
    { path: '^(client|console|demo|bench|test)/' },
  ),
  forbidden(
    'nothing-reaches-testing',
    'A clock that tests can move must be out of reach of a server that is really used; it is started as a process, never imported.',
    { pathNot: '^(testing|bench|test)/' },
    { path: '^testing/' },
  ),
];

const hygiene = [
  forbidden(
    'no-cycles',
    'Of two files that need each other neither can be read first; generated code does not count.',
    { pathNot: '/generated/' },
    { circular: true },
  ),
  forbidden('everything-resolves', 'An import that the checker cannot follow is one that it cannot check.', {}, { couldNotResolve: true }),
  forbidden(
    'ships-declared-packages-only',
    'What runs at an authority is what package.json lists as a dependency, and nothing that only happens to be installed.',
    { path: '^(domain|policies|crypto|gateway|adapters|client|demo|testing)/' },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
  ),
];

export default {
  forbidden: [...pureParts, ...server, ...ends, ...hygiene],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
  },
};
