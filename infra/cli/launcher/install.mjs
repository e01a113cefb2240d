import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Exists while an installation runs. An installation that finds it knows that the one before was interrupted. */
const MARK = 'node_modules/.entrepot-installing';

/**
 * Installs what the lock file names, where it is not there. Writes to standard error: the standard output is the
 * command's own. False where that failed; the exit code is set then.
 *
 * @param {string} root the project's folder
 */
export function installIfNeeded(root) {
  const interrupted = existsSync(join(root, MARK));
  if (!interrupted && isInstalled(root)) return true;
  if (interrupted) console.error('The last installation was interrupted.');
  console.error('Installing dependencies (once, about a minute) …');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, MARK), '');
  // Not `npm ci`: it wants every platform's build of the linter in the lock file, and not every registry has them all.
  // The versions are those of the lock file either way.
  const { status, signal, error } = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: ['inherit', process.stderr.fd, 'inherit'] },
  );
  if (status === 0) {
    rmSync(join(root, MARK), { force: true });
    return true;
  }
  const why =
    error?.message ?? (signal === null ? `npm ended with ${status}` : `npm was stopped by ${signal}`);
  console.error(`The dependencies are not installed: ${why}. The next command tries again.`);
  process.exitCode = status ?? 1;
  return false;
}

/** Whether every package of the lock file is there in its version, and the Node that runs the project. */
function isInstalled(root) {
  const present = packagesIn(join(root, 'node_modules/.package-lock.json'));
  if (present === undefined || !existsSync(join(root, 'node_modules/node/bin/node'))) return false;
  const wanted = packagesIn(join(root, 'package-lock.json')) ?? {};
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true;
    // Left out on machines that it is not made for.
    if (present[path] === undefined) return optional === true || peer === true;
    return present[path].version === version && existsSync(join(root, path));
  });
}

/** The packages of a lock file by their folder; undefined where there is none that can be read. */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
