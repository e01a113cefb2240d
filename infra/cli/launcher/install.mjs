import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Holds the id of the process that installs. If that process is gone, its installation was interrupted. */
const MARK = 'node_modules/.entrepot-installing';

const LOOK_EVERY_MS = 200;

/**
 * Installs what the lock file names, where it is not there. Writes to standard error: the standard output is the
 * command's own. False where that failed; the exit code is set then. Waits while another process installs.
 *
 * @param {string} root the project's folder
 */
export function installIfNeeded(root) {
  const interrupted = waitForOther(root);
  if (!interrupted && isInstalled(root)) return true;
  if (interrupted) console.error('The last installation was interrupted.');
  console.error('Installing dependencies (once, about a minute) …');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, MARK), String(process.pid));
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

/** Waits while another process installs in the same folder. True when an installation was interrupted. */
function waitForOther(root) {
  for (let looks = 0; ; looks += 1) {
    const holder = readMark(root);
    if (holder === undefined) return false;
    if (!isAlive(holder)) return true;
    if (looks === 0) {
      console.error(`Process ${holder} is installing the dependencies; waiting for its end …`);
      console.error(`If that process is something else, delete ${MARK} in ${root}.`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY_MS);
  }
}

/** The process id in the mark, 0 when there is none in it; undefined without a mark. */
function readMark(root) {
  try {
    return Number.parseInt(readFileSync(join(root, MARK), 'utf8'), 10) || 0;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid) {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error.code === 'EPERM';
  }
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
