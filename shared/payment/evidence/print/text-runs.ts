/** A part of a line with one direction of writing. */
export interface TextRun {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

/** Hebrew, Arabic and the scripts between them, with the presentation forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
/** Spaces and signs have no direction of their own. */
const NEUTRAL = /[\s\p{P}\p{S}]/u;

/**
 * The runs of a line in the order in which they are printed from left to right. The direction of the line is that of
 * its first letter. Spaces and signs between two runs belong to the one before, or to the line at its end. This is the
 * part of the Unicode Bidirectional Algorithm (UAX 9) that names, addresses and numbers need: runs within runs are not
 * looked for.
 */
export function visualRuns(line: string): TextRun[] {
  const runs: TextRun[] = [];
  let waiting = '';
  for (const letter of line) {
    if (NEUTRAL.test(letter)) {
      waiting += letter;
      continue;
    }
    const isRightToLeft = RIGHT_TO_LEFT.test(letter);
    const last = runs.at(-1);
    if (last?.isRightToLeft === isRightToLeft) {
      runs[runs.length - 1] = { text: last.text + waiting + letter, isRightToLeft };
    } else {
      if (last !== undefined && waiting !== '') runs.push({ text: waiting, isRightToLeft: false });
      runs.push({ text: last === undefined ? waiting + letter : letter, isRightToLeft });
    }
    waiting = '';
  }
  if (waiting !== '') runs.push({ text: waiting, isRightToLeft: false });
  const isLineRightToLeft = runs.find(({ text }) => !NEUTRAL.test(text))?.isRightToLeft ?? false;
  return isLineRightToLeft ? runs.toReversed() : runs;
}

/**
 * The text as the font can print it: in the place of letters that it has not, with the spaces between them, is what
 * `markOf` gives for them. Control characters are left out.
 */
export function printable(
  text: string,
  has: (letter: string) => boolean,
  markOf: (missing: string) => string,
): string {
  let printed = '';
  let missing = '';
  let spaces = '';
  const flush = () => {
    printed += (missing === '' ? '' : markOf(missing)) + spaces;
    missing = '';
    spaces = '';
  };
  for (const letter of text.normalize('NFC')) {
    if (/\p{Cc}|\p{Cf}/u.test(letter)) continue;
    if (letter === ' ') spaces += letter;
    else if (!has(letter)) {
      if (missing === '') flush();
      missing += spaces + letter;
      spaces = '';
    } else {
      flush();
      printed += letter;
    }
  }
  flush();
  return printed;
}

/** Letters with the marks above and below them. */
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The lines of a text, each as many words as fit. A word that is too long is divided between letters. */
export function linesOf(text: string, width: number, widthOf: (part: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const { segment: letter } of letters.segment(word)) {
      if (line !== '' && widthOf(line + letter) > width) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return [...lines, line];
}
