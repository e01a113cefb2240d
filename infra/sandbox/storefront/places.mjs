// Destinations of the sample shop, each with the currency that its shoppers pay in and a made-up address.

const place = (currency, name, line1, postalCode, city, region = '') => ({
  currency,
  address: { name, line1, postalCode, city, region },
});

export const places = {
  DE: place('EUR', 'Erika Musterfrau', 'Musterstraße 1', '20095', 'Hamburg'),
  FR: place('EUR', 'Marie Exemple', '1 rue de l’Exemple', '75001', 'Paris'),
  ES: place('EUR', 'María Ejemplo', 'Calle Ejemplo 1', '28001', 'Madrid'),
  PL: place('PLN', 'Anna Przykład', 'ul. Przykładowa 1', '00-001', 'Warszawa'),
  GB: place('GBP', 'Jane Sample', '1 Sample Street', 'SW1A 1AA', 'London'),
  CH: place('CHF', 'Anna Muster', 'Musterweg 1', '8001', 'Zürich'),
  NO: place('NOK', 'Kari Nordmann', 'Eksempelveien 1', '0150', 'Oslo'),
  US: place('USD', 'John Sample', '1 Sample Street', '10001', 'New York', 'NY'),
  CA: place('CAD', 'Jean Sample', '1 Sample Street', 'M5V 2T6', 'Toronto', 'ON'),
  AU: place('AUD', 'Jane Sample', '1 Sample Street', '2000', 'Sydney', 'NSW'),
  JP: place('JPY', 'Hanako Yamada', '1-1-1 Marunouchi', '100-0005', 'Tokyo', 'Tokyo'),
};
