import type { Regime } from '../regime.ts';
import { ae } from './ae.ts';
import { ar } from './ar.ts';
import { au } from './au.ts';
import { br } from './br.ts';
import { ca } from './ca.ts';
import { ch } from './ch.ts';
import { cl } from './cl.ts';
import { cn } from './cn.ts';
import { co } from './co.ts';
import { eu } from './eu.ts';
import { gb } from './gb.ts';
import { hk } from './hk.ts';
import { id } from './id.ts';
import { il } from './il.ts';
import { india } from './in.ts';
import { jp } from './jp.ts';
import { ke } from './ke.ts';
import { kr } from './kr.ts';
import { mx } from './mx.ts';
import { my } from './my.ts';
import { ng } from './ng.ts';
import { no } from './no.ts';
import { nz } from './nz.ts';
import { ph } from './ph.ts';
import { sa } from './sa.ts';
import { sg } from './sg.ts';
import { th } from './th.ts';
import { tr } from './tr.ts';
import { us } from './us.ts';
import { vn } from './vn.ts';
import { za } from './za.ts';

/** THE REGISTRY of import regimes: one line to add is in this array. */
export const regimes = [
  ae,
  ar,
  au,
  br,
  ca,
  ch,
  cl,
  cn,
  co,
  eu,
  gb,
  hk,
  id,
  il,
  india,
  jp,
  ke,
  kr,
  mx,
  my,
  ng,
  no,
  nz,
  ph,
  sa,
  sg,
  th,
  tr,
  us,
  vn,
  za,
] as const satisfies readonly Regime[];

export type RegimeCode = (typeof regimes)[number]['code'];
