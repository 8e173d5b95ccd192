import type { Way } from "@/case/stageMap";

/** The drawing's measures, in pixels; the boxes stand in a row, ways forward arch above it, ways back below. */
export const COLUMN = 128;
export const BOX = 104;
const HEIGHT = 44;
const RISE = 12;
/** How far such an arch comes towards the points that draw it. */
const PEAK = 0.75;
const GAP = (COLUMN - BOX) / 2;

/** How far the longest way over the row rises above it, and below it. */
export function room(ways: Way[]): { above: number; below: number; height: number } {
  const spans = (one: Way) => one.to - one.from;
  const above = PEAK * Math.max(0, ...ways.map((way) => (spans(way) > 1 ? rise(spans(way)) : 0))) + 6;
  const below = PEAK * Math.max(0, ...ways.map((way) => (spans(way) < 0 ? rise(-spans(way)) : 0))) + 6;
  return { above, below, height: above + HEIGHT + below };
}

/** The line of a way, from box to box: straight to the next one, else an arch. */
export function arc({ from, to }: Way, above: number): string {
  const [top, bottom] = [above, above + HEIGHT];
  if (to - from === 1) {
    return `M ${right(from)} ${above + HEIGHT / 2} H ${left(to)}`;
  }
  const spans = Math.abs(to - from);
  const [edge, far] = to > from ? [top, top - rise(spans)] : [bottom, bottom + rise(spans)];
  const [start, end] = to > from ? [middle(from) + 14, middle(to) - 14] : [middle(from) - 14, middle(to) + 14];
  return `M ${start} ${edge} C ${start} ${far}, ${end} ${far}, ${end} ${edge}`;
}

function rise(spans: number): number {
  return RISE * (spans + 1);
}

function left(column: number): number {
  return column * COLUMN + GAP;
}

function right(column: number): number {
  return left(column) + BOX;
}

function middle(column: number): number {
  return column * COLUMN + COLUMN / 2;
}
