import version from '../destinations/generated/version.json' with { type: 'json' };

/**
 * The version that quotes name: the day of the last change and the beginning of the rows' fingerprint, so that it
 * changes with every row. `npm run rules -- version` writes it, and a test checks it.
 */
export const builtinVersion: string = version.version;
