import { createHash } from 'node:crypto';

/** An id for an event that the partner does not name, from what it says. The same content has the same id. */
export function contentId(prefix: string, content: unknown): string {
  return `${prefix}${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)}`;
}
