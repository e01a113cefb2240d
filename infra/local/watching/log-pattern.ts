/** Whether a log line, read as JSON, matches. */
export type LineMatcher = (line: unknown) => boolean;

/**
 * Compiles a filter pattern of CloudWatch Logs for JSON lines (CloudWatch Logs user guide, "Filter pattern syntax").
 * It knows comparisons of a field with a text or a number by `=` and `!=`, joined by `&&` and `||`, and parentheses.
 * Throws an Error for any other pattern.
 */
export function compileLogPattern(pattern: string): LineMatcher {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(pattern)?.[1];
  if (inner === undefined) throw unknown(pattern);
  const tokens = inner.match(TOKEN) ?? [];
  if (tokens.join('') !== withoutSpaces(inner)) throw unknown(pattern);
  const reader = new PatternReader(tokens, pattern);
  return reader.readAll();
}

const TOKEN = /&&|\|\||!=|=|\(|\)|\$(?:\.[A-Za-z_]\w*)+|"[^"*]*"|-?\d+(?:\.\d+)?/g;

/** The pattern without the spaces outside of texts. */
const withoutSpaces = (text: string): string =>
  text.replaceAll(/"[^"]*"|\s+/g, (part) => (part.startsWith('"') ? part : ''));

const unknown = (pattern: string) =>
  new Error(`the filter pattern ${pattern} is not known to the local cloud`);

class PatternReader {
  #place = 0;
  readonly #tokens: readonly string[];
  readonly #pattern: string;

  constructor(tokens: readonly string[], pattern: string) {
    this.#tokens = tokens;
    this.#pattern = pattern;
  }

  readAll(): LineMatcher {
    const matcher = this.#readJoined('||', () => this.#readJoined('&&', () => this.#readTerm()));
    if (this.#place < this.#tokens.length) throw unknown(this.#pattern);
    return matcher;
  }

  #readJoined(by: '&&' | '||', readPart: () => LineMatcher): LineMatcher {
    const parts = [readPart()];
    while (this.#tokens[this.#place] === by) {
      this.#place += 1;
      parts.push(readPart());
    }
    return by === '||'
      ? (line) => parts.some((each) => each(line))
      : (line) => parts.every((each) => each(line));
  }

  #readTerm(): LineMatcher {
    if (this.#tokens[this.#place] !== '(') return this.#readComparison();
    this.#place += 1;
    const inner = this.#readJoined('||', () => this.#readJoined('&&', () => this.#readTerm()));
    if (this.#next() !== ')') throw unknown(this.#pattern);
    return inner;
  }

  #readComparison(): LineMatcher {
    const [field, operator, text] = [this.#next(), this.#next(), this.#next()];
    if (!field.startsWith('$') || !['=', '!='].includes(operator) || !/^["\d-]/.test(text))
      throw unknown(this.#pattern);
    const path = field.split('.').slice(1);
    const wanted: unknown = JSON.parse(text);
    // A line without the field matches neither comparison.
    return (line) => {
      const value = valueAt(line, path);
      return value !== undefined && (value === wanted) === (operator === '=');
    };
  }

  #next(): string {
    const token = this.#tokens[this.#place];
    if (token === undefined) throw unknown(this.#pattern);
    this.#place += 1;
    return token;
  }
}

function valueAt(line: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined,
    line,
  );
}
