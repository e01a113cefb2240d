import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { memorySettings } from './memory.mjs';
import { nodeOf } from './node.mjs';

/**
 * Runs the program in the project's folder, and ends with its exit code.
 *
 * @param {string} root the project's folder
 * @param {readonly string[]} words the command line
 */
export function run(root, words) {
  const node = nodeOf(root);
  if (node === undefined) {
    console.error(`Node 24 or newer is needed on this machine; this is ${process.version}.`);
    process.exitCode = 1;
    return;
  }
  // What the program starts runs on the same Node, whatever the machine has.
  const bin = [dirname(node), join(root, 'node_modules', '.bin')].join(delimiter);
  // The handlers are set before the program starts. Otherwise a signal during its start would end only this process.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // The terminal sends Ctrl-C to the child too. A second signal would end the child before it has stopped its
      // work.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  const { flags, env } = memorySettings(words);
  const program = ['--disable-warning=ExperimentalWarning', join(root, 'infra', 'cli', 'entrepot.ts')];
  const child = spawn(node, [...flags, ...program, ...words], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...env,
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      ENTREPOT_FOLDER: folderOfPerson(root),
    },
  });
  child.on('error', (error) => {
    console.error(`The command can't be run: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** The folder of the user. npm runs scripts in the project's folder, and puts the user's folder into INIT_CWD. */
function folderOfPerson(root) {
  const here = process.cwd();
  return here === root ? (process.env.INIT_CWD ?? here) : here;
}
