import type { Attributes, Value } from './expressions/operand.ts';

/**
 * The size of an item in bytes, by which it is billed (DynamoDB developer guide, "Item sizes and formats"): of each
 * attribute its name and its value.
 */
export const sizeOfItem = (item: Attributes): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);

function sizeOf(value: Value): number {
  const [[type, content] = []] = Object.entries(value);
  if (type === 'S') return Buffer.byteLength(content as string);
  if (type === 'N') return sizeOfNumber(content as string);
  if (type === 'B') return Buffer.byteLength(content as string, 'base64');
  if (type === 'L') return (content as Value[]).reduce((sum, each) => sum + 1 + sizeOf(each), 3);
  if (type === 'M')
    return Object.entries(content as Attributes).reduce(
      (sum, [name, each]) => sum + 1 + Buffer.byteLength(name) + sizeOf(each),
      3,
    );
  const one = { SS: 'S', NS: 'N', BS: 'B' }[type ?? ''];
  if (one === undefined) return 1;
  return (content as string[]).reduce((sum, each) => sum + sizeOf({ [one]: each }), 0);
}

/** Two digits are a byte, before and after the point apart, without zeros at either end. */
function sizeOfNumber(text: string): number {
  const [whole = '', decimals = ''] = text.replace('-', '').split('.');
  const digits = (whole + decimals).replace(/^0+/, '').replace(/0+$/, '');
  const leading = /^0*/.exec(whole + decimals)?.[0].length ?? 0;
  const before = Math.min(Math.max(whole.length - leading, 0), digits.length);
  const sign = text.startsWith('-') && digits !== '' ? 1 : 0;
  return Math.ceil(before / 2) + Math.ceil((digits.length - before) / 2) + 1 + sign;
}

const NUMBER = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;
const MAX_DEPTH = 20;

/**
 * Whether a value is stored just as it was sent. The engine writes some numbers in another way, and refuses doubles
 * in sets, texts and bytes that are not whole, and values that are nested too deep.
 */
export function isStoredAsSent(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  const entries = Object.entries(value);
  const [type, content] = entries[0] ?? [];
  if (entries.length !== 1) return false;
  if (type === 'S') return isText(content);
  if (type === 'B') return isText(content) && Buffer.from(content, 'base64').toString('base64') === content;
  if (type === 'N') return typeof content === 'string' && content.length <= 30 && NUMBER.test(content);
  if (type === 'BOOL') return typeof content === 'boolean';
  if (type === 'NULL') return content === true;
  if (type === 'SS') return isSetOfTexts(content);
  if (type === 'L') return Array.isArray(content) && content.every((each) => isStoredAsSent(each, depth + 1));
  if (type !== 'M' || typeof content !== 'object' || content === null) return false;
  return Object.entries(content).every(([name, each]) => isText(name) && isStoredAsSent(each, depth + 1));
}

const isSetOfTexts = (content: unknown): boolean =>
  Array.isArray(content) &&
  content.length > 0 &&
  content.every((each) => isText(each) && each !== '') &&
  new Set(content).size === content.length;

/** Whether it is a text that UTF-8 has: half of a surrogate pair is none. */
export const isText = (content: unknown): content is string =>
  typeof content === 'string' && content.isWellFormed();
