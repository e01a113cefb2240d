import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { CfnFunction, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { bundledCode } from '../../infra/constructs/bundle.ts';
import { ROOT } from '../../infra/constructs/bundle-settings.ts';
import { BUNDLING } from '../../infra/constructs/bundling/bundle-functions.ts';

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'entrepot-solver-'));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

it('lies in the package of the function that moves stock', () => {
  const app = new App({ outdir: folder() });
  const stack = new Stack(app, 'Stack');
  const code = bundledCode(stack, { id: 'replenishment/make-run-plans', engine: undefined });
  const made = new LambdaFunction(stack, 'Function', {
    ...{ code, handler: 'index.handler', runtime: Runtime.NODEJS_24_X },
  });
  expect(made.node.defaultChild).toBeInstanceOf(CfnFunction);
  const [asset = ''] = readdirSync(app.outdir).filter((name) => name.startsWith('asset.'));
  const files = readdirSync(join(app.outdir, asset));
  expect(files.filter((name) => !name.endsWith('.mjs'))).toEqual(['destinations', 'editions', 'highs.wasm']);
  expect(files).toContain('index.mjs');
}, 120_000);

it('is found beside a bundle, and solves', async () => {
  const made = folder();
  const contents = `
    import { loadSolver, LinearProgramme } from './shared/replenishment/network/solver.ts';
    import { solverCode } from './shared/runtime/solver-code.ts';
    export async function solve() {
      const solver = await loadSolver({ wasmBinary: await solverCode() });
      const programme = new LinearProgramme();
      const row = programme.row(-Infinity, 4);
      programme.column(-3, 3, [[row, 1]]);
      programme.column(-2, 9, [[row, 1]]);
      return solver.solve(programme);
    }`;
  const { outputFiles = [] } = await build({
    ...{ ...BUNDLING, outdir: made },
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
  });
  writeFileSync(join(made, 'index.mjs'), outputFiles[0]?.contents ?? '');
  copyFileSync(join(ROOT, 'node_modules/highs/build/highs.wasm'), join(made, 'highs.wasm'));
  expect(readFileSync(join(made, 'highs.wasm')).length).toBeLessThan(4 * 1024 * 1024);
  const { solve } = await import(/* @vite-ignore */ pathToFileURL(join(made, 'index.mjs')).href);
  // Three units at 3 and the fourth at 2.
  expect(await solve()).toMatchObject({ kind: 'optimal', objective: -11 });
});
