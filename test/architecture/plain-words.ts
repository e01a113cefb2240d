/** A wording that a reader has to decode, and what to write instead. */
interface Wording {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Wordings that must not come back in pages, comments and messages. */
export const unclearPhrases: readonly Wording[] = [
  { pattern: /\bdear(er|est)?\b/i, instead: 'expensive, costs more' },
  // Underscores, colons and quotes end a word here, so that constants and stored keys are checked too.
  { pattern: /(?<![a-z])(un)?told(?![a-z])( of\b)?/i, instead: 'reported, announced, published' },
  { pattern: /\b(tells|tell) of\b/i, instead: 'reports, announces' },
  { pattern: /\bas good as\b/i, instead: 'almost, or the figure' },
  { pattern: /\bso many\b|\bfor so long\b/i, instead: 'the number, or the name of the limit' },
  { pattern: /\bone after the other\b/i, instead: 'in turn' },
  { pattern: /\bwhat is behind\b/i, instead: 'a noun: the cause, the origin' },
  { pattern: /\b(lays?|laid)\b.{0,20}\bover\b/i, instead: 'added to, replaces' },
  { pattern: /\bstand(s|ing)? in for\b/i, instead: 'replaces' },
  { pattern: /\blook(s|ed|ing)? after\b/i, instead: 'runs, operates, stores data in' },
  { pattern: /\bas it stands\b/i, instead: 'unchanged, now' },
  { pattern: /\b(physical|sandbox) world\b/i, instead: 'the simulation of parcels' },
  { pattern: /\b(for|to|by|from|with) who\b/i, instead: 'a noun: for callers that' },
  {
    pattern: /\b(shows it to|deceives|tells) who\b|\bwho (alters|asks|reads|follows) it\b/i,
    instead: 'anyone who, a caller that',
  },
  { pattern: /\b(is|are) a person['’]s\b/i, instead: 'a person has to decide' },
  { pattern: /\blets? go\b/i, instead: 'void, release' },
  { pattern: /\bMOST_|\bLEAST_/, instead: 'MAX_, MIN_' },
  { pattern: /\bto be had\b|\b(is|are) had\b/i, instead: 'exists, is possible, is available' },
  { pattern: /\b(that|which) is none\b(?! of)/i, instead: 'unknown, invalid, not a number' },
  { pattern: /\bwill not do\b/i, instead: 'is not accepted, is refused' },
  { pattern: /\bis asking once\b/i, instead: 'a repeated request has no further effect' },
  { pattern: /\btellings?\b/i, instead: 'reports, repeats' },
  { pattern: /\btheir words and ours\b/i, instead: 'our status for each of the words of the partner' },
  { pattern: /, be it\b/i, instead: 'even if, or name both cases' },
  { pattern: /\bheld against\b|\bholds? .{3,30} against the\b/i, instead: 'compared with' },
  {
    pattern: /\bhowever (often|many|much|slow|small|large|far)\b/i,
    instead: 'for any number, if it is repeated',
  },
  { pattern: /\bfor good\b(?! \w)/i, instead: 'finally, and a repeat cannot help' },
  { pattern: /\b(says|say|with) nothing new\b/i, instead: 'without new information' },
  { pattern: /\bread off\b/i, instead: 'read from' },
  {
    pattern: /\bbehind (the|its|our|their) [\w']+ back\b/i,
    instead: 'after that read, without its knowledge',
  },
  { pattern: /\bat the least\b/i, instead: 'the minimum' },
  { pattern: /\bwhat comes of (it|them)\b/i, instead: 'the result' },
  { pattern: /\btime in the world\b/i, instead: 'no limit' },
  {
    pattern: /\bthe world runs\b|\bsteps? of the world\b/i,
    instead: 'say what happens, with its subject',
  },
];

/** Identifiers that the code no longer uses. It uses the words of the glossary. */
export const unclearNames: readonly Wording[] = [
  {
    pattern: /\b(const|let|function|readonly|interface|type) [wW]orld\b|\.world\b|\bworlds?\??:(?! )/,
    instead: 'deps',
  },
  // The whole name, a member, a string key, or the first, a middle or the last word of a longer name.
  {
    pattern:
      /\b[nN]ews\b|\b(news|told|letGo|hearOut)[A-Z]\w*|\b\w*[a-z](News|Told|LetGo|HearOut)(?![a-z])\w*/,
    instead: 'update, reported, void',
  },
  { pattern: /(?<![A-Z])(NEWS|TOLD)(?![A-Z])/, instead: 'UPDATE, REPORT' },
  { pattern: /\bletGo\b|\bhearOut\b/, instead: 'void, release' },
];

/** The places that contain one of the wordings, each with the better wording. */
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
