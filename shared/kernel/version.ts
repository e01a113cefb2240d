import { fingerprint } from './hash.ts';

/** The versions that a caller wants to change: ETags with their quotes, or `*` for any that is stored. */
export type WantedVersions = readonly string[];

/** The strong ETag of a stored value (RFC 9110, section 8.8.3): equal values have equal ones. */
export const versionOf = (value: unknown): string => `"${fingerprint(value).slice(0, 32)}"`;

/** Whether the stored value is one of the wanted versions. What is not stored has none (RFC 9110, section 13.1.1). */
export const isWanted = (stored: unknown, wanted: WantedVersions): boolean =>
  stored !== undefined && (wanted.includes('*') || wanted.includes(versionOf(stored)));

/** The versions in a header `If-Match`; undefined without one. Weak ones are never equal, so they are left out. */
export function wantedVersions(header: string | undefined): WantedVersions | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return ['*'];
  return [...header.matchAll(/(W\/)?("[^"]*")/g)].flatMap(([, weak, tag = '']) =>
    weak === undefined ? [tag] : [],
  );
}
