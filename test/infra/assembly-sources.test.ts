import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { triggerList } from '../../events/triggers.ts';
import { sourceFiles, sourceFingerprint } from '../../infra/constructs/source-fingerprint.ts';
import { ASSEMBLY_SOURCES } from '../../infra/local/synthesise.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = new Set(sourceFiles(root, ASSEMBLY_SOURCES));

describe('the sources of the cloud assembly', () => {
  it('are all files that the app and the functions import', async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['infra/app.ts', ...triggerList.map(([id]) => `functions/${id}.ts`)],
      outdir: 'never-written',
      bundle: true,
      write: false,
      metafile: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
    });
    const imported = Object.keys(metafile.inputs).filter((path) => !path.startsWith('node_modules/'));
    expect(imported.length).toBeGreaterThan(400);
    expect(imported.filter((path) => !files.has(path))).toEqual([]);
  });

  it('include no tests, commands, sandboxes or recorded answers', () => {
    const others = [...files].filter((path) => /(^|\/)(test|sandbox|fixtures|cli|local)\//.test(path));
    expect(others).toEqual([]);
  });

  it('have another fingerprint under other settings', () => {
    const of = (node: string) => sourceFingerprint(root, ['cdk.json'], { node });
    expect(of('v24.0.0')).toBe(of('v24.0.0'));
    expect(of('v24.0.0')).not.toBe(of('v24.0.1'));
  });
});
