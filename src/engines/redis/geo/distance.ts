/** Distances on a sphere, by the haversine formula, in meters. */
import type { Point } from './cells.ts';
import { asin, cos, sin } from './trigonometry.ts';

const RADIUS = 6372797.560856;
const DEGREE = Math.PI / 180;

export const radians = (degrees: number): number => degrees * DEGREE;
const degrees = (angle: number): number => angle / DEGREE;

/** How many degrees of a meridian so many meters are. */
export const degreesOf = (meters: number): number => degrees(meters / RADIUS);
/** The same along a circle of latitude. */
export const degreesAt = (meters: number, latitude: number): number =>
  degrees(meters / RADIUS / cos(radians(latitude)));

export const northward = (from: number, to: number): number =>
  RADIUS * Math.abs(radians(to) - radians(from));

export function distance(from: Point, to: Point): number {
  const v = sin((radians(to.longitude) - radians(from.longitude)) / 2);
  if (v === 0) return northward(from.latitude, to.latitude);
  const [start, end] = [radians(from.latitude), radians(to.latitude)];
  const u = sin((end - start) / 2);
  return 2 * RADIUS * asin(Math.sqrt(u * u + cos(start) * cos(end) * v * v));
}

/** Four digits behind the point, halves to the even one. */
export function formatDistance(value: number): string {
  const scaled = value * 10_000;
  let whole = Math.floor(scaled);
  const rest = scaled - whole;
  if (rest > 0.5 || (rest === 0.5 && whole % 2 === 1)) whole++;
  return `${Math.floor(whole / 10_000)}.${String(whole % 10_000).padStart(4, '0')}`;
}
