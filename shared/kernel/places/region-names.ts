import type { Country } from '../country.ts';

/**
 * The subdivisions of the countries whose regions decide a duty, a tax, a restriction, a time zone or a label: the
 * suffix of the code of ISO 3166-2, then its names, the official one first. Codes and names: ISO 3166-2 as the npm
 * package iso-3166 4.4.0 (MIT) has it, which is generated from the standard's platform; Hepburn and national spellings
 * of Japan and China, numbers of GB/T 2260 and the short codes that carriers use are added. AA, AE and AP are no codes
 * of ISO: USPS Publication 28, section 225, military addresses.
 */
export const regionNames: Readonly<Record<Country, string>> = {
  US: `
    AK Alaska; AL Alabama; AR Arkansas; AS American Samoa; AZ Arizona; CA California; CO Colorado;
    CT Connecticut; DC District of Columbia/Washington DC/Washington, District of Columbia; DE Delaware;
    FL Florida; GA Georgia; GU Guam; HI Hawaii; IA Iowa; ID Idaho; IL Illinois; IN Indiana; KS Kansas;
    KY Kentucky; LA Louisiana; MA Massachusetts; MD Maryland; ME Maine; MI Michigan; MN Minnesota; MO Missouri;
    MP Northern Mariana Islands/CNMI; MS Mississippi; MT Montana; NC North Carolina; ND North Dakota;
    NE Nebraska; NH New Hampshire; NJ New Jersey; NM New Mexico; NV Nevada; NY New York; OH Ohio; OK Oklahoma;
    OR Oregon; PA Pennsylvania; PR Puerto Rico; RI Rhode Island; SC South Carolina; SD South Dakota;
    TN Tennessee; TX Texas; UM United States Minor Outlying Islands; UT Utah; VA Virginia;
    VI United States Virgin Islands/Virgin Islands/US Virgin Islands; VT Vermont; WA Washington; WI Wisconsin;
    WV West Virginia; WY Wyoming; AA Armed Forces Americas;
    AE Armed Forces Europe/Armed Forces Middle East/Armed Forces Africa; AP Armed Forces Pacific;
    FM Micronesia/Federated States of Micronesia; MH Marshall Islands; PW Palau`,
  CA: `
    AB Alberta; BC British Columbia; MB Manitoba; NB New Brunswick;
    NL Newfoundland and Labrador/NF/Newfoundland/Labrador; NS Nova Scotia; NT Northwest Territories/NWT;
    NU Nunavut; ON Ontario; PE Prince Edward Island/PEI; QC Quebec/PQ; SK Saskatchewan;
    YT Yukon/Yukon Territory/YK`,
  AU: `
    ACT Australian Capital Territory; NSW New South Wales; NT Northern Territory; QLD Queensland;
    SA South Australia; TAS Tasmania; VIC Victoria; WA Western Australia`,
  BR: `
    AC Acre; AL Alagoas; AM Amazonas; AP Amapá; BA Bahia; CE Ceará; DF Distrito Federal; ES Espírito Santo;
    GO Goiás; MA Maranhão; MG Minas Gerais; MS Mato Grosso do Sul; MT Mato Grosso; PA Pará; PB Paraíba;
    PE Pernambuco; PI Piauí; PR Paraná; RJ Rio de Janeiro; RN Rio Grande do Norte; RO Rondônia; RR Roraima;
    RS Rio Grande do Sul; SC Santa Catarina; SE Sergipe; SP São Paulo; TO Tocantins`,
  MX: `
    AGU Aguascalientes/AG; BCN Baja California/BC; BCS Baja California Sur/BS; CAM Campeche/CM;
    CHH Chihuahua/CH; CHP Chiapas/CS; CMX Ciudad de México/DF/CDMX/Mexico City/Distrito Federal;
    COA Coahuila de Zaragoza/CO/Coahuila; COL Colima/CL; DUR Durango/DG; GRO Guerrero/GR; GUA Guanajuato/GT;
    HID Hidalgo/HG; JAL Jalisco/JA; MEX México/EM/Estado de México/State of Mexico/Edomex;
    MIC Michoacán de Ocampo/MI/Michoacán; MOR Morelos/MO; NAY Nayarit/NA; NLE Nuevo León/NL; OAX Oaxaca/OA;
    PUE Puebla/PU; QUE Querétaro/QT; ROO Quintana Roo/QR; SIN Sinaloa/SI; SLP San Luis Potosí/SL; SON Sonora/SO;
    TAB Tabasco/TB; TAM Tamaulipas/TM; TLA Tlaxcala/TL; VER Veracruz de Ignacio de la Llave/VE/Veracruz;
    YUC Yucatán/YU; ZAC Zacatecas/ZA`,
  IN: `
    AN Andaman and Nicobar Islands/Andaman and Nicobar; AP Andhra Pradesh; AR Arunāchal Pradesh; AS Assam;
    BR Bihār; CG Chhattīsgarh/CT; CH Chandigarh;
    DH Dādra and Nagar Haveli and Damān and Diu/DN/DD/Dadra and Nagar Haveli/Daman and Diu/Daman/Diu;
    DL Delhi/New Delhi/NCT of Delhi; GA Goa; GJ Gujarāt; HP Himāchal Pradesh; HR Haryāna; JH Jhārkhand;
    JK Jammu and Kashmīr; KA Karnātaka; KL Kerala; LA Ladākh; LD Lakshadweep; MH Mahārāshtra; ML Meghālaya;
    MN Manipur; MP Madhya Pradesh; MZ Mizoram; NL Nāgāland; OD Odisha/OR/Orissa; PB Punjab;
    PY Puducherry (Pondicherry)/Puducherry/Pondicherry; RJ Rājasthān; SK Sikkim; TN Tamil Nādu; TR Tripura;
    TS Telangāna/TG; UK Uttarākhand/UT/Uttaranchal; UP Uttar Pradesh; WB West Bengal`,
  JP: `
    01 Hokkaido/北海道; 02 Aomori/Aomori-ken/青森/青森県; 03 Iwate/Iwate-ken/岩手/岩手県; 04 Miyagi/Miyagi-ken/宮城/宮城県;
    05 Akita/Akita-ken/秋田/秋田県; 06 Yamagata/Yamagata-ken/山形/山形県; 07 Fukushima/Fukushima-ken/福島/福島県;
    08 Ibaraki/Ibaraki-ken/茨城/茨城県; 09 Tochigi/Tochigi-ken/栃木/栃木県; 10 Gunma/Gunma-ken/群馬/群馬県;
    11 Saitama/Saitama-ken/埼玉/埼玉県; 12 Chiba/Chiba-ken/千葉/千葉県; 13 Tokyo/Tokyo-to/東京/東京都;
    14 Kanagawa/Kanagawa-ken/神奈川/神奈川県; 15 Niigata/Niigata-ken/新潟/新潟県; 16 Toyama/Toyama-ken/富山/富山県;
    17 Ishikawa/Ishikawa-ken/石川/石川県; 18 Fukui/Fukui-ken/福井/福井県; 19 Yamanashi/Yamanashi-ken/山梨/山梨県;
    20 Nagano/Nagano-ken/長野/長野県; 21 Gifu/Gifu-ken/岐阜/岐阜県; 22 Shizuoka/Shizuoka-ken/静岡/静岡県;
    23 Aichi/Aichi-ken/愛知/愛知県; 24 Mie/Mie-ken/三重/三重県; 25 Shiga/Shiga-ken/滋賀/滋賀県; 26 Kyoto/Kyoto-fu/京都/京都府;
    27 Osaka/Osaka-fu/大阪/大阪府; 28 Hyogo/Hyogo-ken/兵庫/兵庫県; 29 Nara/Nara-ken/奈良/奈良県;
    30 Wakayama/Wakayama-ken/和歌山/和歌山県; 31 Tottori/Tottori-ken/鳥取/鳥取県; 32 Shimane/Shimane-ken/島根/島根県;
    33 Okayama/Okayama-ken/岡山/岡山県; 34 Hiroshima/Hiroshima-ken/広島/広島県; 35 Yamaguchi/Yamaguchi-ken/山口/山口県;
    36 Tokushima/Tokushima-ken/徳島/徳島県; 37 Kagawa/Kagawa-ken/香川/香川県; 38 Ehime/Ehime-ken/愛媛/愛媛県;
    39 Kochi/Kochi-ken/高知/高知県; 40 Fukuoka/Fukuoka-ken/福岡/福岡県; 41 Saga/Saga-ken/佐賀/佐賀県;
    42 Nagasaki/Nagasaki-ken/長崎/長崎県; 43 Kumamoto/Kumamoto-ken/熊本/熊本県; 44 Oita/Oita-ken/大分/大分県;
    45 Miyazaki/Miyazaki-ken/宮崎/宮崎県; 46 Kagoshima/Kagoshima-ken/鹿児島/鹿児島県; 47 Okinawa/Okinawa-ken/沖縄/沖縄県`,
  CN: `
    BJ Beijing/Beijing Shi/北京市/北京/11; TJ Tianjin/Tianjin Shi/天津市/天津/12;
    HE Hebei/Hebei Province/河北省/Hebei Sheng/河北/13; SX Shanxi/Shanxi Province/山西省/Shanxi Sheng/山西/14;
    NM Inner Mongolia/Neimenggu/Nei Mongol/内蒙古自治区/内蒙古/15;
    LN Liaoning/Liaoning Province/辽宁省/Liaoning Sheng/辽宁/21; JL Jilin/Jilin Province/吉林省/Jilin Sheng/吉林/22;
    HL Heilongjiang/Heilongjiang Province/黑龙江省/Heilongjiang Sheng/黑龙江/23; SH Shanghai/Shanghai Shi/上海市/上海/31;
    JS Jiangsu/Jiangsu Province/江苏省/Jiangsu Sheng/江苏/32; ZJ Zhejiang/Zhejiang Province/浙江省/Zhejiang Sheng/浙江/33;
    AH Anhui/Anhui Province/安徽省/Anhui Sheng/安徽/34; FJ Fujian/Fujian Province/福建省/Fujian Sheng/福建/35;
    JX Jiangxi/Jiangxi Province/江西省/Jiangxi Sheng/江西/36; SD Shandong/Shandong Province/山东省/Shandong Sheng/山东/37;
    HA Henan/Henan Province/河南省/Henan Sheng/河南/41; HB Hubei/Hubei Province/湖北省/Hubei Sheng/湖北/42;
    HN Hunan/Hunan Province/湖南省/Hunan Sheng/湖南/43; GD Guangdong/Guangdong Province/广东省/Guangdong Sheng/广东/44;
    GX Guangxi/广西壮族自治区/广西/45; HI Hainan/Hainan Province/海南省/Hainan Sheng/海南/46;
    CQ Chongqing/Chongqing Shi/重庆市/重庆/50; SC Sichuan/Sichuan Province/四川省/Sichuan Sheng/四川/51;
    GZ Guizhou/Guizhou Province/贵州省/Guizhou Sheng/贵州/52; YN Yunnan/Yunnan Province/云南省/Yunnan Sheng/云南/53;
    XZ Tibet/Xizang/西藏自治区/西藏/54; SN Shaanxi/Shaanxi Province/陕西省/Shaanxi Sheng/陕西/61;
    GS Gansu/Gansu Province/甘肃省/Gansu Sheng/甘肃/62; QH Qinghai/Qinghai Province/青海省/Qinghai Sheng/青海/63;
    NX Ningxia/宁夏回族自治区/宁夏/64; XJ Xinjiang/新疆维吾尔自治区/新疆/65; TW Taiwan/台湾/71; HK Hong Kong/香港/91;
    MO Macao/Macau/澳门/92`,
  ID: `
    AC Aceh/Nanggroe Aceh Darussalam; BA Bali; BB Kepulauan Bangka Belitung/Bangka Belitung; BE Bengkulu;
    BT Banten; GO Gorontalo; JA Jambi; JB Jawa Barat/West Java; JI Jawa Timur/East Java;
    JK Jakarta Raya/Jakarta/DKI Jakarta; JT Jawa Tengah/Central Java; KB Kalimantan Barat/West Kalimantan;
    KI Kalimantan Timur/East Kalimantan; KR Kepulauan Riau/Riau Islands; KS Kalimantan Selatan/South Kalimantan;
    KT Kalimantan Tengah/Central Kalimantan; KU Kalimantan Utara/North Kalimantan; LA Lampung; MA Maluku;
    MU Maluku Utara/North Maluku; NB Nusa Tenggara Barat/West Nusa Tenggara;
    NT Nusa Tenggara Timur/East Nusa Tenggara; PA Papua; PB Papua Barat/West Papua;
    PD Papua Barat Daya/Southwest Papua; PE Papua Pengunungan/Highland Papua/Papua Pegunungan;
    PS Papua Selatan/South Papua; PT Papua Tengah/Central Papua; RI Riau; SA Sulawesi Utara/North Sulawesi;
    SB Sumatera Barat/West Sumatra; SG Sulawesi Tenggara/Southeast Sulawesi; SN Sulawesi Selatan/South Sulawesi;
    SR Sulawesi Barat/West Sulawesi; SS Sumatera Selatan/South Sumatra; ST Sulawesi Tengah/Central Sulawesi;
    SU Sumatera Utara/North Sumatra; YO Yogyakarta/DI Yogyakarta/Daerah Istimewa Yogyakarta`,
  MY: `
    01 Johor/JHR; 02 Kedah/KDH; 03 Kelantan/KTN; 04 Melaka/MLK/Malacca; 05 Negeri Sembilan/NSN; 06 Pahang/PHG;
    07 Pulau Pinang/PNG/Penang; 08 Perak/PRK; 09 Perlis/PLS; 10 Selangor/SGR; 11 Terengganu/TRG; 12 Sabah/SBH;
    13 Sarawak/SWK; 14 Wilayah Persekutuan Kuala Lumpur/KUL/Kuala Lumpur;
    15 Wilayah Persekutuan Labuan/LBN/Labuan; 16 Wilayah Persekutuan Putrajaya/PJY/Putrajaya`,
  AR: `
    A Salta; B Buenos Aires/Provincia de Buenos Aires;
    C Ciudad Autónoma de Buenos Aires/CABA/Capital Federal/Ciudad de Buenos Aires; D San Luis; E Entre Ríos;
    F La Rioja; G Santiago del Estero; H Chaco; J San Juan; K Catamarca; L La Pampa; M Mendoza; N Misiones;
    P Formosa; Q Neuquén; R Río Negro; S Santa Fe; T Tucumán; U Chubut;
    V Tierra del Fuego/Tierra del Fuego, Antártida e Islas del Atlántico Sur; W Corrientes; X Córdoba; Y Jujuy;
    Z Santa Cruz`,
  CO: `
    AMA Amazonas; ANT Antioquia; ARA Arauca; ATL Atlántico; BOL Bolívar; BOY Boyacá; CAL Caldas; CAQ Caquetá;
    CAS Casanare; CAU Cauca; CES Cesar; CHO Chocó; COR Córdoba; CUN Cundinamarca;
    DC Distrito Capital de Bogotá/Bogotá/Bogotá DC; GUA Guainía; GUV Guaviare; HUI Huila; LAG La Guajira;
    MAG Magdalena; MET Meta; NAR Nariño; NSA Norte de Santander; PUT Putumayo; QUI Quindío; RIS Risaralda;
    SAN Santander; SAP San Andrés, Providencia y Santa Catalina/San Andrés y Providencia/San Andrés; SUC Sucre;
    TOL Tolima; VAC Valle del Cauca; VAU Vaupés; VID Vichada`,
  UA: `
    05 Vinnytska oblast/Vinnytska; 07 Volynska oblast/Volynska; 09 Luhanska oblast/Luhanska/Luhansk/Lugansk;
    12 Dnipropetrovska oblast/Dnipropetrovska; 14 Donetska oblast/Donetska/Donetsk;
    18 Zhytomyrska oblast/Zhytomyrska; 21 Zakarpatska oblast/Zakarpatska; 23 Zaporizka oblast/Zaporizka;
    26 Ivano-Frankivska oblast/Ivano-Frankivska; 30 Kyiv; 32 Kyivska oblast/Kyivska;
    35 Kirovohradska oblast/Kirovohradska; 40 Sevastopol;
    43 Avtonomna Respublika Krym/Crimea/Autonomous Republic of Crimea/Krym; 46 Lvivska oblast/Lvivska;
    48 Mykolaivska oblast/Mykolaivska; 51 Odeska oblast/Odeska; 53 Poltavska oblast/Poltavska;
    56 Rivnenska oblast/Rivnenska; 59 Sumska oblast/Sumska; 61 Ternopilska oblast/Ternopilska;
    63 Kharkivska oblast/Kharkivska; 65 Khersonska oblast/Khersonska; 68 Khmelnytska oblast/Khmelnytska;
    71 Cherkaska oblast/Cherkaska; 74 Chernihivska oblast/Chernihivska; 77 Chernivetska oblast/Chernivetska`,
};
