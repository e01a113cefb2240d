import type { Mutant } from './mutant.ts';

const free = ['test/unit/quote/free-goods.test.ts'];

export const quoteMutants: readonly Mutant[] = [
  {
    id: 'quote/free-goods-without-value',
    file: 'shared/quote/basket.ts',
    find: 'goodsValue: toJson(value),',
    put: 'goodsValue: toJson(price.goods),',
    tests: free,
    harm: 'Goods that are given away are declared at zero, and no duty is charged on them.',
  },
  {
    id: 'quote/free-goods-charged',
    file: 'shared/catalogue/price-list.ts',
    find: 'if (first.amount === 0) return',
    put: 'if (false) return',
    tests: free,
    harm: 'A rounding rule gives a price to goods that are given away.',
  },
  {
    id: 'quote/gift-under-ioss',
    file: 'shared/quote/price-basket.ts',
    find: 'seller: isSale(input) ? seller : withoutSales(seller),',
    put: 'seller,',
    tests: free,
    harm: 'Goods without a sale are declared under the number for sales, and their tax is in its return.',
  },
  {
    id: 'quote/nothing-to-pay',
    file: 'shared/quote/free-orders.ts',
    find: 'if (isFree(priced.chosen)) return refused(why);',
    put: '',
    tests: free,
    harm: 'Anybody with the publishable key is sent goods that the storefront does not give away.',
  },
  {
    id: 'quote/free-goods-of-a-transaction',
    file: 'shared/customs/brokers/broker/elements.ts',
    find: "isGivenAway === true ? '6' : '1'",
    put: "isGivenAway === true ? '1' : '1'",
    tests: free,
    harm: 'A made-up value is declared as a price that was paid.',
  },
];
