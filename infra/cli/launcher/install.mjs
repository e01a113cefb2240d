import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeOf, pinnedNode } from './node.mjs';

/**
 * The file with the id of the process that installs. If that process no longer runs, its installation was
 * interrupted. npm empties the folder of the packages first, so the file is beside it.
 */
const MARK = '.entrepot-installing';

const LOOK_EVERY_MS = 200;

/**
 * Installs the packages of the lock file that are missing. Writes to standard error, because standard output belongs
 * to the command. Gives false and sets the exit code when the installation fails. Waits while another process
 * installs.
 *
 * @param {string} root the project's folder
 */
export function installIfNeeded(root) {
  const interrupted = waitForOther(root);
  if (!interrupted && isInstalled(root)) return true;
  if (interrupted) console.error('The last installation was interrupted.');
  console.error('Installing dependencies (once, about a minute) …');
  writeFileSync(join(root, MARK), String(process.pid));
  // Exactly the packages of the lock file, each compared with its hash. No package runs a script of its own.
  const { status, signal, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    stdio: ['inherit', process.stderr.fd, 'inherit'],
  });
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

/** Waits while another process installs in the same folder. Gives true when an installation was interrupted. */
function waitForOther(root) {
  for (let looks = 0; ; looks += 1) {
    const holder = readMark(root);
    if (holder === undefined) return false;
    if (!isAlive(holder)) return true;
    if (looks === 0) {
      console.error(`Process ${holder} is installing the dependencies; waiting until it has finished …`);
      console.error(`If process ${holder} is a different program, delete ${MARK} in ${root}.`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY_MS);
  }
}

/** The process id in the mark, or 0 if the mark has none; undefined if there is no mark. */
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
    // EPERM means that the process runs and belongs to another user.
    return error.code === 'EPERM';
  }
}

/** Whether every package of the lock file is installed in its version, and also the Node that runs the project. */
function isInstalled(root) {
  const present = packagesIn(join(root, 'node_modules/.package-lock.json'));
  if (present === undefined) return false;
  const wanted = packagesIn(join(root, 'package-lock.json')) ?? {};
  // An installation of before the Node was a package is enough where another Node can run the project.
  if (wanted[pinnedNode] !== undefined && nodeOf(root) === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true;
    // An optional package is left out on a machine that it does not support.
    if (present[path] === undefined) return optional === true || peer === true;
    return present[path].version === version && existsSync(join(root, path));
  });
}

/** The packages of a lock file by their folder; undefined when the file does not exist or cannot be read. */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
