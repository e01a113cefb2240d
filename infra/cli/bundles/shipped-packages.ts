import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtBundles } from '../../constructs/built-bundles.ts';
import { ROOT } from '../../constructs/bundle-settings.ts';
import { textTable } from '../terminal/text-table.ts';

/** A package whose code is in a bundle that is deployed. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression of its own `package.json`; `none` if it states none. */
  readonly licence: string;
}

/**
 * The licences that the code of others may have in what is deployed: they allow any use, and ask for their notice at
 * most. Everything else wants a person to look first.
 */
const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
]);

/** Every package of which at least one byte is in the bundle of a function, by name. */
export function shippedPackages(): readonly ShippedPackage[] {
  const files = [...builtBundles().values()].flatMap(({ parts, lateParts }) =>
    [...Object.entries(parts), ...Object.entries(lateParts)].flatMap(([file, bytes]) =>
      bytes > 0 ? [file] : [],
    ),
  );
  return packagesOf(files, readPackage);
}

/** The packages of these files, each once. `read` gives the `package.json` in a folder. */
export function packagesOf(
  files: readonly string[],
  read: (folder: string) => { readonly name?: string; readonly version?: string; readonly license?: unknown },
): readonly ShippedPackage[] {
  const folders = new Set(files.flatMap((file) => folderOf(file) ?? []));
  const packages = [...folders].map((folder): ShippedPackage => {
    const { name = folder, version = '', license } = read(folder);
    return { name, version, licence: typeof license === 'string' ? license : 'none' };
  });
  const idOf = ({ name, version }: ShippedPackage) => `${name}@${version}`;
  return [...new Map(packages.map((each) => [idOf(each), each])).values()].sort((a, b) =>
    idOf(a) < idOf(b) ? -1 : 1,
  );
}

/** Those whose licence is not on the list. */
export const notAllowed = (packages: readonly ShippedPackage[]): readonly ShippedPackage[] =>
  packages.filter(({ licence }) => !ALLOWED_LICENCES.has(licence));

/** The folder of the package that a file belongs to; undefined for a file of ours. */
function folderOf(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

const readPackage = (folder: string) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));

/** The packages with their licences as lines of text, and a last line for each whose licence is not on the list. */
export function licenceLines(packages: readonly ShippedPackage[]): string[] {
  const rows = packages.map(({ name, version, licence }) => [name, version, licence]);
  return [
    textTable([{ title: 'package' }, { title: 'version' }, { title: 'licence' }], rows),
    ...notAllowed(packages).map(({ name, licence }) => `${name}: ${licence} is not on the list of licences`),
  ];
}
