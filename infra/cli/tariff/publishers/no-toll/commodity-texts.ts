/**
 * The descriptions of each commodity in the structure of the Norwegian tariff: that of its heading, of the groups below
 * it, and its own. The file is a tree of sections, chapters, their parts, headings and divisions.
 */
export function descriptionsOf(json: unknown): (readonly [string, readonly string[]])[] {
  if (typeof json !== 'object' || json === null || !('sections' in json)) return [];
  const found: (readonly [string, readonly string[]])[] = [];
  walk(json.sections, [], found);
  return found;
}

interface Node {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly description?: unknown;
  readonly item?: unknown;
  readonly chapters?: unknown;
  /** Those of a part of a chapter. */
  readonly headings?: unknown;
  readonly divisions?: unknown;
}

function walk(
  nodes: unknown,
  above: readonly string[],
  found: (readonly [string, readonly string[]])[],
): void {
  if (!Array.isArray(nodes)) return;
  for (const node of nodes as readonly Node[]) {
    const text = plainText(node.item ?? node.description);
    if (node.type === 'commodity' && typeof node.id === 'string') found.push([node.id, [...above, text]]);
    const isAboveHeadings = ['section', 'chapter', 'subchapter'].includes(String(node.type));
    const path = isAboveHeadings ? [] : [...above, text];
    walk(node.chapters, path, found);
    walk(node.headings, path, found);
    walk(node.divisions, path, found);
  }
}

/** The text without the entities of HTML, and without the colon of a heading. */
const plainText = (text: unknown) =>
  typeof text !== 'string'
    ? ''
    : text
        .replaceAll('&#39;', "'")
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/\s*[:.]$/, '');
