// Plain JavaScript, no dependency: it runs before anything is installed. Brings node_modules in line with the lockfile,
// so that every command of the README works on a fresh clone. A second call costs a few milliseconds.
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '../..');
const stamp = path.join(root, 'node_modules/.installed');
const lock = createHash('sha256')
  .update(fs.readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');

function isInstalled() {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock;
}

if (!isInstalled()) {
  // Not `npm ci`: it refuses a lockfile without the optional packages of systems that the registry at hand did not offer.
  // Versions come from the lockfile all the same, and `--no-save` leaves it as it is.
  const started = Date.now();
  console.log('Installing the packages of the lockfile into node_modules …');
  const npm = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error(
      'The packages could not be installed: see above. Check the connection to the npm registry and run it again.',
    );
    process.exit(1);
  }
  fs.writeFileSync(stamp, lock);
  console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}
