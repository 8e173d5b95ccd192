import type { Task } from "@/inbox/filters";

type Item = Pick<Task, "item_id">;

/**
 * The task one further down or up; from none, the first. Where the open one has left the list meanwhile, `was` says at
 * which place it stood: the next one has moved up there.
 */
export function beside<T extends Item>(items: T[], open: string | null, was: number, step: 1 | -1): T | undefined {
  const at = items.findIndex((task) => task.item_id === open);
  const to = at >= 0 ? at + step : was + (step > 0 ? 0 : -1);
  return items[Math.min(Math.max(to, 0), items.length - 1)];
}
