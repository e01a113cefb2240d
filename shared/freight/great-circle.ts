/** A point on earth, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Mean radius of the earth, IUGG 1980. */
const EARTH_RADIUS_KM = 6_371.009;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The shortest distance over the earth's surface, in whole kilometres, by the haversine formula. */
export function greatCircleKm(from: Point, to: Point): number {
  const north = Math.sin(radians(to.latitude - from.latitude) / 2);
  const east = Math.sin(radians(to.longitude - from.longitude) / 2);
  const half =
    north * north + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * east * east;
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half))));
}
