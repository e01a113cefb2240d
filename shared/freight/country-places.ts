import type { Country } from '../kernel/country.ts';

/** One place per country: its main time zone, and a point from which distances are measured. */
export interface CountryPlace {
  /** IANA name. */
  readonly timeZone: string;
  /** Hundredths of a degree; north and east are positive. */
  readonly latitudeCentidegrees: number;
  readonly longitudeCentidegrees: number;
}

/**
 * Country, main time zone, and the coordinates of the zone's principal city in hundredths of a degree. Source: IANA
 * time zone database, zone.tab (public domain), edition 2025b; the first zone of each country, or the one with most
 * inhabitants if another is listed first. A principal city is closer to where parcels go than the middle of the map:
 * nobody lives in the centre of Australia.
 */
const TABLE = `
  AD Europe/Andorra 4250 152; AE Asia/Dubai 2530 5530; AF Asia/Kabul 3452 6920;
  AG America/Antigua 1705 -6180; AI America/Anguilla 1820 -6307; AL Europe/Tirane 4133 1983;
  AM Asia/Yerevan 4018 4450; AO Africa/Luanda -880 1323; AR America/Argentina/Buenos_Aires -3460 -5845;
  AS Pacific/Pago_Pago -1427 -17070; AT Europe/Vienna 4822 1633; AU Australia/Sydney -3387 15122;
  AW America/Aruba 1250 -6997; AX Europe/Mariehamn 6010 1995; AZ Asia/Baku 4038 4985;
  BA Europe/Sarajevo 4387 1842; BB America/Barbados 1310 -5962; BD Asia/Dhaka 2372 9042;
  BE Europe/Brussels 5083 433; BF Africa/Ouagadougou 1237 -152; BG Europe/Sofia 4268 2332;
  BH Asia/Bahrain 2638 5058; BI Africa/Bujumbura -338 2937; BJ Africa/Porto-Novo 648 262;
  BL America/St_Barthelemy 1788 -6285; BM Atlantic/Bermuda 3228 -6477; BN Asia/Brunei 493 11492;
  BO America/La_Paz -1650 -6815; BQ America/Kralendijk 1215 -6828; BR America/Sao_Paulo -2353 -4662;
  BS America/Nassau 2508 -7735; BT Asia/Thimphu 2747 8965; BW Africa/Gaborone -2465 2592;
  BY Europe/Minsk 5390 2757; BZ America/Belize 1750 -8820; CA America/Toronto 4365 -7938;
  CC Indian/Cocos -1217 9692; CD Africa/Kinshasa -430 1530; CF Africa/Bangui 437 1858;
  CG Africa/Brazzaville -427 1528; CH Europe/Zurich 4738 853; CI Africa/Abidjan 532 -403;
  CK Pacific/Rarotonga -2123 -15977; CL America/Santiago -3345 -7067; CM Africa/Douala 405 970;
  CN Asia/Shanghai 3123 12147; CO America/Bogota 460 -7408; CR America/Costa_Rica 993 -8408;
  CU America/Havana 2313 -8237; CV Atlantic/Cape_Verde 1492 -2352; CW America/Curacao 1218 -6900;
  CX Indian/Christmas -1042 10572; CY Asia/Nicosia 3517 3337; CZ Europe/Prague 5008 1443;
  DE Europe/Berlin 5250 1337; DJ Africa/Djibouti 1160 4315; DK Europe/Copenhagen 5567 1258;
  DM America/Dominica 1530 -6140; DO America/Santo_Domingo 1847 -6990; DZ Africa/Algiers 3678 305;
  EC America/Guayaquil -217 -7983; EE Europe/Tallinn 5942 2475; EG Africa/Cairo 3005 3125;
  EH Africa/El_Aaiun 2715 -1320; ER Africa/Asmara 1533 3888; ES Europe/Madrid 4040 -368;
  ET Africa/Addis_Ababa 903 3870; FI Europe/Helsinki 6017 2497; FJ Pacific/Fiji -1813 17842;
  FK Atlantic/Stanley -5170 -5785; FM Pacific/Pohnpei 697 15822; FO Atlantic/Faroe 6202 -677;
  FR Europe/Paris 4887 233; GA Africa/Libreville 38 945; GB Europe/London 5151 -13;
  GD America/Grenada 1205 -6175; GE Asia/Tbilisi 4172 4482; GF America/Cayenne 493 -5233;
  GG Europe/Guernsey 4945 -254; GH Africa/Accra 555 -22; GI Europe/Gibraltar 3613 -535;
  GL America/Nuuk 6418 -5173; GM Africa/Banjul 1347 -1665; GN Africa/Conakry 952 -1372;
  GP America/Guadeloupe 1623 -6153; GQ Africa/Malabo 375 878; GR Europe/Athens 3797 2372;
  GS Atlantic/South_Georgia -5427 -3653; GT America/Guatemala 1463 -9052; GU Pacific/Guam 1347 14475;
  GW Africa/Bissau 1185 -1558; GY America/Guyana 680 -5817; HK Asia/Hong_Kong 2228 11415;
  HN America/Tegucigalpa 1410 -8722; HR Europe/Zagreb 4580 1597; HT America/Port-au-Prince 1853 -7233;
  HU Europe/Budapest 4750 1908; ID Asia/Jakarta -617 10680; IE Europe/Dublin 5333 -625;
  IL Asia/Jerusalem 3178 3522; IM Europe/Isle_of_Man 5415 -447; IN Asia/Kolkata 2253 8837;
  IO Indian/Chagos -733 7242; IQ Asia/Baghdad 3335 4442; IR Asia/Tehran 3567 5143;
  IS Atlantic/Reykjavik 6415 -2185; IT Europe/Rome 4190 1248; JE Europe/Jersey 4918 -211;
  JM America/Jamaica 1797 -7679; JO Asia/Amman 3195 3593; JP Asia/Tokyo 3565 13974;
  KE Africa/Nairobi -128 3682; KG Asia/Bishkek 4290 7460; KH Asia/Phnom_Penh 1155 10492;
  KI Pacific/Tarawa 142 17300; KM Indian/Comoro -1168 4327; KN America/St_Kitts 1730 -6272;
  KP Asia/Pyongyang 3902 12575; KR Asia/Seoul 3755 12697; KW Asia/Kuwait 2933 4798;
  KY America/Cayman 1930 -8138; KZ Asia/Almaty 4325 7695; LA Asia/Vientiane 1797 10260;
  LB Asia/Beirut 3388 3550; LC America/St_Lucia 1402 -6100; LI Europe/Vaduz 4715 952;
  LK Asia/Colombo 693 7985; LR Africa/Monrovia 630 -1078; LS Africa/Maseru -2947 2750;
  LT Europe/Vilnius 5468 2532; LU Europe/Luxembourg 4960 615; LV Europe/Riga 5695 2410;
  LY Africa/Tripoli 3290 1318; MA Africa/Casablanca 3365 -758; MC Europe/Monaco 4370 738;
  MD Europe/Chisinau 4700 2883; ME Europe/Podgorica 4243 1927; MF America/Marigot 1807 -6308;
  MG Indian/Antananarivo -1892 4752; MH Pacific/Majuro 715 17120; MK Europe/Skopje 4198 2143;
  ML Africa/Bamako 1265 -800; MM Asia/Yangon 1678 9617; MN Asia/Ulaanbaatar 4792 10688;
  MO Asia/Macau 2220 11354; MP Pacific/Saipan 1520 14575; MQ America/Martinique 1460 -6108;
  MR Africa/Nouakchott 1810 -1595; MS America/Montserrat 1672 -6222; MT Europe/Malta 3590 1452;
  MU Indian/Mauritius -2017 5750; MV Indian/Maldives 417 7350; MW Africa/Blantyre -1578 3500;
  MX America/Mexico_City 1940 -9915; MY Asia/Kuala_Lumpur 317 10170; MZ Africa/Maputo -2597 3258;
  NA Africa/Windhoek -2257 1710; NC Pacific/Noumea -2227 16645; NE Africa/Niamey 1352 212;
  NF Pacific/Norfolk -2905 16797; NG Africa/Lagos 645 340; NI America/Managua 1215 -8628;
  NL Europe/Amsterdam 5237 490; NO Europe/Oslo 5992 1075; NP Asia/Kathmandu 2772 8532;
  NR Pacific/Nauru -52 16692; NU Pacific/Niue -1902 -16992; NZ Pacific/Auckland -3687 17477;
  OM Asia/Muscat 2360 5858; PA America/Panama 897 -7953; PE America/Lima -1205 -7705;
  PF Pacific/Tahiti -1753 -14957; PG Pacific/Port_Moresby -950 14717; PH Asia/Manila 1459 12097;
  PK Asia/Karachi 2487 6705; PL Europe/Warsaw 5225 2100; PM America/Miquelon 4705 -5633;
  PN Pacific/Pitcairn -2507 -13008; PR America/Puerto_Rico 1847 -6611; PS Asia/Hebron 3153 3510;
  PT Europe/Lisbon 3872 -913; PW Pacific/Palau 733 13448; PY America/Asuncion -2527 -5767;
  QA Asia/Qatar 2528 5153; RE Indian/Reunion -2087 5547; RO Europe/Bucharest 4443 2610;
  RS Europe/Belgrade 4483 2050; RU Europe/Moscow 5576 3762; RW Africa/Kigali -195 3007;
  SA Asia/Riyadh 2463 4672; SB Pacific/Guadalcanal -953 16020; SC Indian/Mahe -467 5547;
  SD Africa/Khartoum 1560 3253; SE Europe/Stockholm 5933 1805; SG Asia/Singapore 128 10385;
  SH Atlantic/St_Helena -1592 -570; SI Europe/Ljubljana 4605 1452; SJ Arctic/Longyearbyen 7800 1600;
  SK Europe/Bratislava 4815 1712; SL Africa/Freetown 850 -1325; SM Europe/San_Marino 4392 1247;
  SN Africa/Dakar 1467 -1743; SO Africa/Mogadishu 207 4537; SR America/Paramaribo 583 -5517;
  SS Africa/Juba 485 3162; ST Africa/Sao_Tome 33 673; SV America/El_Salvador 1370 -8920;
  SX America/Lower_Princes 1805 -6305; SY Asia/Damascus 3350 3630; SZ Africa/Mbabane -2630 3110;
  TC America/Grand_Turk 2147 -7113; TD Africa/Ndjamena 1212 1505; TF Indian/Kerguelen -4935 7022;
  TG Africa/Lome 613 122; TH Asia/Bangkok 1375 10052; TJ Asia/Dushanbe 3858 6880;
  TK Pacific/Fakaofo -937 -17123; TL Asia/Dili -855 12558; TM Asia/Ashgabat 3795 5838;
  TN Africa/Tunis 3680 1018; TO Pacific/Tongatapu -2113 -17520; TR Europe/Istanbul 4102 2897;
  TT America/Port_of_Spain 1065 -6152; TV Pacific/Funafuti -852 17922; TW Asia/Taipei 2505 12150;
  TZ Africa/Dar_es_Salaam -680 3928; UA Europe/Kyiv 5043 3052; UG Africa/Kampala 32 3242;
  UM Pacific/Wake 1928 16662; US America/New_York 4071 -7401; UY America/Montevideo -3491 -5621;
  UZ Asia/Tashkent 4133 6930; VA Europe/Vatican 4190 1245; VC America/St_Vincent 1315 -6123;
  VE America/Caracas 1050 -6693; VG America/Tortola 1845 -6462; VI America/St_Thomas 1835 -6493;
  VN Asia/Ho_Chi_Minh 1075 10667; VU Pacific/Efate -1767 16842; WF Pacific/Wallis -1330 -17617;
  WS Pacific/Apia -1383 -17173; YE Asia/Aden 1275 4520; YT Indian/Mayotte -1278 4523;
  ZA Africa/Johannesburg -2625 2800; ZM Africa/Lusaka -1542 2828; ZW Africa/Harare -1783 3105;
`;

const places = new Map<Country, CountryPlace>(
  TABLE.split(';')
    .map((entry) => entry.trim().split(' '))
    .filter(([country]) => country !== '')
    .map(([country = '', timeZone = '', latitude, longitude]) => [
      country,
      {
        timeZone,
        latitudeCentidegrees: Number(latitude),
        longitudeCentidegrees: Number(longitude),
      },
    ]),
);

/** The country's place; undefined for a code that is not a country's. */
export const placeOf = (country: Country): CountryPlace | undefined => places.get(country);
