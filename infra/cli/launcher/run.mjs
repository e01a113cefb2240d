import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Runs the program, in the project's folder, and ends as it ends.
 *
 * @param {string} root the project's folder
 * @param {readonly string[]} words the command line
 */
export function run(root, words) {
  const bin = join(root, 'node_modules', '.bin');
  const child = spawn(
    join(root, 'node_modules', 'node', 'bin', 'node'),
    ['--disable-warning=ExperimentalWarning', join(root, 'infra', 'cli', 'entrepot.ts'), ...words],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        ENTREPOT_FOLDER: folderOfPerson(root),
      },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C reaches the child from the terminal itself: a second one would end it before it has tidied up.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`The command can't be run: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** The folder of the person who names files: npm runs scripts in the project's folder, and keeps theirs in INIT_CWD. */
function folderOfPerson(root) {
  const here = process.cwd();
  return here === root ? (process.env.INIT_CWD ?? here) : here;
}
