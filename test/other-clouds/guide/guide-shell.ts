import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The longest that a command may take: a deployment. */
const COMMAND_MILLISECONDS = 600_000;
const MAX_SHOWN_CHARACTERS = 1_500;

/** One shell for all commands of a guide, as its reader has it: variables and functions stay. */
export interface GuideShell {
  /**
   * Runs a command and gives what it printed. Throws an Error with the end of its output if it, or a part of it, fails.
   * The shell is over then, as the guide is for its reader.
   */
  run(command: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts bash in `folder`. Its input is empty, so a command that asks a question fails. */
export function openShell(folder: string, env: NodeJS.ProcessEnv): GuideShell {
  // A group of its own, so that what a command has started ends with the shell.
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail'], {
    ...{ cwd: folder, env, detached: true },
  });
  const endAll = (): void => {
    if (isRunning(child) && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', endAll);
  let said = '';
  let heard: () => void = () => undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    heard();
  });
  child.stderr.on('data', () => undefined);
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit').then(() => heard());
  let count = 0;
  return {
    async run(command) {
      count += 1;
      const [script, output, errors] = ['script', 'stdout', 'stderr'].map((kind) =>
        join(folder, `.guide-${count}.${kind}`),
      ) as [string, string, string];
      await writeFile(script, `${command}\n`);
      said = '';
      child.stdin.write(`. '${script}' > '${output}' 2> '${errors}' < /dev/null\necho "done ${count}"\n`);
      const isDone = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), COMMAND_MILLISECONDS);
        heard = () => {
          if (!said.includes(`done ${count}`) && isRunning(child)) return;
          clearTimeout(timer);
          resolve(said.includes(`done ${count}`));
        };
        heard();
      });
      const text = await readFile(output, 'utf8').catch(() => '');
      if (isDone) return text;
      const printed = `${text}\n${await readFile(errors, 'utf8').catch(() => '')}`.trim();
      throw new Error(`it failed (exit code ${child.exitCode}): ${printed.slice(-MAX_SHOWN_CHARACTERS)}`);
    },
    async stop() {
      process.off('exit', endAll);
      endAll();
      await ended;
    },
  };
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;
