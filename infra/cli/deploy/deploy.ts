import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contextNames, readStage } from '../../stages.ts';
import { type Aws, openAws } from './aws-call.ts';
import { checkAccount } from './check-account.ts';
import type { DeployOptions } from './deploy-options.ts';
import { nextSteps, type Outputs } from './next-steps.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');

/** Runs the CDK's command line with these words. Gives its exit code. */
type RunCdk = (words: readonly string[]) => Promise<number>;

/** What a deployment calls. Tests give their own. */
export interface DeployWith {
  readonly aws?: Aws;
  readonly runCdk?: RunCdk;
}

/**
 * Checks the context and the account, deploys all stacks of a stage and says what to do next. Gives false where the
 * CDK failed, which has then said why. Throws an Error where a check fails.
 */
export async function deploy(
  { context, checkOnly, yes }: DeployOptions,
  say: (line: string) => void,
  { aws = openAws(), runCdk = runPinnedCdk }: DeployWith = {},
): Promise<boolean> {
  const unknown = Object.keys(context).filter((name) => !contextNames.includes(name));
  if (unknown.length > 0)
    throw new Error(`no context value is called ${unknown.join(', ')}; there are ${contextNames.join(', ')}`);
  const all = { ...contextOfProject(), ...context };
  const stage = readStage((name) => all[name]);
  say(`context       ${stage.name}, well-formed`);
  const target = await checkAccount(aws, stage, say);
  if (checkOnly) {
    say('Everything that a deployment needs is there.');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-deploy-'));
  const outputs = join(folder, 'outputs.json');
  try {
    const pairs = Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
    const approval = ['--require-approval', yes ? 'never' : 'broadening'];
    const code = await runCdk(['deploy', '--all', '--outputs-file', outputs, ...approval, ...pairs]);
    if (code !== 0) {
      say(
        'The deployment failed. Repair what is said above and run the same command again: nothing has to be removed first.',
      );
      return false;
    }
    const given: Outputs = existsSync(outputs) ? JSON.parse(readFileSync(outputs, 'utf8')) : {};
    for (const line of nextSteps(given, { stage, ...target })) say(line);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The values that `cdk.json` holds for every deployment. */
function contextOfProject(): Readonly<Record<string, unknown>> {
  const { context = {} } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as {
    readonly context?: Readonly<Record<string, unknown>>;
  };
  return context;
}

function runPinnedCdk(words: readonly string[]): Promise<number> {
  if (!existsSync(CDK)) throw new Error('the CDK command line is not installed: run `npm install`');
  const child = spawn(process.execPath, [CDK, ...words], { cwd: ROOT, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
