/**
 * The line on which each object of an array in a JSON text begins, counted from 1, for messages that name the place.
 * The array is the one under that key of the outermost object, or the outermost array itself. The text must be valid
 * JSON.
 */
export function elementLines(text: string, key?: string): number[] {
  const within = key === undefined ? 0 : 1;
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let last: string | undefined;
  let inArray = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]|\n/g)) {
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') {
      if (depth === within && token === '[') inArray = key === undefined || last === `"${key}"`;
      if (depth === within + 1 && token === '{' && inArray) lines.push(line);
      depth += 1;
    } else if (token === '}' || token === ']') {
      depth -= 1;
      if (depth === within) inArray = false;
    } else if (depth === within) last = token;
  }
  return lines;
}
