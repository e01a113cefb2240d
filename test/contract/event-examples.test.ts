import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factNames, factVersion, parseFact } from '../../events/all-events.ts';

const FOLDER = 'events/examples';
const files = readdirSync(FOLDER);
const read = (file: string): unknown => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'));

/** Names of fields that would hold a person's data, and an e-mail address or a web address of one. */
const PERSONAL = /"(customer|email|phone|line[12]|shippingAddress|billingAddress)"|[^\s"]+@[^\s"]+/i;

/**
 * One example of each version of each fact, as it travels. An example is never edited after its version was
 * released: consumers hold events like it, and archives replay them. A changed fact gets a new version and a
 * new example beside the old one, which has to be read for as long as events of it are kept. What a version may have
 * besides has an example of its own, as `parcel.booked.v1.several-cartons.json` has.
 */
describe('the stored examples of events', () => {
  it('include each fact in its current version', () => {
    const wanted = factNames.map((name) => `${name}.v${factVersion(name)}.json`);
    expect(wanted.filter((file) => !files.includes(file))).toEqual([]);
  });

  it.each(files)('%s is read without changes, and is the event that its file name says', (file) => {
    const example = read(file);
    const fact = parseFact(example);
    expect(fact).toEqual(example);
    expect(file.startsWith(`${fact.name}.v${fact.version}.`)).toBe(true);
  });

  it.each(files)('%s holds no personal data', (file) => {
    expect(readFileSync(`${FOLDER}/${file}`, 'utf8')).not.toMatch(PERSONAL);
  });
});
