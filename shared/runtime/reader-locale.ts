/**
 * The locale that a reader prefers by its header `Accept-Language` (RFC 9110, section 12.5.4), as a canonical BCP 47
 * tag. Undefined where the header names none whose numbers and dates are known here. A range that is no tag is passed
 * over, as is one with the weight zero.
 */
export function readerLocale(header: string | undefined): string | undefined {
  return (header ?? '')
    .split(',')
    .map(rangeIn)
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ tag }) => knownLocale(tag))
    .at(0);
}

function rangeIn(text: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.map((each) => /^q\s*=\s*([01](?:\.\d{0,3})?)$/i.exec(each)?.[1]).find(Boolean);
  return { tag, weight: weight === undefined ? 1 : Number(weight) };
}

function knownLocale(tag: string): string[] {
  // Two letters or three, and parts of up to eight letters and digits. `*` names no locale.
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(tag)) return [];
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag);
  } catch (error) {
    // A tag with parts that can't stand there, such as de-u.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
