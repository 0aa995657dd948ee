/** What GEOSEARCH looks for: a circle or a box around a point, and the cells that cover it. */
import { bounds, cellAt, FINEST, neighbor, type Cell, type Point } from './cells.ts';
import { degreesAt, degreesOf, distance, northward } from './distance.ts';

export interface Area {
  center: Point;
  /** Meters per unit of the lengths. */
  unit: number;
  /** A circle's. */
  radius: number;
  /** A box's, or `null` for a circle. */
  box: { width: number; height: number } | null;
}

/** Half the circumference of the Earth, as the web's maps draw it. */
const HALF_WAY = 20037726.37;

/** How fine cells may be so that a cell and its neighbors cover so many meters around a point. */
function stepFor(meters: number, latitude: number): number {
  if (meters === 0) return FINEST;
  let step = 1;
  for (let m = meters; m < HALF_WAY; m *= 2) step++;
  step -= 2;
  // Cells are narrower toward the poles.
  if (Math.abs(latitude) > 66) step--;
  if (Math.abs(latitude) > 80) step--;
  return Math.max(1, Math.min(FINEST, step));
}

interface Limits {
  west: number;
  east: number;
  south: number;
  north: number;
}

function limits({ center, unit, radius, box }: Area): Limits {
  const { longitude, latitude } = center;
  const height = degreesOf(unit * (box ? box.height / 2 : radius));
  const width = unit * (box ? box.width / 2 : radius);
  const wide = degreesAt(width, latitude < 0 ? latitude - height : latitude + height);
  return {
    west: longitude - wide,
    east: longitude + wide,
    south: latitude - height,
    north: latitude + height,
  };
}

const diagonal = (a: number, b: number): number => Math.sqrt(a * a + b * b);

/** Neighbors as steps to the east and to the north, in the order in which they are searched. */
const NEIGHBORS = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const;

/** The cells to search, in redis-server's order: results come in it. */
export function cellsOf(area: Area): Cell[] {
  const { center, unit, radius, box } = area;
  const reach = box ? diagonal(box.width / 2, box.height / 2) : radius;
  const limit = limits(area);
  let step = stepFor(reach * unit, center.latitude);
  let home = cellAt(center, step);
  const north = bounds(neighbor(home, 0, 1)).latitude.max;
  const south = bounds(neighbor(home, 0, -1)).latitude.min;
  const east = bounds(neighbor(home, 1, 0)).longitude.max;
  const west = bounds(neighbor(home, -1, 0)).longitude.min;
  const tooFine =
    north < limit.north || south > limit.south || east < limit.east || west > limit.west;
  if (step > 1 && tooFine) home = cellAt(center, --step);
  const { longitude, latitude } = bounds(home);
  const cells = [home];
  for (const [columns, rows] of NEIGHBORS) {
    const beyond =
      step >= 2 &&
      ((rows < 0 && latitude.min < limit.south) ||
        (rows > 0 && latitude.max > limit.north) ||
        (columns < 0 && longitude.min < limit.west) ||
        (columns > 0 && longitude.max > limit.east));
    if (beyond) continue;
    // Around the world a neighbor may be the one before; only that is seen.
    const cell = neighbor(home, columns, rows);
    const last = cells.at(-1)!;
    const repeated = cells.length > 1 && last.column === cell.column && last.row === cell.row;
    if (!repeated) cells.push(cell);
  }
  return cells;
}

/** How far a point of the area is from its center in meters, or `null` if it lies outside. */
export function distanceWithin({ center, unit, radius, box }: Area, point: Point): number | null {
  if (box) {
    if (northward(point.latitude, center.latitude) > (box.height * unit) / 2) return null;
    const across = { longitude: center.longitude, latitude: point.latitude };
    if (distance(point, across) > (box.width * unit) / 2) return null;
  }
  const meters = distance(center, point);
  return !box && meters > radius * unit ? null : meters;
}
