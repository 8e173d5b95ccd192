import type { CasePage } from "@/case/useCase";

type Task = { type: string; state: string; title: string };
export type Party = { party: string; tasks: string[]; until: string | null };

/** Who can act next, each once: with the tasks that they have, and until when at the earliest. */
export function parties(waits: CasePage["waits_for"], tasks: Task[]): Party[] {
  const found = new Map<string, Party>();
  for (const wait of waits) {
    const known = found.get(wait.party) ?? { party: wait.party, tasks: [], until: null };
    const task = tasks.find((one) => one.state === "open" && one.type === wait.for);
    const until = [known.until, wait.until].filter((one) => one != null).sort()[0] ?? null;
    found.set(wait.party, { ...known, tasks: task ? [...known.tasks, task.title] : known.tasks, until });
  }
  return [...found.values()];
}
