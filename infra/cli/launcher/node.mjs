import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The Node release of the Lambda runtime. Older ones can't read the program. */
const OLDEST = 24;

/** The folder of the package with the Node for this machine. The lock file has it for Linux, with its hash. */
export const pinnedNode = `node_modules/node-${process.platform}-${process.arch}`;

/**
 * The Node that runs the project: the installed one of the lock file. On a machine for which the lock file has none,
 * the one that runs this process, if it is new enough. Undefined if there is neither.
 *
 * @param {string} root the project's folder
 * @param {string} version of the Node of this process
 * @returns {string | undefined}
 */
export function nodeOf(root, version = process.versions.node) {
  const pinned = join(root, pinnedNode, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  return Number.parseInt(version, 10) >= OLDEST ? process.execPath : undefined;
}
