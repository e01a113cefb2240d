/** A wording that a reader has to decode, and what to write instead. */
interface Wording {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Wordings that must not come back in pages, comments and messages. */
export const unclearPhrases: readonly Wording[] = [
  {
    pattern: /\bdear to\b|\b(is|are|too|so) dear\b|\bdearer\b|\bdearest\b/i,
    instead: 'expensive, costs more',
  },
  { pattern: /\b(told|tells|tell) of\b/i, instead: 'reported, announced, published' },
  { pattern: /\bas good as none\b/i, instead: 'almost none, or the figure' },
  {
    pattern: /\bso many of\b|\bat most so many\b|\bfor so long\b/i,
    instead: 'the number, or the name of the limit',
  },
  { pattern: /\b(for|to|by|from|with) who\b/i, instead: 'a noun: for callers that' },
  {
    pattern: /\b(shows it to|deceives|tells) who\b|\bwho (alters|asks|reads|follows) it\b/i,
    instead: 'anyone who, a caller that',
  },
  { pattern: /\bis a person's\b|\bare a person's\b/i, instead: 'a person has to decide' },
  { pattern: /\blets? go of\b|\bletGo\b/, instead: 'void, release' },
  { pattern: /\bMOST_|\bLEAST_/, instead: 'MAX_, MIN_' },
  { pattern: /\bnot to be had\b/i, instead: 'not available, not possible' },
  { pattern: /\bheld against\b|\bholds? .{3,30} against the\b/i, instead: 'compared with' },
  {
    pattern: /\bthe world runs\b|\bto be told apart\b|\bstays? untold\b|\bis told once\b/i,
    instead: 'say what happens, with its subject',
  },
];

/** Identifiers that the code gave up for the words of the glossary. */
export const unclearNames: readonly Wording[] = [
  {
    pattern: /\b(const|let|function|readonly|interface|type) (world|World|told|news|News)\b/,
    instead: 'deps, reported, update',
  },
  {
    pattern: /\b(const|let|function|readonly) \w*(News|Told|LetGo|HearOut)\b/,
    instead: 'update, reported, void',
  },
];

/** The places where one of the wordings stands, each with what to write instead. */
export function wordingsIn(
  files: readonly { readonly path: string; readonly text: string }[],
  wordings: readonly Wording[],
): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) =>
      wordings.flatMap(({ pattern, instead }) => {
        const found = pattern.exec(line)?.[0];
        return found === undefined ? [] : [`${path}:${index + 1}: "${found}" -> ${instead}`];
      }),
    ),
  );
}
