import { page, table } from './page.mjs';

const GROUPS = {
  recipient: 'Whom it is for',
  holding: 'Whose it is',
  level: 'How well it is kept',
  label: 'What its label says',
  channel: 'Who may speak to whom',
  purpose: 'What it is for',
  consent: 'Who agreed',
  lawful: 'The lawful ways around consent',
  form: 'What a message owes',
  refusal: 'What a refusal owes',
};

const groupOf = (rule) => rule.id.split('/')[0];

const section = (rules) => ([group, title]) => {
  const own = rules.filter((rule) => groupOf(rule) === group);
  const rows = own.map(({ id, code, on, source, sentence, remedy }) => [`\`${id}\``, `\`${code}\``, on.join(', '), sentence, source, remedy]);
  return `## ${title}\n\n${table(['Rule', 'Code', 'Asked on', 'What it says', 'Source', 'Next step on this profile'], rows)}`;
};

/** How long, and for whom: a clock may run for some urgencies, or some of those who are asked, alone. */
const amount = ({ amount: n, unit, urgency, askedAs, starts, extension, exceededFor }) =>
  [
    unit === 'STATED' ? 'the day stated' : `${n} ${unit.toLowerCase().replace('_', ' ')}`,
    starts && `from ${starts.join(' or ')}`,
    urgency && `if ${urgency.join(' or ')}`,
    askedAs && `asked of ${askedAs.join(' or ')}`,
    extension && `with reasons ${extension.amount} (\`${extension.code}\`)`,
    exceededFor && `for ${exceededFor.join(' or ')} until the day that the notice names`,
  ]
    .filter(Boolean)
    .join('; ');

const pairText = ({ from, to, on, domestic, network, region }) =>
  `${from.join(', ')} → ${to.join(', ')}${domestic ? ' within one territory' : ''}${network ? `, members of ${network}` : ''}${region ? `, both in ${region.join(' ')}` : ''}${on ? ` (${on.join(', ')})` : ''}`;

function limits({ network, region, assurance, retentionYearsMax, languages }) {
  return [
    network && `members of ${network} alone`,
    region && `both in ${region.join(', ')}`,
    assurance.membersOf && `members of ${assurance.membersOf}, or equal assurance declared`,
    assurance.levelMax && `up to ${assurance.levelMax}`,
    assurance.fallbackSuites && `a second way, sealed with ${assurance.fallbackSuites.join(' or ')}`,
    languages.length > 0 && `${languages.join(', ')} read by everybody on it`,
    retentionYearsMax && `kept ${retentionYearsMax} years at most`,
  ].filter(Boolean);
}

function profileSection(profile) {
  const pairs = profile.pairs.map(pairText).join('; ');
  const owed = [...profile.mandatoryForm.map(({ field, article }) => `${field} (sealed; ${article})`), ...profile.mandatoryBody.map(({ field, article }) => `${field} (in clear; ${article})`)];
  const { level, tlp, caveats, purposes } = profile.defaultLabel;
  const implied = Object.entries(profile.impliedPurposes).map(([purpose, brought]) => `${purpose} brings ${brought.join(', ')}`);
  return [
    `### ${profile.id}`,
    `${profile.title}. Source: ${profile.source}`,
    table(
      ['', ''],
      [
        ['Exchanges', profile.exchangeTypes.join(', ')],
        ['Who to whom', pairs + (profile.domestic ? ', within one territory' : '')],
        ['Limits', limits(profile).join('; ') || 'none of its own'],
        ['Its exchange owes', owed.join('; ')],
        ['Default label', `${level}, TLP:${tlp}, ${caveats.join(', ') || 'no caveat'}; for ${purposes.join(', ')}`],
        ...(profile.speciality ? [['On every answer', 'SPECIALITY: the proceedings of the request and no others (46(19))']] : []),
        ['On every item', profile.minimumCaveats.join(', ') || 'nothing beside what the sender chooses'],
        ['Implied purposes', implied.join('; ') || 'none'],
        ['Handing on', profile.forwardRule],
        ['Presumed consent', profile.presumedConsentPossible ? 'possible, where both directory entries switch it on' : 'never'],
        ['Grounds of refusal', profile.refusalGrounds.join(', ')],
        ...profile.closedGrounds.map(({ on, askedAs, grounds, source }) => [
          `Of ${on.join(', ')}${askedAs ? ` to a ${askedAs.join(', ')}` : ''} these alone`,
          `${grounds.join(', ')} (${source})`,
        ]),
        ['Forbidden grounds', profile.forbiddenGrounds.map(({ code, when, source }) => `${code} (${when === 'sole' ? 'not alone' : 'never'}; ${source})`).join('; ')],
        ...(profile.postponementGrounds === null ? [] : [['Put off for', profile.postponementGrounds.join(', ')]]),
        ['Grounds for refusing consent', profile.consentRefusalGrounds.join(', ')],
      ],
    ),
    table(
      ['Clock', 'For', 'On', 'Time', 'Binding', 'Source'],
      profile.clocks.map((clock) => [`\`${clock.code}\``, clock.kind, clock.on.join(', '), amount(clock), clock.binding, clock.source]),
    ),
    ...(profile.promptness === null ? [] : [profile.promptness]),
    profile.suspendsOnClarification ? 'Clocks stand still while a clarification is open.' : 'A clarification does not stop the clocks.',
  ].join('\n\n');
}

/** The rule book: what a lawyer reads instead of the code. */
export function policiesPage(rules, profiles) {
  const strangers = rules.filter((rule) => !Object.hasOwn(GROUPS, groupOf(rule)));
  if (strangers.length > 0) throw new Error(`no heading for ${strangers.map(({ id }) => id).join(', ')}`);
  return page('The rule book', 'policies/table.ts', [
    `${rules.length} rules. Each is asked on the actions it names, and every one that is broken is told, in the order of \`policies/table.ts\`. What cannot be judged is refused (\`RULE_FAILED\`). The next step is that of the profile; none of this is legal advice, and the texts of treaties and directives prevail.`,
    'Marks: `[S¶n]` paragraph of the seed report; `[F:Sxx]` text found and read; `[F2:Sxx]` found in a secondary source; `[M]` stated without the text at hand, `[M?]` and uncertain in detail; `[D]` a design of this project, which no legal source says.',
    ...Object.entries(GROUPS).map(section(rules)),
    '## The profiles',
    'Modelled on public descriptions; not affiliated and not connected. An *internal target* is a number of this project and never law.',
    ...Object.values(profiles).map(profileSection),
  ]);
}
