/**
 * Compares what the checker said with what it should have said; pure, so that a test can show it a checker that sleeps.
 * @param tree reports on the real tree, by condition: no violation, and every source file read
 * @param seeded reports on the tree with every seed in it: from each seed's file exactly its own wall
 */
export function judge({ tree, seeded, seeds, walls, onDisk, modulesMin }) {
  const rows = seeds.map((seed) => judgeSeed(seed, seeded));
  const problems = [
    ...Object.entries(tree).flatMap(([condition, report]) => complaintsAbout(condition, report, onDisk, modulesMin)),
    ...rows.filter(({ caught }) => !caught).map(({ wall, path, note }) => `${path} did not break exactly '${wall}'${note}`),
    ...walls.filter((wall) => !seeds.some((seed) => seed.wall === wall)).map((wall) => `no seed breaks '${wall}'`),
  ];
  const read = Object.entries(tree).map(([condition, { modules }]) => ({ condition, read: own(modules).length }));
  return { rows, read, problems: [...new Set(problems)] };
}

const own = (modules) => modules.filter((path) => !path.includes('node_modules/'));

function judgeSeed(seed, reports) {
  const { wall, path, under } = seed;
  const wrong = [];
  for (const [condition, report] of Object.entries(reports)) {
    const rules = [...new Set(report.violations.filter(({ from }) => from === path).map(({ rule }) => rule))];
    const expected = under === 'both' || under === condition ? wall : '';
    if (rules.join() !== expected) wrong.push(` (under '${condition}': ${rules.join(', ') || 'nothing'})`);
  }
  return { wall, path, caught: wrong.length === 0, note: wrong.join('') };
}

function complaintsAbout(condition, { modules, violations }, onDisk, modulesMin) {
  const read = new Set(modules);
  const unread = onDisk.filter((path) => !read.has(path));
  return [
    ...violations.map(({ from, to, rule, via }) => `${rule}: ${[from, ...(via.length > 0 ? via : [to])].join(' → ')}`),
    ...unread.map((path) => `${path} was not read under '${condition}'`),
    ...(own(modules).length < modulesMin ? [`only ${own(modules).length} modules were read under '${condition}'`] : []),
  ];
}
