import { BadFile } from '../terminal/bad-file.ts';
import type { PublishedFile } from './publishers/publisher.ts';

/** The text of a file in UTF-8, without its byte order mark. Throws {@link BadFile} if it is not such text. */
export function fileText({ name, bytes }: PublishedFile): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.indexOf('\uFFFD');
  if (broken !== -1)
    throw new BadFile(
      `${name}:${text.slice(0, broken).split('\n').length}: the text is not UTF-8: save it as "CSV UTF-8"`,
    );
  if (text.trim() === '') throw new BadFile(`${name}: the file is empty`);
  return text;
}
