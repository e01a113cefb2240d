import { XMLParser } from 'fast-xml-parser';
import type { FileProblem } from './rate-table.ts';

/** An element of an XML file, without its namespace, and the line on which it begins. */
export interface XmlElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  parseAttributeValue: false,
  captureMetaData: true,
  // Files of rates define no entities. A file that defines some does not come from a publisher of rates.
  processEntities: false,
});
const place = XMLParser.getMetaDataSymbol() as unknown as symbol;

type Node = Readonly<Record<string | symbol, unknown>>;

/** The root element, or the place of the first error in the XML. */
export function readXml(text: string): XmlElement | FileProblem {
  let nodes: Node[];
  try {
    nodes = parser.parse(text, true) as Node[];
  } catch (error) {
    return whereIn(error);
  }
  const lineAt = lineCounter(text);
  const [root] = nodes.filter((node) => !('#text' in node));
  return root === undefined ? { line: 1, reason: 'the file is not XML' } : elementOf(root, lineAt);
}

export const isXmlError = (read: XmlElement | FileProblem): read is FileProblem => 'reason' in read;

/** All elements of that name below the element, at any depth. */
export function elementsNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsNamed(child, name),
  ]);
}

function elementOf(node: Node, lineAt: (index: number) => number): XmlElement {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  const children = (node[name] ?? []) as Node[];
  const startIndex = (node[place] as { readonly startIndex?: number } | undefined)?.startIndex ?? 0;
  return {
    name,
    line: lineAt(startIndex),
    attributes: (node[':@'] ?? {}) as Record<string, string>,
    children: children.filter((child) => !('#text' in child)).map((child) => elementOf(child, lineAt)),
    text: children
      .map((child) => String(child['#text'] ?? ''))
      .join('')
      .trim(),
  };
}

function lineCounter(text: string): (index: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (index) => ends.filter((end) => end < index).length + 1;
}

/** The parser's message ends with line and column. */
function whereIn(error: unknown): FileProblem {
  const message = error instanceof Error ? error.message : String(error);
  const [, reason = message, line = '1'] = /^([\s\S]*?):(\d+):\w+$/.exec(message) ?? [];
  return { line: Number(line), reason };
}
