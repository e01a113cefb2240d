import type { Regime } from '../regime.ts';
import { ae } from './ae.ts';
import { ar } from './ar.ts';
import { au } from './au.ts';
import { cn } from './cn.ts';
import { co } from './co.ts';
import { eu } from './eu.ts';
import { gb } from './gb.ts';
import { hk } from './hk.ts';
import { id } from './id.ts';
import { india } from './in.ts';
import { ke } from './ke.ts';
import { kr } from './kr.ts';
import { my } from './my.ts';
import { ng } from './ng.ts';
import { ph } from './ph.ts';
import { sa } from './sa.ts';
import { th } from './th.ts';
import { tr } from './tr.ts';
import { us } from './us.ts';
import { vn } from './vn.ts';

/** THE REGISTRY of import regimes: one line to add is in this array. */
export const regimes = [
  ae,
  ar,
  au,
  cn,
  co,
  eu,
  gb,
  hk,
  id,
  india,
  ke,
  kr,
  my,
  ng,
  ph,
  sa,
  th,
  tr,
  us,
  vn,
] as const satisfies readonly Regime[];

export type RegimeCode = (typeof regimes)[number]['code'];
