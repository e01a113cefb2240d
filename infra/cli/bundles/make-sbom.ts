import { execFileSync } from 'node:child_process';
import * as z from 'zod';
import { ROOT } from '../../constructs/bundle-settings.ts';
import type { ShippedPackage } from './shipped-packages.ts';

const componentSchema = z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() });

const sbomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(componentSchema),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});

export type Sbom = z.infer<typeof sbomSchema>;

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The bill of materials of the lock file as npm makes it, in CycloneDX: each package with its version, its hash and its
 * licence. Throws an Error when npm fails.
 */
export function makeSbom(): Sbom {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const text = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: MAX_BYTES });
  return sbomSchema.parse(JSON.parse(text));
}

/** The part of the bill that is deployed: these packages, and which of them needs which. */
export function sbomOf(sbom: Sbom, shipped: readonly ShippedPackage[]): Sbom {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const components = sbom.components.filter(({ name, version }) => wanted.has(`${name}@${version}`));
  const refs = new Set(components.map((component) => component['bom-ref']));
  const dependencies = sbom.dependencies.flatMap(({ ref, dependsOn = [], ...rest }) =>
    refs.has(ref) ? [{ ref, ...rest, dependsOn: dependsOn.filter((each) => refs.has(each)) }] : [],
  );
  return { ...sbom, components, dependencies };
}
