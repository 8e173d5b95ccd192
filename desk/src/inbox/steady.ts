type Item = { item_id: string };
export type Steady<T> = { rows: T[]; gone: Set<string>; more: number };

/**
 * The rows under a hand: each stays where it is, also when it is gone, and how many more there would be is told. Without
 * a hand on the list, or where none of its rows is left, it is as it came.
 */
export function steady<T extends Item>(shown: T[], latest: T[], held: boolean): Steady<T> {
  const now = new Map(latest.map((item) => [item.item_id, item]));
  if (!held || !shown.some((item) => now.has(item.item_id))) return { rows: latest, gone: new Set(), more: 0 };
  const known = new Set(shown.map((item) => item.item_id));
  const last = latest.findLastIndex((item) => known.has(item.item_id));
  const [within, after] = [latest.slice(0, last + 1), latest.slice(last + 1)];
  return {
    rows: [...shown.map((item) => now.get(item.item_id) ?? item), ...after],
    gone: new Set([...known].filter((id) => !now.has(id))),
    more: within.filter((item) => !known.has(item.item_id)).length,
  };
}
