import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLE_SOURCES } from '../constructs/bundle-hashes.ts';
import { sourceFingerprint } from '../constructs/source-fingerprint.ts';
import { hasAssembly, stampAssembly, withdrawStamp } from './assembly/stamp-assembly.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** All files that decide what the cloud assembly holds: those of the bundles, and the app itself. */
export const ASSEMBLY_SOURCES = [
  ...BUNDLE_SOURCES,
  'infra/*.ts',
  'infra/{constructs,stacks}/**/*.ts',
  'cdk.json',
  'package.json',
  'package-lock.json',
];

/** How a synthesis is run. */
export interface SynthesisOptions {
  /** Ends the synthesis; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called before a synthesis, and not when the assembly that is there is used. */
  readonly onStart?: () => void;
}

/**
 * Synthesises the stacks into `assemblyDir`, unless the assembly that is there was made from the same sources.
 * Gives whether it had to. A synthesis that was killed leaves no stamp, so that the next one starts over.
 * Throws an Error when the synthesis or a security rule fails.
 */
export async function synthesise(
  assemblyDir = 'cdk.out',
  { signal, onStart = () => {} }: SynthesisOptions = {},
): Promise<boolean> {
  const folder = resolve(assemblyDir);
  const inputs = assemblyInputs();
  if (hasAssembly(folder, inputs)) return false;
  onStart();
  withdrawStamp(folder);
  await runApp(folder, signal);
  // A source that was changed meanwhile may be in the assembly or not: without a stamp the next start makes it again.
  if (assemblyInputs() === inputs) stampAssembly(folder, inputs);
  return true;
}

function assemblyInputs(): string {
  return sourceFingerprint(ROOT, ASSEMBLY_SOURCES, {
    node: process.version,
    context: process.env.CDK_CONTEXT_JSON,
  });
}

async function runApp(assemblyDir: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'infra/app.ts'], {
    cwd: ROOT,
    env: { ...process.env, CDK_OUTDIR: assemblyDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    // Not `exit`: what the synthesis printed last may then still be in the pipe, and it says why it failed.
    child.on('close', done);
  });
  signal?.removeEventListener('abort', kill);
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`the stacks could not be synthesised:\n${output}`);
}
