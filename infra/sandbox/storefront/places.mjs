// The destinations of the sample shop, each with the currency of its shoppers and a made-up address.

const place = (currency, address) => ({ currency, address: { region: '', ...address } });

export const places = {
  DE: place('EUR', {
    name: 'Erika Musterfrau',
    line1: 'Musterstraße 1',
    postalCode: '20095',
    city: 'Hamburg',
  }),
  FR: place('EUR', {
    name: 'Marie Exemple',
    line1: '1 rue de l’Exemple',
    postalCode: '75001',
    city: 'Paris',
  }),
  ES: place('EUR', { name: 'María Ejemplo', line1: 'Calle Ejemplo 1', postalCode: '28001', city: 'Madrid' }),
  PL: place('PLN', {
    name: 'Anna Przykład',
    line1: 'ul. Przykładowa 1',
    postalCode: '00-001',
    city: 'Warszawa',
  }),
  GB: place('GBP', { name: 'Jane Sample', line1: '1 Sample Street', postalCode: 'SW1A 1AA', city: 'London' }),
  CH: place('CHF', { name: 'Anna Muster', line1: 'Musterweg 1', postalCode: '8001', city: 'Zürich' }),
  NO: place('NOK', { name: 'Kari Nordmann', line1: 'Eksempelveien 1', postalCode: '0150', city: 'Oslo' }),
  US: place('USD', {
    name: 'John Sample',
    line1: '1 Sample Street',
    postalCode: '10001',
    city: 'New York',
    region: 'NY',
  }),
  CA: place('CAD', {
    name: 'Jean Sample',
    line1: '1 Sample Street',
    postalCode: 'M5V 2T6',
    city: 'Toronto',
    region: 'ON',
  }),
  AU: place('AUD', {
    name: 'Jane Sample',
    line1: '1 Sample Street',
    postalCode: '2000',
    city: 'Sydney',
    region: 'NSW',
  }),
  JP: place('JPY', {
    name: 'Hanako Yamada',
    line1: '1-1-1 Marunouchi',
    postalCode: '100-0005',
    city: 'Tokyo',
    region: '13',
  }),
};
