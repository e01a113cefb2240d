// Runs one of the project's programs on the Node release that the Lambda runtime has, installing first what is
// missing. Plain JavaScript, because the Node that starts it may be too old to read TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const bin = join(root, 'node_modules', '.bin');
const [program, ...rest] = process.argv.slice(2);

installIfNeeded();

const child = spawn(
  join(root, 'node_modules', 'node', 'bin', 'node'),
  ['--disable-warning=ExperimentalWarning', join(root, program), ...rest],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  },
);
// The terminal sends Ctrl-C to the child as well: this process waits for it to finish its own stop.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));

function installIfNeeded() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs - 1000) return;
  console.log('Installing dependencies (once, about a minute) …');
  // Not `npm ci`: it wants every platform's build of the linter in the lock file, and not every registry has them all.
  // The versions are those of the lock file either way.
  const { status } = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
