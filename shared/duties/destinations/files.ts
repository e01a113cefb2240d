// THE LIST of files: to add a destination, add one line here. Then run `npm run rules -- version`, which writes the
// files under `generated/`.
//
// A destination that is data is one file: its header and its rows. A destination that is a program has its rows here
// and its code in `../regimes/`. Tariffs and agreements are long and have files of their own.
export { default as ae } from './ae.json' with { type: 'json' };
export { default as ar } from './ar.json' with { type: 'json' };
export { default as au } from './au.json' with { type: 'json' };
export { default as br } from './br.json' with { type: 'json' };
export { default as ca } from './ca.json' with { type: 'json' };
export { default as caTariff } from './ca-tariff.json' with { type: 'json' };
export { default as ch } from './ch.json' with { type: 'json' };
export { default as cl } from './cl.json' with { type: 'json' };
export { default as cn } from './cn.json' with { type: 'json' };
export { default as co } from './co.json' with { type: 'json' };
export { default as eu } from './eu.json' with { type: 'json' };
export { default as euReduced } from './eu-reduced.json' with { type: 'json' };
export { default as euTariff } from './eu-tariff.json' with { type: 'json' };
export { default as euVat } from './eu-vat.json' with { type: 'json' };
export { default as gb } from './gb.json' with { type: 'json' };
export { default as gbTariff } from './gb-tariff.json' with { type: 'json' };
export { default as hk } from './hk.json' with { type: 'json' };
export { default as id } from './id.json' with { type: 'json' };
export { default as il } from './il.json' with { type: 'json' };
export { default as in } from './in.json' with { type: 'json' };
export { default as jp } from './jp.json' with { type: 'json' };
export { default as ke } from './ke.json' with { type: 'json' };
export { default as keTariff } from './ke-tariff.json' with { type: 'json' };
export { default as kr } from './kr.json' with { type: 'json' };
export { default as mx } from './mx.json' with { type: 'json' };
export { default as my } from './my.json' with { type: 'json' };
export { default as ng } from './ng.json' with { type: 'json' };
export { default as no } from './no.json' with { type: 'json' };
export { default as nz } from './nz.json' with { type: 'json' };
export { default as ph } from './ph.json' with { type: 'json' };
export { default as preferences } from './preferences.json' with { type: 'json' };
export { default as sa } from './sa.json' with { type: 'json' };
export { default as sg } from './sg.json' with { type: 'json' };
export { default as th } from './th.json' with { type: 'json' };
export { default as tr } from './tr.json' with { type: 'json' };
export { default as us } from './us.json' with { type: 'json' };
export { default as usSection232 } from './us-section-232.json' with { type: 'json' };
export { default as usSection301China } from './us-section-301-china.json' with { type: 'json' };
export { default as usSection301ForcedLabour } from './us-section-301-forced-labour.json' with {
  type: 'json',
};
export { default as usTariff } from './us-tariff.json' with { type: 'json' };
export { default as vn } from './vn.json' with { type: 'json' };
export { default as za } from './za.json' with { type: 'json' };
