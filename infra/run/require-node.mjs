/** Ends an old Node with one clear line. Imported before anything that an old Node could stumble over. */
const OLDEST = [22, 12];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    `Lodestone needs Node.js ${OLDEST.join('.')} or newer, and this is ${process.versions.node}: ` +
      'start it through npm (npm start), whose install brings a newer one on Linux x64, or install one.',
  );
  process.exit(1);
}
