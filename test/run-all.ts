import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** One check of `npm test`: a command that exits with zero if it finds no fault. */
interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** The path of vitest's JSON report, if the step runs tests. */
  readonly report?: string;
}

const report = (name: string) => join(tmpdir(), `entrepot-${process.pid}-${name}.json`);
const vitest = (name: string, config: string, which: readonly string[] = []): Step => ({
  name,
  command: [
    'vitest',
    'run',
    ...which,
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(name)}`,
  ],
  report: report(name),
});

const steps: readonly Step[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  {
    name: 'types of the console',
    command: ['node', '--disable-warning=ExperimentalWarning', 'infra/console/check-types.ts'],
  },
  { name: 'lint and format', command: ['biome', 'ci', '.'] },
  {
    name: 'import directions',
    command: [
      'depcruise',
      '--config',
      'test/architecture/import-rules.cjs',
      'functions',
      'shared',
      'events',
      'infra',
      'test',
    ],
  },
  { name: 'dead code', command: ['knip', '--treat-config-hints-as-errors'] },
  {
    name: 'dead code in the doors of folders',
    command: ['knip', '--config', 'test/architecture/knip.doors.jsonc'],
  },
  { name: 'synth with cdk-nag', command: ['node', '--disable-warning=ExperimentalWarning', 'test/synth.ts'] },
  // They are pure: loading the modules again for each file took half of their time.
  vitest('unit', 'test/vitest.config.ts', ['test/unit', '--no-isolate']),
  vitest('contract, component, infra, architecture', 'test/vitest.config.ts', [
    'test/contract',
    'test/component',
    'test/infra',
    'test/architecture',
  ]),
  vitest('end to end', 'test/vitest.end-to-end.config.ts'),
];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** A line for each failure: where it is, and the first line of its message. */
  readonly failures: string[];
}

/** The part of vitest's JSON report that is read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/**
 * Runs every check, or those whose name contains one of the words, and prints the results. Gives whether all passed.
 * Throws an Error if no check has such a name.
 */
export async function runSteps(words: readonly string[]): Promise<boolean> {
  const chosen =
    words.length === 0 ? steps : steps.filter(({ name }) => words.some((word) => name.includes(word)));
  if (chosen.length === 0)
    throw new Error(`no check is called ${words.join(' or ')}: ${steps.map(({ name }) => name).join('; ')}`);
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const step of chosen) {
    const started = performance.now();
    console.log(`\n== ${step.name}`);
    const passed = (await run(step.command)) === 0;
    await count(step, passed, counts);
    console.log(
      `== ${step.name}: ${passed ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
  }
  for (const failure of counts.failures) console.log(`\nFAILED ${failure}`);
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0;
}

function run([command = '', ...rest]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    // Tests use paths from the project's folder, so the command runs there.
    const env = { ...process.env, ENTREPOT_FOLDER: undefined };
    const child = spawn(command, rest, { stdio: 'inherit', env });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** A step without a report counts as one check. A failed step without a failed test counts as one failure. */
async function count(step: Step, passed: boolean, counts: Counts): Promise<void> {
  const file = step.report;
  const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  if (file !== undefined) await rm(file, { force: true });
  if (text === undefined) {
    counts[passed ? 'passed' : 'failed'] += 1;
    if (!passed) counts.failures.push(step.name);
    return;
  }
  const tests = JSON.parse(text) as VitestReport;
  const failures = failuresOf(tests);
  if (!passed && failures.length === 0) failures.push(`${step.name}: no test failed, but its run did`);
  counts.passed += tests.numPassedTests;
  counts.failed += Math.max(tests.numFailedTests, failures.length);
  counts.skipped += tests.numPendingTests;
  counts.failures.push(...failures);
}

/** A failed test, or a file that failed before its tests ran. */
function failuresOf({ testResults }: VitestReport): string[] {
  const firstLine = (text: string | undefined) => (text ?? '').split('\n', 1)[0] ?? '';
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : [];
    return failed.map((test) => `${file} > ${test.fullName}\n  ${firstLine(test.failureMessages[0])}`);
  });
}
