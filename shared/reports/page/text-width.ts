/**
 * How wide letters are, in parts of the size of the font. Measured in Chromium with DejaVu Sans, which is wider than
 * most fonts of systems; letters that fill a square have the size of the font. The first that fits is taken.
 */
const WIDTHS: readonly (readonly [letters: RegExp, width: number])[] = [
  // Marks above and below letters, and those of the bidirectional algorithm, take no room.
  [/[\p{Mn}\p{Me}\p{Cf}]/u, 0],
  [/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\u3000-\u303f\uff01-\uff60]/u, 1],
  [/[\s.,:;'’|!ijltfrI()\-\u066b\u066c]/u, 0.36],
  [/[mwMW%…‰—]/u, 0.95],
  [/[\p{sc=Deva}\p{sc=Beng}\p{sc=Taml}\p{sc=Telu}\p{sc=Mlym}\p{sc=Thai}]/u, 0.76],
  [/\p{Nd}|\p{Sc}/u, 0.64],
  [/\p{sc=Arabic}/u, 0.48],
  [/\p{Lu}/u, 0.68],
];
const REST = 0.6;

/** About how wide a text is drawn in a font of this size, in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let parts = 0;
  for (const letter of text) parts += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? REST;
  return parts * fontSize;
}

/** The text, or its beginning and an ellipsis where it is wider than that. */
export function shortened(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, fontSize) > width) letters.pop();
  return `${letters.join('')}…`;
}

/** The words of a text in lines of at most that width; a wider word is shortened. */
export function inLines(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const together = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(together, fontSize) <= width) lines[lines.length - 1] = together;
    else lines.push(shortened(word, width, fontSize));
  }
  return lines;
}
