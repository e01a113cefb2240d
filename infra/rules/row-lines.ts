/**
 * The line, from 1, on which each row of a rule file begins, for messages that lead to the place. The text is JSON
 * that was parsed before, an object with an array `rows`.
 */
export function rowLines(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let key: string | undefined;
  let inRows = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]|\n/g)) {
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') {
      if (depth === 1 && token === '[') inRows = key === '"rows"';
      if (depth === 2 && token === '{' && inRows) lines.push(line);
      depth += 1;
    } else if (token === '}' || token === ']') {
      depth -= 1;
      if (depth === 1) inRows = false;
    } else if (depth === 1) key = token;
  }
  return lines;
}
