import { expect, test } from 'vitest';
import { returnUrlSchema } from '../../../shared/kernel/return-url.ts';

test.each([
  'https://shop.example.com/thanks',
  'https://shop.example.com:8443/thanks?order=1&mail=a@b.test#top',
  'https://shop.example.com/@thanks',
  'HTTPS://SHOP.EXAMPLE.COM',
  'http://localhost:3000/thanks',
  'http://127.0.0.1/thanks',
  'http://[::1]:3000/thanks',
  `https://shop.example.com/${'a'.repeat(1_900)}`,
])('%s is an address to return to', (url) => {
  expect(returnUrlSchema.safeParse(url).success).toBe(true);
});

test.each([
  '',
  '/thanks',
  'shop.example.com/thanks',
  'http://shop.example.com/thanks',
  'http://localhost.example.com/thanks',
  'http://127.0.0.1.example.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  'https:shop.example.com',
  'https:///shop.example.com',
  'https://user:secret@shop.example.com/',
  'https://shop.example.com@evil.example/',
  'https://@shop.example.com/',
  'https://shop.example.com\\@evil.example/',
  'https:\\\\shop.example.com/',
  'https://shop.example.com/\nthanks',
  'https://shop.example.com/\tthanks',
  ' https://shop.example.com/',
  'https://shop.example.com/\u202egpj',
  'https://shöp.example.com/',
  'https://',
  `https://shop.example.com/${'a'.repeat(2_000)}`,
])('%j is refused', (url) => {
  expect(returnUrlSchema.safeParse(url).success).toBe(false);
});
