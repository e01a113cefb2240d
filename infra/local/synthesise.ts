import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLE_SOURCES } from '../constructs/bundle-hashes.ts';
import { sourceFingerprint } from '../constructs/source-fingerprint.ts';
import { hasAssembly, stampAssembly, withdrawStamp } from './assembly/stamp-assembly.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** All files that decide the contents of the cloud assembly: the sources of the bundles, and the app itself. */
export const ASSEMBLY_SOURCES = [
  ...BUNDLE_SOURCES,
  'infra/*.ts',
  'infra/{constructs,stacks}/**/*.ts',
  'infra/console/*.ts',
  'cdk.json',
  'package.json',
  'package-lock.json',
];

/** The options of a synthesis. */
export interface SynthesisOptions {
  /** When it aborts, the synthesis stops, and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called before a synthesis. It is not called when the existing assembly is used. */
  readonly onStart?: () => void;
}

/**
 * Synthesises the stacks into `assemblyDir`, unless the existing assembly was made from the same sources. Gives true
 * when it synthesised. A synthesis that was killed leaves no stamp, so the next call synthesises again.
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
  // If a source was changed during the synthesis, the assembly may be older than the source. Then no stamp is
  // written, and the next start synthesises again.
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
    // `close` comes after all output was read, and `exit` may come before. The last output says why a synthesis
    // failed.
    child.on('close', done);
  });
  signal?.removeEventListener('abort', kill);
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`the stacks could not be synthesised:\n${output}`);
}
