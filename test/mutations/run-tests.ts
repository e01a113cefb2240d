import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/**
 * `failed`: a test failed, or the time was over. `broken`: a test file could not be loaded, so no test was run that
 * could have noticed anything.
 */
export interface TestRun {
  readonly outcome: 'passed' | 'failed' | 'broken';
  /** The first failure, or the reason why the run is broken. */
  readonly reason: string;
}

/** A fault can make a loop endless. */
const MAX_RUN_MS = 5 * 60_000;

const reportSchema = z.object({
  numTotalTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/** Runs test files of the copy until the first failure. `signal` ends the run. */
export async function runTests(
  folder: string,
  tests: readonly string[],
  signal: AbortSignal,
): Promise<TestRun> {
  const report = join(folder, 'test-report.json');
  await rm(report, { force: true });
  const exit = await runVitest(folder, [...tests, `--outputFile=${report}`], signal);
  if (exit === 'too-long') return { outcome: 'failed', reason: 'the tests did not end' };
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return { outcome: 'broken', reason: 'vitest wrote no report' };
  return judge(reportSchema.parse(JSON.parse(text)), exit);
}

function judge({ numTotalTests, testResults }: z.infer<typeof reportSchema>, exitCode: number): TestRun {
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed');
  if (failed !== undefined) return { outcome: 'failed', reason: failed.fullName };
  const unloaded = testResults.find(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  if (unloaded !== undefined)
    return { outcome: 'broken', reason: unloaded.message ?? `${unloaded.name} could not be loaded` };
  if (numTotalTests === 0) return { outcome: 'broken', reason: 'there are no such tests' };
  if (exitCode === 0) return { outcome: 'passed', reason: '' };
  return { outcome: 'failed', reason: 'an error outside a test' };
}

function runVitest(
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<number | 'too-long'> {
  const fixed = ['run', '--config', 'test/vitest.config.ts', '--bail=1', '--maxWorkers=1', '--reporter=json'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...fixed, ...args], {
      cwd: folder,
      stdio: 'ignore',
      timeout: MAX_RUN_MS,
      killSignal: 'SIGKILL',
      signal,
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 'too-long'));
  });
}
