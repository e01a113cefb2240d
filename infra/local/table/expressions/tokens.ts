/** A call that the table engine has to answer. */
export class ForEngine extends Error {}

const TOKEN = /\s*([#:]?\w+|<>|<=|>=|[=<>()+\-,])/y;

/** The tokens of an expression, read from the left. */
export interface Tokens {
  /** Takes the next token if it is this word or sign, in capitals or not. */
  take(word: string): boolean;
  /** Takes the next token, which has to be this word or sign. Throws a ForEngine otherwise. */
  expect(word: string): void;
  /** Takes the next token, which has to match. Throws a ForEngine otherwise. */
  match(pattern: RegExp): string;
  /** Whether the token that follows matches, without taking it. */
  isNext(pattern: RegExp): boolean;
  isAtEnd(): boolean;
}

/** Splits an expression into tokens. Throws a ForEngine at a sign that no token has, such as those of a nested path. */
export function tokensOf(text: string): Tokens {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const found = TOKEN.exec(text)?.[1];
    if (found === undefined) throw new ForEngine(text);
    tokens.push(found);
  }
  let place = 0;
  const isWord = (word: string) => tokens[place]?.toUpperCase() === word.toUpperCase();
  return {
    take(word) {
      if (!isWord(word)) return false;
      place += 1;
      return true;
    },
    expect(word) {
      if (!this.take(word)) throw new ForEngine(text);
    },
    match(pattern) {
      const token = tokens[place];
      if (token === undefined || !pattern.test(token)) throw new ForEngine(text);
      place += 1;
      return token;
    },
    isNext: (pattern) => pattern.test(tokens[place] ?? ''),
    isAtEnd: () => place === tokens.length,
  };
}
