import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { warehouseServices } from '../../../shared/catalogue/warehouse.ts';
import { builtinRestrictionRows } from '../../../shared/restrictions/builtin.ts';
import { goodsServices } from '../../../shared/restrictions/schema.ts';

const page = readFileSync('docs/restricted-goods.md', 'utf8');

it('the page shows every row once', () => {
  for (const { id } of builtinRestrictionRows) expect(page.split(`| \`${id}\` |`), id).toHaveLength(2);
});

it('the page explains each service that rows require, and who provides it', () => {
  const ofWarehouses = goodsServices.filter((service) =>
    (warehouseServices as readonly string[]).includes(service),
  );
  expect(ofWarehouses).toEqual(['lithium-batteries', 'dangerous-goods', 'liquids']);
  for (const service of goodsServices) expect(page, service).toContain(`\`${service}\``);
});
