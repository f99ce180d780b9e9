/** Oldest Node that Parley is tested on, as [major, minor]; `engines` in package.json says the same. */
const oldest = [20, 19];

/** @returns what to tell the user whose Node is too old, or null when it will do. */
export function tooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return null;
  return `Parley needs Node ${oldest.join('.')} or newer; this is Node ${version}. Get one from https://nodejs.org/ and run the same command again.`;
}
